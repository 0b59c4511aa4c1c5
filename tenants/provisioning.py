"""
Making the schemas of governments: schema, script, role, privileges, in one transaction each.

A kill at any point leaves whole schemas and missing ones; the next run makes the missing ones.
"""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from tenants import directory, fleet, roles, script
from tenants.context import as_owner
from tenants.enums import State
from tenants.models import Tenant
from tenants.privileges import secure

# Complete is who has a schema and a role that can be taken (a dump that is restored into another cluster brings no roles).
_COMPLETE = """
SELECT tenant.id FROM tenants_tenant tenant
JOIN pg_namespace ON nspname = schema_name
JOIN pg_roles ON rolname = %s || schema_name AND pg_has_role(session_user, pg_roles.oid, 'MEMBER')
"""


class Incomplete(ValueError):
    """A schema stands there that Loket did not make, or that somebody has taken from."""


def wanting() -> list[Tenant]:
    """The governments without a working schema: never made, failed, or marked ready with schema or role gone."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETE, [roles.PREFIX])
        complete = {pk for (pk,) in cursor.fetchall()}
    return [tenant for tenant in Tenant.objects.governments() if tenant.state != State.READY or tenant.pk not in complete]


def provision(tenants: Iterable[Tenant], *, jobs: int = 2, progress: bool = True) -> fleet.Outcome:
    """
    Make a schema for each of ``tenants``; one that is there is brought up to date and gets its role and privileges again.

    Failures are kept on the tenant (state, reason), so that the ministry sees them; the next run tries again.
    """
    tenants = list(tenants)
    if not tenants:
        return fleet.Outcome()
    with as_owner():
        migrations = script.on_disk()
        sql, tables = script.current(migrations), script.tenant_tables()

    def make(tenant):
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)  # two runs at once: one waits for the other
        _build(tenant.schema_name, sql, set(migrations))
        _check(tenant.schema_name, tables)
        secure(tenant)
        Tenant.objects.filter(pk=tenant.pk).update(state=State.READY, state_detail="", provisioned_at=timezone.now())

    outcome = fleet.over(tenants, make, label="Menyiapkan skema", jobs=jobs, progress=progress)
    if outcome.failed:
        with as_owner():
            Tenant.objects.keep_reasons(outcome.failed)
    directory.forget()
    return outcome


def _build(schema: str, sql: str, migrations: set[script.Key]) -> None:
    name = connection.ops.quote_name(schema)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
        if not _relations(cursor, schema):
            cursor.execute(sql)
            return
        cursor.execute("SELECT to_regclass(%s)", [f"{name}.django_migrations"])
        if cursor.fetchone()[0] is None:
            raise Incomplete(f"Skema {schema} sudah ada dan bukan buatan Loket. Ganti namanya atau hapus, lalu jalankan lagi.")
        cursor.execute("SELECT app, name FROM django_migrations")
        behind = migrations - set(cursor.fetchall())
    if behind:
        script.run_migrations()


def _check(schema: str, tables: set[str]) -> None:
    with connection.cursor() as cursor:
        lacking = sorted(tables - _relations(cursor, schema))
    if lacking:
        raise Incomplete(f"Skema {schema} kehilangan tabel {', '.join(lacking)}. Pulihkan dari cadangan, lalu jalankan lagi.")


def _relations(cursor, schema: str) -> set[str]:
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s)", [schema])
    return {name for (name,) in cursor.fetchall()}
