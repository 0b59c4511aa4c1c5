"""The inventory and its checks through the REST interface."""

import pytest

from tests import world

CHAIR = {"office": str(world.OFFICE), "kind": "chair", "name": "Kursi lipat"}


@pytest.fixture
def path(kota_bandung, kota_cimahi, time_machine):
    time_machine.move_to(world.AT.replace(day=23), tick=False)
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)
    return f"kota-bandung/items/{world.ITEM}"


def put(program, path, data, method="PUT"):
    """An edit of what stands there now."""
    where = path if path.count("/") == 2 else path.rpartition("/")[0]
    return program.send(method, path, data, headers={"if-match": program.read(where).headers["ETag"]})


def test_eight_chairs_are_added_at_once(program, path):
    made = program.send("POST", "kota-bandung/items", CHAIR | {"count": 8, "item_code": "3.05", "register_number": "01"})

    added = made.json()["results"]
    assert (made.status_code, [item["register_number"] for item in added]) == (201, [f"0{n}" for n in range(1, 9)])
    assert len({item["label"] for item in added}) == 8
    assert program.read("kota-bandung/items", {"kind": "chair"}).json()["count"] == 8


def test_list_shows_only_this_governments_things(program, path):
    assert [item["name"] for item in program.read("kota-bandung/items").json()["results"]] == ["Laptop rambutan"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(program, path, django_assert_num_queries, count):
    if count > 1:
        program.send("POST", "kota-bandung/items", CHAIR | {"kind": "laptop", "purpose": "training", "count": count - 1})
    program.read("kota-bandung/items")

    with django_assert_num_queries(7):
        assert program.read("kota-bandung/items").json()["count"] == count


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"check": "failed"}, 1), ({"check": "due"}, 1), ({"check": "overdue"}, 0), ({"removed": "yes"}, 0),
        ({"q": "rambu", "category": "device", "purpose": "registration", "condition": "good", "room": str(world.ROOM)}, 1),
        ({"office": str(world.STAFF)}, 0),
    ],
)  # fmt: skip
def test_list_is_filtered(program, path, params, count):
    assert program.read("kota-bandung/items", params).json()["count"] == count


def test_thing_is_edited_moved_graded_written_off_and_taken_back(program, path):
    facts = {"kind": "laptop", "name": "Laptop 15 inci", "purpose": "registration", "year": 2025}
    assert put(program, path, facts).json()["name"] == "Laptop 15 inci"

    moved = put(program, f"{path}/place", {"room": str(world.ROOM), "desk": str(world.DESK)}).json()
    assert (moved["room"]["id"], moved["desk"]["id"]) == (str(world.ROOM), str(world.DESK))

    graded = put(program, f"{path}/condition", {"condition": "broken", "on": "2026-11-23", "reason": "Jatuh."}).json()
    assert (graded["condition"], graded["condition_reason"]) == ("broken", "Jatuh.")

    gone = put(program, f"{path}/removal", {"on": "2026-11-23", "reason": "Dilelang."}).json()
    assert (gone["removed_on"], gone["room"]) == ("2026-11-23", None)
    assert put(program, f"{path}/place", {"room": str(world.ROOM)}).json()["code"] == "item-removed"

    assert put(program, f"{path}/removal", {}, "DELETE").json()["removed_on"] is None


@pytest.mark.parametrize(
    ("data", "status", "where"),
    [
        (CHAIR | {"office": str(world.STAFF)}, 422, "office"),
        (CHAIR | {"room": str(world.STAFF)}, 422, "room"),
        (CHAIR | {"desk": str(world.DESK)}, 422, "room"),
        (CHAIR | {"count": 201}, 400, "count"),
        (CHAIR | {"count": "8"}, 400, "count"),
        (CHAIR | {"kind": "toy"}, 400, "kind"),
        (CHAIR | {"kind": "laptop"}, 422, "purpose"),
        (CHAIR | {"kind": "laptop", "purpose": "training", "room": str(world.ROOM)}, 409, "room"),
        (CHAIR | {"farbe": "rot"}, 400, "farbe"),
    ],
)
def test_impossible_things_are_refused_with_their_field(program, path, data, status, where):
    response = program.send("POST", "kota-bandung/items", data)

    assert (response.status_code, list(response.json()["errors"])) == (status, [where])


def test_look_at_a_device_is_recorded_and_judged(program, path):
    checks = [{"kind": "camera", "ok": True}, {"kind": "internet", "down": 0.8, "up": 1, "latency": 40}]

    made = program.send("POST", f"{path}/checks", {"on": "2026-11-23", "checks": checks})

    assert made.status_code == 201
    assert [(each["kind"], each["ok"], each["note"]) for each in made.json()["results"]] == [
        ("camera", True, ""), ("internet", False, "unduh 0,8 Mbit/s, perlu 2"),
    ]  # fmt: skip
    states = {each["kind"]: each["state"] for each in program.read(path).json()["checks"]}
    assert states == {"camera": "fresh", "internet": "failed", "browser": "never"}
    assert program.read(f"{path}/checks", {"kind": "camera"}).json()["count"] == 2


@pytest.mark.parametrize(
    "checks",
    [
        [], [{"kind": "camera"}], [{"kind": "camera", "ok": False}], [{"kind": "camera", "down": 1, "up": 1, "latency": 1}],
        [{"kind": "internet", "down": 1}], [{"kind": "camera", "ok": True}] * 2, [{"kind": "smell", "ok": True}],
    ],
)  # fmt: skip
def test_impossible_looks_are_refused(program, path, checks):
    response = program.send("POST", f"{path}/checks", {"on": "2026-11-23", "checks": checks})

    assert response.status_code == (422 if checks == [{"kind": "camera", "ok": False}] else 400)
    assert program.read(f"{path}/checks").json()["count"] == 1
