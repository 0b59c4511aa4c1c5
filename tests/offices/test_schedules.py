"""Schedules that follow one another, seasons before them, and what the database refuses of either."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from offices import operations_hours as operations
from offices import queries, queries_calendar
from offices.enums import ScheduleKind
from offices.hours import Span, UnreadableHours
from offices.models import Office, Schedule
from offices.timetable import Source
from portal.errors import LostUpdate
from tests.offices.conftest import WEEK

CLOCK = datetime.time
NEW_YEAR, MARCH = datetime.date(2027, 1, 1), datetime.date(2027, 3, 1)
RAMADAN = datetime.date(2027, 2, 8), datetime.date(2027, 3, 9)
SHORT = [Span(day, CLOCK(9), CLOCK(12)) for day in range(1, 6)]
LATE = [Span(day, CLOCK(10), CLOCK(12)) for day in range(1, 6)]


@pytest.fixture
def office(make_office):
    return make_office(week=WEEK)


@pytest.fixture
def by(dinas_head, now):
    return {"by": dinas_head, "at": now}


def regulars(office):
    return [(each.valid_from, each.valid_until) for each in Schedule.objects.filter(office=office, kind=ScheduleKind.REGULAR)]


def hours_on(office, on):
    (day,) = queries_calendar.days(Office.objects.get(pk=office.pk), on, on)
    return day.text


def add(office, start, week=SHORT, **by):
    return operations.add_regular(office=office, valid_from=start, week=week, version=None, **by)


def season(office, first=RAMADAN[0], last=RAMADAN[1], name="Ramadan 1448 H", week=LATE, **by):
    return operations.add_season(office=office, name=name, valid_from=first, valid_until=last, week=week, version=None, **by)


def test_successor_ends_the_one_before_on_the_eve(here, office, by):
    add(office, NEW_YEAR, **by)

    assert regulars(office) == [(None, datetime.date(2026, 12, 31)), (NEW_YEAR, None)]
    assert hours_on(office, datetime.date(2026, 12, 31)) == "08.00–12.00, 13.00–15.00"  # Thursday
    assert hours_on(office, NEW_YEAR) == "09.00–12.00"


def test_one_between_two_takes_the_end_of_the_first(here, office, by):
    add(office, MARCH, LATE, **by)
    add(office, NEW_YEAR, **by)

    assert regulars(office) == [
        (None, datetime.date(2026, 12, 31)), (NEW_YEAR, datetime.date(2027, 2, 28)), (MARCH, None),
    ]  # fmt: skip


def test_second_of_the_same_start_is_refused_by_name(here, office, by):
    add(office, NEW_YEAR, **by)

    with pytest.raises(operations.ScheduleTaken, match="mulai berlaku 1 Januari 2027"):
        add(office, NEW_YEAR, LATE, **by)


@pytest.mark.parametrize("start", [datetime.date(2026, 12, 1), datetime.date(2027, 2, 1)])
def test_start_moves_the_end_of_the_one_before(here, office, by, start):
    schedule = add(office, NEW_YEAR, **by)

    operations.edit_regular(schedule=schedule, valid_from=start, week=SHORT, version=None, **by)

    assert regulars(office) == [(None, start - datetime.timedelta(days=1)), (start, None)]


def test_start_does_not_pass_its_neighbours(here, office, by):
    second = add(office, NEW_YEAR, **by)
    third = add(office, MARCH, LATE, **by)
    second.refresh_from_db()

    for schedule, start in ((third, NEW_YEAR), (second, MARCH)):
        with pytest.raises(operations.StartOutside):
            operations.edit_regular(schedule=schedule, valid_from=start, week=SHORT, version=None, **by)


def test_removed_one_gives_its_days_to_the_one_before(here, office, by):
    second = add(office, NEW_YEAR, **by)
    add(office, MARCH, LATE, **by)

    operations.remove_schedule(schedule=second, version=None, **by)

    assert regulars(office) == [(None, datetime.date(2027, 2, 28)), (MARCH, None)]


def test_removed_first_gives_its_days_to_the_next(here, office, by):
    add(office, NEW_YEAR, **by)
    first = Schedule.objects.get(office=office, valid_from=None)

    operations.remove_schedule(schedule=first, version=None, **by)

    assert regulars(office) == [(None, None)]


def test_only_regular_one_stays(here, office, by):
    with pytest.raises(operations.LastRegular):
        operations.remove_schedule(schedule=Schedule.objects.get(office=office), version=None, **by)


def test_season_stands_before_the_regular_week_and_leaves_it_after(here, office, by):
    season(office, **by)

    table = queries_calendar.timetable_between(Office.objects.get(pk=office.pk), *RAMADAN)
    found = [
        (table.day(on).text, table.day(on).source)
        for on in (datetime.date(2027, 2, 5), RAMADAN[0], RAMADAN[1], datetime.date(2027, 3, 10))
    ]
    assert found == [
        ("08.00–12.00", Source.REGULAR), ("10.00–12.00", Source.SEASON), ("10.00–12.00", Source.SEASON),
        ("08.00–12.00, 13.00–15.00", Source.REGULAR),
    ]  # fmt: skip


def test_overlapping_season_is_refused_by_name(here, office, by):
    season(office, **by)

    with pytest.raises(operations.ScheduleTaken, match="Ramadan 1448 H, 8 Februari 2027 sampai 9 Maret 2027"):
        season(office, RAMADAN[1], RAMADAN[1], name="Lain", **by)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"last": RAMADAN[0] - datetime.timedelta(days=1)}, {"last": datetime.date(2029, 1, 1)}]
)
def test_unclear_season_is_refused(here, office, by, wrong):
    with pytest.raises(operations.SeasonUnclear):
        season(office, **wrong, **by)


def test_season_is_edited_and_the_version_counts_only_changes(here, office, by):
    made = season(office, **by)
    facts = {"valid_from": RAMADAN[0], "valid_until": RAMADAN[1], "week": LATE, "version": None}

    operations.edit_season(schedule=made, name="Ramadan 1448 H", **facts, **by)
    unchanged = Office.objects.get(pk=office.pk).hours_version
    operations.edit_season(schedule=made, name="Ramadan", **facts, **by)

    assert (unchanged, Office.objects.get(pk=office.pk).hours_version) == (3, 4)


def test_every_change_of_hours_counts_one_version(here, office, by):
    made = season(office, **by)

    for change in (
        lambda: add(office, NEW_YEAR, **by),
        lambda: operations.remove_schedule(schedule=made, version=2, **by),
        lambda: operations.set_hours(office=office, week=SHORT, version=2, **by),
    ):
        before = Office.objects.get(pk=office.pk).hours_version
        if before == 3:
            change()
        else:
            with pytest.raises(LostUpdate):
                change()


def test_hours_that_overlap_change_nothing(here, office, by):
    overlapping = [Span(1, CLOCK(8), CLOCK(12)), Span(1, CLOCK(11), CLOCK(13))]

    with pytest.raises(UnreadableHours):
        season(office, week=overlapping, **by)
    with pytest.raises(UnreadableHours):
        add(office, NEW_YEAR, overlapping, **by)

    assert Schedule.objects.filter(office=office).count() == 1


def test_week_of_today_is_set_where_several_follow_one_another(here, office, by):
    add(office, NEW_YEAR, **by)

    operations.set_hours(office=office, week=LATE, version=None, **by)

    assert queries.week(Office.objects.get(pk=office.pk), NEW_YEAR) == SHORT
    assert queries.week(Office.objects.get(pk=office.pk), datetime.date(2026, 11, 23)) == LATE


def test_schedule_that_somebody_removed_is_a_lost_update(here, office, by):
    made = season(office, **by)
    operations.remove_schedule(schedule=made, version=None, **by)

    with pytest.raises(LostUpdate):
        operations.edit_season(
            schedule=made, name="x", valid_from=RAMADAN[0], valid_until=RAMADAN[1], week=[], version=None, **by
        )


# What the database refuses, whoever writes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "kind", "first", "last"),
    [
        ("offices_schedule_no_overlap", "regular", "2027-01-01", None),
        ("offices_schedule_no_overlap", "seasonal", "2027-03-09", "2027-03-20"),
        ("offices_schedule_seasonal", "seasonal", "2027-05-01", None),
        ("offices_schedule_seasonal", "seasonal", None, "2027-01-01"),
        ("offices_schedule_period", "seasonal", "2027-05-02", "2027-05-01"),
    ],
)
def test_database_refuses_schedules(here, office, by, constraint, kind, first, last):
    season(office, **by)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO offices_schedule (id, office_id, kind, name, valid_from, valid_until) "
            "VALUES (gen_random_uuid(), %s, %s, 'x', %s, %s)",
            [str(office.pk), kind, first, last],
        )

    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_database_lets_neighbours_touch(here, office, by):
    season(office, **by)

    assert season(office, RAMADAN[1] + datetime.timedelta(days=1), datetime.date(2027, 3, 20), "Lain", **by).pk
