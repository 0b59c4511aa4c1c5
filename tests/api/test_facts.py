"""Photograph, history and copies of an office, who leads a dinas, who holds which sector."""

import io

import pytest
from django.db import connection
from PIL import Image

from offices.models import DinasHead, Office, OfficePhoto
from tenants.context import mounted
from tests import world
from tests.api.conftest import Caller

OFFICE = f"kota-bandung/offices/{world.OFFICE}"
DINAS = f"kota-bandung/dinas/{world.DINAS}"


def picture(kind="JPEG"):
    target = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 30, 30)).save(target, kind)
    return target.getvalue()


@pytest.fixture(autouse=True)
def furnished(kota_bandung):
    world.furnish(kota_bandung)


@pytest.fixture
def program(make_key, kota_bandung):
    return Caller(make_key(kota_bandung)[1])


@pytest.fixture
def person(session, head):
    """The head of the government, signed in: no key can enter dinas."""
    return session(head)


def test_a_photograph_is_set_read_and_removed(program):
    made = program.send("PUT", f"{OFFICE}/photo", picture("PNG"), content_type="image/png")
    read = program.read(f"{OFFICE}/photo")
    removed = program.send("DELETE", f"{OFFICE}/photo")

    assert (made.status_code, made.json()["width"], made.json()["height"]) == (200, 400, 300)
    assert (read["Content-Type"], read.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert (removed.status_code, program.read(f"{OFFICE}/photo").status_code) == (204, 404)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"%PDF", "image/jpeg", 422, "not-an-image"),
        (b"", "image/jpeg", 422, "not-an-image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/jpeg", 422, "image-is-heic"),
        (picture(), "image/gif", 415, "unsupported-media-type"),
        (b"\0" * (8 * 1024 * 1024 + 1), "image/jpeg", 413, "too-large"),
    ],
)
def test_a_bad_photograph_is_refused(program, kota_bandung, body, kind, status, code):
    response = program.send("PUT", f"{OFFICE}/photo", body, content_type=kind)

    assert (response.status_code, response.json()["code"]) == (status, code)
    with mounted(kota_bandung):
        assert OfficePhoto.objects.get().width == 1


def test_contact_is_kept_and_what_is_left_out_stays(program):
    facts = {"name": "Loket", "address": "Jl. X", "opened_on": "2026-01-05"}
    sent = facts | {"whatsapp": "https://wa.me/6281234567890", "bring": "KTP", "email": "loket@contoh.go.id"}

    first = program.send("PUT", OFFICE, sent, headers={"if-match": "*"}).json()
    second = program.send("PUT", OFFICE, facts, headers={"if-match": "*"}).json()
    third = program.send("PUT", OFFICE, facts | {"phone": "12"}, headers={"if-match": "*"})

    assert [(each["whatsapp"], each["bring"], each["email"]) for each in (first, second)] == [
        ("+6281234567890", "KTP", "loket@contoh.go.id")
    ] * 2
    assert (third.status_code, third.json()["code"]) == (422, "unreadable-telephone")


def test_a_copy_is_opened(program, kota_bandung):
    sent = {"name": "Loket Baru", "address": "Jl. Baru", "opened_on": "2026-12-01", "parts": ["hours", "rooms"]}

    made = program.send("POST", f"{OFFICE}/copies", sent)
    wrong = program.send("POST", f"{OFFICE}/copies", sent | {"name": "Lain", "parts": ["staff"]})

    assert (made.status_code, made["Location"]) == (201, f"/api/v1/kota-bandung/offices/{made.json()['id']}")
    assert len(made.json()["hours"]) == 5
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    with mounted(kota_bandung):
        assert Office.objects.count() == 2


def test_history_is_listed_and_paged(program, kota_bandung):
    with mounted(kota_bandung):
        connection.check_constraints()
        Office.objects.update(phone="022 1234567")
        connection.check_constraints()

    answer = program.read(f"{OFFICE}/history", {"per_page": 1}).json()

    (change,) = answer["results"]
    assert (answer["page"], answer["per_page"], answer["count"] >= 1) == (1, 1, True)
    assert change["parts"][-1]["entries"] == [{"label": "Telepon", "before": "–", "after": "022 1234567"}]


def test_heads_are_recorded_corrected_and_removed(person, kota_bandung):
    made = person.send(
        "POST", f"{DINAS}/heads", {"name": "Budi", "standing": "definitive", "serves_from": "2026-11-01", "succeeds": True}
    )
    path = made["Location"].removeprefix("/api/v1/")
    facts = {"name": "Budi S.", "standing": "definitive", "serves_from": "2026-11-01", "serves_until": "2026-12-31"}
    edited = person.send("PUT", path, facts, headers={"if-match": made["ETag"]})
    stale = person.send("PUT", path, facts | {"name": "B."}, headers={"if-match": made["ETag"]})
    listed = person.read(f"{DINAS}/heads").json()
    removed = person.send("DELETE", path, headers={"if-match": edited["ETag"]})

    assert [made.status_code, edited.status_code, stale.status_code, removed.status_code] == [201, 200, 412, 204]
    assert [(each["name"], each["serves_until"], each["serves"]) for each in listed["results"]] == [
        ("Budi S.", "2026-12-31", True),
        ("Kepala rambutan", "2026-10-31", False),
    ]
    with mounted(kota_bandung):
        assert DinasHead.objects.count() == 1


def test_two_heads_at_a_time_are_refused(person):
    sent = {"name": "Budi", "serves_from": "2026-11-01"}

    response = person.send("POST", f"{DINAS}/heads", sent)

    assert (response.status_code, response.json()["code"]) == (409, "two-heads")


def test_sectors_name_their_dinas(program):
    answer = program.read("kota-bandung/sectors").json()

    assert [(each["sector"], [dinas["name"] for dinas in each["dinas"]]) for each in answer["sectors"]] == [
        ("manpower", ["Dinas rambutan"]),
        ("trade", []),
        ("industry", []),
        ("tourism", []),
        ("cooperatives", []),
    ]
