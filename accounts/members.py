"""Who somebody is in a government, today."""

import datetime
from dataclasses import dataclass, field

from accounts import policy
from accounts.models import Membership, User
from tenants.models import Tenant


@dataclass(frozen=True)
class Member:
    """
    A person inside one government with the memberships in force on its local day.

    Operations take it as ``by``; ``may`` is the only question about rights.
    """

    user: User
    tenant: Tenant
    memberships: tuple[Membership, ...] = field(default=())

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
            if membership.dinas_id in (None, dinas_id):
                return True
        return False

    def as_holder_of(self, right: str) -> Membership | None:
        """The membership by which this person has ``right``: whose position stands under what they sign."""
        return next((entry for entry in self.memberships if policy.grants(entry.role, right)), None)

    def dinas_ids(self, right: str) -> set | None:
        """The dinas for which this person has ``right``; None for all."""
        holding = [entry for entry in self.memberships if policy.grants(entry.role, right)]
        if any(not policy.is_scoped(entry.role, right) or entry.dinas_id is None for entry in holding):
            return None
        return {entry.dinas_id for entry in holding}


def load(user: User, tenant: Tenant, *, at: datetime.datetime) -> Member | None:
    """``user`` as a member of ``tenant`` on its local day, or None for a stranger. One query."""
    if not user.is_active:
        return None
    memberships = tuple(Membership.objects.filter(user=user, tenant=tenant).on(tenant.today(at)))
    for membership in memberships:
        membership.user, membership.tenant = user, tenant
    return Member(user=user, tenant=tenant, memberships=memberships) if memberships else None
