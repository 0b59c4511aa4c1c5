"""Pages of the dinas of a government."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import requires
from offices import access, leadership, operations, queries
from offices.enums import Sector
from offices.forms import DinasForm
from portal.editing import answer, hearing
from portal.listing import Column, Empty, Filter, Listing


def _crumbs(*more):
    return [(_("Dinas"), reverse("offices:dinas_list")), *more]


@requires("dinas.view")
@require_safe
def dinas_list(request):
    may_create = access.may_create_dinas(request.member)
    listing = Listing(
        request,
        queries.dinas(request.today).prefetch_related("heads"),
        columns=[
            Column("name", _("Dinas"), sort="name"),
            Column("sectors", _("Bidang")),
            Column("leader", _("Dipimpin")),
            Column("offices", _("Kantor"), sort="office_count", numeric=True),
        ],
        search=["name"],
        filters=[Filter("bidang", _("Bidang"), Sector.choices, lambda rows, sector: rows.filter(sectors__contains=[sector]))],
        order="name",
        noun=_("dinas"),
        search_label=_("Cari dinas"),
        empty=Empty(
            _("Belum ada dinas"),
            _("Catat dinas yang menjalankan surat edaran: nama dan bidangnya."),
            reverse("offices:dinas_new") if may_create else "",
            _("Catat dinas"),
            "building",
        ),
    )
    for dinas in listing.rows:
        dinas.leader = leadership.on(dinas.heads.all(), request.today).leader
    holdings = leadership.holdings()
    context = {
        "crumbs": [(_("Dinas"), None)],
        "may_create": may_create,
        "vacant": leadership.vacant(holdings),
        "shared": leadership.shared(holdings),
    }
    return listing.respond("offices/dinas_list.html", context)


@requires("dinas.view")
@require_safe
def dinas_detail(request, pk):
    dinas = access.get_dinas(request.member, pk)
    now, zone = request.tenant.local(timezone.now()), request.tenant.zone_abbr
    offices, rests = list(queries.offices().filter(dinas=dinas)), queries.rests_around(request.today)
    for office in offices:
        office.state = office.state_on(request.today)
        office.opening = queries.timetable(office, rests).opening(now).sentence(zone)
    context = {
        "crumbs": _crumbs((dinas.name, None)),
        "dinas": dinas,
        "leadership": leadership.on(dinas.heads.all(), request.today),
        "offices": offices,
        "serving": sum(office.serves_on(request.today) for office in offices),
        "may_edit": request.member.may("dinas.edit", dinas=dinas),
        "may_open": request.member.may("offices.edit", dinas=dinas),
    }
    return render(request, "offices/dinas_detail.html", context)


@requires("dinas.create")
@require_http_methods(["GET", "HEAD", "POST"])
def dinas_new(request):
    form = DinasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            dinas = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tercatat. Berikutnya: buka kantornya.") % {"name": dinas.name})
            return redirect("offices:dinas_detail", dinas.pk)
    refused = None if access.may_create_dinas(request.member) else operations.BoundToOneDinas.message
    context = {"crumbs": _crumbs((_("Catat dinas"), None)), "dinas": None, "refused": refused}
    return answer(request, "offices/dinas_form.html", form, context)


@requires("dinas.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def dinas_edit(request, pk):
    dinas = access.get_dinas(request.member, pk, right="dinas.edit")
    form = DinasForm(request.POST or None, dinas=dinas)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            dinas = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": dinas.name})
            return redirect("offices:dinas_detail", dinas.pk)
    crumbs = _crumbs((dinas.name, reverse("offices:dinas_detail", args=[dinas.pk])), (_("Ubah"), None))
    return answer(request, "offices/dinas_form.html", form, {"crumbs": crumbs, "dinas": dinas, "refused": None})
