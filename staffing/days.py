"""Months and days in addresses: /jadwal/2026-11/, /jadwal/2026-11-23/."""

import datetime


class Month:
    """A month as its first day; an impossible one is no address."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(f"{value}-01")

    def to_url(self, value: datetime.date) -> str:
        return f"{value:%Y-%m}"


class Day:
    regex = r"20\d\d-\d\d-\d\d"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)


def in_range(day: datetime.date) -> bool:
    """Whether ``day`` has an address."""
    return FIRST <= day <= LAST


def next_month(first: datetime.date) -> datetime.date:
    return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def previous_month(first: datetime.date) -> datetime.date:
    return (first - datetime.timedelta(days=1)).replace(day=1)
