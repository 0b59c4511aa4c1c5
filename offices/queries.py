"""Reads of dinas and offices: for the pages, the REST interface and the rooms above."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import access, hours
from offices.first_day import FirstDay, Step, first_day, register
from offices.enums import ScheduleKind
from offices.models import Dinas, Office, ServiceHours


def dinas(on: datetime.date):
    """All dinas; each with ``office_count``, those not closed on the day ``on``."""
    standing = Q(offices__closed_on=None) | Q(offices__closed_on__gt=on)
    return Dinas.objects.annotate(office_count=Count("offices", filter=standing)).order_by("name", "id")


def offices():
    """All offices with their dinas and hours, each with ``has_hours``."""
    return (
        Office.objects.select_related("dinas")
        .prefetch_related("schedules__hours")
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


def week(office: Office) -> list[hours.Span]:
    """The office's weekly hours, in order; without a query where they were fetched beforehand."""
    return sorted(
        hours.Span(span.weekday, span.opens, span.closes)
        for schedule in office.schedules.all()
        if schedule.kind == ScheduleKind.REGULAR
        for span in schedule.hours.all()
    )


def opening(office: Office, local: datetime.datetime, *, spans: list[hours.Span] | None = None) -> hours.Opening:
    """Whether the office is open at ``local`` (a moment on its government's clocks), until when, or when next."""
    found = week(office) if spans is None else spans
    return hours.opening(found, local, opened_on=office.opened_on, closed_on=office.closed_on)


def service_weekdays(office: Office) -> set[int]:
    """The ISO weekdays with service hours."""
    return {span.weekday for span in week(office)}


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
