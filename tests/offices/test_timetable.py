"""What a timetable says on a day and at a moment: its layers, the three zones, the turn of the year."""

import datetime
import zoneinfo

import pytest

from offices.hours import Span
from offices.timetable import Opening, Period, Rest, Source, Special, Timetable

CLOCK = datetime.time

WORKWEEK = [Span(day, CLOCK(8), CLOCK(12)) for day in range(1, 6)] + [Span(day, CLOCK(13), CLOCK(15)) for day in range(1, 6)]


SUNDAY, MONDAY = datetime.date(2026, 11, 22), datetime.date(2026, 11, 23)
NEXT_MONDAY = datetime.date(2026, 11, 30)


def moment(text: str, zone: str = "Asia/Jakarta") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone))


def opening(week, local, **service) -> Opening:
    return Timetable.weekly(week, **service).opening(local)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-11-23T07:59:59", "Buka hari ini 08.00 WIB"),
        ("2026-11-23T08:00:00", "Buka sampai 12.00 WIB"),
        ("2026-11-23T11:59:59", "Buka sampai 12.00 WIB"),
        ("2026-11-23T12:00:00", "Buka hari ini 13.00 WIB"),
        ("2026-11-23T15:00:00", "Buka besok 08.00 WIB"),
        ("2026-11-27T15:00:00", "Buka Senin 08.00 WIB"),
        ("2026-12-31T15:00:00", "Buka besok 08.00 WIB"),
    ],
)
def test_sentence_follows_the_moment(at, sentence):
    assert opening(WORKWEEK, moment(at)).sentence("WIB") == sentence


def test_touching_spans_are_one():
    week = [Span(1, CLOCK(8), CLOCK(12)), Span(1, CLOCK(12), CLOCK(15))]

    assert opening(week, moment("2026-11-23T09:00")).until == CLOCK(15)


@pytest.mark.parametrize(
    ("at", "zone", "found"),
    [
        # One moment, Sunday 22 November 16.30 UTC: still Sunday in WIB, Monday already in WITA and WIT.
        ("2026-11-22T16:30", "Asia/Jakarta", Opening(next_on=MONDAY, next_at=CLOCK(0), on=SUNDAY)),
        ("2026-11-22T16:30", "Asia/Makassar", Opening(until=CLOCK(1), on=MONDAY)),
        ("2026-11-22T16:30", "Asia/Jayapura", Opening(next_on=NEXT_MONDAY, next_at=CLOCK(0), on=MONDAY)),
        # Fifteen minutes before midnight of each zone in turn.
        ("2026-11-22T14:45", "Asia/Jayapura", Opening(next_on=MONDAY, next_at=CLOCK(0), on=SUNDAY)),
        ("2026-11-22T15:00", "Asia/Jayapura", Opening(until=CLOCK(1), on=MONDAY)),
        ("2026-11-22T16:00", "Asia/Makassar", Opening(until=CLOCK(1), on=MONDAY)),
        ("2026-11-22T17:00", "Asia/Jakarta", Opening(until=CLOCK(1), on=MONDAY)),
    ],
)  # fmt: skip
def test_each_zone_has_its_own_midnight(at, zone, found):
    week = [Span(1, CLOCK(0), CLOCK(1))]
    local = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC).astimezone(zoneinfo.ZoneInfo(zone))

    assert opening(week, local) == found


def test_nothing_opens_before_the_first_day():
    opened = datetime.date(2026, 12, 1)

    found = opening(WORKWEEK, moment("2026-11-23T09:00"), opened_on=opened)

    assert (found.is_open, found.sentence("WIB")) == (False, "Buka 1 Desember 2026 08.00 WIB")


def test_nothing_opens_from_the_day_of_closing_on():
    closed = datetime.date(2026, 11, 24)

    assert opening(WORKWEEK, moment("2026-11-23T14:00"), closed_on=closed).sentence("WIB") == "Buka sampai 15.00 WIB"
    assert opening(WORKWEEK, moment("2026-11-23T15:00"), closed_on=closed) == Opening(on=datetime.date(2026, 11, 23))
    assert opening(WORKWEEK, moment("2026-11-24T09:00"), closed_on=closed) == Opening(on=datetime.date(2026, 11, 24))


def test_week_without_hours_never_opens():
    assert opening([], moment("2026-11-23T09:00")).sentence("WIB") == "Belum ada jam layanan"


# Layers -----------------------------------------------------------------------------------------------------------------------

CHRISTMAS = datetime.date(2026, 12, 25)
FEBRUARY = datetime.date(2027, 2, 8)
SHORT = tuple(Span(day, CLOCK(8), CLOCK(14)) for day in range(1, 6))
RAMADAN = Period(True, "Ramadan", FEBRUARY, datetime.date(2027, 3, 9), SHORT)
REGULAR = Period(False, "", None, None, tuple(WORKWEEK))
HOLIDAY = {CHRISTMAS: Rest("Hari Natal", Source.HOLIDAY)}


def test_season_goes_before_the_regular_week_as_long_as_it_holds():
    table = Timetable(periods=(REGULAR, RAMADAN))

    found = {on: (table.day(on).text, table.day(on).why) for on in (datetime.date(2027, 2, 5), FEBRUARY)}

    assert found == {
        datetime.date(2027, 2, 5): ("08.00–12.00, 13.00–15.00", ""),
        FEBRUARY: ("08.00–14.00", "Ramadan"),
    }


def test_season_without_a_weekday_closes_it():
    friday_off = Period(
        True, "Ramadan", FEBRUARY, datetime.date(2027, 3, 9), tuple(span for span in SHORT if span.weekday != 5)
    )

    assert not Timetable(periods=(REGULAR, friday_off)).serves_on(datetime.date(2027, 2, 12))


def test_holiday_closes_and_says_so():
    table = Timetable(periods=(REGULAR,), rests=HOLIDAY)

    assert table.opening(moment("2026-12-25T09:00")).sentence("WIB") == "Tutup: Hari Natal. Buka Senin 08.00 WIB"
    assert table.opening(moment("2026-12-24T16:00")).sentence("WIB") == "Buka Senin 08.00 WIB"
    assert table.next_closed(MONDAY).on == CHRISTMAS


def test_special_days_go_before_everything():
    open_at_christmas = Special(CHRISTMAS, CHRISTMAS, "Posko Natal", ((CLOCK(9), CLOCK(11)),))
    table = Timetable(periods=(REGULAR,), specials=(open_at_christmas,), rests=HOLIDAY)

    assert table.opening(moment("2026-12-25T09:30")).sentence("WIB") == "Buka sampai 11.00 WIB"
    assert table.next_closed(MONDAY) is None


def test_closure_over_the_turn_of_the_year_names_the_day_after():
    closure = Special(datetime.date(2026, 12, 21), datetime.date(2027, 1, 3), "Renovasi", ())
    table = Timetable(periods=(REGULAR,), specials=(closure,))

    assert table.opening(moment("2026-12-31T09:00")).sentence("WIB") == "Tutup: Renovasi. Buka Senin 08.00 WIB"
    assert table.opening(moment("2026-12-18T16:00")).sentence("WIB") == "Buka 4 Januari 2027 08.00 WIB"


def test_saturday_is_no_closed_day_worth_telling():
    rests = {datetime.date(2026, 11, 28): Rest("Hari Jadi Kota", Source.LOCAL)}

    assert Timetable(periods=(REGULAR,), rests=rests).next_closed(MONDAY) is None


def test_facts_give_the_same_timetable():
    facts = {
        "periods": [
            ["regular", "", None, None, [[span.weekday, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in WORKWEEK]]
        ],
        "special": [["2026-12-25", "2026-12-26", "Posko", [["09:00", "11:00"]]]],
        "local": [["2026-12-28", "Hari Jadi"]],
    }

    table = Timetable.from_facts(facts, HOLIDAY)

    assert [
        (day.text, day.why, day.source) for day in table.days(datetime.date(2026, 12, 24), datetime.date(2026, 12, 29))
    ] == [
        ("08.00–12.00, 13.00–15.00", "", Source.REGULAR),
        ("09.00–11.00", "Posko", Source.SPECIAL),
        ("09.00–11.00", "Posko", Source.SPECIAL),
        ("", "", Source.REGULAR),
        ("", "Hari Jadi", Source.LOCAL),
        ("08.00–12.00, 13.00–15.00", "", Source.REGULAR),
    ]
