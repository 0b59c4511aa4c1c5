"""Who somebody is in a government, today."""

import datetime
from dataclasses import dataclass, field

from accounts import policy
from accounts.enums import Role
from accounts.models import Membership, User
from accounts.queries import memberships_of
from tenants.models import Tenant


@dataclass(frozen=True)
class Member:
    """
    A person inside one government with the memberships in force on its local day.

    Operations take it as ``by``; ``may`` is the only question about rights. ``everywhere`` holds the person's memberships in
    force in all governments, this one included: what the switcher shows.
    """

    user: User
    tenant: Tenant
    memberships: tuple[Membership, ...] = field(default=())
    everywhere: tuple[Membership, ...] = field(default=())

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(membership.role for membership in self.memberships)

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def title(self) -> str:
        """The position of the first membership, with Plt. or Plh."""
        return self.memberships[0].title if self.memberships else ""

    def may(self, right: str, dinas=None) -> bool:
        """Whether this person has ``right``; with ``dinas`` (its id or the dinas), whether for that dinas."""
        dinas_id = getattr(dinas, "pk", dinas)
        for membership in self.memberships:
            if not policy.grants(membership.role, right):
                continue
            if dinas_id is None or not policy.is_scoped(membership.role, right):
                return True
            if membership.dinas_id == dinas_id:
                return True
        return False

    def as_holder_of(self, right: str) -> Membership | None:
        """The membership by which this person has ``right``: whose position stands under what they sign."""
        return next((entry for entry in self.memberships if policy.grants(entry.role, right)), None)

    def dinas_ids(self, right: str) -> set | None:
        """The dinas for which this person has ``right``; None for all."""
        holding = [entry for entry in self.memberships if policy.grants(entry.role, right)]
        if any(not policy.is_scoped(entry.role, right) for entry in holding):
            return None
        return {entry.dinas_id for entry in holding if entry.dinas_id is not None}

    @property
    def awaiting_dinas(self) -> Membership | None:
        """The membership of a head who was invited before the dinas was recorded, and records it (accounts.operations.bind)."""
        return next((entry for entry in self.memberships if entry.role == Role.DINAS_HEAD and entry.dinas_id is None), None)


def load(user: User, tenant: Tenant, *, at: datetime.datetime) -> Member | None:
    """``user`` as a member of ``tenant`` on its local day, or None for a stranger. One query, never remembered."""
    if not user.is_active:
        return None
    everywhere = tuple(memberships_of(user, at=at))
    memberships = tuple(entry for entry in everywhere if entry.tenant_id == tenant.pk)
    for membership in memberships:
        membership.tenant = tenant
    return Member(user=user, tenant=tenant, memberships=memberships, everywhere=everywhere) if memberships else None
