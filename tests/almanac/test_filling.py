"""Filling the country's calendar from the list that comes with Loket: once, again, and beside what the ministry wrote."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from almanac import bundled, operations, operations_filling
from almanac.bundled import ListedDay
from almanac.enums import DayKind, DaySource
from almanac.models import BrowserVersion, PublicDay, Season
from almanac.queries import newest, newest_of_all, public_days
from audit.models import Event
from tenants.context import as_ministry, mounted

CHRISTMAS, EVE = datetime.date(2026, 12, 25), datetime.date(2026, 12, 24)


@pytest.fixture
def ministry(pusat, officer):
    with mounted(pusat):
        yield officer


def rows(year=2026):
    return {(day.on, day.name, day.kind, day.provisional, day.cancelled) for day in PublicDay.objects.filter(on__year=year)}


def test_year_is_filled_with_holidays_and_collective_leave(ministry, now):
    filled = operations_filling.fill_days(years=[2026], at=now)

    kinds = {on: day.kind for on, day in public_days(EVE, CHRISTMAS).items()}
    assert kinds == {EVE: DayKind.LEAVE, CHRISTMAS: DayKind.HOLIDAY}
    assert (filled.added, filled.changed, filled.dropped) == (25, 0, 0)
    assert PublicDay.objects.get(on=CHRISTMAS).name == "Hari Raya Natal"


def test_filling_again_changes_nothing(ministry, now):
    operations_filling.fill_days(years=[2026, 2027], at=now)
    before = list(PublicDay.objects.values())
    seasons = list(Season.objects.values())

    filled = operations_filling.fill_days(years=[2026, 2027], at=now)

    assert (filled.added, filled.changed, filled.dropped) == (0, 0, 0)
    assert (list(PublicDay.objects.values()), list(Season.objects.values())) == (before, seasons)


def test_year_without_decree_is_provisional_throughout(ministry, now):
    operations_filling.fill_days(years=[2029], at=now)

    assert set(PublicDay.objects.filter(on__year=2029).values_list("provisional", flat=True)) == {True}


def test_no_name_says_that_it_is_estimated():
    names = {day.name for year in (2027, 2028, 2029) for day in bundled.days(year)}

    assert {name for name in names if "perkiraan" in name or "estimated" in name or not name} == set()


def test_what_the_ministry_wrote_and_cancelled_stays(ministry, now):
    operations_filling.fill_days(years=[2026], at=now)
    asked = {"by": ministry, "at": now}
    christmas, eve = PublicDay.objects.get(on=CHRISTMAS), PublicDay.objects.get(on=EVE)
    facts = {"kind": christmas.kind, "decree": "Keputusan contoh", "provisional": False}
    operations.correct_day(day=christmas, on=CHRISTMAS, name="Natal", version=None, **facts, **asked)
    operations.cancel_day(day=eve, version=None, **asked)
    before = rows()

    operations_filling.fill_days(years=[2026], at=now)

    assert rows() == before
    assert public_days(EVE, CHRISTMAS).keys() == {CHRISTMAS}


def test_moved_day_is_not_brought_back_on_its_old_date(ministry, now):
    operations_filling.fill_days(years=[2026], at=now)
    eve, later = PublicDay.objects.get(on=EVE), datetime.date(2026, 12, 28)

    moved = operations.correct_day(
        day=eve, on=later, name=eve.name, kind=eve.kind, decree="", provisional=False, version=eve.version, by=ministry, at=now
    )
    operations_filling.fill_days(years=[2026], at=now)

    assert (moved.on, moved.source) == (later, DaySource.MINISTRY)
    assert public_days(EVE, later).keys() == {CHRISTMAS, later}


def test_list_that_moved_an_estimate_leaves_none_behind(ministry, now):
    def listed(day, provisional):
        return lambda year: [ListedDay(datetime.date(2028, 2, day), "Hari Raya Idul Fitri", DayKind.HOLIDAY, provisional)]

    operations_filling.fill_days(years=[2028], at=now, days=listed(27, True))
    filled = operations_filling.fill_days(years=[2028], at=now, days=listed(26, False))

    assert (filled.added, filled.dropped) == (1, 1)
    standing = {on: day.provisional for on, day in public_days(datetime.date(2028, 1, 1), datetime.date(2028, 12, 31)).items()}
    assert standing == {datetime.date(2028, 2, 26): False}
    back = operations_filling.fill_days(years=[2028], at=now, days=listed(27, False))
    assert (back.changed, back.dropped) == (1, 1)


def test_ramadan_ends_on_the_eve_of_the_feast(ministry, now):
    operations_filling.fill_days(years=[2027], at=now)

    season = Season.objects.get()
    assert (season.name, season.first_on, season.last_on) == (
        "Ramadan 1448 H", datetime.date(2027, 2, 8), datetime.date(2027, 3, 9),
    )  # fmt: skip
    assert season.provisional


def test_corrected_season_is_not_entered_again(ministry, now):
    operations_filling.fill_days(years=[2027], at=now)
    Season.objects.update(first_on=datetime.date(2027, 2, 9), source=DaySource.MINISTRY)

    operations_filling.fill_days(years=[2027], at=now)

    assert Season.objects.get().first_on == datetime.date(2027, 2, 9)


def test_filling_leaves_a_trace(ministry, now):
    operations_filling.fill_days(years=[2026], at=now)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert Event.objects.filter(table_name="almanac_publicday", action="I").count() == 25


def test_command_fills_the_years_and_tells(db, capsys):
    call_command("almanac", "fill", "2026")

    assert "Hari: 25 ditambahkan, 0 disesuaikan" in capsys.readouterr().out
    with pytest.raises(CommandError, match="2020 sampai 2099"):
        call_command("almanac", "fill", "1900")


def test_scheduler_brings_the_next_year_in_at_its_turn(db):
    operations_filling.fill_ahead(at=datetime.datetime(2027, 1, 1, 0, 5, tzinfo=datetime.UTC))

    with as_ministry():
        assert set(PublicDay.objects.values_list("on__year", flat=True)) == {2027, 2028}


# Browsers ---------------------------------------------------------------------------------------------------------------------


def test_newest_is_asked_for_a_day(ministry, now):
    operations_filling.fill_browsers(at=now)

    assert newest("chrome", datetime.date(2026, 11, 22)).major == 157
    assert newest("chrome", datetime.date(2026, 11, 2)).major == 156
    assert newest("chrome", datetime.date(2020, 1, 1)) is None
    assert {str(browser) for browser in newest_of_all(datetime.date(2026, 11, 22))} == {
        "chrome", "edge", "firefox", "safari", "samsung", "opera",
    }  # fmt: skip


def test_filling_browsers_adds_only_what_is_newer(ministry, now):
    operations_filling.fill_browsers(at=now)
    BrowserVersion.objects.filter(browser="chrome", major__lt=157).delete()
    BrowserVersion.objects.filter(browser="opera", major__gt=138).delete()

    assert operations_filling.fill_browsers(at=now) == 2
    assert BrowserVersion.objects.filter(browser="chrome").count() == 1


# What the database refuses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        ("almanac_publicday_on_key", "INSERT INTO almanac_publicday (\"on\", name, kind, provisional, cancelled, source, "
         "decree, version) SELECT \"on\", name, kind, provisional, cancelled, source, decree, version "
         "FROM almanac_publicday LIMIT 1"),
        ("almanac_publicday_kind", "UPDATE almanac_publicday SET kind = 'strike'"),
        ("almanac_publicday_named", "UPDATE almanac_publicday SET name = ''"),
        ("almanac_season_period", "UPDATE almanac_season SET last_on = first_on - 1"),
        ("almanac_season_named", "UPDATE almanac_season SET name = ''"),
        ("almanac_season_no_overlap", "INSERT INTO almanac_season (name, first_on, last_on, provisional, source, version) "
         "SELECT name, last_on, last_on, provisional, source, version FROM almanac_season"),
    ],
)  # fmt: skip
def test_database_refuses(ministry, now, constraint, statement):
    operations_filling.fill_days(years=[2026], at=now)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_government_reads_and_writes_nothing(kota_bandung, ministry, now):
    operations_filling.fill_days(years=[2026], at=now)

    with mounted(kota_bandung):
        assert PublicDay.objects.filter(on=CHRISTMAS).exists()
        for table in ("almanac_publicday", "almanac_season", "almanac_browserversion"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET version = 2")
