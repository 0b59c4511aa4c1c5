"""
What a counter's hours are on a day, and what they say at a moment: the one place where the layers of its calendar meet.

The most particular goes first: special days of the office, days of the government, national holidays and collective leave, the
seasonal schedule that holds, the regular one. Nothing here asks the database: a timetable is put together from a tenant's
tables (offices.queries) or from what the roll-up keeps above (``from_facts``).
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext

from offices.enums import ScheduleKind, Weekday
from offices.hours import Span
from portal.dates import clock, plain_date

ONE_DAY = datetime.timedelta(days=1)
DAYS_AHEAD = 7  # a day within a week is called by its name
HORIZON = 400  # how many days ahead an opening is looked for: past a closure of a year

Hours = tuple[datetime.time, datetime.time]


class Source(StrEnum):
    """Which layer decides a day."""

    OUTSIDE = "outside"  # before the first day of service, or from the day of closing on
    SPECIAL = "special"
    LOCAL = "local"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    SEASON = "season"
    REGULAR = "regular"


class Rest(NamedTuple):
    """Why the counters of a government, or of the country, rest on a day."""

    name: str
    source: Source


@dataclass(frozen=True)
class Period:
    """A weekly schedule and the days on which it holds, ends included; None for no end."""

    seasonal: bool
    name: str
    first: datetime.date | None
    last: datetime.date | None
    week: tuple[Span, ...]

    def holds_on(self, on: datetime.date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True)
class Special:
    """Days with hours of their own; without hours the office is closed."""

    first: datetime.date
    last: datetime.date
    reason: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True)
class DayHours:
    """The hours of one day in order, none where the counter is closed; ``why`` names what sets it apart from its schedule."""

    on: datetime.date
    hours: tuple[Hours, ...]
    source: Source
    why: str = ""

    @property
    def text(self) -> str:
        """08.00–12.00, 13.00–15.00; empty where it is closed."""
        return ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in self.hours)


@dataclass(frozen=True)
class Opening:
    """
    Whether a counter is open at a local moment: until when, or when next.

    Neither: it has no hours, or it does not open any more. ``why`` says what keeps it closed all day, where anything does.
    """

    until: datetime.time | None = None
    next_on: datetime.date | None = None
    next_at: datetime.time | None = None
    on: datetime.date | None = None
    has_hours: bool = True
    why: str = ""

    @property
    def is_open(self) -> bool:
        return self.until is not None

    def sentence(self, zone: str) -> str:
        """Buka sampai 15.00 WIB / Buka besok 08.00 WIB / Tutup: Hari Natal. Buka Senin 08.00 WIB"""
        if self.until is not None:
            return gettext("Buka sampai %(time)s") % {"time": clock(self.until, zone)}
        if self.next_at is None or self.next_on is None or self.on is None:
            return gettext("Tidak buka lagi") if self.has_hours else gettext("Belum ada jam layanan")
        opens = self._next(self.next_on, self.next_at, (self.next_on - self.on).days, zone)
        return gettext("Tutup: %(why)s. %(opens)s") % {"why": self.why, "opens": opens} if self.why else opens

    @staticmethod
    def _next(on: datetime.date, at: datetime.time, days: int, zone: str) -> str:
        time = clock(at, zone)
        if days == 0:
            return gettext("Buka hari ini %(time)s") % {"time": time}
        if days == 1:
            return gettext("Buka besok %(time)s") % {"time": time}
        if days < DAYS_AHEAD:
            return gettext("Buka %(day)s %(time)s") % {"day": Weekday(on.isoweekday()).label, "time": time}
        return gettext("Buka %(date)s %(time)s") % {"date": plain_date(on), "time": time}


@dataclass(frozen=True)
class Timetable:
    """
    All that decides when an office serves.

    ``opened_on`` and ``closed_on`` are its first day of service and its first day without. ``rests`` are the days on which its
    government or the country rests.
    """

    periods: tuple[Period, ...] = ()
    specials: tuple[Special, ...] = ()
    rests: Mapping[datetime.date, Rest] = field(default_factory=dict)
    opened_on: datetime.date | None = None
    closed_on: datetime.date | None = None

    @classmethod
    def weekly(cls, week: Iterable[Span], **facts) -> "Timetable":
        """One regular week without an end and nothing else."""
        return cls(periods=(Period(False, "", None, None, tuple(sorted(week))),), **facts)

    @classmethod
    def from_facts(cls, facts: dict, rests: Mapping[datetime.date, Rest], **service) -> "Timetable":
        """From what the roll-up keeps of an office (oversight.facts), with the national days of ``rests``."""
        own = {_date(on): Rest(name, Source.LOCAL) for on, name in facts.get("local", ())}
        return cls(
            periods=tuple(
                Period(kind == ScheduleKind.SEASONAL, name, _date(first), _date(last), tuple(_spans(week)))
                for kind, name, first, last, week in facts.get("periods", ())
            ),
            specials=tuple(
                Special(_date(first), _date(last), reason, tuple(_hours(hours)))
                for first, last, reason, hours in facts.get("special", ())
            ),
            rests={**rests, **own},
            **service,
        )

    @property
    def has_hours(self) -> bool:
        return any(period.week for period in self.periods) or any(special.hours for special in self.specials)

    def in_service(self, on: datetime.date) -> bool:
        return (self.opened_on is None or self.opened_on <= on) and (self.closed_on is None or on < self.closed_on)

    def period_on(self, on: datetime.date) -> Period | None:
        """The schedule that holds on a day: the season's, else the regular one."""
        holding = [period for period in self.periods if period.holds_on(on)]
        return max(holding, key=lambda period: period.seasonal, default=None)

    def special_on(self, on: datetime.date) -> Special | None:
        return next((special for special in self.specials if special.first <= on <= special.last), None)

    def day(self, on: datetime.date) -> DayHours:
        """The hours of ``on`` and what decides them."""
        if not self.in_service(on):
            return DayHours(on, (), Source.OUTSIDE)
        special = self.special_on(on)
        if special is not None:
            return DayHours(on, special.hours, Source.SPECIAL, special.reason)
        rest = self.rests.get(on)
        if rest is not None:
            return DayHours(on, (), rest.source, rest.name)
        period = self.period_on(on)
        if period is None:
            return DayHours(on, (), Source.REGULAR)
        hours = tuple((span.opens, span.closes) for span in period.week if span.weekday == on.isoweekday())
        source = Source.SEASON if period.seasonal else Source.REGULAR
        return DayHours(on, hours, source, period.name if period.seasonal else "")

    def days(self, first: datetime.date, last: datetime.date) -> list[DayHours]:
        """Every day from ``first`` to ``last``."""
        return [self.day(first + ONE_DAY * number) for number in range((last - first).days + 1)]

    def serves_on(self, on: datetime.date) -> bool:
        """Whether ``on`` is a service day."""
        return bool(self.day(on).hours)

    def opening(self, local: datetime.datetime) -> Opening:
        """What the counter does at ``local``, a moment on the clocks of its government."""
        today, now = local.date(), local.time().replace(tzinfo=None)
        hours = self.day(today)
        until = None
        for opens, closes in hours.hours:
            if opens <= now < closes or opens == until:
                until = closes
        if until is not None:
            return Opening(until=until, on=today)
        # A weekday without hours needs no reason; a holiday, a closure and a season do.
        why = "" if hours.hours or hours.source in (Source.OUTSIDE, Source.REGULAR, Source.SEASON) else hours.why
        start = max(today, self.opened_on) if self.opened_on else today
        if self.has_hours:
            for ahead in range(HORIZON):
                day = start + ONE_DAY * ahead
                coming = [opens for opens, _closes in self.day(day).hours if day > today or opens > now]
                if coming:
                    return Opening(next_on=day, next_at=coming[0], on=today, why=why)
        return Opening(on=today, has_hours=self.has_hours, why=why)

    def next_closed(self, on: datetime.date) -> DayHours | None:
        """The first day from ``on`` on that is closed though the schedule has hours for it; None within the horizon."""
        for ahead in range(HORIZON):
            day = self.day(on + ONE_DAY * ahead)
            if day.source == Source.OUTSIDE:
                continue
            if not day.hours and day.why and self.is_usual(day.on):
                return day
        return None

    def is_usual(self, on: datetime.date) -> bool:
        """Whether the weekly hours alone would make it a service day."""
        period = self.period_on(on)
        return period is not None and any(span.weekday == on.isoweekday() for span in period.week)


def _date(text: str | None):
    return datetime.date.fromisoformat(text) if text else None


def _hours(pairs) -> list[Hours]:
    read = datetime.time.fromisoformat
    return [(read(opens), read(closes)) for opens, closes in pairs]


def _spans(rows) -> list[Span]:
    read = datetime.time.fromisoformat
    return [Span(weekday, read(opens), read(closes)) for weekday, opens, closes in rows]
