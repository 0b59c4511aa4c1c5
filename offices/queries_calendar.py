"""What an office's calendar says day by day, for its pages: the year, the month, what comes next."""

import datetime
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse

from almanac import sheets
from almanac.models import Season
from almanac.own_days import OwnDay
from almanac.queries import seasons
from offices import queries
from offices.enums import ScheduleKind
from offices.models import LocalDay, Office, Schedule, SpecialDays
from offices.timetable import DayHours, Source, Timetable

AHEAD = datetime.timedelta(days=400)


def timetable_between(office: Office, first: datetime.date, last: datetime.date) -> Timetable:
    """All that decides the days from ``first`` to ``last``; six queries, none for what was fetched beforehand."""
    prefetch_related_objects([office], *queries.CALENDAR)
    return queries.timetable(office, queries.own_rests(first, last))


def days(office: Office, first: datetime.date, last: datetime.date) -> list[DayHours]:
    """Each day from ``first`` to ``last``: its hours, what decides them and why."""
    return timetable_between(office, first, last).days(first, last)


def other_schedules(office: Office, current: Schedule | None) -> list[Schedule]:
    """The schedules but ``current``: regular ones in their order, then the seasons."""
    found = [each for each in office.schedules.all() if current is None or each.pk != current.pk]
    return sorted(found, key=lambda each: (each.kind, each.valid_from or datetime.date.min))


def special_days(office: Office):
    """The special days of an office with their hours, in order."""
    return SpecialDays.objects.filter(office=office).prefetch_related("hours").order_by("first_on")


def offered_seasons(office: Office, today: datetime.date) -> list[Season]:
    """The seasons ahead for which the office has no schedule yet."""
    own = [each for each in office.schedules.all() if each.kind == ScheduleKind.SEASONAL]
    return [
        season
        for season in seasons(today, today + AHEAD)
        if not any(each.valid_from <= season.last_on and season.first_on <= each.valid_until for each in own)
    ]


def in_season(schedule: Schedule | None) -> bool:
    """Whether a schedule is measured by the norm of Ramadan: a seasonal one that meets a season of the country's calendar."""
    if schedule is None or schedule.kind != ScheduleKind.SEASONAL or not schedule.valid_from or not schedule.valid_until:
        return False
    return seasons(schedule.valid_from, schedule.valid_until).exists()


def local_days(first: datetime.date, last: datetime.date):
    """The government's own days of rest from ``first`` to ``last``."""
    return LocalDay.objects.filter(on__range=(first, last))


def own_days(first: datetime.date, last: datetime.date) -> list[OwnDay]:
    """The same for the calendar that everybody of the government reads (almanac.own_days)."""
    return [
        OwnDay(day.on, day.name, day.decree, reverse("offices:local_days") + f"#hari-{day.on.isoformat()}")
        for day in local_days(first, last)
    ]


def own_days_url() -> str:
    return reverse("offices:local_days")


@dataclass(frozen=True)
class Mark:
    """How a sheet marks a day of an office."""

    mark: str
    words: str
    note: str = ""


def mark_of(day: DayHours) -> Mark:
    """The mark of a day; ``words`` says its hours and why."""
    words = day.text or ""
    if day.source == Source.OUTSIDE:
        return Mark("outside", "")
    if day.source in (Source.REGULAR, Source.SEASON):
        return Mark("closed" if not day.hours else ("season" if day.source == Source.SEASON else ""), words)
    return Mark(str(day.source), f"{day.why} · {words}" if words else day.why, day.why)


def cell(day: DayHours, url: str = "") -> sheets.Cell:
    mark = mark_of(day)
    return sheets.Cell(day.on, mark=mark.mark, words=mark.words, note=mark.note, url=url)
