"""
A day and a month of an office's roster, worked out from its hours and duties.

A service day is a day with service hours inside the office's time of service. Two places a day: a service day with nobody is a
gap, one with one person has room. A day without hours asks for nobody; somebody on duty there is worth a second look.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from offices.timetable import Timetable
from staffing.days import next_month
from staffing.models import SLOTS, Duty

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class RosterDay:
    on: datetime.date
    duties: tuple[Duty, ...]
    has_hours: bool
    in_service: bool
    today: datetime.date
    in_month: bool = True
    hours: str = ""  # 08.00–12.00, 13.00–15.00
    why: str = ""  # what sets the day apart from the schedule: a holiday, a closure, a season

    @property
    def serves(self) -> bool:
        return self.has_hours and self.in_service

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def past(self) -> bool:
        return self.on < self.today

    @property
    def free(self) -> int:
        """Places that are still free, on a service day."""
        return len(SLOTS) - len(self.duties) if self.serves else 0

    @property
    def gap(self) -> bool:
        """A service day with nobody."""
        return self.serves and not self.duties

    @property
    def unexpected(self) -> bool:
        """Somebody is on duty though the office has no hours that day."""
        return bool(self.duties) and not self.has_hours

    @property
    def names(self) -> list[str]:
        return [duty.staff.name for duty in self.duties]

    @property
    def kind(self) -> str:
        if self.unexpected:
            return "warn"
        if not self.serves:
            return "none"
        return "bad" if self.gap else "warn" if self.free else "ok"

    @property
    def word(self) -> str:
        if self.unexpected:
            return _("di luar jam layanan")
        if not self.serves:
            return _("tutup")
        return _("kosong") if self.gap else _("1 kosong") if self.free else _("lengkap")


def days(timetable: Timetable, duties: Iterable[Duty], *, first, last, today, month=None) -> list[RosterDay]:
    """The days from ``first`` to ``last``; ``month`` is the month that is asked for, where neighbouring days fill the weeks."""
    by_day: dict[datetime.date, list[Duty]] = {}
    for duty in duties:
        by_day.setdefault(duty.on, []).append(duty)
    return [
        RosterDay(
            on=day.on,
            duties=tuple(by_day.get(day.on, ())),
            has_hours=bool(day.hours),
            in_service=timetable.in_service(day.on),
            today=today,
            in_month=month is None or (day.on.year, day.on.month) == (month.year, month.month),
            hours=day.text,
            why=day.why,
        )
        for day in timetable.days(first, last)
    ]


@dataclass(frozen=True)
class RosterMonth:
    """Whole weeks, Monday to Sunday, around the month that begins on ``first``."""

    first: datetime.date
    weeks: list[list[RosterDay]]

    @property
    def days(self) -> list[RosterDay]:
        return [day for week in self.weeks for day in week if day.in_month]

    @property
    def service_days(self) -> int:
        return sum(day.serves for day in self.days)

    @property
    def places(self) -> int:
        return self.service_days * len(SLOTS)

    @property
    def filled(self) -> int:
        return sum(len(day.duties) for day in self.days if day.serves)

    @property
    def gaps(self) -> list[RosterDay]:
        """Service days from today on with nobody."""
        return [day for day in self.days if day.gap and not day.past]

    @property
    def room(self) -> list[RosterDay]:
        """Service days from today on with one person."""
        return [day for day in self.days if day.free == 1 and not day.past]

    @property
    def next_open(self) -> RosterDay | None:
        """The day to fill next: the first gap, else the first day with room."""
        return next(iter([*self.gaps, *self.room]), None)


def span_of_month(first: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The Monday on or before the first of a month, the Sunday on or after its last day."""
    last = next_month(first) - ONE_DAY
    return first - (first.isoweekday() - 1) * ONE_DAY, last + (7 - last.isoweekday()) * ONE_DAY
