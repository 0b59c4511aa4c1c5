"""Circulars through the REST interface: the ministry's side and a government's."""

import pytest

from circulars.models import Circular
from tests import world

LETTER = {
    "number": "7/API/2026",
    "dated_on": "2026-11-20",
    "subject": "Percobaan",
    "points": [{"number": "1", "text": "Lakukan."}],
    "copies": ["Sekretariat"],
}


@pytest.fixture
def office(session, officer):
    return session(officer)


def test_officer_drafts_edits_and_publishes(office):
    made = office.send("POST", "pusat/circulars", LETTER)
    path = made.headers["Location"].removeprefix("/api/v1/")
    edited = office.send("PUT", path, LETTER | {"subject": "Lain"}, headers={"if-match": made.headers["ETag"]})

    published = office.send("POST", f"{path}/publication", headers={"if-match": edited.headers["ETag"]})

    assert (made.status_code, edited.status_code, published.status_code) == (201, 200, 201)
    assert published.json()["state"] == "published"
    assert office.read(f"{path}/deliveries").json()["count"] == 7


def test_inbox_shows_only_this_governments_deliveries(program, kota_bandung, kota_cimahi):
    letter = world.circular()
    mine = world.deliver(kota_bandung, letter)
    world.deliver(kota_cimahi, letter)  # could leak

    assert [entry["id"] for entry in program.read("kota-bandung/circulars").json()["results"]] == [str(mine.pk)]


def test_head_acknowledges_and_reads_the_receipt(session, head, kota_bandung):
    delivery = world.deliver(kota_bandung, world.circular())
    client = session(head)
    path = f"kota-bandung/circulars/{delivery.pk}/acknowledgement"

    made = client.send("POST", path)

    assert made.status_code == 201
    assert made.json()["position"] == "Wali Kota Bandung"
    assert client.read(path).json() == made.json()
    assert client.send("POST", path).json()["code"] == "already-acknowledged"


def test_key_never_acknowledges(program, kota_bandung):
    delivery = world.deliver(kota_bandung, world.circular())

    response = program.send("POST", f"kota-bandung/circulars/{delivery.pk}/acknowledgement")

    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_draft_stays_within_the_ministry(program, kota_bandung):
    world.circular(published=False)

    assert program.read("pusat/circulars").status_code == 404
    assert Circular.objects.count() == 1
