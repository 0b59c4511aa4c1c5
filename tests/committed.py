"""
What a test that rolls back cannot show: real commits, on a connection and a thread of their own.

``elsewhere`` runs a function so; ``throwaway`` gives a government that is really there and is taken away again.
"""

import threading
from contextlib import contextmanager

from django.db import connection

from tenants import directory, provisioning
from tenants.context import as_owner
from tenants.enums import Level
from tenants.models import Tenant


def elsewhere(work, *args):
    """``work(*args)`` in a thread with a connection of its own; its result, or its exception."""
    outcome = {}

    def run():
        try:
            outcome["value"] = work(*args)
        except BaseException as error:
            outcome["error"] = error
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]


@contextmanager
def throwaway(schema="kab_percobaan", *, ready=True):
    """A district of Jawa Barat that no other test knows, with or without its schema."""
    tenant = elsewhere(_make, schema, ready)
    try:
        yield tenant
    finally:
        elsewhere(_drop, tenant)
        directory.forget()


def _make(schema, ready):
    with as_owner():
        tenant = Tenant(
            schema_name=schema,
            slug=schema.replace("_", "-"),
            name="Kabupaten Percobaan",
            level=Level.KABUPATEN,
            parent=Tenant.objects.get(slug="jawa-barat"),
            timezone="Asia/Jakarta",
        )
        Tenant.objects.bulk_create([tenant])
        if ready:
            assert provisioning.provision([tenant], jobs=1, progress=False).done == [tenant.slug]
        return Tenant.objects.select_related("parent").get(pk=tenant.pk)


def _drop(tenant):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {tenant.schema_name} CASCADE")
        cursor.execute("DELETE FROM audit_head WHERE schema_name = %s", [tenant.schema_name])
        Tenant.objects.filter(pk=tenant.pk).delete()
