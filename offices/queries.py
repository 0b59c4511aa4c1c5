"""Reads of dinas and offices: for the pages, the REST interface and the rooms above."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac.enums import DayKind
from almanac.queries import public_days
from offices import access, hours
from offices.enums import ScheduleKind
from offices.first_day import FirstDay, Step, first_day, register
from offices.models import Dinas, LocalDay, Office, Schedule, ServiceHours
from offices.timetable import HORIZON, Period, Rest, Source, Special, Timetable
from portal.dates import long_date

# What a timetable is made of.
CALENDAR = ("schedules__hours", "special_days__hours")
REACH = 400


def dinas(on: datetime.date):
    """All dinas; each with ``office_count``, those not closed on the day ``on``."""
    standing = Q(offices__closed_on=None) | Q(offices__closed_on__gt=on)
    return Dinas.objects.annotate(office_count=Count("offices", filter=standing)).order_by("name", "id")


def offices():
    """All offices with their dinas and hours, each with ``has_hours``."""
    return (
        Office.objects.select_related("dinas")
        .prefetch_related(*CALENDAR)
        .annotate(has_hours=Exists(ServiceHours.objects.filter(schedule__office=OuterRef("pk"))))
        .order_by("name", "id")
    )


@dataclass(frozen=True)
class Tally:
    """How many offices are in service on a day, and how many of these have no hours."""

    serving: int
    without_hours: int


def tally(on: datetime.date) -> Tally:
    hours_exist = Exists(ServiceHours.objects.filter(schedule__office=OuterRef("pk")))
    found = Office.objects.open_on(on).aggregate(serving=Count("pk"), without_hours=Count("pk", filter=~hours_exist))
    return Tally(**found)


def regular_on(office: Office, on: datetime.date | None = None) -> Schedule | None:
    """
    The regular schedule that holds on a day, else the next to come, else the last; without a day the one without an end.

    Without a query where the schedules were fetched beforehand.
    """
    regulars = [each for each in office.schedules.all() if each.kind == ScheduleKind.REGULAR]
    if on is None:
        return regulars[-1] if regulars else None
    standing = [each for each in regulars if each.valid_until is None or on <= each.valid_until]
    return standing[0] if standing else (regulars[-1] if regulars else None)


def spans_of(schedule: Schedule | None) -> list[hours.Span]:
    """The week of a schedule, in order."""
    found = schedule.hours.all() if schedule else ()
    return sorted(hours.Span(span.weekday, span.opens, span.closes) for span in found)


def week(office: Office, on: datetime.date | None = None) -> list[hours.Span]:
    """The office's regular weekly hours (``regular_on``), in order; without a query where they were fetched beforehand."""
    return spans_of(regular_on(office, on))


def national_rests(first: datetime.date, last: datetime.date) -> dict[datetime.date, Rest]:
    """The days on which the country rests. One query."""
    sources = {DayKind.HOLIDAY: Source.HOLIDAY, DayKind.LEAVE: Source.LEAVE}
    return {on: Rest(day.name, sources[DayKind(day.kind)]) for on, day in public_days(first, last).items()}


def own_rests(first: datetime.date, last: datetime.date) -> dict[datetime.date, Rest]:
    """The days on which the country or this government rests; the government's word goes first. Two queries."""
    found = national_rests(first, last)
    local = LocalDay.objects.filter(on__range=(first, last))
    return found | {day.on: Rest(day.name, Source.LOCAL) for day in local}


def rests_around(today: datetime.date) -> dict[datetime.date, Rest]:
    """The days of rest as far back as a roster looks, and as far ahead as an opening is looked for. Two queries."""
    return own_rests(today - datetime.timedelta(REACH), today + datetime.timedelta(HORIZON))


def timetable(office: Office, rests: Mapping[datetime.date, Rest]) -> Timetable:
    """
    All that decides when the office serves; without a query where ``offices()`` (or ``CALENDAR``) fetched it beforehand.

    ``rests``: ``rests_around(today)``, once for all offices of a page.
    """
    return Timetable(
        periods=tuple(
            Period(
                schedule.kind == ScheduleKind.SEASONAL,
                schedule.name,
                schedule.valid_from,
                schedule.valid_until,
                tuple(spans_of(schedule)),
            )
            for schedule in office.schedules.all()
        ),
        specials=tuple(
            Special(
                days.first_on, days.last_on, days.reason, tuple(sorted((span.opens, span.closes) for span in days.hours.all()))
            )
            for days in office.special_days.all()
        ),
        rests=rests,
        opened_on=office.opened_on,
        closed_on=office.closed_on,
    )


def next_closed(table: Timetable, today: datetime.date) -> dict | None:
    """The next day on which the counter is closed though its week has hours, in words: ``day`` and ``why``."""
    closed = table.next_closed(today)
    return {"day": long_date(closed.on), "why": closed.why} if closed else None


# The first day ----------------------------------------------------------------------------------------------------------------


def own_steps(member: Member, on: datetime.date) -> list[Step]:
    """Dinas, office, hours: three queries at most, whatever their number."""
    mine = access.dinas_for(member, "offices.edit")
    first_dinas = mine.order_by("name", "id").first()
    standing = (
        Office.objects.filter(dinas__in=mine)
        .not_closed_on(on)
        .annotate(has_hours=Exists(ServiceHours.objects.filter(schedule__office=OuterRef("pk"))))
    )
    office = standing.order_by("-has_hours", "opened_on", "name", "id").first() if first_dinas else None
    dinas_url = reverse("offices:dinas_detail", args=[first_dinas.pk]) if first_dinas else ""
    if not first_dinas and access.may_create_dinas(member):
        dinas_url = reverse("offices:dinas_new")
    has_hours = office is not None and office.has_hours
    return [
        Step(
            "dinas",
            _("Catat dinas Anda"),
            _("Nama dan bidangnya, seperti dalam surat edaran."),
            dinas_url,
            first_dinas is not None,
        ),
        Step(
            "office",
            _("Buka kantor pertama"),
            _("Alamat dan letaknya, agar warga menemukannya."),
            reverse("offices:detail", args=[office.pk]) if office else reverse("offices:new"),
            office is not None,
        ),
        Step(
            "hours",
            _("Isi jam layanan"),
            _("Satu baris untuk setiap hari, misalnya 08.00-12.00, 13.00-15.00."),
            reverse("offices:hours", args=[office.pk]) if office else "",
            has_hours,
        ),
    ]


register(10, own_steps)


def first_steps(member: Member, on: datetime.date) -> FirstDay:
    """The task list of the first day, with the steps of all rooms; see offices.first_day."""
    return first_day(member, on)
