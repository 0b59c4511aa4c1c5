import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from portal import dates

MONDAY = datetime.date(2026, 11, 23)


def test_dates_in_indonesian():
    with translation.override("id"):
        written = [dates.long_date(MONDAY), dates.plain_date(MONDAY), dates.short_date(datetime.date(2026, 8, 1))]

    assert written == ["Senin, 23 November 2026", "23 November 2026", "1 Agu 2026"]


def test_dates_in_english():
    with translation.override("en"):
        assert dates.long_date(MONDAY) == "Monday, 23 November 2026"


@pytest.mark.parametrize(
    ("language", "zone", "written"),
    [("id", "", "08.05"), ("id", "WITA", "08.05 WITA"), ("en", "", "08:05"), ("en", "WIT", "08:05 WIT")],
)
def test_clock(language, zone, written):
    with translation.override(language):
        assert dates.clock(datetime.time(8, 5), zone) == written


def test_local_time_is_told_by_the_clocks_of_the_government():
    zone = datetime.timezone(datetime.timedelta(hours=9))
    jayapura = SimpleNamespace(local=lambda at: at.astimezone(zone), zone_abbr="WIT")

    with translation.override("id"):
        written = dates.local_time(datetime.datetime(2026, 11, 22, 23, 0, tzinfo=datetime.UTC), jayapura)

    assert written == "23 November 2026 08.00 WIT"


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (-1234, None, "\N{MINUS SIGN}1.234"),
        (1234.5, None, "1.234,5"),
        (Decimal("1234.567"), 1, "1.234,6"),
        (Decimal("0.25"), 1, "0,3"),
        (2, 2, "2,00"),
        (float("nan"), None, "nan"),
        ("–", None, "–"),
        (True, None, "True"),
    ],
)
def test_digits_in_indonesian(number, places, written):
    with translation.override("id"):
        assert dates.digits(number, places) == written


def test_digits_in_english():
    with translation.override("en"):
        assert dates.digits(1234.5) == "1,234.5"


@pytest.mark.parametrize(("part", "whole", "written"), [(545, 546, "99 %"), (546, 546, "100 %"), (0, 0, "–")])
def test_percent_says_all_only_for_all(part, whole, written):
    assert dates.percent(part, whole) == written
