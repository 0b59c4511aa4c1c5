"""Dinas, offices and hours through the REST interface."""

import pytest

from tests import world

FACTS = {"name": "Loket Baru", "address": "Jl. Baru 1", "opened_on": "2026-11-23"}


@pytest.fixture
def path(kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)
    return f"kota-bandung/offices/{world.OFFICE}"


def test_program_opens_an_office_and_sets_its_hours(program, path):
    made = program.send("POST", "kota-bandung/offices", FACTS | {"dinas": str(world.DINAS)})
    place = made.headers["Location"].removeprefix("/api/v1/")
    hours = program.read(f"{place}/hours")
    week = {"hours": [{"weekday": 1, "opens": "08:00", "closes": "12:00"}]}

    changed = program.send("PUT", f"{place}/hours", week, headers={"if-match": hours.headers["ETag"]})

    assert (made.status_code, changed.status_code) == (201, 200)
    assert program.read(place).json()["hours"] == week["hours"]


def test_list_shows_only_this_governments_offices(program, path):
    names = [entry["name"] for entry in program.read("kota-bandung/offices").json()["results"]]

    assert names == ["Loket rambutan"]


def test_edit_without_version_is_refused(program, path):
    response = program.send("PUT", path, FACTS)

    assert (response.status_code, response.json()["code"]) == (428, "precondition-required")


def test_lost_update_is_told_with_what_stands_there(program, path):
    old = program.read(path).headers["ETag"]
    program.send("PUT", path, FACTS, headers={"if-match": old})

    response = program.send("PUT", path, FACTS | {"name": "Loket Lain"}, headers={"if-match": old})

    assert (response.status_code, response.json()["code"]) == (412, "lost-update")
    assert response.json()["current"]["name"] == "Loket Baru"


def test_closing_and_taking_it_back(session, head, path):
    client = session(head)
    entries = {"closed_on": "2026-12-01", "closed_reason": "Pindah."}
    tag = client.read(path).headers["ETag"]

    closed = client.send("PUT", f"{path}/closing", entries, headers={"if-match": tag})
    back = client.send("DELETE", f"{path}/closing", headers={"if-match": closed.headers["ETag"]})

    assert closed.json()["closed_on"] == "2026-12-01"
    assert back.json()["closed_on"] is None


def test_unknown_dinas_in_the_body_is_no_unknown_address(program, path):
    response = program.send("POST", "kota-bandung/offices", FACTS | {"dinas": str(world.STAFF)})

    assert (response.status_code, response.json()["code"]) == (422, "unknown-reference")
    assert list(response.json()["errors"]) == ["dinas"]


def test_filters_narrow_and_refuse_what_they_do_not_know(program, path):
    assert program.read("kota-bandung/offices", {"state": "closed"}).json()["count"] == 0
    assert program.read("kota-bandung/offices", {"has_hours": "true"}).json()["count"] == 1
    assert program.read("kota-bandung/offices", {"stat": "closed"}).json()["errors"] == {
        "stat": ["Parameter ini tidak dikenal."]
    }
