"""A year or a month as weeks of days, for sheets: what each day is marked as is told by who asks."""

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass

FIRST, LAST = 2000, 2099


@dataclass(frozen=True)
class Cell:
    """One day: ``mark`` is its class (static/portal/almanac.css), ``words`` what it says, ``note`` its name below the month."""

    on: datetime.date
    in_month: bool = True
    mark: str = ""
    words: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class MonthSheet:
    first: datetime.date
    weeks: list[list[Cell]]

    @property
    def notes(self) -> list[Cell]:
        """The days with a name, in order."""
        return [cell for week in self.weeks for cell in week if cell.in_month and cell.note]


def month(first: datetime.date, tell: Callable[[datetime.date], Cell]) -> MonthSheet:
    """The weeks of a month, Mondays first; ``tell`` is asked about each of its days."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return MonthSheet(
        first, [[tell(on) if on.month == first.month else Cell(on, in_month=False) for on in week] for week in weeks]
    )


def year(number: int, tell: Callable[[datetime.date], Cell]) -> list[MonthSheet]:
    """The twelve months of a year."""
    return [month(datetime.date(number, each, 1), tell) for each in range(1, 13)]


def in_reach(number: int) -> bool:
    """Whether a year has a sheet."""
    return FIRST <= number <= LAST
