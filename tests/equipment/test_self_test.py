"""The page on which a device measures itself, and the endpoints behind it."""

import datetime
import zlib

import pytest

from equipment import views_checks
from equipment.models import Check
from tenants.context import mounted
from tests.strict import StrictClient

TODAY = datetime.date(2026, 11, 23)
CHROME = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/157.0.0.0 Safari/537.36"}
FIGURES = {"down": "12,4", "up": "3.1", "latency": "41", "camera": "baik", "measured": "1"}


@pytest.fixture(autouse=True)
def monday(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def laptop(add_item):
    return add_item()


@pytest.fixture
def go(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


def kept(tenant) -> dict:
    with mounted(tenant):
        return {check.kind: (check.ok, check.measured, check.result) for check in Check.objects.all()}


def test_camera_is_allowed_on_this_page_only(go, kota_bandung, laptop):
    page = go.get(kota_bandung.url("equipment:self_test", laptop.pk))

    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "Tidak ada foto yang dikirim atau disimpan." in page.content.decode()
    for url in (kota_bandung.url("equipment:item", laptop.pk), "/masuk/"):
        assert "camera=()" in go.get(url).headers["Permissions-Policy"], url


def test_result_is_kept_as_measured_and_with_the_browser_that_sent_it(go, kota_bandung, laptop):
    response = go.post(kota_bandung.url("equipment:self_test", laptop.pk), FIGURES, headers=CHROME)

    assert response.headers["Location"] == kota_bandung.url("equipment:item", laptop.pk)
    found = kept(kota_bandung)
    assert found["internet"] == (True, True, {"down": 12.4, "up": 3.1, "latency": 41})
    assert found["camera"] == (True, True, {})
    assert found["browser"][2] == {"browser": "chrome", "major": 157}


def test_result_sent_twice_is_kept_once(go, kota_bandung, laptop):
    url = kota_bandung.url("equipment:self_test", laptop.pk)

    for _turn in range(2):
        go.post(url, FIGURES | {"idempotency_key": "satu"}, headers=CHROME)

    with mounted(kota_bandung):
        assert Check.objects.count() == 3


def test_poor_line_says_what_is_missing(go, kota_bandung, laptop):
    go.post(kota_bandung.url("equipment:self_test", laptop.pk), FIGURES | {"down": "0,8", "camera": "tidak"}, headers=CHROME)

    with mounted(kota_bandung):
        notes = dict(Check.objects.exclude(kind="browser").values_list("kind", "note"))
    assert notes == {"internet": "unduh 0,8 Mbit/s, perlu 2", "camera": "gelap, buram, atau tidak menyala"}


@pytest.mark.parametrize(
    "wrong", [{"up": ""}, {"down": "cepat"}, {"latency": "-1"}, {"camera": "entah"}, {"down": "nan"}, {"up": "1e400"}]
)
def test_wrong_figures_are_refused_and_stay(go, kota_bandung, laptop, wrong):
    response = go.post(kota_bandung.url("equipment:self_test", laptop.pk), FIGURES | wrong, headers=CHROME)

    assert response.status_code == 422
    assert 'value="12,4"' in response.content.decode() or "down" in wrong
    assert kept(kota_bandung) == {}


def test_by_hand_is_not_called_measured(go, kota_bandung, laptop):
    answers = {"camera": "baik", "internet": "tidak", "internet_note": "putus-putus", "browser": "", "on": "2026-11-20"}

    go.post(kota_bandung.url("equipment:item_check", laptop.pk), answers)

    with mounted(kota_bandung):
        found = sorted(Check.objects.values_list("kind", "ok", "measured", "note", "checked_on"))
    friday = datetime.date(2026, 11, 20)
    assert found == [("camera", True, False, "", friday), ("internet", False, False, "putus-putus", friday)]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"on": "2026-11-23"}, "Jawab paling sedikit satu pemeriksaan."),
        ({"camera": "tidak", "on": "2026-11-23"}, "Tulis apa yang tidak baik"),
        ({"camera": "baik", "on": "2026-11-24"}, "hari ini atau sebelumnya"),
    ],
)
def test_impossible_answers_are_refused_in_words(go, kota_bandung, laptop, answers, sentence):
    response = go.post(kota_bandung.url("equipment:item_check", laptop.pk), answers)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_chair_is_not_tested(go, kota_bandung, add_item):
    chair = add_item("chair", "Kursi")

    for name in ("self_test", "item_check", "download"):
        assert go.get(kota_bandung.url(f"equipment:{name}", chair.pk)).status_code == 404


# Endpoints --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("", 32 * 1024), ("x", 32 * 1024), ("-5", 32 * 1024), ("1", 32 * 1024), ("100000", 100_000),
        ("99999999", 8 * 1024 * 1024), ("9" * 30, 32 * 1024), ("²", 32 * 1024),
    ],
)  # fmt: skip
def test_download_has_limits(go, kota_bandung, laptop, asked, size):
    response = go.get(kota_bandung.url("equipment:download", laptop.pk), {"besar": asked})

    assert (len(response.getvalue()), response.headers["Content-Length"]) == (size, str(size))
    assert response.headers["Cache-Control"] == "no-store, no-transform"


def test_bytes_of_a_download_cannot_be_packed(go, kota_bandung, laptop):
    body = go.get(kota_bandung.url("equipment:download", laptop.pk), {"besar": "200000"}).getvalue()

    assert len(zlib.compress(body)) > len(body)


def test_transfers_of_one_person_are_counted(go, kota_bandung, laptop, settings):
    settings.API_RATES = settings.API_RATES | {"measuring": 3}
    down, up = (kota_bandung.url(f"equipment:{name}", laptop.pk) for name in ("download", "upload"))

    statuses = [go.get(down).status_code, go.post(up, b"x", content_type="application/octet-stream").status_code]
    statuses += [go.get(down).status_code, go.get(down).status_code]

    assert statuses == [200, 200, 200, 429]
    assert go.post(up, b"x", content_type="application/octet-stream").status_code == 429


@pytest.mark.parametrize(("size", "status"), [(0, 200), (70_000, 200), (views_checks.MOST_UP + 1, 413)])
def test_upload_has_a_limit_and_keeps_nothing(go, kota_bandung, laptop, size, status):
    response = go.post(kota_bandung.url("equipment:upload", laptop.pk), b"x" * size, content_type="application/octet-stream")

    assert response.status_code == status
    assert status != 200 or response.json() == {"bytes": size}


def test_upload_asks_for_the_token(go, kota_bandung, laptop):
    strict = StrictClient(enforce_csrf_checks=True)
    strict.cookies = go.cookies

    url = kota_bandung.url("equipment:upload", laptop.pk)
    assert strict.post(url, b"x", content_type="application/octet-stream").status_code == 403
