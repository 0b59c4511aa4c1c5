"""
Filling the calendar, its seasons and the versions of browsers from the lists that come with Loket.

What the ministry wrote stays, and what it cancelled stays cancelled: a filling only follows its own earlier rows. It may be run
as often as anybody likes.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from almanac import browsers, bundled
from almanac.enums import DaySource
from almanac.models import BrowserVersion, PublicDay, Season
from portal.errors import DomainError
from tenants.context import acting, as_ministry


class YearOutOfReach(DomainError):
    message = _("Daftar bawaan memuat tahun %(first)s sampai %(last)s.")
    field, code = "years", "year-out-of-reach"


@dataclass(frozen=True)
class Filled:
    """How many rows a filling added, changed to what the list says now, cancelled as gone from it, and left as they are."""

    added: int = 0
    changed: int = 0
    dropped: int = 0
    kept: int = 0

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(
            self.added + other.added, self.changed + other.changed, self.dropped + other.dropped, self.kept + other.kept
        )


def fill_days(*, years: Iterable[int], at: datetime.datetime, days: Callable | None = None) -> Filled:
    """
    Bring the days of ``years`` and their seasons in line with the list; ``days`` (year -> list of ListedDay) stands in for it.

    Two queries a year where nothing changes.
    """
    wanted = sorted(set(years))
    if any(not bundled.FIRST <= year <= bundled.LAST for year in wanted):
        raise YearOutOfReach(first=bundled.FIRST, last=bundled.LAST)
    with transaction.atomic():
        total = Filled()
        for year in wanted:
            total += _fill_year(year, (days or bundled.days)(year))
            _fill_seasons(bundled.seasons(year))
        return total


def _fill_year(year: int, listed: list[bundled.ListedDay]) -> Filled:
    present = {day.on: day for day in PublicDay.objects.select_for_update().filter(on__year=year).order_by("on")}
    fresh = [PublicDay(**each._asdict()) for each in listed if each.on not in present]
    PublicDay.objects.bulk_create(fresh, ignore_conflicts=True)
    changed = dropped = 0
    for each in listed:
        row = present.pop(each.on, None)
        if row is not None and row.source == DaySource.LIST:
            changed += _follow(row, cancelled=False, name=each.name, kind=each.kind, provisional=each.provisional)
    for row in present.values():  # entered from an earlier list, and gone from this one: an estimate that has moved
        if row.source == DaySource.LIST:
            dropped += _follow(row, cancelled=True)
    return Filled(len(fresh), changed, dropped, len(listed) - len(fresh) - changed)


def _follow(row: PublicDay, **values) -> bool:
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return True


def _fill_seasons(listed: list[bundled.ListedSeason]) -> None:
    """A season is entered once; where there is one at that time already, whoever wrote it, it stays."""
    for each in listed:
        if not Season.objects.filter(first_on__lte=each.last_on, last_on__gte=each.first_on).exists():
            Season.objects.create(**each._asdict())


def fill_browsers(*, at: datetime.datetime) -> int:
    """Add the versions of the list that are newer than all that is known of their browser. Returns how many."""
    with transaction.atomic():
        known = dict(BrowserVersion.objects.order_by().values_list("browser").annotate(Max("major")))
        fresh = [
            BrowserVersion(browser=browser, major=major, released_on=day)
            for browser, major, day in browsers.releases()
            if major > known.get(browser, 0)
        ]
        BrowserVersion.objects.bulk_create(fresh, ignore_conflicts=True)
        return len(fresh)


def fill_ahead(*, at: datetime.datetime) -> dict[str, int]:
    """This year, the next, and the browsers; for the scheduler, the demonstration and every first start."""
    with acting(id=None, name="Loket", role="system"), as_ministry():
        filled = fill_days(years=(at.year, at.year + 1), at=at)
        return {"days": filled.added, "changed": filled.changed + filled.dropped, "browsers": fill_browsers(at=at)}
