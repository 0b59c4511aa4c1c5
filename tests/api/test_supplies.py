"""Supplies and rounds through the REST interface."""

import datetime

import pytest

from tests import world

SUPPLIES = "kota-bandung/supplies"
MOVEMENTS = f"{SUPPLIES}/{world.SUPPLY}/movements"
ROUND = f"kota-bandung/stock-takes/{world.ROUND}"
USED = {"kind": "used", "quantity": 2, "on": "2026-11-23"}
CORRECTED = {"kind": "corrected", "quantity": -1, "on": "2026-11-23"}


@pytest.fixture(autouse=True)
def furnished(time_machine, kota_bandung, kota_cimahi):
    time_machine.move_to(datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC))
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)


def test_supply_tells_its_forecast(program):
    found = program.read(f"{SUPPLIES}/{world.SUPPLY}").json()

    assert (found["on_hand"], found["forecast"]) == (
        5,
        {"outlook": "thin", "days": None, "until": None, "used": 0, "observed": 0},
    )


def test_movement_changes_the_stock_and_says_what_is_left(program):
    done = program.send("POST", MOVEMENTS, USED)
    refused = program.send("POST", MOVEMENTS, USED | {"quantity": 4})

    assert (done.status_code, done.json()["quantity"], done.json()["balance"]) == (201, -2, 3)
    assert (refused.status_code, refused.json()["code"]) == (409, "not-enough")
    assert "Tersisa 3 rim; 4 tidak dapat dikeluarkan." in refused.json()["detail"]


def test_same_key_records_once(program):
    for _twice in range(2):
        assert program.send("POST", MOVEMENTS, USED, headers={"idempotency-key": "satu"}).status_code == 201

    assert program.read(f"{SUPPLIES}/{world.SUPPLY}").json()["on_hand"] == 3


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"quantity": 0}, 422, "quantity"),
        ({"quantity": -1}, 422, "quantity"),
        ({"quantity": "2"}, 400, "quantity"),
        ({"quantity": 1.5}, 400, "quantity"),
        ({"kind": "lost"}, 400, "kind"),
        ({"on": "2026-11-24"}, 422, "on"),
        ({"on": "2020-01-01"}, 422, "on"),
        ({"extra": 1}, 400, "extra"),
        (CORRECTED, 422, "reason"),
    ],
)
def test_bad_movements_are_refused_at_their_field(program, wrong, status, field):
    response = program.send("POST", MOVEMENTS, USED | wrong)

    assert (response.status_code, list(response.json()["errors"])) == (status, [field])


def test_supply_is_entered_changed_and_retired(program):
    facts = {"kind": "pen", "name": "Bolpoin", "unit": "buah", "minimum": 10}
    made = program.send("POST", SUPPLIES, facts | {"office": str(world.OFFICE), "on_hand": 2})
    again = program.send("POST", SUPPLIES, facts | {"office": str(world.OFFICE)})
    path = f"{SUPPLIES}/{made.json()['id']}"
    changed = program.send("PUT", path, facts | {"minimum": 20}, headers={"if-match": made.headers["ETag"]})
    late = program.send("PUT", path, facts | {"minimum": 30}, headers={"if-match": made.headers["ETag"]})
    kept = program.send("PUT", f"{path}/retirement")

    assert (made.status_code, made.json()["to_buy"], again.json()["code"]) == (201, 8, "supply-name-taken")
    assert (changed.status_code, changed.json()["minimum"], late.status_code) == (200, 20, 412)
    assert (kept.status_code, kept.json()["code"]) == (409, "stock-remains")
    program.send("POST", f"{path}/movements", USED)
    assert program.send("PUT", f"{path}/retirement").json()["retired_on"] == "2026-11-23"
    assert program.send("DELETE", f"{path}/retirement").status_code == 204


def test_supply_for_an_unknown_office_is_refused(program):
    response = program.send("POST", SUPPLIES, {"office": str(world.DUTY), "kind": "pen", "name": "x", "unit": "y"})

    assert (response.status_code, response.json()["code"]) == (422, "unknown-reference")


def test_label_is_read_once_and_the_round_finished(program):
    first = program.send("POST", f"{ROUND}/lines", {"text": "bukan label"})
    second = program.send("POST", f"{ROUND}/lines", {"text": "Bukan  Label "})
    done = program.send("PUT", f"{ROUND}/finish")
    late = program.send("POST", f"{ROUND}/lines", {"text": "lain"})

    assert (first.json()["outcome"], first.json()["again"], second.json()["again"]) == ("unknown", False, True)
    assert (done.json()["seen"], done.json()["missing"], len(done.json()["lines"])) == (1, [], 2)
    assert (late.status_code, late.json()["code"]) == (409, "round-finished")


def test_condition_is_graded_while_reading(program):
    bad = {"text": "x"} | {"condition": "broken"}

    assert program.send("POST", f"{ROUND}/lines", bad).json()["code"] == "no-such-thing"
    assert len(program.read(ROUND).json()["lines"]) == 1


def test_round_begun_again_is_the_one_that_goes_on(program):
    response = program.send("POST", "kota-bandung/stock-takes", {"room": str(world.ROOM)})

    assert (response.status_code, response.json()["id"]) == (201, str(world.ROUND))


def test_rounds_are_listed_with_their_numbers(program):
    (found,) = program.read("kota-bandung/stock-takes", {"office": str(world.OFFICE)}).json()["results"]

    assert (found["expected"], found["seen"], "lines" in found) == (1, 1, False)
