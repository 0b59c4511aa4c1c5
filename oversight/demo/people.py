"""The accounts of the demonstration and their memberships."""

import datetime

from django.contrib.auth.hashers import make_password

from accounts.enums import DINAS_ROLES
from accounts.members import Member, load
from accounts.models import Membership, User
from offices.models import Dinas
from oversight.demo import cast
from tenants.context import mounted
from tenants.models import Tenant

SINCE = datetime.date(2025, 1, 2)


def enter(*, today: datetime.date) -> None:
    """As the owner: nobody invites the first person of all. What is there already stays as it is."""
    secret = make_password(cast.PASSWORD)
    for account in cast.ACCOUNTS:
        user, _new = User.objects.get_or_create(email=account.email, defaults={"name": account.name, "password": secret})
        for seat in account.seats:
            tenant = Tenant.objects.get(slug=seat.slug)
            until = None if seat.days_left is None else today + datetime.timedelta(days=seat.days_left)
            Membership.objects.get_or_create(
                user=user,
                tenant=tenant,
                role=seat.role,
                defaults={"position": seat.position, "acting": seat.acting, "valid_from": SINCE, "valid_until": until},
            )


def settle_in_dinas() -> None:
    """Give the roles of a dinas the dinas that has come into being in their government."""
    served = {tenant.slug: tenant for tenant in Tenant.objects.governments().served()}
    waiting = Membership.objects.filter(role__in=DINAS_ROLES, dinas_id=None)
    for account in cast.ACCOUNTS:
        for seat in account.seats:
            found = waiting.filter(user__email=account.email, tenant__slug=seat.slug, role=seat.role)
            if seat.dinas and seat.slug in served and found.exists():
                with mounted(served[seat.slug]):
                    dinas = Dinas.objects.filter(name=seat.dinas).first()
                if dinas is not None:
                    found.update(dinas_id=dinas.pk, dinas_name=dinas.name)


def member(email: str, slug: str, *, at: datetime.datetime) -> Member:
    """One of the cast in one of its governments: the ``by`` of an operation."""
    found = load(User.objects.get(email=email), Tenant.objects.select_related("parent").get(slug=slug), at=at)
    if found is None:
        raise LookupError(f"{email} is nobody in {slug}")
    return found
