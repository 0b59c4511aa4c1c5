"""Reading hours as people write them, and what a week says at a moment."""

import datetime
import zoneinfo
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.hours import Opening, Span, UnreadableHours, check_day, day_text, grouped, opening, read_day

CLOCK = datetime.time
MORNING, AFTERNOON = Span(1, CLOCK(8), CLOCK(12)), Span(1, CLOCK(13), CLOCK(15))


@pytest.mark.parametrize(
    "text",
    [
        "08.00-12.00, 13.00-15.00",
        "08:00-12:00,13:00-15:00",
        "8-12, 13-15",
        "8-12,13-15",
        "8 - 12 dan 13 - 15",
        "08,00-12,00; 13,00-15,00",
        "0800-1200 / 1300-1500",
        "8.00 – 12.00, 13.00 s/d 15.00",
        "pukul 8 sampai 12 dan 13 hingga 15 WIB",
        " 13.00-15.00\n08.00-12.00 ",
        "jam 08.00 s.d. 12.00 & 13.00 sd 15.00",
    ],
)
def test_two_spans_are_read_however_they_are_written(text):
    assert read_day(1, text) == [MORNING, AFTERNOON]


@pytest.mark.parametrize("text", ["", "  ", "tutup", "Libur", "-", "–", "x"])
def test_closed_day_is_read(text):
    assert read_day(6, text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pagi", "“pagi” belum terbaca. Tulis seperti 08.00-12.00, 13.00-15.00, atau tutup."),
        ("8", "“8” belum terbaca. Tulis seperti 08.00-12.00, 13.00-15.00, atau tutup."),
        ("8-12-15", "“8-12-15” belum terbaca. Tulis seperti 08.00-12.00, 13.00-15.00, atau tutup."),
        ("8-12 kecuali besok", "“8-12 kecuali besok” belum terbaca. Tulis seperti 08.00-12.00, 13.00-15.00, atau tutup."),
        ("08.00-25.00", "Tidak ada pukul 25.00."),
        ("08.75-12.00", "Tidak ada pukul 08.75."),
        ("08.00-24.00", "Tulis 23.59 untuk tengah malam; pukul 24.00 tidak ada."),
        ("12-8", "Jam tutup (08.00) harus sesudah jam buka (12.00). Apakah maksud Anda 20.00?"),
        ("8-3", "Jam tutup (03.00) harus sesudah jam buka (08.00). Apakah maksud Anda 15.00?"),
        ("8-8", "Jam tutup (08.00) harus sesudah jam buka (08.00)."),
        ("08.00-12.00, 11.00-15.00", "08.00–12.00 dan 11.00–15.00 bertumpang tindih. Satukan atau pisahkan keduanya."),
        ("1-2,3-4,5-6,7-8,9-10,11-12,13-14", "Paling banyak 6 rentang jam dalam sehari."),
    ],
)
def test_unreadable_hours_say_what_to_mend(text, sentence):
    with pytest.raises(UnreadableHours) as refusal:
        read_day(1, text)

    assert str(refusal.value.message) == sentence


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(text):
    with suppress(UnreadableHours):
        check_day(read_day(3, text))


@given(st.lists(st.times().map(lambda time: time.replace(second=0, microsecond=0)), min_size=2, max_size=8, unique=True))
def test_what_is_written_is_read_again(times):
    ordered = sorted(times)
    spans = [Span(2, first, second) for first, second in zip(ordered[::2], ordered[1::2], strict=False)]

    assert read_day(2, day_text(spans, 2)) == spans


def test_week_is_told_in_few_lines():
    week = [Span(day, CLOCK(8), CLOCK(12)) for day in range(1, 6)] + [Span(6, CLOCK(9), CLOCK(11))]

    assert [tuple(line) for line in grouped(week)] == [
        ("Senin–Jumat", "08.00–12.00", False),
        ("Sabtu", "09.00–11.00", False),
        ("Minggu", "tutup", True),
    ]


# At a moment ------------------------------------------------------------------------------------------------------------------

WORKWEEK = [Span(day, CLOCK(8), CLOCK(12)) for day in range(1, 6)] + [Span(day, CLOCK(13), CLOCK(15)) for day in range(1, 6)]


SUNDAY, MONDAY = datetime.date(2026, 11, 22), datetime.date(2026, 11, 23)
NEXT_MONDAY = datetime.date(2026, 11, 30)


def moment(text: str, zone: str = "Asia/Jakarta") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone))


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
