"""
The governments by slug, kept in the process.

An address with an unknown first segment costs no query. The map is read again after ``TTL`` seconds, and at once in the
process that changed a tenant.
"""

import time

from django.db.models.signals import post_delete, post_save

from tenants.context import as_public
from tenants.models import Tenant

TTL = 30.0

_entries: dict[str, Tenant] = {}
_read_at: float | None = None


def find(slug: str) -> Tenant | None:
    """The tenant with this slug, provisioned or not, or None."""
    global _entries, _read_at
    now = time.monotonic()
    if _read_at is None or now - _read_at > TTL:
        with as_public():
            _entries = {tenant.slug: tenant for tenant in Tenant.objects.select_related("parent")}
        _read_at = now
    return _entries.get(slug)


def forget(**_kwargs) -> None:
    global _read_at
    _read_at = None


post_save.connect(forget, sender=Tenant)
post_delete.connect(forget, sender=Tenant)
