"""Enters the demonstration, step by step; each step does only what is missing, so that a cut leaves nothing to clear away."""

import datetime
from collections.abc import Callable, Iterator

from django.db.models import Max

from accounts.members import Member
from accounts.models import Membership
from oversight.demo import calendar, correspondence, furnishing, outbox, people, places, prints
from oversight.models import OfficeStatus
from tenants.context import as_owner
from tenants.models import Tenant

Tell = Callable[[str], object]
STEP = 25


def load(*, at: datetime.datetime, tell: Tell) -> None:
    with as_owner():
        calendar.enter(at=at)
        people.enter(today=at.date())
        correspondence.enter(at=at, tell=tell)
        outbox.enter(at=at)
        correspondence.appoint([tenant for tenant, _agencies in furnished()])
        furnish(at=at, tell=tell)
        people.settle_in_dinas()


def furnished() -> Iterator[tuple[Tenant, tuple[places.Agency, ...]]]:
    """The governments that have offices in the demonstration, those with a story first."""
    tenants = {tenant.slug: tenant for tenant in Tenant.objects.governments().served().select_related("parent")}
    for slug, agencies in places.TOLD.items():
        if slug in tenants:
            yield tenants.pop(slug), agencies
    for tenant in tenants.values():
        agencies = places.drawn(tenant)
        if agencies:
            yield tenant, agencies


def furnish(*, at: datetime.datetime, tell: Tell) -> None:
    known = dict(OfficeStatus.objects.order_by().values_list("tenant").annotate(Max("rostered_through")))
    everything = list(furnished())
    heads = {each.tenant_id: each for each in Membership.objects.filter(role="government_head").select_related("user")}
    for done, (tenant, agencies) in enumerate(everything, start=1):
        if tenant.pk not in known:
            head = heads[tenant.pk]
            by = Member(user=head.user, tenant=tenant, memberships=(head,))
            furnishing.furnish(tenant, agencies, by=by, at=at, by_hand=tenant.slug in places.TOLD)
            if tenant.slug in places.TOLD:
                calendar.furnish(tenant, by=by, at=at)
                prints.furnish(tenant, by=by, at=at)
        elif known[tenant.pk] is not None and known[tenant.pk] < tenant.today(at) + furnishing.SOON:
            furnishing.lengthen(tenant, agencies, at=at)
        else:
            continue
        if done % STEP == 0 or done == len(everything):
            tell(f"Kantor contoh: {done} dari {len(everything)} pemerintah daerah")
