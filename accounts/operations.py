"""
Writes about people: inviting, accepting, withdrawing, ending.

Each locks what it decides on, asks again whether it may, and leaves the rest to the constraints of the tables. The events of
the audit trail are written by the database.
"""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.access import NOT_YOURS, may_give
from accounts.enums import Acting, InvitationState, Role, Standing
from accounts.members import Member
from accounts.models import Invitation, Membership, User
from audit.operations import reason as audit_reason
from portal import mail
from portal.errors import DomainError, explain_integrity
from tenants.models import Tenant
from tenants.urls import root_url

VALID_FOR = datetime.timedelta(days=7)


class AlreadyInvited(DomainError):
    message = _("Undangan untuk alamat surel dan peran ini masih menunggu. Kirim ulang dari daftar undangan jika perlu.")
    field = "email"
    status = 409
    code = "already-invited"


class AlreadyMember(DomainError):
    message = _("Orang ini sudah memegang peran tersebut pada masa itu.")
    field = "email"
    status = 409
    code = "already-member"


class PeriodReversed(DomainError):
    message = _("Hari terakhir tidak boleh mendahului hari pertama.")
    field = "valid_until"
    code = "period-reversed"


class PeriodOver(DomainError):
    message = _("Masa peran ini sudah lewat. Pilih hari terakhir mulai hari ini atau setelahnya.")
    field = "valid_until"
    code = "period-over"


class DinasMissing(DomainError):
    message = _("Pilih dinas untuk peran ini. Jika dinasnya belum tercatat, undang kepala dinasnya lebih dahulu.")
    field = "dinas"
    code = "dinas-missing"


class AlreadyBound(DomainError):
    message = _("Dinas Anda sudah tercatat. Muat ulang halaman ini untuk melihatnya.")
    status = 409
    code = "already-bound"


class LinkUnknown(DomainError):
    message = _("Tautan undangan ini tidak dikenal. Buka tautan dari surel terbaru, lengkap sampai huruf terakhir.")
    status = 404
    code = "invitation-unknown"


class LinkClosed(DomainError):
    """A link that opens nothing any more; ``invitation`` is what it was for."""

    status = 410
    invitation: Invitation | None = None


class LinkUsed(LinkClosed):
    message = _("Undangan ini sudah diterima. Masuklah dengan alamat surel dan kata sandi Anda.")
    code = "invitation-used"


class LinkWithdrawn(LinkClosed):
    message = _("Undangan ini sudah dibatalkan oleh pengundang.")
    code = "invitation-withdrawn"


class LinkExpired(LinkClosed):
    message = _("Undangan ini sudah kedaluwarsa. Mintalah pengundang mengirimnya ulang.")
    code = "invitation-expired"


class WrongPerson(DomainError):
    message = _("Undangan ini untuk alamat surel lain. Keluar dahulu, lalu buka tautannya lagi.")
    status = 403
    code = "wrong-person"


class AccountExists(DomainError):
    message = _("Untuk alamat surel ini sudah ada akun. Masuklah dengan akun itu untuk menerima undangan.")
    status = 409
    code = "account-exists"


class OwnLastRole(DomainError):
    message = _("Ini peran Anda yang terakhir di sini. Mintalah orang lain mengakhirinya.")
    code = "own-last-role"


class LastOfficer(DomainError):
    message = _("Ini petugas pusat yang terakhir. Undang penggantinya dahulu, lalu akhiri peran ini.")
    code = "last-officer"


class AlreadyEnded(DomainError):
    message = _("Peran ini sudah berakhir.")
    status = 409
    code = "already-ended"


REFUSALS: dict[InvitationState, type[LinkClosed]] = {
    InvitationState.ACCEPTED: LinkUsed,
    InvitationState.WITHDRAWN: LinkWithdrawn,
    InvitationState.EXPIRED: LinkExpired,
}


def digest(token: str) -> str:
    """What is kept of a link's token; the token itself is in the mail only."""
    return hashlib.sha256(token.encode()).hexdigest()


# Inviting ---------------------------------------------------------------------------------------------------------------------


def invite(
    *,
    tenant: Tenant,
    email: str,
    name: str,
    role: str,
    position: str,
    valid_from: datetime.date,
    valid_until: datetime.date | None = None,
    acting: str = Acting.NONE,
    dinas_id=None,
    dinas_name: str = "",
    by: Member,
    at: datetime.datetime,
) -> Invitation:
    """
    Invite somebody into ``tenant``; the mail with the link leaves with this transaction.

    Only a head may be invited without a dinas. Raises PermissionDenied where ``by`` may not give the role, DinasMissing,
    AlreadyInvited, AlreadyMember, PeriodReversed, PeriodOver.
    """
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_digest=digest(token),
        email=email.lower(),
        name=name,
        tenant=tenant,
        role=role,
        dinas_id=dinas_id,
        dinas_name=dinas_name,
        position=position,
        acting=acting,
        valid_from=valid_from,
        valid_until=valid_until,
        invited_by_id=by.user.pk,
        invited_by_name=by.name,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    _check_offer(invitation, by=by, at=at)
    with transaction.atomic(), explain_integrity({"accounts_invitation_open_once": AlreadyInvited}):
        invitation.save(force_insert=True)
        _post(invitation, token, by=by, at=at)
    return invitation


def _check_offer(offered: Invitation, *, by: Member, at: datetime.datetime) -> None:
    """Whether ``by`` may give what is offered, and whether the person could take it."""
    if not may_give(by, tenant=offered.tenant, role=offered.role, dinas_id=offered.dinas_id):
        raise PermissionDenied(policy.REFUSED)
    if offered.role == Role.OPERATOR and offered.dinas_id is None:
        raise DinasMissing()
    last = offered.valid_until or datetime.date.max
    if last < offered.valid_from:
        raise PeriodReversed()
    if last < offered.tenant.today(at):
        raise PeriodOver()
    same = Membership.objects.filter(tenant=offered.tenant, role=offered.role, dinas_id=offered.dinas_id, ended_at=None)
    held = same.filter(user__email__iexact=offered.email, valid_from__lte=last).exclude(valid_until__lt=offered.valid_from)
    if held.exists():
        raise AlreadyMember()


def resend(*, invitation: Invitation, by: Member, at: datetime.datetime) -> Invitation:
    """Send an open or expired invitation again, with a new link that works for seven days; the old link works no more."""
    with transaction.atomic():
        invitation = _locking().get(pk=invitation.pk)
        if not may_give(by, tenant=invitation.tenant, role=invitation.role, dinas_id=invitation.dinas_id):
            raise PermissionDenied(policy.REFUSED)
        if invitation.state_at(at) in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN):
            raise REFUSALS[invitation.state_at(at)]()
        if invitation.valid_until and invitation.valid_until < invitation.tenant.today(at):
            raise PeriodOver(field="")
        token = secrets.token_urlsafe(32)
        invitation.token_digest, invitation.expires_at = digest(token), at + VALID_FOR
        invitation.save(update_fields=["token_digest", "expires_at"])
        _post(invitation, token, by=by, at=at)
    return invitation


def withdraw(*, invitation: Invitation, by: Member, at: datetime.datetime) -> Invitation:
    """Withdraw an invitation that was not accepted yet; its link works no more."""
    with transaction.atomic():
        invitation = _locking().get(pk=invitation.pk)
        if not may_give(by, tenant=invitation.tenant, role=invitation.role, dinas_id=invitation.dinas_id):
            raise PermissionDenied(policy.REFUSED)
        if invitation.accepted_at:
            raise LinkUsed(_("Undangan ini sudah diterima. Akhiri perannya di daftar orang."))
        if not invitation.withdrawn_at:
            invitation.withdrawn_at = at
            invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _post(invitation: Invitation, token: str, *, by: Member, at: datetime.datetime) -> None:
    mail.post(
        to=invitation.email,
        template="accounts/invitation",
        context={
            "invitation": invitation,
            "inviter": by.name,
            "inviter_title": by.title,
            "link": settings.SITE_URL + root_url("accounts:invitation", token),
        },
        tenant=by.tenant,
        about=str(_("Undangan untuk %(name)s") % {"name": invitation.name}),
        key=f"accounts/invitation/{invitation.pk}/{invitation.token_digest[:16]}",
        secret=True,
        by=by,
        at=at,
    )


# Accepting --------------------------------------------------------------------------------------------------------------------


def open_invitation(token: str, *, at: datetime.datetime) -> Invitation:
    """The invitation behind a link; raises LinkUnknown, LinkUsed, LinkWithdrawn or LinkExpired (with ``invitation``)."""
    return _opened(Invitation.objects.select_related("tenant").filter(token_digest=digest(token)).first(), at)


def accept(*, token: str, at: datetime.datetime, user: User | None = None, name: str = "", password: str = "") -> Membership:
    """
    Accept an invitation, as ``user`` or, without one, as a new person with this name and password.

    Two who accept one link at once: the second gets LinkUsed. Raises also WrongPerson, AccountExists, AlreadyMember.
    """
    with transaction.atomic():
        invitation = _opened(_locking().filter(token_digest=digest(token)).first(), at)
        audit_reason(f"invitation {invitation.pk}")
        if user is None:
            user = _new_user(invitation, name=name, password=password)
        elif user.email.lower() != invitation.email.lower():
            raise WrongPerson()
        with explain_integrity({"accounts_membership_once_at_a_time": AlreadyMember(field="")}):
            membership = Membership.objects.create(
                user=user,
                tenant=invitation.tenant,
                role=invitation.role,
                dinas_id=invitation.dinas_id,
                dinas_name=invitation.dinas_name,
                position=invitation.position,
                acting=invitation.acting,
                valid_from=invitation.valid_from,
                valid_until=invitation.valid_until,
                created_by_id=invitation.invited_by_id,
                created_by_name=invitation.invited_by_name,
            )
        invitation.accepted_at, invitation.accepted_by_id = at, user.pk
        invitation.save(update_fields=["accepted_at", "accepted_by_id"])
    return membership


def _new_user(invitation: Invitation, *, name: str, password: str) -> User:
    with explain_integrity({"accounts_user_email_key": AccountExists, "accounts_user_email_once": AccountExists}):
        return User.objects.create_user(email=invitation.email, name=name or invitation.name, password=password)


def _locking() -> QuerySet[Invitation]:
    return Invitation.objects.select_for_update(of=("self",)).select_related("tenant")


def _opened(invitation: Invitation | None, at: datetime.datetime) -> Invitation:
    """``invitation`` when its link still opens; the refusals carry it as ``invitation``."""
    if invitation is None:
        raise LinkUnknown()
    state = invitation.state_at(at)
    over = invitation.valid_until is not None and invitation.valid_until < invitation.tenant.today(at)
    refusal = LinkExpired if state == InvitationState.OPEN and over else REFUSALS.get(state)
    if refusal:
        error = refusal()
        error.invitation = invitation
        raise error
    return invitation


# Ending -----------------------------------------------------------------------------------------------------------------------


def end_membership(
    *, membership: Membership, reason: str, by: Member, at: datetime.datetime, last_day: datetime.date | None = None
) -> Membership:
    """
    End a membership at once, or after ``last_day`` (which shortens and never lengthens it; one that would not have begun by
    then ends at once). Who is ended at once has no access from the next request on.

    Raises AlreadyEnded, PeriodOver, OwnLastRole, LastOfficer, and PermissionDenied where ``by`` may not give that role either.
    """
    with transaction.atomic():
        # All memberships that the decision rests on, in one order: two who end each other at once wait for each other.
        together = Membership.objects.filter(tenant_id=membership.tenant_id, role=membership.role).order_by("pk")
        locked = {entry.pk: entry for entry in together.select_for_update(of=("self",)).select_related("user", "tenant")}
        membership = locked[membership.pk]
        today = membership.tenant.today(at)
        own = membership.user_id == by.user.pk
        if not own and not may_give(by, tenant=membership.tenant, role=membership.role, dinas_id=membership.dinas_id):
            raise PermissionDenied(NOT_YOURS)
        if membership.standing_at(today) == Standing.ENDED:
            raise AlreadyEnded()
        if last_day and last_day < today:
            raise PeriodOver(field="last_day")
        _check_remaining(membership, locked.values(), today=today, by=by)
        if last_day and last_day >= membership.valid_from:
            membership.valid_until = min(last_day, membership.valid_until or last_day)
        else:
            membership.ended_at, membership.valid_until = at, max(today, membership.valid_from)
        membership.end_reason, membership.ended_by_id, membership.ended_by_name = reason, by.user.pk, by.name
        audit_reason(reason)
        membership.save(update_fields=["valid_until", "ended_at", "end_reason", "ended_by_id", "ended_by_name"])
    return membership


def _check_remaining(membership: Membership, same_role, *, today: datetime.date, by: Member) -> None:
    others = [entry for entry in same_role if entry.pk != membership.pk and entry.holds_on(today)]
    if membership.role == Role.MINISTRY_OFFICER and not others:
        raise LastOfficer()
    if membership.user_id == by.user.pk and all(entry.pk == membership.pk for entry in by.memberships):
        raise OwnLastRole()


# Dinas ------------------------------------------------------------------------------------------------------------------------


def bind(*, dinas_id, name: str, by: Member) -> None:
    """
    Bind ``by``, who was invited as head before there was a dinas, to the one just recorded.

    Who has rights over all dinas stays free. Raises AlreadyBound where ``by`` has recorded another one meanwhile.
    """
    awaiting = by.awaiting_dinas
    if awaiting is None or by.dinas_ids("dinas.edit") is None:
        return
    # The row, not what was read with the request, says whether it still waits: two at once are one after the other here.
    if not Membership.objects.filter(pk=awaiting.pk, dinas_id=None).update(dinas_id=dinas_id, dinas_name=name):
        raise AlreadyBound()
    awaiting.dinas_id, awaiting.dinas_name = dinas_id, name


def rename_dinas(*, dinas_id, name: str, by: Member) -> None:
    """Carry a dinas's new name to the memberships and invitations that hold for it."""
    for model in (Membership, Invitation):
        model.objects.filter(tenant=by.tenant, dinas_id=dinas_id).update(dinas_name=name)


# One's own account ------------------------------------------------------------------------------------------------------------


def change_profile(*, user: User, name: str, language: str) -> User:
    """A person's own name and language. The name under earlier signatures and in the audit trail stays what it was."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user
