"""Everything about when an office serves on one page, and the weekly schedules below it."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from almanac.queries import seasons
from offices import access, norms, operations_hours, queries, queries_calendar
from offices.enums import ScheduleKind, Weekday
from offices.forms_hours import HoursForm, RegularForm, SeasonForm, day_name, form_of, understood
from offices.models import Office, Schedule
from offices.views import crumbs_to
from portal.editing import answer, hearing
from portal.errors import DomainError

READ_AND_SEND = ["GET", "HEAD", "POST"]
SHOWN_DAYS = 8


def hours_crumbs(office: Office, *more) -> list:
    return crumbs_to(office, (_("Jam layanan"), reverse("offices:hours", args=[office.pk])), *more)


def heading(request, office: Office) -> dict:
    """What the head of the page says of now: open, open again, the next day it is closed."""
    now = request.tenant.local(timezone.now())
    table = queries.timetable(office, queries.rests_around(request.today))
    return {
        "opening_sentence": table.opening(now).sentence(request.tenant.zone_abbr),
        "next_closed": queries.next_closed(table, request.today),
    }


# The page ---------------------------------------------------------------------------------------------------------------------


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def office_hours(request, pk):
    office = access.get_office(request.member, pk, right="offices.edit")
    prefetch_related_objects([office], *queries.CALENDAR)
    form = HoursForm(request.POST or None, office=office, on=request.today)
    if request.method == "POST" and "copy" in request.POST:
        form = form.pressed(request.POST["copy"])
    elif request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Jam layanan %(name)s tersimpan.") % {"name": office.name})
            return redirect("offices:detail", office.pk)
    days = queries_calendar.special_days(office).filter(last_on__gte=request.today)
    context = heading(request, office) | {
        "crumbs": crumbs_to(office, (_("Jam layanan"), None)),
        "office": office,
        "judged": norms.judge(form.week),
        "schedule": form.schedule,
        "others": queries_calendar.other_schedules(office, form.schedule),
        "offered": queries_calendar.offered_seasons(office, request.today),
        "special_days": days[:SHOWN_DAYS],
        "local_days": queries_calendar.local_days(request.today, request.today + queries_calendar.AHEAD)[:SHOWN_DAYS],
        "may_edit_local": request.member.may("localdays.edit"),
    }
    return answer(request, "offices/office_hours.html", form, context)


@requires("offices.edit")
@require_safe
def reading(request, pk):
    """What is understood of the lines as they stand, for the script that shows it while somebody types. Changes nothing."""
    access.get_office(request.member, pk, right="offices.edit")
    said, week = {}, []
    for weekday in Weekday:
        spans, text, readable = understood(weekday, request.GET.get(day_name(weekday), "")[:200])
        said[day_name(weekday)] = {"text": text, "readable": readable}
        week += spans
    judged = norms.judge(week, ramadan=request.GET.get("ramadan") == "1")
    return JsonResponse({"days": said, "norm": render_to_string("offices/norm.html", {"judged": judged}, request)})


# Schedules --------------------------------------------------------------------------------------------------------------------


def _schedule_page(request, office: Office, form, *, schedule: Schedule | None, title: str, ramadan: bool):
    """The page of one schedule, new or old, of either kind."""
    if request.method == "POST" and "copy" in request.POST:
        form = form.pressed(request.POST["copy"])
    elif request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Jadwal %(name)s tersimpan.") % {"name": office.name})
            return redirect("offices:hours", office.pk)
    regulars = [each for each in office.schedules.all() if each.kind == ScheduleKind.REGULAR]
    context = {
        "crumbs": hours_crumbs(office, (title, None)),
        "office": office,
        "schedule": schedule,
        "title": title,
        "seasonal": isinstance(form, SeasonForm),
        "ramadan": ramadan,
        "judged": norms.judge(form.week, ramadan=ramadan),
        "may_remove": schedule is not None and (schedule.kind == ScheduleKind.SEASONAL or len(regulars) > 1),
    }
    return answer(request, "offices/schedule_form.html", form, context)


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def schedule_new(request, pk):
    """Another regular week from a day on; it begins with the lines of today's."""
    office = access.get_office(request.member, pk, right="offices.edit")
    prefetch_related_objects([office], *queries.CALENDAR)
    form = RegularForm(request.POST or None, office=office, week=queries.week(office, request.today))
    return _schedule_page(request, office, form, schedule=None, title=_("Jadwal baru"), ramadan=False)


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def season_new(request, pk):
    """A season's week; ``?musim=`` begins with a season of the country's calendar and the usual hours of Ramadan."""
    office = access.get_office(request.member, pk, right="offices.edit")
    wished = request.GET.get("musim", "")
    coming = {str(each.pk): each for each in seasons(request.today, request.today + queries_calendar.AHEAD)}
    template = coming.get(wished)
    form = SeasonForm(request.POST or None, office=office, template=template)
    title = template.name if template else _("Jadwal musiman baru")
    return _schedule_page(request, office, form, schedule=None, title=title, ramadan=template is not None)


@requires("offices.edit")
@require_http_methods(READ_AND_SEND)
def schedule_edit(request, pk, schedule):
    office = access.get_office(request.member, pk, right="offices.edit")
    found = _schedule(office, schedule)
    ramadan = queries_calendar.in_season(found)
    title = found.name or _("Jadwal biasa")
    return _schedule_page(request, office, form_of(found, request.POST or None), schedule=found, title=title, ramadan=ramadan)


def _schedule(office: Office, pk) -> Schedule:
    prefetch_related_objects([office], *queries.CALENDAR)
    found = next((each for each in office.schedules.all() if each.pk == pk), None)
    if found is None:
        raise Http404
    found.office = office
    return found


@requires("offices.edit")
@require_POST
def schedule_remove(request, pk, schedule):
    office = access.get_office(request.member, pk, right="offices.edit")
    found = _schedule(office, schedule)
    version = request.POST.get("version", "")
    try:
        operations_hours.remove_schedule(
            schedule=found, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("offices:schedule", office.pk, found.pk)
    messages.success(request, _("Jadwal itu dihapus."))
    return redirect("offices:hours", office.pk)
