"""Reading hours as people write them."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.hours import Span, UnreadableHours, check_day, day_text, grouped, read_day

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
