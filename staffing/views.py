"""The roster: all offices, a month of one, a day of one."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import requires
from offices.access import get_office
from offices.enums import Weekday
from offices.first_day import first_day
from offices.queries import CALENDAR
from portal.dates import plain_date
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing
from staffing import access, operations, queries
from staffing.days import in_range, next_month, previous_month
from staffing.models import SLOTS
from staffing.roster import ONE_DAY, RosterDay

UNPROCESSABLE = 422


# All offices ------------------------------------------------------------------------------------------------------------------


def _only_office(request):
    """The one office of somebody's dinas, where there is only one."""
    ids = request.member.dinas_ids("duties.edit")
    mine = queries.roster_offices(request.today)
    mine = mine if ids is None else mine.filter(dinas__in=ids)
    found = list(mine.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 and request.member.may("duties.edit") else None


@requires("duties.view")
@require_safe
def roster(request):
    """The roster of every office on one page; who has one office only goes to its month, unless the list is asked for."""
    only = None if request.GET else _only_office(request)
    if only:
        return redirect("staffing:month", only, request.today)
    offices = queries.roster_offices(request.today)
    dinas = {
        office["dinas"]: office["dinas__name"] for office in offices.order_by("dinas__name").values("dinas", "dinas__name")
    }
    listing = Listing(
        request,
        offices,
        columns=[
            Column("name", _("Kantor"), sort="name"),
            Column("dinas", _("Dinas"), sort="dinas__name"),
            Column("today", _("Hari ini")),
            Column("gap", _("Tiga minggu ke depan")),
        ],
        search=["name", "dinas__name"],
        filters=[Filter("dinas", _("Dinas"), list(dinas.items()), "dinas")] if len(dinas) > 1 else [],
        order="name",
        noun=_("kantor"),
        search_label=_("Cari kantor"),
        empty=Empty(_("Belum ada kantor"), _("Jadwal disusun untuk setiap kantor."), icon="calendar-week"),
    )
    outlooks = queries.outlooks(listing.rows, request.today)
    for office in listing.rows:
        office.outlook = outlooks[office.pk]
    steps = first_day(request.member, request.today) if not (listing.total or listing.filtered) else None
    context = {"crumbs": [(_("Jadwal piket"), None)], "first_day": steps if steps and steps.steps else None}
    context["coverage"] = queries.coverage(request.today)
    return listing.respond("staffing/roster.html", context)


@requires("duties.view")
@require_safe
def current(request, pk):
    """The month that is today."""
    office = get_office(request.member, pk, right="duties.view")
    return redirect("staffing:month", office.pk, request.today)


# A month ----------------------------------------------------------------------------------------------------------------------


def _crumbs_to(office, *more):
    return [(_("Kantor"), reverse("offices:list")), (office.name, reverse("offices:detail", args=[office.pk])), *more]


@requires("duties.view")
@require_safe
def month(request, pk, month):
    office = get_office(request.member, pk, right="duties.view")
    plan = queries.month(office, month, request.today)
    before, after = previous_month(month), next_month(month)
    context = {
        "crumbs": _crumbs_to(office, (_("Jadwal piket"), None)),
        "office": office,
        "plan": plan,
        "month": month,
        "before": before if in_range(before) else None,
        "after": after if in_range(after) else None,
        "weekdays": Weekday.labels,
        "may_edit": request.member.may("duties.edit", dinas=office.dinas_id),
    }
    return render(request, "staffing/month.html", context)


# A day ------------------------------------------------------------------------------------------------------------------------


def _day_context(request, office, on) -> dict:
    prefetch_related_objects([office], *CALENDAR)
    found = queries.day(office, on, request.today)
    may_edit = request.member.may("duties.edit", dinas=office.dinas_id)
    return {
        "crumbs": _crumbs_to(
            office,
            (_("Jadwal piket"), reverse("staffing:month", args=[office.pk, on])),
            (plain_date(on), None),
        ),
        "office": office,
        "day": found,
        "candidates": queries.candidates(office, on) if may_edit and _has_room(found) else [],
        "before": on - ONE_DAY if in_range(on - ONE_DAY) else None,
        "after": on + ONE_DAY if in_range(on + ONE_DAY) else None,
        "may_edit": may_edit,
        "has_room": _has_room(found),
        "next_open": queries.next_open(office, on, request.today) if may_edit and not found.free else None,
        "refused": "",
        "done": "",
    }


def _has_room(day: RosterDay) -> bool:
    return day.in_service and len(day.duties) < len(SLOTS)


def _answer(request, office, on, *, done="", refused=""):
    """After a change: the day anew for htmx, the page again where something was refused, else back to the page."""
    if not request.htmx and not refused:
        messages.success(request, done)
        return redirect("staffing:day", office.pk, on)
    context = _day_context(request, office, on) | {"done": done, "refused": refused}
    template = "staffing/day.html#day" if request.htmx else "staffing/day.html"
    return render(request, template, context, status=UNPROCESSABLE if refused else 200)


@requires("duties.view")
@require_safe
def day(request, pk, day):
    office = get_office(request.member, pk, right="duties.view")
    return render(request, "staffing/day.html", _day_context(request, office, day))


@requires("duties.edit")
@require_POST
def assign(request, pk, day):
    office = get_office(request.member, pk, right="duties.edit")
    people = {
        str(person.pk): person for person in access.staff_for(request.member, "duties.edit").filter(dinas=office.dinas_id)
    }
    staff = people.get(request.POST.get("staff", ""))
    if staff is None:
        return _answer(request, office, day, refused=_("Pilih petugas yang akan bertugas."))
    try:
        operations.assign(office=office, staff=staff, on=day, by=request.member, at=timezone.now())
    except DomainError as error:
        return _answer(request, office, day, refused=str(error.message))
    return _answer(request, office, day, done=_("%(name)s bertugas pada hari ini.") % {"name": staff.name})


@requires("duties.edit")
@require_POST
def release(request, pk, day, duty):
    """Take somebody off duty. Asked twice, or by two people at once, it is done once."""
    office = get_office(request.member, pk, right="duties.edit")
    try:
        found = access.get_duty(request.member, duty, right="duties.edit")
    except Http404:
        return _answer(request, office, day, done=_("Petugas itu sudah dilepas dari jadwal."))
    if (found.office_id, found.on) != (office.pk, day):
        raise Http404
    operations.release(duty=found, by=request.member, at=timezone.now())
    return _answer(request, office, day, done=_("%(name)s dilepas dari jadwal.") % {"name": found.staff.name})
