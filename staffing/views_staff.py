"""Pages of the staff of a dinas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import requires
from offices.access import NO_DINAS, dinas_for
from portal.editing import answer, hearing
from portal.listing import Column, Empty, Filter, Listing
from staffing import access, queries
from staffing.forms import EndServiceForm, StaffForm
from staffing.models import Staff

TERMS = [("now", _("sedang bertugas")), ("later", _("belum mulai")), ("over", _("sudah berakhir"))]


def _crumbs(*more):
    return [(_("Petugas"), reverse("staffing:staff_list")), *more]


def _crumbs_to(staff: Staff, *more):
    return _crumbs((staff.name, reverse("staffing:staff_detail", args=[staff.pk])), *more)


def _listing(request) -> Listing:
    def in_term(queryset, value):
        if value == "now":
            return queryset.serving_on(request.today)
        return (
            queryset.filter(serves_from__gt=request.today)
            if value == "later"
            else queryset.filter(serves_until__lt=request.today)
        )

    dinas = [(each.pk, each.name) for each in dinas_for(request.member, "staff.view")]
    columns = [
        Column("name", _("Petugas"), sort="name"),
        Column("nip", _("NIP")),
        Column("dinas", _("Dinas"), sort="dinas__name", shown=len(dinas) > 1),
        Column("phone", _("Telepon"), shown=False),
        Column("next_on", _("Piket berikutnya"), sort="next_on"),
        Column("term", _("Masa tugas"), sort="serves_from"),
    ]
    filters = [Filter("masa", _("Masa tugas"), TERMS, in_term)]
    if len(dinas) > 1:
        filters.insert(0, Filter("dinas", _("Dinas"), dinas, "dinas"))
    return Listing(
        request,
        queries.staff(request.member, request.today),
        columns=columns,
        search=["name", "position", "nip"],
        filters=filters,
        order="name",
        noun=_("petugas"),
        search_label=_("Cari nama, jabatan, atau NIP"),
        empty=Empty(
            _("Belum ada petugas"),
            _("Daftarkan pegawai yang akan menjaga loket; paling banyak dua orang bertugas setiap hari."),
            reverse("staffing:staff_new"),
            _("Tambah petugas"),
            "users-group",
        ),
    )


@requires("staff.view")
@require_safe
def staff_list(request):
    listing = _listing(request)
    for person in listing.rows:
        person.serving = person.serves_on(request.today)
        person.over = person.serves_until is not None and person.serves_until < request.today
    context = {"crumbs": [(_("Petugas"), None)], "may_edit": request.member.may("staff.edit")}
    context["muster"] = queries.muster(request.member, request.today)
    return listing.respond("staffing/staff_list.html", context)


@requires("staff.view")
@require_safe
def staff_detail(request, pk):
    staff = access.get_staff(request.member, pk)
    coming = queries.coming_duties(staff, request.today)
    context = {
        "crumbs": _crumbs((staff.name, None)),
        "staff": staff,
        "coming": coming,
        "serving": staff.serves_on(request.today),
        "over": staff.serves_until is not None and staff.serves_until < request.today,
        "may_edit": request.member.may("staff.edit", dinas=staff.dinas_id),
    }
    return render(request, "staffing/staff_detail.html", context)


@requires("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_new(request):
    form = StaffForm(request.POST or None, member=request.member, today=request.today, wished=request.GET.get("dinas", ""))
    if not form.dinas:
        raise PermissionDenied(NO_DINAS)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            staff = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s terdaftar.") % {"name": staff.name})
            if "another" in request.POST:
                return redirect(f"{reverse('staffing:staff_new')}?dinas={staff.dinas_id}")
            return redirect("staffing:staff_list")
    return answer(request, "staffing/staff_form.html", form, {"crumbs": _crumbs((_("Tambah petugas"), None)), "staff": None})


@requires("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_edit(request, pk):
    staff = access.get_staff(request.member, pk, right="staff.edit")
    form = StaffForm(request.POST or None, member=request.member, today=request.today, staff=staff)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            staff = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": staff.name})
            return redirect("staffing:staff_detail", staff.pk)
    return answer(request, "staffing/staff_form.html", form, {"crumbs": _crumbs_to(staff, (_("Ubah"), None)), "staff": staff})


@requires("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def staff_end(request, pk):
    staff = access.get_staff(request.member, pk, right="staff.edit")
    coming = queries.coming_duties(staff, request.today)
    form = EndServiceForm(request.POST or None, staff=staff, today=request.today, has_duties=bool(coming))
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            staff = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Masa tugas %(name)s berakhir seperti yang Anda isi.") % {"name": staff.name})
            return redirect("staffing:staff_detail", staff.pk)
    context = {"crumbs": _crumbs_to(staff, (_("Akhiri masa tugas"), None)), "staff": staff, "coming": coming}
    return answer(request, "staffing/staff_end.html", form, context)
