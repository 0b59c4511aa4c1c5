"""Reads of what the ministry keeps for all: the calendar, its seasons, and the versions of browsers."""

import datetime

from almanac.enums import Browser
from almanac.models import BrowserVersion, PublicDay, Season


def public_days(first: datetime.date, last: datetime.date) -> dict[datetime.date, PublicDay]:
    """The holidays and days of collective leave that count from ``first`` to ``last``. One query."""
    return {day.on: day for day in PublicDay.objects.standing().filter(on__range=(first, last))}


def year(number: int):
    """All days of a year that were entered, the cancelled ones too."""
    return PublicDay.objects.filter(on__year=number)


def years(today: datetime.date) -> list[int]:
    """The years that a page offers: those with days, this one and the next."""
    known = PublicDay.objects.order_by("on__year").values_list("on__year", flat=True).distinct()
    return sorted({*known, today.year, today.year + 1})


def seasons(first: datetime.date, last: datetime.date):
    """The seasons of which at least a day lies between ``first`` and ``last``."""
    return Season.objects.filter(first_on__lte=last, last_on__gte=first)


def newest(browser: str, on: datetime.date) -> BrowserVersion | None:
    """The newest version of ``browser`` that was out on the day ``on``, as far as the ministry knows."""
    return BrowserVersion.objects.filter(browser=browser, released_on__lte=on).order_by("-major").first()


def newest_of_all(on: datetime.date) -> dict[Browser, BrowserVersion]:
    """The newest version of every browser on the day ``on``; without those that nothing is known of. One query."""
    found = BrowserVersion.objects.filter(released_on__lte=on).order_by("browser", "-major").distinct("browser")
    return {Browser(each.browser): each for each in found}
