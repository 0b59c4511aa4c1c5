"""Sessions that end, and the way back."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client

NOON = datetime.datetime(2026, 11, 23, 5, 0, tzinfo=datetime.UTC)
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/kota-bandung/orang/?hal=2"}


def led_to(response) -> tuple[str, dict]:
    """Path and query of where a response leads the whole page."""
    parts = urlsplit(response.headers.get("HX-Redirect") or response.headers["Location"])
    return parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def hours(number):
    return NOON + datetime.timedelta(hours=number)


def test_session_ends_after_an_hour_without_a_request(client, head, clock):
    client.force_login(head.user)
    clock.move_to(hours(0.9))
    assert client.get("/kota-bandung/orang/").status_code == 200
    clock.move_to(hours(1.8))
    assert client.get("/kota-bandung/orang/").status_code == 200
    clock.move_to(hours(2.9))

    response = client.get("/kota-bandung/orang/?hal=2")

    assert led_to(response) == ("/masuk/", {"next": "/kota-bandung/orang/?hal=2", "sesi": "berakhir"})
    assert not get_user(client).is_authenticated


def test_session_ends_ten_hours_after_the_sign_in(client, head, clock):
    client.force_login(head.user)
    for half in range(1, 20):
        clock.move_to(hours(half / 2))
        assert client.get("/kota-bandung/orang/").status_code == 200
    clock.move_to(hours(10.1))

    assert led_to(client.get("/kota-bandung/orang/"))[0] == "/masuk/"


def test_last_request_is_noted_once_a_minute(client, head, clock, django_assert_num_queries):
    client.force_login(head.user)
    client.get("/akun/sesi/")
    clock.move_to(NOON + datetime.timedelta(seconds=59))
    before = client.session["seen_at"]
    client.get("/akun/sesi/")
    assert client.session["seen_at"] == before

    clock.move_to(NOON + datetime.timedelta(seconds=61))
    client.get("/akun/sesi/")

    assert client.session["seen_at"] == before + 61


def test_public_page_stays_open_when_the_session_has_ended(client, head, clock):
    client.force_login(head.user)
    clock.move_to(hours(2))

    assert client.get("/masuk/").status_code == 200


def test_htmx_with_an_ended_session_leaves_its_whole_page(client, head, clock):
    client.force_login(head.user)
    clock.move_to(hours(2))

    response = client.get("/kota-bandung/orang/?urut=name", headers=HTMX)

    assert (response.status_code, "Location" in response.headers) == (200, False)
    assert led_to(response) == ("/masuk/", {"next": "/kota-bandung/orang/?hal=2", "sesi": "berakhir"})


def test_form_with_an_ended_session_leads_back_to_its_page(client, head, clock):
    client.force_login(head.user)
    clock.move_to(hours(2))

    response = client.post(
        "/kota-bandung/orang/undang/", {}, headers={"Referer": "http://testserver/kota-bandung/orang/undang/"}
    )

    assert led_to(response) == ("/masuk/", {"next": "/kota-bandung/orang/undang/", "sesi": "berakhir"})


def test_page_of_another_site_is_no_way_back(client, head, clock):
    client.force_login(head.user)
    clock.move_to(hours(2))

    response = client.post("/kota-bandung/orang/undang/", {}, headers={"Referer": "https://jahat.test/kota-bandung/"})

    assert led_to(response) == ("/masuk/", {"next": "/pemerintah/", "sesi": "berakhir"})


def test_session_ended_elsewhere_says_so(client, head):
    client.force_login(head.user)
    client.session.flush()

    response = client.get("/kota-bandung/orang/")

    assert led_to(response) == ("/masuk/", {"next": "/kota-bandung/orang/", "sesi": "berakhir"})


def test_first_visit_says_nothing_of_a_session(client, kota_bandung):
    assert led_to(client.get("/kota-bandung/orang/")) == ("/masuk/", {"next": "/kota-bandung/orang/"})


def test_sign_in_page_tells_of_the_end(client, db):
    page = client.get("/masuk/?next=/kota-bandung/&sesi=berakhir").content.decode()

    assert "Sesi Anda sudah berakhir" in page
    assert "Sesi Anda sudah berakhir" not in client.get("/masuk/").content.decode()


# One's own sessions -----------------------------------------------------------------------------------------------------------

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def two_sessions(sign_in, client, head, with_password):
    with_password(head.user)
    sign_in(head.user)
    other = Client(headers={"User-Agent": FIREFOX})
    other.post("/masuk/", {"login": head.user.email, "password": "gajah mada naik becak"}, REMOTE_ADDR="10.0.0.2")
    return client, other


def test_list_shows_own_open_sessions_and_no_others(two_sessions, make_member, kota_bandung, with_password, sign_in):
    client, _other = two_sessions
    somebody = with_password(make_member(kota_bandung, "operator").user)
    Client().post("/masuk/", {"login": somebody.email, "password": "gajah mada naik becak"}, REMOTE_ADDR="10.9.9.9")

    page = client.get("/akun/sesi/").content.decode()

    assert ("10.0.0.1" in page, "10.0.0.2" in page, "10.9.9.9" in page) == (True, True, False)
    assert "Firefox di Windows" in page


def test_ending_a_session_signs_that_browser_out(two_sessions):
    client, other = two_sessions
    entry = UserSession.objects.get(session_key=other.session.session_key)

    client.post(f"/akun/sesi/{entry.pk}/akhiri/")

    assert led_to(other.get("/akun/"))[0] == "/masuk/"
    assert client.get("/akun/").status_code == 200


def test_session_of_somebody_else_cannot_be_ended(two_sessions, client, stranger):
    _client, other = two_sessions
    entry = UserSession.objects.get(session_key=other.session.session_key)
    thief = Client()
    thief.force_login(stranger)

    assert thief.post(f"/akun/sesi/{entry.pk}/akhiri/").status_code == 404
    assert other.get("/akun/").status_code == 200


def test_ending_all_others_keeps_this_one(two_sessions):
    client, other = two_sessions

    client.post("/akun/sesi/lain/akhiri/")

    assert led_to(other.get("/akun/"))[0] == "/masuk/"
    assert client.get("/akun/").status_code == 200


def test_sign_out_takes_the_session_off_the_list(two_sessions, head):
    client, other = two_sessions
    other.post("/keluar/")

    assert list(UserSession.objects.filter(user=head.user).values_list("session_key", flat=True)) == [
        client.session.session_key
    ]
