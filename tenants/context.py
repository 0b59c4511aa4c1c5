"""
Whose rows the current thread's connection sees.

``mounted(tenant)`` and its siblings set role and search_path together and put back what was there before, also after an
exception. They nest. They are context managers on purpose: the decorators and the ``with tenant:`` of django-tenants share
state between threads.

A queryset is evaluated where it is looped over, not where it is written: read it (``list``, ``get``) inside the block.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from django.db import connection as connection_of_this_thread

from tenants import roles

if TYPE_CHECKING:
    from tenants.backend.base import DatabaseWrapper

connection = cast("DatabaseWrapper", connection_of_this_thread)


@contextmanager
def _taking(*, role: str, schema_name: str, tenant=None) -> Iterator[None]:
    before = connection.standing
    connection.stand(role=role, schema_name=schema_name, tenant=tenant)
    try:
        yield
    finally:
        connection.restore(before)


def mounted(tenant):
    """Act inside ``tenant``: its schema before ``public``, its role. The ministry is mounted with its own role."""
    if tenant.is_ministry:
        return _taking(role=roles.MINISTRY, schema_name="public", tenant=tenant)
    return _taking(role=roles.tenant_role(tenant.schema_name), schema_name=tenant.schema_name, tenant=tenant)


def as_public():
    """Act as the public part of the portal: sign-in, public pages, jobs between tenants."""
    return _taking(role=roles.APP, schema_name="public")


def as_ministry():
    """Act as the ministry: shared tables of all governments, no tenant schema. Only for /pusat/ and its jobs."""
    return _taking(role=roles.MINISTRY, schema_name="public")


def as_owner(schema_name: str = "public"):
    """Act as the login role: migrations, provisioning, maintenance commands. Never in a request."""
    return _taking(role=roles.OWNER, schema_name=schema_name)


@contextmanager
def acting(**actor) -> Iterator[None]:
    """
    Say who acts: ``id``, ``name``, ``role`` and ``request`` go into every audit row written meanwhile.

    The audit trigger reads it when the transaction commits, so this block stands around ``transaction.atomic``, never inside.
    """
    before = connection.actor
    connection.set_actor(json.dumps(actor))
    try:
        yield
    finally:
        connection.set_actor(before)
