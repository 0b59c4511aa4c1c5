"""Reads about people: whose governments, whose roles, who was invited."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.enums import Role
from accounts.models import ApiKey, Invitation, Membership, User
from tenants.enums import Level
from tenants.models import Region, Tenant

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Government:
    """A government a person belongs to, with what the person is there."""

    tenant: Tenant
    memberships: tuple[Membership, ...]


def memberships_of(user: User, *, at: datetime.datetime) -> list[Membership]:
    """All memberships of ``user`` in force at ``at``, each on the local day of its own government. One query."""
    near = Q(valid_until=None) | Q(valid_until__gte=at.date() - DAY)
    found = Membership.objects.filter(near, user=user, valid_from__lte=at.date() + DAY).select_related("tenant__parent")
    in_force = [membership for membership in found if membership.holds_on(membership.tenant.today(at))]
    for membership in in_force:
        membership.user = user
    return in_force


def by_government(memberships: Iterable[Membership]) -> list[Government]:
    """The ministry first, then provinces, then the rest, each by name."""
    order = {Level.NATION: 0, Level.PROVINCE: 1}

    def place(membership):
        return order.get(membership.tenant.level, 2), membership.tenant.name, membership.tenant_id

    groups = groupby(sorted(memberships, key=place), key=place)
    return [Government(entries[0].tenant, tuple(entries)) for entries in (list(group) for _place, group in groups)]


def governments_of(user: User, at: datetime.datetime) -> list[Government]:
    """The governments that ``user`` may enter at the moment ``at``. One query; it needs the public role."""
    return by_government(memberships_of(user, at=at))


def history_of(user: User, *, at: datetime.datetime) -> list[Membership]:
    """All memberships a person has, had and will have, with their ``standing`` on their own local day."""
    found = Membership.objects.filter(user=user).select_related("tenant__parent").order_by("-valid_from", "tenant__name", "id")
    memberships = list(found)
    for membership in memberships:
        membership.standing = membership.standing_at(membership.tenant.today(at))  # type: ignore[attr-defined]
    return memberships


def people(tenant: Tenant, *, day: datetime.date) -> QuerySet[Membership]:
    """The memberships of a government: in force, coming and ended, with ``standing``."""
    return Membership.objects.filter(tenant=tenant).standing_on(day).select_related("user", "tenant")


def invitations(tenant: Tenant, *, at: datetime.datetime) -> QuerySet[Invitation]:
    """The invitations into a government, with ``state``."""
    return Invitation.objects.filter(tenant=tenant).state_at(at).select_related("tenant")


def invitations_of_heads(*, at: datetime.datetime) -> QuerySet[Invitation]:
    """The invitations of heads into all governments, with ``state``."""
    found = Invitation.objects.filter(role=Role.GOVERNMENT_HEAD)
    return found.state_at(at).select_related("tenant")


def heads(*, at: datetime.datetime) -> QuerySet[Tenant]:
    """
    Every government with ``head_name`` (None where it has none), ``head_position``, ``head_id`` and whether one is ``invited``.

    The local days of the three zones differ by two hours at most; the day is the one in Jakarta.
    """
    today = Tenant(timezone="Asia/Jakarta").today(at)
    head = Membership.objects.filter(tenant=OuterRef("pk"), role=Role.GOVERNMENT_HEAD).on(today).order_by("valid_from", "id")
    waiting = Invitation.objects.filter(
        tenant=OuterRef("pk"), role=Role.GOVERNMENT_HEAD, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return (
        Tenant.objects.governments()
        .select_related("parent")
        .annotate(
            head_id=Subquery(head.values("pk")[:1]),
            head_name=Subquery(head.values("user__name")[:1]),
            head_position=Subquery(head.values("position")[:1]),
            invited=Exists(waiting),
        )
    )


def api_keys(tenant: Tenant) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(tenant=tenant).select_related("tenant")


def tree(*, at: datetime.datetime) -> QuerySet[Tenant]:
    """The ministry and all governments, each with its ``code`` of today (empty for the ministry) and its parent."""
    today = Tenant(timezone="Asia/Jakarta").today(at)
    lasting = Q(valid_until=None) | Q(valid_until__gt=today)
    code = Region.objects.filter(lasting, tenant=OuterRef("pk"), valid_from__lte=today).values("code")[:1]
    return Tenant.objects.select_related("parent").annotate(code=Coalesce(Subquery(code), Value("")))
