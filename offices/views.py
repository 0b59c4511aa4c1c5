"""Pages of the offices of a government."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from offices import access, hours, map_preview, operations, panels, queries
from offices.enums import OfficeKind, OfficeState
from offices.forms import CloseForm, OfficeForm
from offices.headline import headline, next_action
from offices.models import Office
from offices.queries_photo import photo_of
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing

NO_HOURS = "no-hours"


def crumbs_to(office: Office, *more):
    """The way to a page below an office."""
    return [(_("Kantor"), reverse("offices:list")), (office.name, reverse("offices:detail", args=[office.pk])), *more]


def _listing(request, may_open: bool) -> Listing:
    def in_state(queryset, value):
        if value == NO_HOURS:
            return queryset.filter(has_hours=False).not_closed_on(request.today)
        return queryset.in_state(value, request.today)

    return Listing(
        request,
        queries.offices(),
        columns=[
            Column("name", _("Kantor"), sort="name"),
            Column("dinas", _("Dinas"), sort="dinas__name"),
            Column("kind", _("Jenis"), sort="kind"),
            Column("opening", _("Sekarang")),
            Column("opened_on", _("Melayani sejak"), sort="opened_on", shown=False),
            Column("phone", _("Telepon"), shown=False),
            Column("whatsapp", _("WhatsApp"), shown=False),
            Column("email", _("Surel"), shown=False),
            Column("closed_on", _("Ditutup sejak"), sort="closed_on", shown=False),
            Column("state", _("Keadaan"), hideable=False),
        ],
        search=["name", "address", "dinas__name"],
        filters=[
            Filter("dinas", _("Dinas"), [(dinas.pk, dinas.name) for dinas in queries.dinas(request.today)], "dinas"),
            Filter("jenis", _("Jenis"), OfficeKind.choices, "kind"),
            Filter("keadaan", _("Keadaan"), [*OfficeState.choices, (NO_HOURS, _("tanpa jam layanan"))], in_state),
        ],
        order="name",
        noun=_("kantor"),
        search_label=_("Cari nama atau alamat"),
        empty=Empty(
            _("Belum ada kantor"),
            _("Kantor pertama dimulai dari nama dan alamatnya; jam dan petugas menyusul."),
            reverse("offices:new") if may_open else "",
            _("Buka kantor"),
            "building-store",
        ),
    )


@requires("offices.view")
@require_safe
def office_list(request):
    may_open = request.member.may("offices.edit")
    listing = _listing(request, may_open)
    now, rests = request.tenant.local(timezone.now()), queries.rests_around(request.today)
    for office in listing.rows:
        office.state = office.state_on(request.today)
        office.opening = queries.timetable(office, rests).opening(now).sentence(request.tenant.zone_abbr)
    steps = queries.first_steps(request.member, request.today) if not (listing.total or listing.filtered) else None
    first_day = steps if steps and steps.steps else None
    context = {
        "crumbs": [(_("Kantor"), None)],
        "may_open": may_open,
        "first_day": first_day,
        "tally": queries.tally(request.today),
        "no_hours_url": f"{reverse('offices:list')}?keadaan={NO_HOURS}",
    }
    return listing.respond("offices/office_list.html", context)


def _next_action(request, office: Office, shown: list[panels.Shown], has_hours: bool) -> tuple | None:
    """The one thing to do next, as (label, address): the hours, else what the cards ask for."""
    if not has_hours:
        return _("Isi jam layanan"), reverse("offices:hours", args=[office.pk])
    return next_action(shown)


@requires("offices.view")
@require_safe
def office_detail(request, pk):
    office = access.get_office(request.member, pk)
    prefetch_related_objects([office], *queries.CALENDAR)
    week, state = queries.week(office, request.today), office.state_on(request.today)
    timetable = queries.timetable(office, queries.rests_around(request.today))
    opening = timetable.opening(request.tenant.local(timezone.now()))
    may_edit = request.member.may("offices.edit", dinas=office.dinas_id)
    may_act = may_edit and state != OfficeState.CLOSED
    shown = panels.shown("detail", request, office)
    context = {
        "crumbs": [(_("Kantor"), reverse("offices:list")), (office.name, None)],
        "office": office,
        "state": state,
        "days": hours.grouped(week) if week else [],
        "opening": opening,
        "opening_sentence": opening.sentence(request.tenant.zone_abbr),
        "next_closed": queries.next_closed(timetable, request.today),
        "panels": shown,
        "headline": headline(shown) if state != OfficeState.CLOSED else None,
        "action": _next_action(request, office, shown, bool(week)) if may_act else None,
        "photo": photo_of(office),
        "map": map_preview.preview(office.latitude, office.longitude) if office.coordinates else None,
        "may_edit": may_edit,
        "may_act": may_act,
        "may_close": request.member.may("offices.close", dinas=office.dinas_id),
    }
    return render(request, "offices/office_detail.html", context)


@requires("offices.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request):
    form = OfficeForm(request.POST or None, member=request.member, today=request.today, wished=request.GET.get("dinas", ""))
    if not form.dinas and not access.may_create_dinas(request.member):
        raise PermissionDenied(access.NO_DINAS)
    if not form.dinas:
        messages.info(request, _("Catat dahulu dinas yang membuka kantor ini."))
        return redirect("offices:dinas_new")
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            office = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan. Berikutnya: jam layanannya.") % {"name": office.name})
            return redirect("offices:hours", office.pk)
    crumbs = [(_("Kantor"), reverse("offices:list")), (_("Buka kantor"), None)]
    return answer(request, "offices/office_form.html", form, {"crumbs": crumbs, "office": None})


@requires("offices.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def office_edit(request, pk):
    office = access.get_office(request.member, pk, right="offices.edit")
    form = OfficeForm(request.POST or None, member=request.member, today=request.today, office=office)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("offices:detail", office.pk)
    return answer(request, "offices/office_form.html", form, {"crumbs": crumbs_to(office, (_("Ubah"), None)), "office": office})


@requires("offices.close")
@require_http_methods(["GET", "HEAD", "POST"])
def office_close(request, pk):
    office = access.get_office(request.member, pk, right="offices.close")
    form = CloseForm(request.POST or None, office=office, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Penutupan %(name)s tercatat. Riwayatnya tetap ada.") % {"name": office.name})
            return redirect("offices:detail", office.pk)
    context = {
        "crumbs": crumbs_to(office, (_("Tutup kantor"), None)),
        "office": office,
        "panels": panels.shown("closing", request, office),
    }
    return answer(request, "offices/office_close.html", form, context)


@requires("offices.close")
@require_POST
def office_reopen(request, pk):
    office = access.get_office(request.member, pk, right="offices.close")
    version = request.POST.get("version", "")
    try:
        operations.reopen_office(
            office=office, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("%(name)s dibuka kembali.") % {"name": office.name})
    return redirect("offices:detail", office.pk)
