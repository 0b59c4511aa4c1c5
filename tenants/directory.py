"""
The governments by slug, kept in the process.

An address with an unknown first segment costs no query. The map is read again after ``TTL`` seconds, and at once in the
process that changed a tenant.
"""

import copy
import time
from typing import NamedTuple

from django.db.models.signals import post_delete, post_save

from tenants.context import as_public
from tenants.models import Tenant

TTL = 30.0


class Reading(NamedTuple):
    entries: dict[str, Tenant]
    at: float
    generation: int


_generation = 0
_reading: Reading | None = None


def find(slug: str) -> Tenant | None:
    """
    The tenant with this slug, provisioned or not, or None. Its parent is loaded.

    Each caller gets an object of its own: what a page does to ``request.tenant`` stays in that request.
    """
    global _reading
    reading, now = _reading, time.monotonic()
    if reading is None or reading.generation != _generation or now - reading.at > TTL:
        generation = _generation  # before the query: whoever changes a tenant meanwhile makes this reading an old one
        with as_public():
            entries = {tenant.slug: tenant for tenant in Tenant.objects.select_related("parent")}
        _reading = reading = Reading(entries, now, generation)
    tenant = reading.entries.get(slug)
    return copy.copy(tenant) if tenant else None


def forget(**_kwargs) -> None:
    """Read the map anew at the next look-up."""
    global _generation
    _generation += 1


post_save.connect(forget, sender=Tenant)
post_delete.connect(forget, sender=Tenant)
