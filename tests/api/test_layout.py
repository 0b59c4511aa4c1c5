"""Rooms, desks, plans and kits through the REST interface."""

import pytest

from tests import world

FACTS = {"name": "Ruang Pelatihan", "purpose": "training", "width": 500, "depth": 400}
ROOM, PLAN = f"kota-bandung/rooms/{world.ROOM}", f"kota-bandung/rooms/{world.ROOM}/plan"
KIT = f"kota-bandung/desks/{world.DESK}/kit"


@pytest.fixture(autouse=True)
def worlds(kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)


def desks(program):
    return {desk["name"]: (desk["x"], desk["y"]) for desk in program.read(PLAN).json()["desks"]}


def test_program_records_a_room_and_sets_its_plan(program):
    made = program.send("POST", f"kota-bandung/offices/{world.OFFICE}/rooms", FACTS)
    place = made.headers["Location"].removeprefix("/api/v1/")
    plan = {"desks": [{"name": "Meja 1", "x": 100, "y": 100}, {"name": "Meja 2", "x": 282, "y": 100}, {"name": "Meja 3"}]}

    drawn = program.send("PUT", f"{place}/plan", plan, headers={"if-match": made.headers["ETag"]})

    assert (made.status_code, drawn.status_code) == (201, 200)
    (close,) = drawn.json()["too_close"]
    assert (close["distance"], close["missing"], close["overlaps"]) == (62, 38, False)
    assert len(drawn.json()["unplaced"]) == 1
    assert program.read(place).json()["desk_count"] == 3


def test_plan_is_all_the_desks_there_are(program):
    read = program.read(PLAN)
    (first,) = read.json()["desks"]
    sent = {"desks": [first | {"x": 200}, {"name": "Meja baru", "x": 400, "y": 400}]}

    program.send("PUT", PLAN, sent, headers={"if-match": read.headers["ETag"]})

    assert desks(program) == {"Meja rambutan": (200, 100), "Meja baru": (400, 400)}


def test_plan_of_an_older_version_is_refused_with_the_one_that_stands(program):
    old = program.read(PLAN).headers["ETag"]
    program.send("PUT", PLAN, {"desks": [{"name": "A"}]}, headers={"if-match": old})

    response = program.send("PUT", PLAN, {"desks": [{"name": "B"}]}, headers={"if-match": old})

    assert (response.status_code, response.json()["code"]) == (412, "lost-update")
    assert [desk["name"] for desk in response.json()["current"]["desks"]] == ["A"]


@pytest.mark.parametrize(
    ("desk", "code"),
    [
        ({"name": "A", "x": 5}, "desk-place-wrong"),
        ({"name": "A", "width": 5}, "invalid"),
        ({"name": "A", "x": "5", "y": 5}, "invalid"),
        ({"name": "A", "id": str(world.STAFF)}, "unknown-desk"),
    ],
)
def test_plan_that_cannot_be_is_refused_and_changes_nothing(program, desk, code):
    tag = program.read(PLAN).headers["ETag"]

    response = program.send("PUT", PLAN, {"desks": [desk]}, headers={"if-match": tag})

    assert response.json()["code"] == code
    assert desks(program) == {"Meja rambutan": (100, 100)}


def test_room_with_a_desk_is_not_removed_and_an_empty_one_is(program):
    made = program.send("POST", f"kota-bandung/offices/{world.OFFICE}/rooms", FACTS)
    place = made.headers["Location"].removeprefix("/api/v1/")
    full = program.send("PUT", f"{place}/plan", {"desks": [{"name": "A"}]}, headers={"if-match": made.headers["ETag"]})
    refused = program.send("DELETE", place, headers={"if-match": full.headers["ETag"]})
    cleared = program.send("PUT", f"{place}/plan", {"desks": []}, headers={"if-match": full.headers["ETag"]})
    removed = program.send("DELETE", place, headers={"if-match": cleared.headers["ETag"]})

    assert (refused.status_code, refused.json()["code"]) == (409, "room-in-use")
    assert (removed.status_code, program.read(place).status_code) == (204, 404)


def test_lists_show_only_this_governments_rooms_and_desks(program):
    for address, name in (("rooms", "Ruang rambutan"), ("desks", "Meja rambutan")):
        found = program.read(f"kota-bandung/{address}", {"office": str(world.OFFICE)}).json()["results"]
        assert [entry["name"] for entry in found] == [name]
    assert program.read("kota-bandung/desks", {"purpose": "training"}).json()["count"] == 0


def test_kit_is_answered_part_by_part(program):
    before = {part["part"]: part["state"] for part in program.read(KIT).json()["parts"]}
    said = program.send("POST", KIT, {"part": "paper", "present": True})

    assert (before["device"], before["paper"], said.status_code) == ("missing", "unknown", 201)
    (kit,) = program.read(f"kota-bandung/offices/{world.OFFICE}/kits").json()["kits"]
    assert {part["part"]: part["state"] for part in kit["parts"]}["paper"] == "present"


def test_part_that_the_inventory_answers_is_not_asked(program):
    response = program.send("POST", KIT, {"part": "device", "present": True})

    assert (response.status_code, response.json()["code"]) == (409, "part-is-known")
