"""Calendar, schedules, special days and days of the government through the REST interface."""

import pytest

from almanac.models import PublicDay
from tenants.context import as_owner
from tests import world

OFFICE = f"kota-bandung/offices/{world.OFFICE}"
WEEK = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]
SEASON = {"kind": "seasonal", "name": "Musim", "valid_from": "2098-02-08", "valid_until": "2098-03-09", "hours": WEEK}
SPECIAL = {"first_on": "2098-12-24", "last_on": "2098-12-24", "reason": "Rapat", "hours": []}
DAY = {"on": "2098-09-25", "name": "Hari Jadi", "decree": ""}
HOLIDAY = {"on": "2098-12-25", "name": "Hari Raya Natal", "kind": "holiday"}


@pytest.fixture(autouse=True)
def furnished(kota_bandung, kota_cimahi):
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)


@pytest.fixture
def mayor(session, head):
    return session(head)


@pytest.fixture
def desk(session, officer):
    return session(officer)


def place_of(response) -> str:
    return response.headers["Location"].removeprefix("/api/v1/")


def test_schedule_is_added_edited_and_removed(mayor):
    made = mayor.send("POST", f"{OFFICE}/schedules", SEASON)
    place = place_of(made)
    tag = mayor.read(place).headers["ETag"]
    facts = {key: value for key, value in SEASON.items() if key != "kind"}

    edited = mayor.send("PUT", place, facts | {"name": "Ramadan"}, headers={"if-match": tag})
    stale = mayor.send("PUT", place, facts, headers={"if-match": tag})
    gone = mayor.send("DELETE", place, headers={"if-match": edited.headers["ETag"]})

    assert [each.status_code for each in (made, edited, stale, gone)] == [201, 200, 412, 204]
    assert stale.json()["current"]["name"] == "Ramadan"
    assert mayor.read(place).status_code == 404


def test_regular_schedule_follows_the_one_before(mayor):
    made = mayor.send("POST", f"{OFFICE}/schedules", {"valid_from": "2098-01-01", "hours": WEEK})

    listed = mayor.read(f"{OFFICE}/schedules").json()["schedules"]
    regular = [(each["valid_from"], each["valid_until"]) for each in listed if each["kind"] == "regular"]
    assert (made.status_code, regular) == (201, [(None, "2097-12-31"), ("2098-01-01", None)])


@pytest.mark.parametrize(
    ("entries", "status", "code"),
    [
        (SEASON | {"valid_from": "2027-03-09", "valid_until": "2027-03-20"}, 409, "schedule-taken"),
        (SEASON | {"name": ""}, 422, "season-unclear"),
        (SEASON | {"kind": "regular"}, 422, "regular-has-no-end"),
        ({"hours": WEEK}, 422, "start-missing"),
        (SEASON | {"hours": WEEK * 2 + [{"weekday": 1, "opens": "11:00", "closes": "13:00"}]}, 422, "unreadable-hours"),
    ],
)
def test_impossible_schedules_are_refused(mayor, entries, status, code):
    response = mayor.send("POST", f"{OFFICE}/schedules", entries)

    assert (response.status_code, response.json()["code"]) == (status, code)


def test_special_days_are_for_all_or_none(mayor):
    made = mayor.send("POST", "kota-bandung/special-days", SPECIAL | {"offices": [str(world.OFFICE)]})
    (special,) = made.json()["special_days"]
    again = mayor.send("POST", "kota-bandung/special-days", SPECIAL | {"offices": [str(world.OFFICE)]})
    unknown = mayor.send("POST", "kota-bandung/special-days", SPECIAL | {"offices": [str(world.DINAS)]})

    assert (made.status_code, again.status_code, again.json()["code"]) == (201, 409, "special-taken")
    assert "Loket rambutan sudah punya hari khusus 24 Desember 2098: Rapat." in again.json()["detail"]
    assert (unknown.status_code, list(unknown.json()["errors"])) == (422, ["offices"])
    place = f"kota-bandung/special-days/{special['id']}"
    tag = mayor.read(place).headers["ETag"]
    edited = mayor.send("PUT", place, SPECIAL | {"reason": "Piket"}, headers={"if-match": tag})
    stale = mayor.send("PUT", place, SPECIAL, headers={"if-match": tag})
    assert (edited.status_code, stale.status_code, stale.json()["current"]["reason"]) == (200, 412, "Piket")
    assert mayor.send("DELETE", place, headers={"if-match": "*"}).status_code == 204


def test_past_is_changed_only_by_who_says_so(mayor):
    entries = SPECIAL | {"first_on": "2020-01-06", "last_on": "2020-01-06", "offices": [str(world.OFFICE)]}

    refused = mayor.send("POST", "kota-bandung/special-days", entries)
    made = mayor.send("POST", "kota-bandung/special-days", entries | {"past": True})
    place = f"kota-bandung/special-days/{made.json()['special_days'][0]['id']}"

    assert (refused.status_code, refused.json()["code"], made.status_code) == (409, "past-days", 201)
    assert mayor.send("DELETE", place, headers={"if-match": "*"}).status_code == 409
    assert mayor.send("DELETE", f"{place}?past=true", headers={"if-match": "*"}).status_code == 204


def test_days_of_the_government_are_kept_by_people_not_by_keys(mayor, program):
    made = mayor.send("POST", "kota-bandung/local-days", DAY)
    twice = mayor.send("POST", "kota-bandung/local-days", DAY)
    edited = mayor.send("PUT", place_of(made), DAY | {"name": "x"}, headers={"if-match": made.headers["ETag"]})

    assert [each.status_code for each in (made, twice, edited)] == [201, 409, 200]
    assert program.send("POST", "kota-bandung/local-days", DAY).status_code == 403
    assert program.read("kota-bandung/local-days").json()["count"] == 2


def test_days_say_what_counts_and_why(mayor, desk):
    desk.send("POST", "pusat/calendar", HOLIDAY)
    mayor.send("POST", "kota-bandung/local-days", DAY | {"on": "2098-12-24"})
    mayor.send("POST", "kota-bandung/special-days", SPECIAL | {
        "first_on": "2098-12-26", "last_on": "2098-12-26", "hours": [{"opens": "09:00", "closes": "10:00"}],
        "offices": [str(world.OFFICE)],
    })  # fmt: skip

    days = mayor.read(f"{OFFICE}/days", {"from": "2098-12-23", "until": "2098-12-27"}).json()["days"]

    assert [(each["on"][-2:], each["source"], each["why"], len(each["hours"])) for each in days] == [
        ("23", "regular", "", 1), ("24", "local", "Hari Jadi", 0), ("25", "holiday", "Hari Raya Natal", 0),
        ("26", "special", "Rapat", 1), ("27", "regular", "", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("until", ["2098-01-01", "2100-12-31"])
def test_days_wrong_way_round_or_too_many_are_refused(mayor, until):
    response = mayor.read(f"{OFFICE}/days", {"from": "2098-12-23", "until": until})

    assert response.status_code in (400, 422)


def test_four_hundred_days_are_answered_at_once(mayor, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        days = mayor.read(f"{OFFICE}/days", {"from": "2027-01-01", "until": "2028-02-04"}).json()["days"]

    assert len(days) == 400


def test_ministry_keeps_the_calendar_every_government_reads(desk, mayor, program):
    made = desk.send("POST", "pusat/calendar", HOLIDAY)
    taken = desk.send("POST", "pusat/calendar", HOLIDAY)
    moved = desk.send(
        "PUT", "pusat/calendar/2098-12-25", HOLIDAY | {"on": "2098-12-26"}, headers={"if-match": made.headers["ETag"]}
    )
    period = {"from": "2098-12-01", "until": "2098-12-31"}

    assert [each.status_code for each in (made, taken, moved)] == [201, 409, 200]
    for reader in (mayor, program):
        assert [each["on"] for each in reader.read("kota-bandung/calendar", period).json()["days"]] == ["2098-12-26"]
    assert desk.send("DELETE", "pusat/calendar/2098-12-26", headers={"if-match": "*"}).json()["cancelled"] is True
    assert mayor.read("kota-bandung/calendar", period).json()["days"] == []
    with as_owner():
        assert PublicDay.objects.filter(on__year=2098).count() == 2


def test_governments_do_not_reach_the_ministrys_calendar(mayor, program):
    assert {each.send("POST", "pusat/calendar", HOLIDAY).status_code for each in (mayor, program)} == {404}


def test_seasons_and_browsers_are_kept_by_the_ministry(desk):
    season = {"name": "Ramadan", "first_on": "2098-02-08", "last_on": "2098-03-09"}
    release = {"browser": "chrome", "major": 157, "released_on": "2026-11-03"}

    made = desk.send("POST", "pusat/seasons", season)
    overlapping = desk.send("POST", "pusat/seasons", season | {"first_on": "2098-03-09", "last_on": "2098-03-20"})
    edited = desk.send(
        "PUT", "pusat/seasons/2098-02-08", season | {"first_on": "2098-02-09"}, headers={"if-match": made.headers["ETag"]}
    )
    entered = [desk.send("POST", "pusat/browsers", release).status_code for _ in range(2)]

    assert [each.status_code for each in (made, overlapping, edited)] == [201, 409, 200]
    assert entered == [201, 409]
    assert desk.send("DELETE", "pusat/seasons/2098-02-09").status_code == 204
    assert desk.read("pusat/seasons/bukan-tanggal").status_code == 404
