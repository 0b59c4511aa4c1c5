"""
Dates, times and numbers as people read them: "Senin, 23 November 2026", "08.00", "1.234,5".

The forms follow the language of the page; they do not depend on the operating system's locales. Templates use them as filters.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import get_language

# language: (between hours and minutes, between thousands, before decimals)
SIGNS = {"id": (".", ".", ","), "en": (":", ",", ".")}


def _signs() -> tuple[str, str, str]:
    return SIGNS.get((get_language() or "id")[:2], SIGNS["id"])


def _day(value: datetime.date | datetime.datetime) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


def long_date(day: datetime.date) -> str:
    """Senin, 23 November 2026"""
    return formats.date_format(_day(day), "l, j F Y")


def plain_date(day: datetime.date) -> str:
    """23 November 2026"""
    return formats.date_format(_day(day), "j F Y")


def short_date(day: datetime.date) -> str:
    """23 Nov 2026, for tables"""
    return formats.date_format(_day(day), "j M Y")


def clock(time: datetime.time | datetime.datetime, zone: str = "") -> str:
    """08.00, with ``zone`` 08.00 WIB"""
    between = _signs()[0]
    return f"{time.hour:02}{between}{time.minute:02} {zone}".rstrip()


def local_time(at: datetime.datetime, tenant) -> str:
    """The moment ``at`` on the clocks of ``tenant``: 23 November 2026 08.00 WIB"""
    there = tenant.local(at)
    return f"{plain_date(there)} {clock(there, tenant.zone_abbr)}"


def digits(number, places: int | None = None) -> str:
    """
    1.234 or 1.234,5: thousands grouped, decimals as they are or rounded half up to ``places``.

    Whatever is not a number comes back as text, so that a figure may also be a word.
    """
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        return str(number)
    if isinstance(number, int) and 0 <= number < 1000 and not places:  # most of them, and a page may have hundreds
        return str(number)
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    if not exact.is_finite():
        return str(number)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    _, thousands, decimals = _signs()
    whole, _, fraction = f"{exact:,f}".replace("-", "\N{MINUS SIGN}").partition(".")
    return whole.replace(",", thousands) + (decimals + fraction if fraction else "")


def percent(part: int, whole: int) -> str:
    """92 %; a dash where there is nothing to divide by. Rounded down, so that 100 % means all."""
    return f"{part * 100 // whole} %" if whole else "\N{EN DASH}"
