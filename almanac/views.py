"""The ministry's calendar: the days of a year as a list and as a sheet, and how they are kept."""

import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from almanac import bundled, operations, operations_filling, queries, sheets
from almanac.enums import DayKind
from almanac.forms import ConfirmForm, DayForm
from almanac.models import PublicDay
from portal.api_fields import DAY
from portal.dates import plain_date
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing

READ_AND_SEND = ["GET", "HEAD", "POST"]
PROVISIONAL, CANCELLED = "provisional", "cancelled"
STATES = [
    ("standing", gettext_lazy("berlaku")),
    (PROVISIONAL, gettext_lazy("menunggu keputusan")),
    (CANCELLED, gettext_lazy("dibatalkan")),
]
COLUMNS = [
    Column("on", gettext_lazy("Tanggal"), sort="on"),
    Column("name", gettext_lazy("Nama hari"), sort="name"),
    Column("kind", gettext_lazy("Jenis"), sort="kind"),
    Column("decree", gettext_lazy("Dasar"), sort="decree"),
    Column("source", gettext_lazy("Sumber"), sort="source"),
    Column("state", gettext_lazy("Keadaan"), hideable=False),
]


def _crumbs(*more) -> list:
    return [(_("Kalender"), reverse("almanac:days")), *more]


def _year_of(request) -> int:
    """The year that is asked for; this one where none is."""
    text = request.GET.get("tahun", "")
    return int(text) if text.isdecimal() and len(text) == 4 and sheets.in_reach(int(text)) else request.today.year


def _in_state(queryset, value):
    if value == CANCELLED:
        return queryset.filter(cancelled=True)
    standing = queryset.filter(cancelled=False)
    return standing.filter(provisional=True) if value == PROVISIONAL else standing


def _tally(year: int) -> dict:
    standing = Q(cancelled=False)
    return queries.year(year).aggregate(
        holidays=Count("pk", filter=standing & Q(kind=DayKind.HOLIDAY)),
        leave=Count("pk", filter=standing & Q(kind=DayKind.LEAVE)),
        provisional=Count("pk", filter=standing & Q(provisional=True)),
    )


# Reading ----------------------------------------------------------------------------------------------------------------------


@requires("almanac.view")
@require_safe
def days(request):
    """The days of one year."""
    year, may_edit = _year_of(request), request.member.may("almanac.edit")
    listing = Listing(
        request,
        queries.year(year),
        columns=COLUMNS,
        search=["name", "decree"],
        filters=[
            Filter("jenis", gettext_lazy("Jenis"), DayKind.choices, "kind"),
            Filter("keadaan", gettext_lazy("Keadaan"), STATES, _in_state),
        ],
        order="on",
        per_page=50,
        noun=_("hari"),
        search_label=_("Cari nama atau dasar"),
        empty=Empty(
            _("Tahun ini belum terisi"),
            _("Ambil dari daftar bawaan, atau catat hari satu per satu."),
            reverse("almanac:day_new") if may_edit else "",
            _("Catat hari"),
            "calendar-event",
        ),
    )
    seasons = queries.seasons(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    context = {
        "crumbs": [(_("Kalender"), None)],
        "year": year,
        "years": queries.years(request.today),
        "tally": _tally(year),
        "seasons": seasons,
        "may_edit": may_edit,
        "may_fill": may_edit and bundled.FIRST <= year <= bundled.LAST,
    }
    return listing.respond("almanac/days.html", context)


@requires("almanac.view")
@require_safe
def sheet(request, year):
    """The year on one sheet."""
    if not sheets.in_reach(year):
        raise Http404
    found = {day.on: day for day in queries.year(year) if not day.cancelled}
    may_edit = request.member.may("almanac.edit")

    def tell(on):
        day = found.get(on)
        if day is None:
            return sheets.Cell(on)
        url = reverse("almanac:day_edit", args=[day.pk]) if may_edit else ""
        return sheets.Cell(on, mark=day.kind, words=day.name, note=day.name, url=url)

    context = {
        "crumbs": _crumbs((str(year), None)),
        "year": year,
        "years": queries.years(request.today),
        "months": sheets.year(year, tell),
        "weekdays": list(WEEKDAYS_ABBR.values()),
        "tally": _tally(year),
    }
    return render(request, "almanac/sheet.html", context)


# Keeping ----------------------------------------------------------------------------------------------------------------------


def _to_year(year: int):
    return redirect(f"{reverse('almanac:days')}?tahun={year}")


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def day_new(request):
    wished = request.GET.get("tanggal", "")
    on = datetime.date.fromisoformat(wished) if DAY.fullmatch(wished) and _is_day(wished) else None
    form = DayForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            day = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s, %(day)s, tercatat.") % {"name": day.name, "day": plain_date(day.on)})
            return _to_year(day.on.year)
    return answer(request, "almanac/day_form.html", form, {"crumbs": _crumbs((_("Catat hari"), None)), "day": None})


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def day_edit(request, pk):
    day = get_object_or_404(PublicDay, pk=pk)
    form = DayForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s, %(day)s, tersimpan.") % {"name": saved.name, "day": plain_date(saved.on)})
            return _to_year(saved.on.year)
    return answer(request, "almanac/day_form.html", form, {"crumbs": _crumbs((day.name, None)), "day": day})


@requires("almanac.edit")
@require_POST
def day_cancel(request, pk):
    """Cancel a day, or let a cancelled one stand again."""
    day = get_object_or_404(PublicDay, pk=pk)
    version = request.POST.get("version", "")
    change = operations.restore_day if day.cancelled else operations.cancel_day
    try:
        saved = change(day=day, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        text = _("%(name)s dibatalkan; kantor buka menurut jadwalnya.") if saved.cancelled else _("%(name)s berlaku kembali.")
        messages.success(request, text % {"name": saved.name})
    return _to_year(day.on.year)


@requires("almanac.edit")
@require_POST
def fill(request):
    """Take a year from the list that comes with Loket."""
    text = request.POST.get("tahun", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    try:
        filled = operations_filling.fill_days(years=[year], at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("almanac:days")
    said = ngettext("%(count)d hari ditambahkan", "%(count)d hari ditambahkan", filled.added) % {"count": filled.added}
    if filled.changed or filled.dropped:
        said += ", " + _("%(count)d disesuaikan") % {"count": filled.changed + filled.dropped}
    messages.success(request, _("%(said)s. Yang Anda ubah atau batalkan tetap seperti adanya.") % {"said": said})
    return _to_year(year)


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def confirm(request, year):
    """The decree of a year is out."""
    if not sheets.in_reach(year):
        raise Http404
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            count = operations.confirm_year(year=year, decree=form.cleaned_data["decree"], by=request.member, at=timezone.now())
            said = ngettext("%(count)d hari dikukuhkan.", "%(count)d hari dikukuhkan.", count) % {"count": count}
            messages.success(request, said)
            return _to_year(year)
    waiting = queries.year(year).filter(cancelled=False, provisional=True)
    context = {"crumbs": _crumbs((_("Kukuhkan %(year)s") % {"year": year}, None)), "year": year, "waiting": waiting}
    return answer(request, "almanac/confirm.html", form, context)
