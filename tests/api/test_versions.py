"""Whatever is edited tells what stands there when somebody else was quicker."""

import pytest

from tests import world

FACTS = {"name": "Loket", "address": "Jl. 1", "opened_on": "2026-01-05"}
EDITS = [
    (f"offices/{world.OFFICE}", f"offices/{world.OFFICE}", FACTS, "name"),
    (f"offices/{world.OFFICE}/hours", f"offices/{world.OFFICE}/hours", {"hours": []}, "hours"),
    (
        f"offices/{world.OFFICE}",
        f"offices/{world.OFFICE}/closing",
        {"closed_on": "2027-01-04", "closed_reason": "Pindah."},
        "name",
    ),
    (f"dinas/{world.DINAS}", f"dinas/{world.DINAS}", {"name": "Dinas", "sectors": ["trade"]}, "name"),
    (f"staff/{world.STAFF}", f"staff/{world.STAFF}", {"name": "Ani", "serves_from": "2026-01-05"}, "name"),
    (f"staff/{world.STAFF}", f"staff/{world.STAFF}/term", {"serves_until": "2027-12-31"}, "name"),
]


@pytest.fixture
def mayor(session, head, kota_bandung):
    world.furnish(kota_bandung)
    return session(head)


@pytest.mark.parametrize(("thing", "edit", "entries", "member"), EDITS, ids=[edit for _thing, edit, _e, _m in EDITS])
def test_slower_of_two_edits_is_told_what_stands_there(mayor, thing, edit, entries, member):
    tag = mayor.read(f"kota-bandung/{thing}").headers["ETag"]
    first = mayor.send("PUT", f"kota-bandung/{edit}", entries, headers={"if-match": tag})

    second = mayor.send("PUT", f"kota-bandung/{edit}", entries, headers={"if-match": tag})

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["current"][member] == first.json()[member]


@pytest.mark.parametrize(("thing", "edit", "entries", "member"), EDITS, ids=[edit for _thing, edit, _e, _m in EDITS])
def test_etag_of_the_answer_serves_for_the_next_edit(mayor, thing, edit, entries, member):
    tag = mayor.read(f"kota-bandung/{thing}").headers["ETag"]
    first = mayor.send("PUT", f"kota-bandung/{edit}", entries, headers={"if-match": tag})

    again = mayor.send("PUT", f"kota-bandung/{edit}", entries, headers={"if-match": first.headers["ETag"]})

    assert again.status_code == 200


def test_star_means_whatever_stands_there(mayor):
    response = mayor.send("PUT", f"kota-bandung/offices/{world.OFFICE}", FACTS, headers={"if-match": "*"})

    assert response.status_code == 200


def test_weak_etag_names_its_version_too(mayor):
    tag = mayor.read(f"kota-bandung/offices/{world.OFFICE}").headers["ETag"]

    response = mayor.send("PUT", f"kota-bandung/offices/{world.OFFICE}", FACTS, headers={"if-match": f"W/{tag}"})

    assert response.status_code == 200


def test_edit_of_a_draft_by_two(session, officer):
    world.circular(id=world.DRAFT, number="2/TEST/2026", published=False)
    client = session(officer)
    path = f"pusat/circulars/{world.DRAFT}"
    letter = {"number": "2/TEST/2026", "dated_on": "2026-11-19", "subject": "Baru"}
    tag = client.read(path).headers["ETag"]
    client.send("PUT", path, letter, headers={"if-match": tag})

    late = [
        client.send("PUT", path, letter, headers={"if-match": tag}),
        client.send("PUT", f"{path}/addressees", {"governments": ["bali"]}, headers={"if-match": tag}),
        client.send("POST", f"{path}/publication", headers={"if-match": tag}),
        client.send("DELETE", path, headers={"if-match": tag}),
    ]

    assert [(answer.status_code, answer.json()["current"]["subject"]) for answer in late] == [(412, "Baru")] * 4
