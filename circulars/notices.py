"""
Mail that follows from a circular.

Publication only leaves a job behind: hundreds of letters to heads are put into the outbox by the worker, so that the officer
who pressed the button does not wait for them.
"""

import datetime
from itertools import groupby
from types import SimpleNamespace

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from circulars.models import Circular, Delivery
from portal import mail
from tenants.context import as_ministry
from tenants.enums import Level
from tenants.models import ZONES, Tenant


@task()
def announce(circular_id: str) -> int:
    """The job of one publication; answers with the number of messages. Run again it posts nothing twice."""
    with as_ministry():
        circular = Circular.objects.get(pk=circular_id)
        return len(tell_heads(circular, at=timezone.now()))


def heads(circular: Circular, *, at: datetime.datetime) -> list[Membership]:
    """The heads in office on their local day of all governments that ``circular`` was delivered to. One query a time zone."""
    delivered = Delivery.objects.filter(circular=circular).order_by().values("tenant")
    found = Membership.objects.filter(role=Role.GOVERNMENT_HEAD, tenant__in=delivered, user__is_active=True)
    zones = (found.filter(tenant__timezone=zone).on(Tenant(timezone=zone).today(at)) for zone in ZONES)
    return [head for zone in zones for head in zone.select_related("user", "tenant").order_by("tenant__name", "pk")]


def tell_heads(circular: Circular, *, at: datetime.datetime) -> list[mail.Mail]:
    """One message to each head, also to who heads several governments; a head is never told of the same circular twice."""
    deliveries = {entry.tenant_id: entry for entry in Delivery.objects.filter(circular=circular).select_related("tenant")}
    ministry = Tenant.objects.get(level=Level.NATION)
    sender = SimpleNamespace(pk=circular.published_by_id, name=circular.published_by_name)
    posted = []
    for user, memberships in groupby(sorted(heads(circular, at=at), key=lambda head: head.user_id), key=lambda head: head.user):
        governments = {head.tenant_id: deliveries[head.tenant_id] for head in memberships}
        places = [
            {
                "name": delivery.tenant.name,
                "url": settings.SITE_URL + delivery.tenant.url("circulars:detail", delivery.pk),
                "owes": not delivery.for_information,
                "zone": delivery.tenant.zone_abbr,
            }
            for delivery in governments.values()
        ]
        posted.append(
            mail.post(
                to=user.email,
                template="circular_published",
                context={"circular": circular, "name": user.name, "places": places},
                tenant=ministry,
                about=str(circular),
                key=f"circular:{circular.pk}:{circular.edition}:{user.pk}",
                language=user.language,
                by=sender,
                at=at,
            )
        )
    return posted
