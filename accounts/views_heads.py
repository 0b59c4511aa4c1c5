"""The heads of all governments, seen from the ministry: who they are, where one is missing, inviting one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries
from accounts.forms import InviteHeadForm
from accounts.policy import requires
from accounts.views_people import FORM_METHODS, invitation_listing
from portal.editing import answer, hearing
from portal.listing import Column, Empty, Filter, Listing
from tenants.enums import Level

LEVELS = (Level.PROVINCE, Level.KABUPATEN, Level.KOTA)
PRESENCE = {
    "ada": {"head_id__isnull": False},
    "diundang": {"head_id": None, "invited": True},
    "kosong": {"head_id": None, "invited": False},
}


def _crumbs(*more):
    here = (_("Pimpinan daerah"), reverse("accounts:heads") if more else None)
    return [(_("Orang"), reverse("accounts:people")), here, *more]


@requires("people.view")
@require_safe
def heads(request):
    found = queries.heads(at=timezone.now())
    listing = Listing(
        request,
        found,
        columns=[
            Column("name", _("Pemerintah daerah"), sort="name"),
            Column("level", _("Tingkat"), sort="level"),
            Column("parent", _("Provinsi"), sort="parent__name"),
            Column("head", _("Pimpinan"), sort="head_name"),
            Column("action", _("Tindakan"), hideable=False),
        ],
        search=["name", "head_name"],
        filters=[
            Filter(
                "pimpinan",
                _("Pimpinan"),
                [("ada", _("ada")), ("diundang", _("diundang")), ("kosong", _("belum ada"))],
                _present,
            ),
            Filter("tingkat", _("Tingkat"), [(level.value, level.label) for level in LEVELS], "level"),
        ],
        order="name",
        noun=_("pemerintah daerah"),
        search_label=_("Cari daerah atau pimpinan"),
        empty=Empty(
            _("Belum ada pemerintah daerah"), _("Daftar ini terisi setelah wilayah disiapkan."), icon="building-community"
        ),
    )
    context = {
        "crumbs": _crumbs(),
        "may_invite": request.member.may("people.invite"),
        "total": found.count(),
        "missing": found.filter(head_id=None).count(),
    }
    return listing.respond("accounts/heads.html", context)


def _present(queryset, value):
    return queryset.filter(**PRESENCE[value])


@requires("people.view")
@require_safe
def invitations(request):
    listing = invitation_listing(request, queries.invitations_of_heads(at=timezone.now()))
    context = {"crumbs": _crumbs((_("Undangan"), None)), "may_invite": request.member.may("people.invite")}
    return listing.respond("accounts/head_invitations.html", context)


@requires("people.invite")
@require_http_methods(FORM_METHODS)
def invite_head(request):
    """``?pemerintah=`` names the government beforehand."""
    initial = {"government": request.GET.get("pemerintah", "")[:100]}
    form = InviteHeadForm(request.POST or None, by=request.member, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            invitation = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Undangan untuk %(name)s dikirim ke %(email)s.") % vars(invitation))
            return redirect("accounts:head_invitations")
    return answer(request, "accounts/invite_head.html", form, {"crumbs": _crumbs((_("Undang pimpinan"), None))})
