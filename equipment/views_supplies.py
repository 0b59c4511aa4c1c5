"""Pages of supplies: what an office has left, what a day brought, what was counted."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from equipment import access_supplies as access
from equipment import operations_supplies as operations
from equipment import queries_supplies as queries
from equipment import shopping, words_supplies
from equipment.drawing import drawn
from equipment.forms_supplies import UNITS, CountSheet, DaySheet, MovementForm, SupplyForm
from equipment.models import Supply
from offices.access import get_dinas, get_office
from offices.models import Dinas, Office
from offices.queries import offices
from offices.views import crumbs_to
from portal.documents import pdf_response
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Listing

SUPPLIES = "equipment:supplies"


def _crumbs(office, *more):
    return crumbs_to(office, (_("Persediaan"), reverse(SUPPLIES, args=[office.pk]) if more else None), *more)


def _may_edit(request, office) -> bool:
    return request.member.may("supplies.edit", dinas=office.dinas_id)


def told(row: queries.Stock) -> dict:
    """One stock as pages show it."""
    kind, word = words_supplies.state(row.forecast)
    return {
        "supply": row.supply,
        "forecast": row.forecast,
        "kind": kind,
        "word": word,
        "sentence": words_supplies.sentence(row.forecast),
        "usage": words_supplies.usage(row.forecast),
        "drawing": drawn(row.levels, row.supply.minimum),
        "levels": row.levels,
        "buy": row.buy,
    }


# All offices ------------------------------------------------------------------------------------------------------------------


@requires("supplies.view")
@require_safe
def all_supplies(request):
    """Every office with what runs out there; the worst is not hidden by the many."""
    standing = offices().not_closed_on(request.today)
    columns = [
        Column("name", _("Kantor"), sort="name"),
        Column("dinas", _("Dinas"), sort="dinas__name"),
        Column("low", _("Perlu dibeli"), hideable=False),
    ]
    listing = Listing(
        request,
        standing,
        columns,
        search=["name", "dinas__name"],
        order="name",
        noun=_("kantor"),
        search_label=_("Cari kantor"),
        empty=Empty(_("Belum ada kantor"), _("Persediaan dicatat untuk setiap kantor."), icon="clipboard-list"),
    )
    for office, found in zip(listing.rows, queries.stocks(listing.rows, request.today), strict=True):
        office.stock, office.warned = found, [told(row) for row in found.warned]
    context = {"crumbs": [(_("Persediaan"), None)], "agencies": Dinas.objects.order_by("name", "id")}
    return listing.respond("equipment/all_supplies.html", context)


# One office -------------------------------------------------------------------------------------------------------------------


@requires("supplies.view")
@require_safe
def supplies(request, office):
    place = get_office(request.member, office, right="supplies.view")
    stock = queries.office_stock(place, request.today)
    context = {
        "crumbs": _crumbs(place),
        "office": place,
        "stock": stock,
        "rows": [told(row) for row in stock.rows],
        "warned": [row.supply.name for row in stock.warned],
        "lacking": [kind.label for kind in stock.lacking],
        "unlisted": [kind.label for kind in stock.unlisted],
        "retired": queries.retired(place),
        "may_edit": _may_edit(request, place),
    }
    return render(request, "equipment/supplies.html", context)


@requires("supplies.edit")
@require_POST
def start_list(request, office):
    place = get_office(request.member, office, right="supplies.edit")
    added = operations.add_start_list(office=place, by=request.member, at=timezone.now())
    if added:
        text = ngettext(
            "%(count)s barang masuk daftar. Sekarang hitung yang ada di kantor.",
            "%(count)s barang masuk daftar. Sekarang hitung yang ada di kantor.",
            len(added),
        )
        messages.success(request, text % {"count": len(added)})
        return redirect("equipment:supplies_count", place.pk)
    messages.info(request, _("Semua barang daftar awal sudah ada di daftar kantor ini."))
    return redirect(SUPPLIES, place.pk)


def _supply_page(request, office: Office, supply: Supply | None):
    form = SupplyForm(request.POST or None, office=office, supply=supply)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": saved.name})
            return redirect("equipment:supply", saved.pk) if supply else redirect(SUPPLIES, office.pk)
    crumbs = _crumbs(office, (_("Tambah barang") if supply is None else _("Ubah %(name)s") % {"name": supply.name}, None))
    context = {"crumbs": crumbs, "office": office, "supply": supply, "units": UNITS}
    return answer(request, "equipment/supply_form.html", form, context)


@requires("supplies.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def supply_new(request, office):
    return _supply_page(request, get_office(request.member, office, right="supplies.edit"), None)


@requires("supplies.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def supply_edit(request, pk):
    found = access.get_supply(request.member, pk, right="supplies.edit")
    return _supply_page(request, found.office, found)


@requires("supplies.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def supplies_day(request, office):
    """The whole office on one page: what was used, what came in."""
    place = get_office(request.member, office, right="supplies.edit")
    form = DaySheet(request.POST or None, supplies=queries.kept(place), today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            done = form.save(office=place, by=request.member, at=timezone.now())
            text = ngettext("%(count)s pergerakan tercatat.", "%(count)s pergerakan tercatat.", done) % {"count": done}
            messages.success(request, text if done else _("Tidak ada yang diisi, jadi tidak ada yang dicatat."))
            return redirect(SUPPLIES, place.pk)
    context = {"crumbs": _crumbs(place, (_("Catat hari ini"), None)), "office": place}
    return answer(request, "equipment/supplies_day.html", form, context)


@requires("supplies.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def supplies_count(request, office):
    """What is on the shelf; the corrections follow from it."""
    place = get_office(request.member, office, right="supplies.edit")
    form = CountSheet(request.POST or None, supplies=queries.kept(place))
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            counted, differed = form.save(office=place, by=request.member, at=timezone.now())
            text = _("%(counted)s barang dihitung, %(differed)s di antaranya berbeda dari catatan dan sudah disesuaikan.")
            messages.success(request, text % {"counted": counted, "differed": differed})
            return redirect(SUPPLIES, place.pk)
    context = {"crumbs": _crumbs(place, (_("Hitung fisik"), None)), "office": place}
    return answer(request, "equipment/supplies_count.html", form, context)


# One supply -------------------------------------------------------------------------------------------------------------------


@requires("supplies.view")
@require_http_methods(["GET", "HEAD", "POST"])
def supply(request, pk):
    """A supply with its history; a POST records a movement."""
    posting = request.method == "POST"
    found = access.get_supply(request.member, pk, right="supplies.edit" if posting else "supplies.view")
    form = MovementForm(request.POST if posting else None, supply=found, today=request.today)
    if posting and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Tercatat untuk %(name)s.") % {"name": found.name})
            return redirect("equipment:supply", found.pk)
    row = queries.stock(found, request.today)
    columns = [
        Column("recorded_at", _("Tanggal"), sort=["on", "recorded_at"]),
        Column("kind", _("Yang terjadi"), sort="kind"),
        Column("quantity", _("Jumlah"), sort="quantity", numeric=True),
        Column("balance", _("Sisa"), numeric=True),
        Column("reason", _("Alasan")),
        Column("by", _("Dicatat oleh"), sort="recorded_by_name"),
    ]
    empty = Empty(_("Belum ada pergerakan"), _("Yang masuk dan terpakai akan tampak di sini."), icon="clipboard-list")
    listing = Listing(request, queries.history(found), columns, order="-recorded_at", noun=_("pergerakan"), empty=empty)
    context = {
        "crumbs": _crumbs(found.office, (found.name, None)),
        "office": found.office,
        "stock": told(row),
        "supply": found,
        "weeks": queries.weeks(row),
        "may_edit": _may_edit(request, found.office) and found.retired_on is None,
        "may_restore": _may_edit(request, found.office) and found.retired_on is not None,
        "form": form,
    }
    response = listing.respond("equipment/supply.html", context, row="equipment/supply.html#movement")
    if form.is_bound:
        response.status_code = 422
    return response


@requires("supplies.edit")
@require_POST
def supply_retire(request, pk):
    found = access.get_supply(request.member, pk, right="supplies.edit")
    version = request.POST.get("version", "")
    try:
        operations.retire(
            supply=found, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("equipment:supply", found.pk)
    messages.success(request, _("%(name)s tidak dipakai lagi. Riwayatnya tetap ada.") % {"name": found.name})
    return redirect(SUPPLIES, found.office_id)


@requires("supplies.edit")
@require_POST
def supply_restore(request, pk):
    found = access.get_supply(request.member, pk, right="supplies.edit")
    operations.restore(supply=found, by=request.member, at=timezone.now())
    messages.success(request, _("%(name)s dipakai kembali.") % {"name": found.name})
    return redirect("equipment:supply", found.pk)


# Prints -----------------------------------------------------------------------------------------------------------------------


@requires("supplies.view")
@require_safe
def shopping_list(request, office):
    place = get_office(request.member, office, right="supplies.view")
    content = shopping.of_office(place, tenant=request.tenant, today=request.today, at=timezone.now())
    return pdf_response(content, shopping.file_name(place.name, request.today))


@requires("supplies.view")
@require_safe
def shopping_list_dinas(request, dinas):
    agency = get_dinas(request.member, dinas, right="supplies.view")
    content = shopping.of_dinas(agency, tenant=request.tenant, today=request.today, at=timezone.now())
    return pdf_response(content, shopping.file_name(agency.name, request.today))
