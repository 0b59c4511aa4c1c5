"""Special days of an office, the government's own days of rest, and the office's calendar."""

import datetime

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from almanac import sheets
from offices import access, operations_days, queries, queries_calendar
from offices.enums import Weekday
from offices.forms_days import LocalDayForm, SpecialForm
from offices.models import LocalDay, Office, SpecialDays
from offices.operations_days import span_text
from offices.views import crumbs_to
from offices.views_hours import heading, hours_crumbs
from portal.api_fields import DAY
from portal.editing import answer, hearing
from portal.errors import DomainError

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _wished(request) -> datetime.date | None:
    """The day of ``?tanggal=``."""
    text = request.GET.get("tanggal", "")
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _version(request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


def _refused(form, name: str = "past") -> None:
    """Show the statement about the past once the operation has asked for it."""
    if name in form.errors:
        form.show_past()


# Special days -----------------------------------------------------------------------------------------------------------------


@requires("offices.view")
@require_safe
def special_days(request, pk):
    """All special days of an office, those to come first."""
    office = access.get_office(request.member, pk)
    found = list(queries_calendar.special_days(office))
    context = {
        "crumbs": crumbs_to(office, (_("Hari khusus"), None)),
        "office": office,
        "coming": [each for each in found if each.last_on >= request.today],
        "past": [each for each in reversed(found) if each.last_on < request.today],
        "may_edit": request.member.may("offices.edit", dinas=office.dinas_id),
    }
    return render(request, "offices/special_days.html", context)


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def special_new(request, pk):
    office = access.get_office(request.member, pk, right="offices.edit")
    mine = access.dinas_for(request.member, "offices.edit")
    others = Office.objects.filter(dinas__in=mine).not_closed_on(request.today).exclude(pk=office.pk).order_by("name", "pk")
    form = SpecialForm(request.POST or None, office=office, today=request.today, others=others, on=_wished(request))
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            made = form.save(by=request.member, at=timezone.now())
            said = ngettext("%(days)s tercatat untuk %(count)d kantor.", "%(days)s tercatat untuk %(count)d kantor.", len(made))
            messages.success(request, said % {"days": span_text(made[0].first_on, made[0].last_on), "count": len(made)})
            return redirect("offices:hours", office.pk)
        _refused(form)
    crumbs = hours_crumbs(office, (_("Hari khusus baru"), None))
    context = {"crumbs": crumbs, "office": office, "special": None, "has_past": False}
    return answer(request, "offices/special_form.html", form, context)


def _special(request, pk, special, right="offices.edit") -> tuple[Office, SpecialDays]:
    office = access.get_office(request.member, pk, right=right)
    found = queries_calendar.special_days(office).filter(pk=special).first()
    if found is None:
        raise Http404
    found.office = office
    return office, found


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def special_edit(request, pk, special):
    office, found = _special(request, pk, special)
    form = SpecialForm(request.POST or None, office=office, today=request.today, special=found)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            (saved,) = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(days)s tersimpan.") % {"days": span_text(saved.first_on, saved.last_on)})
            return redirect("offices:hours", office.pk)
        _refused(form)
    context = {
        "crumbs": hours_crumbs(office, (span_text(found.first_on, found.last_on), None)),
        "office": office,
        "special": found,
        "has_past": found.first_on < request.today,
    }
    return answer(request, "offices/special_form.html", form, context)


@requires("offices.edit")
@require_POST
def special_remove(request, pk, special):
    office, found = _special(request, pk, special)
    try:
        operations_days.remove_special_days(
            special=found, version=_version(request), past="past" in request.POST, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("offices:special", office.pk, found.pk)
    messages.success(request, _("Hari khusus itu dihapus; kantor mengikuti jadwalnya."))
    return redirect("offices:hours", office.pk)


# Days of the government -------------------------------------------------------------------------------------------------------


@requires("offices.view")
@require_safe
def local_days(request):
    found = list(LocalDay.objects.order_by("on"))
    context = {
        "crumbs": [(_("Kalender"), reverse("almanac:calendar")), (_("Hari daerah"), None)],
        "coming": [each for each in found if each.on >= request.today],
        "past": [each for each in reversed(found) if each.on < request.today],
        "may_edit": request.member.may("localdays.edit"),
    }
    return render(request, "offices/local_days.html", context)


def _local_page(request, form, day: LocalDay | None):
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan; semua kantor mengikutinya.") % {"name": saved.name})
            return redirect("offices:local_days")
        _refused(form)
    title = day.name if day else _("Hari daerah baru")
    crumbs = [(_("Kalender"), reverse("almanac:calendar")), (_("Hari daerah"), reverse("offices:local_days")), (title, None)]
    context = {"crumbs": crumbs, "day": day, "title": title, "has_past": day is not None and day.on < request.today}
    return answer(request, "offices/local_day_form.html", form, context)


@requires("localdays.edit")
@require_http_methods(READ_AND_SEND)
def local_day_new(request):
    return _local_page(request, LocalDayForm(request.POST or None, today=request.today, on=_wished(request)), None)


@requires("localdays.edit")
@require_http_methods(READ_AND_SEND)
def local_day_edit(request, pk):
    day = access.get_local_day(request.member, pk)
    return _local_page(request, LocalDayForm(request.POST or None, today=request.today, day=day), day)


@requires("localdays.edit")
@require_POST
def local_day_remove(request, pk):
    day = access.get_local_day(request.member, pk)
    try:
        operations_days.remove_local_day(
            day=day, version=_version(request), past="past" in request.POST, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("offices:local_day", day.pk)
    messages.success(request, _("%(name)s dihapus; kantor mengikuti jadwalnya.") % {"name": day.name})
    return redirect("offices:local_days")


# The calendar of an office ----------------------------------------------------------------------------------------------------


def _calendar_context(request, office: Office) -> dict:
    prefetch_related_objects([office], *queries.CALENDAR)
    may_edit = request.member.may("offices.edit", dinas=office.dinas_id)
    return heading(request, office) | {"office": office, "may_edit": may_edit, "weekdays": list(WEEKDAYS_ABBR.values())}


@requires("offices.view")
@require_safe
def calendar_year(request, pk, year):
    """The year of an office on one sheet: each day as what decides it."""
    office = access.get_office(request.member, pk)
    if not sheets.in_reach(year):
        raise Http404
    context = _calendar_context(request, office)
    table = queries_calendar.timetable_between(office, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    counted = [table.day(on) for on in _days_of(year)]
    context |= {
        "crumbs": crumbs_to(office, (_("Kalender"), None)),
        "year": year,
        "before": year - 1 if sheets.in_reach(year - 1) else None,
        "after": year + 1 if sheets.in_reach(year + 1) else None,
        "months": sheets.year(year, lambda on: queries_calendar.cell(table.day(on))),
        "service_days": sum(1 for day in counted if day.hours),
    }
    return render(request, "offices/calendar_year.html", context)


def _days_of(year: int):
    first = datetime.date(year, 1, 1)
    return [first + datetime.timedelta(number) for number in range((datetime.date(year + 1, 1, 1) - first).days)]


@requires("offices.view")
@require_safe
def calendar_month(request, pk, year=None, month=None):
    """A month of an office: the hours of each day, and why where they are not the usual ones."""
    office = access.get_office(request.member, pk)
    year, month = year or request.today.year, month or request.today.month
    if not sheets.in_reach(year) or not 1 <= month <= 12:
        raise Http404
    first = datetime.date(year, month, 1)
    after = (first + datetime.timedelta(days=31)).replace(day=1)
    before = (first - datetime.timedelta(days=1)).replace(day=1)
    context = _calendar_context(request, office)
    found = {day.on: day for day in queries_calendar.days(office, first, after - datetime.timedelta(days=1))}
    days = [[(cell, found.get(cell.on)) for cell in week] for week in sheets.month(first, sheets.Cell).weeks]
    context |= {
        "crumbs": crumbs_to(office, (_("Kalender"), None)),
        "month": first,
        "before": before if sheets.in_reach(before.year) else None,
        "after": after if sheets.in_reach(after.year) else None,
        "weeks": days,
        "weekdays": Weekday.labels,
        "service_days": sum(1 for day in found.values() if day.hours),
    }
    return render(request, "offices/calendar_month.html", context)
