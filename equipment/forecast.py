"""
How long a stock lasts, in service days: a counter that is closed uses nothing.

Nothing here asks the database. What an office used over its last service days gives its use a day; what is left, divided by it,
the service days that are covered, and the timetable their dates.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from math import ceil

ONE_DAY = datetime.timedelta(days=1)
WINDOW = 30  # service days that are looked back on
ENOUGH_DAYS = 5  # service days of record below which nothing is foretold
ENOUGH_USES = 2  # days with use below which nothing is foretold
SOON = 10  # service days below which a stock is said to run out
BACK, AHEAD = 400, 400  # days of the calendar that are searched for service days

Serves = Callable[[datetime.date], bool]


class Outlook(StrEnum):
    """What is said of a stock, from worst to best."""

    OUT = "out"
    SOON = "soon"
    UNDER_MINIMUM = "under-minimum"
    THIN = "thin"  # too little is known of its use
    IDLE = "idle"  # nothing was used for as long as is looked back
    ENOUGH = "enough"


@dataclass(frozen=True)
class Forecast:
    """
    ``days``: whole service days that the stock covers, None where it is not known; ``until``: the last of them.

    ``beyond`` says that it lasts longer than is looked ahead. ``observed`` is the number of service days the use is taken from,
    ``used`` what was used on them.
    """

    outlook: Outlook
    days: int | None = None
    until: datetime.date | None = None
    beyond: bool = False
    observed: int = 0
    used: int = 0

    @property
    def warns(self) -> bool:
        return self.outlook in (Outlook.OUT, Outlook.SOON, Outlook.UNDER_MINIMUM)

    @property
    def per_day(self) -> Fraction:
        return Fraction(self.used, self.observed) if self.observed else Fraction(0)


def window(serves: Serves, today: datetime.date, count: int = WINDOW + 1) -> list[datetime.date]:
    """The last ``count`` service days, today among them if it is one, oldest first; fewer where there were not so many."""
    found: list[datetime.date] = []
    day = today
    for _step in range(BACK):
        if len(found) == count:
            break
        if serves(day):
            found.append(day)
        day -= ONE_DAY
    return found[::-1]


def nth_service_day(serves: Serves, first: datetime.date, number: int) -> datetime.date | None:
    """The ``number``-th service day from ``first`` on; None where it lies further ahead than is looked."""
    day = first
    for _step in range(AHEAD):
        if serves(day):
            number -= 1
            if number == 0:
                return day
        day += ONE_DAY
    return None


def forecast(
    *,
    on_hand: int,
    minimum: int,
    uses: Mapping[datetime.date, int],
    since: datetime.date | None,
    days: list[datetime.date],
    serves: Serves,
    today: datetime.date,
) -> Forecast:
    """
    ``uses``: what was used on each day, corrections taken into account; ``since``: the day of the first movement; ``days``: the
    office's last service days, today included where it is one.

    Today counts as a day of use once something was used on it; until then the stock still has to cover it.
    """
    used_today = uses.get(today, 0) > 0
    seen = [day for day in days if (since is not None and day >= since) and (day < today or used_today)][-WINDOW:]
    first = min(seen, default=today)
    counted = {day: amount for day, amount in uses.items() if first <= day <= today}
    used = max(0, sum(counted.values()))
    told = partial(Forecast, observed=len(seen), used=used)
    if on_hand == 0:
        return told(Outlook.OUT, days=0)
    short = Outlook.UNDER_MINIMUM if on_hand < minimum else None
    times = sum(1 for amount in counted.values() if amount > 0)
    if len(seen) >= WINDOW and used == 0:
        return told(short or Outlook.IDLE)
    if len(seen) < ENOUGH_DAYS or times < ENOUGH_USES or used == 0:
        return told(short or Outlook.THIN)
    covered = on_hand * len(seen) // used
    start = today + ONE_DAY if used_today else today
    until = nth_service_day(serves, start, covered) if covered else None
    outlook = Outlook.SOON if covered < SOON else short or Outlook.ENOUGH
    return told(outlook, days=covered, until=until, beyond=bool(covered) and until is None)


def to_buy(*, on_hand: int, minimum: int, per_day: Fraction, ahead: int = WINDOW) -> int:
    """Whole units that bring the stock to its minimum and ``ahead`` service days of use above it."""
    return max(0, minimum + ceil(per_day * ahead) - on_hand)


def balances(days: list[datetime.date], on_hand: int, changes: Mapping[datetime.date, int]) -> list[int]:
    """The stock at the end of each of ``days``, reckoned back from what is there; ``changes`` are sums of movements by day."""
    found, left, later = [], on_hand, sorted(changes, reverse=True)
    for day in reversed(days):
        while later and later[0] > day:
            left -= changes[later.pop(0)]
        found.append(left)
    return found[::-1]
