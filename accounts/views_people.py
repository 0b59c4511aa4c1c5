"""The people of a government, and of the ministry: who they are, inviting them, ending what they are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access, operations, queries
from accounts.enums import InvitationState, Role, Standing, roles_at
from accounts.forms import EndForm, InviteForm
from accounts.policy import requires
from portal.dates import plain_date
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing

STANDING_KINDS = {Standing.ACTIVE: "ok", Standing.COMING: "warn", Standing.ENDED: "none"}
INVITATION_KINDS = {
    InvitationState.OPEN: "warn",
    InvitationState.EXPIRED: "late",
    InvitationState.ACCEPTED: "ok",
    InvitationState.WITHDRAWN: "none",
}
FORM_METHODS = ["GET", "HEAD", "POST"]


def _crumbs(*more):
    return [(_("Orang"), reverse("accounts:people") if more else None), *more]


def role_choices(tenant):
    return [(role.value, role.label) for role in Role if role in roles_at(tenant.level)]


@requires("people.view")
@require_safe
def people(request):
    found = queries.people(request.tenant, day=request.today)
    may_invite = request.member.may("people.invite")
    listing = Listing(
        request,
        found,
        columns=[
            Column("name", _("Nama"), sort="user__name"),
            Column("role", _("Peran"), sort="role"),
            Column("position", _("Jabatan"), sort="position"),
            Column("period", _("Masa"), sort="valid_from"),
            Column("standing", _("Keadaan"), sort=("standing", "user__name")),
            Column("action", _("Tindakan"), hideable=False),
        ],
        search=["user__name", "user__email", "position", "dinas_name"],
        filters=[
            Filter("peran", _("Peran"), role_choices(request.tenant), "role"),
            Filter("keadaan", _("Keadaan"), Standing.choices, "standing"),
        ],
        order="standing",
        noun=pgettext("counted", "peran"),
        search_label=_("Cari nama, surel, atau jabatan"),
        empty=Empty(_("Belum ada orang"), _("Undang orang pertama dengan alamat surelnya."), icon="users"),
    )
    for item in listing.rows:
        item.kind = STANDING_KINDS[item.standing]
        item.word = Standing(item.standing).label
        item.endable = item.standing != Standing.ENDED and may_end(request.member, item)
    context = {
        "crumbs": _crumbs(),
        "may_invite": may_invite,
        "active": found.filter(standing=Standing.ACTIVE).values("user").distinct().count(),
        "waiting": queries.invitations(request.tenant, at=timezone.now()).filter(state=InvitationState.OPEN).count(),
    }
    return listing.respond("accounts/people.html", context)


def may_end(by, membership) -> bool:
    """Whether the list offers to end it; the operation asks again."""
    if not by.may("people.end"):
        return False
    if membership.user_id == by.user.pk:
        return any(entry.pk != membership.pk for entry in by.memberships)
    return access.may_give(by, tenant=membership.tenant, role=membership.role, dinas_id=membership.dinas_id)


def invitation_listing(request, found) -> Listing:
    """A list of invitations; each row knows its state and what may be done with it."""
    now = timezone.now()
    listing = Listing(
        request,
        found,
        columns=[
            Column("name", _("Nama"), sort="name"),
            Column("role", _("Peran"), sort="role"),
            Column("invited", _("Diundang"), sort="invited_at"),
            Column("expires", _("Berlaku sampai"), sort="expires_at"),
            Column("state", _("Keadaan"), sort="state"),
            Column("action", _("Tindakan"), hideable=False),
        ],
        search=["name", "email", "position", "tenant__name"],
        filters=[Filter("keadaan", _("Keadaan"), InvitationState.choices, "state")],
        order="-invited",
        noun=_("undangan"),
        search_label=_("Cari nama atau surel"),
        empty=Empty(_("Belum ada undangan"), _("Undangan yang Anda kirim tampil di sini."), icon="mail"),
    )
    for item in listing.rows:
        state = item.state_at(now)
        item.kind, item.word = INVITATION_KINDS[state], state.label
        allowed = access.may_give(request.member, tenant=item.tenant, role=item.role, dinas_id=item.dinas_id)
        item.open = allowed and state in (InvitationState.OPEN, InvitationState.EXPIRED)
    return listing


@requires("people.view")
@require_safe
def invitations(request):
    listing = invitation_listing(request, queries.invitations(request.tenant, at=timezone.now()))
    context = {
        "crumbs": _crumbs((_("Undangan"), None)),
        "may_invite": request.member.may("people.invite"),
        "waiting": queries.invitations(request.tenant, at=timezone.now()).filter(state=InvitationState.OPEN).count(),
    }
    return listing.respond("accounts/invitations.html", context)


@requires("people.invite")
@require_http_methods(FORM_METHODS)
def invite(request):
    if request.member.dinas_ids("people.invite") == set():
        raise PermissionDenied(access.NO_DINAS)
    form = InviteForm(request.POST or None, by=request.member, tenant=request.tenant, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            invitation = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("Undangan untuk %(name)s dikirim ke %(email)s.") % vars(invitation))
            return redirect("accounts:invitations")
    return answer(request, "accounts/invite.html", form, {"crumbs": _crumbs((_("Undang orang"), None))})


def back_to_list(request, invitation):
    """The list from which an invitation was acted on: heads elsewhere have their own."""
    return redirect("accounts:invitations" if invitation.tenant_id == request.tenant.pk else "accounts:head_invitations")


@requires("people.invite")
@require_POST
def resend(request, pk):
    invitation = access.get_invitation(request.member, pk)
    try:
        invitation = operations.resend(invitation=invitation, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(
            request, _("Undangan dikirim ulang ke %(email)s. Tautan yang lama tidak berlaku lagi.") % vars(invitation)
        )
    return back_to_list(request, invitation)


@requires("people.invite")
@require_POST
def withdraw(request, pk):
    invitation = access.get_invitation(request.member, pk)
    try:
        operations.withdraw(invitation=invitation, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Undangan untuk %(name)s dibatalkan. Tautannya tidak berlaku lagi.") % vars(invitation))
    return back_to_list(request, invitation)


@requires("people.end")
@require_http_methods(FORM_METHODS)
def end(request, pk):
    membership = access.get_membership(request.member, pk)
    form = EndForm(request.POST or None)
    elsewhere = membership.tenant_id != request.tenant.pk
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            ended = form.save(membership=membership, by=request.member, at=timezone.now())
            messages.success(request, ending_sentence(ended))
            return redirect("accounts:heads" if elsewhere else "accounts:people")
    crumbs = _crumbs((membership.user.name, None))
    return answer(request, "accounts/end.html", form, {"crumbs": crumbs, "membership": membership, "elsewhere": elsewhere})


def ending_sentence(membership) -> str:
    if membership.ended_at:
        return _("Peran %(name)s berakhir sekarang juga.") % {"name": membership.user.name}
    day = plain_date(membership.valid_until)
    return _("Peran %(name)s berakhir setelah %(day)s.") % {"name": membership.user.name, "day": day}
