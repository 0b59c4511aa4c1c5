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

    results = program.read("kota-bandung/circulars").json()["results"]
    assert [(entry["id"], entry["delivered_at"]) for entry in results] == [(str(mine.pk), "2026-11-20T02:00:00Z")]


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


PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def test_attachment_goes_on_and_comes_off(office):
    made = office.send("POST", "pusat/circulars", LETTER)
    path = made.headers["Location"].removeprefix("/api/v1/")

    put = office.send(
        "PUT",
        f"{path}/attachment?name=Naskah.pdf",
        PDF,
        content_type="application/pdf",
        headers={"if-match": made.headers["ETag"]},
    )
    got = office.read(f"{path}/attachment", headers={"accept": "application/pdf"})
    off = office.send("DELETE", f"{path}/attachment", headers={"if-match": put.headers["ETag"]})

    assert put.json()["text"]["attachment"]["size"] == len(PDF)
    assert (got.headers["Content-Type"], got.content) == ("application/pdf", PDF)
    assert off.json()["text"]["attachment"] is None


@pytest.mark.parametrize("content", [b"", b"MZ", b"<html>", b"%PDF-1.7 cut off"])
def test_attachment_that_is_no_pdf_is_refused(office, content):
    made = office.send("POST", "pusat/circulars", LETTER)
    path = made.headers["Location"].removeprefix("/api/v1/")

    response = office.send(
        "PUT",
        f"{path}/attachment?name=x.pdf",
        content,
        content_type="application/pdf",
        headers={"if-match": made.headers["ETag"]},
    )

    assert (response.status_code, response.json()["code"]) == (422, "not-pdf")


def test_attachment_may_be_larger_than_other_bodies(office):
    made = office.send("POST", "pusat/circulars", LETTER)
    path = made.headers["Location"].removeprefix("/api/v1/")
    large = PDF.replace(b"endobj", b"x" * 4_000_000)

    put = office.send(
        "PUT",
        f"{path}/attachment?name=x.pdf",
        large,
        content_type="application/pdf",
        headers={"if-match": made.headers["ETag"]},
    )

    assert put.json()["text"]["attachment"]["size"] == len(large)


def test_draft_is_addressed_and_discarded(office, kota_bandung):
    made = office.send("POST", "pusat/circulars", LETTER)
    path = made.headers["Location"].removeprefix("/api/v1/")

    addressed = office.send(
        "PUT", f"{path}/addressees", {"governments": ["kota-bandung"]}, headers={"if-match": made.headers["ETag"]}
    )
    unknown = office.send(
        "PUT", f"{path}/addressees", {"governments": ["pusat"]}, headers={"if-match": addressed.headers["ETag"]}
    )
    gone = office.send("DELETE", path, headers={"if-match": addressed.headers["ETag"]})

    assert (addressed.json()["audience"], addressed.json()["chosen"]) == ("chosen", ["kota-bandung"])
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-government")
    assert (gone.status_code, office.read(path).status_code) == (204, 404)


def test_observer_reads_what_is_published_and_no_draft(session, observer):
    world.circular(published=True)
    world.circular(id=world.DRAFT, number="2/TEST/2026", published=False)
    client = session(observer)

    assert [entry["number"] for entry in client.read("pusat/circulars").json()["results"]] == ["1/TEST/2026"]
    assert client.read(f"pusat/circulars/{world.DRAFT}").status_code == 404
    assert client.send("POST", "pusat/circulars", LETTER).status_code == 403


def test_only_a_person_opens_a_circular_by_reading(program, session, head, kota_bandung):
    path = f"kota-bandung/circulars/{world.deliver(kota_bandung, world.circular()).pk}"

    by_key = program.read(path).json()
    by_person = session(head).read(path).json()

    assert (by_key["opened_at"], by_person["state"]) == (None, "opened")
