"""The accounts of the demonstration and their memberships."""

import datetime

from django.contrib.auth.hashers import make_password

from accounts.members import Member, load
from accounts.models import Membership, User
from oversight.demo import cast
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


def member(email: str, slug: str, *, at: datetime.datetime) -> Member:
    """One of the cast in one of its governments: the ``by`` of an operation."""
    found = load(User.objects.get(email=email), Tenant.objects.select_related("parent").get(slug=slug), at=at)
    if found is None:
        raise LookupError(f"{email} is nobody in {slug}")
    return found
