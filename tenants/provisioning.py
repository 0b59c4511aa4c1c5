"""
Making the schemas of governments: role, schema, script, privileges, in one transaction each.

A kill at any point leaves whole schemas and missing ones; the next run makes the missing ones.
"""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from tenants import directory, fleet, roles, script
from tenants.context import as_owner
from tenants.enums import State
from tenants.models import Tenant

# What the tenant's role may not do in its own schema: the trail is written by its trigger alone, the migrations by the owner.
READ_ONLY = ("audit_event", "django_migrations")


def existing_schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        return {name for (name,) in cursor.fetchall()}


def wanting() -> list[Tenant]:
    """The governments that have no working schema yet: never made, failed, or marked ready with the schema gone."""
    present = existing_schemas()
    return [
        tenant
        for tenant in Tenant.objects.governments()
        if tenant.state != State.READY or tenant.schema_name not in present
    ]


def provision(tenants: Iterable[Tenant], *, jobs: int = 2, progress: bool = True) -> fleet.Outcome:
    """
    Make a schema for each of ``tenants``; those that have one only get their role and privileges set again.

    Failures are kept on the tenant (state, reason), so that the ministry sees them; the next run tries again.
    """
    tenants = list(tenants)
    with as_owner():
        sql = script.current() if tenants else ""
        present = existing_schemas()
    missing = script.expected()

    def make(tenant):
        if tenant.schema_name in present:
            _check_complete(tenant, missing)
        else:
            _create(tenant, sql)
        secure(tenant)
        Tenant.objects.filter(pk=tenant.pk).update(state=State.READY, state_detail="", provisioned_at=timezone.now())

    outcome = fleet.over(tenants, make, label="Menyiapkan skema", jobs=jobs)
    with as_owner():
        for slug, reason in outcome.failed.items():
            Tenant.objects.filter(slug=slug).update(state=State.FAILED, state_detail=reason)
    directory.forget()
    return outcome


def _create(tenant, sql):
    name = connection.ops.quote_name(tenant.schema_name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
        cursor.execute(sql)


def _check_complete(tenant, expected):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'"{tenant.schema_name}".django_migrations'])
        applied = set()
        if cursor.fetchone()[0]:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    if not set(expected) <= applied:
        raise ValueError(f"schema {tenant.schema_name} exists but is incomplete; run migrate_tenants, or drop it")


def secure(tenant) -> None:
    """Give the tenant its role, and the role its schema, now and for tables to come. Idempotent."""
    role, schema = roles.tenant_role(tenant.schema_name), tenant.schema_name
    read_only = "".join(
        f"""
        IF to_regclass('{schema}.{table}') IS NOT NULL THEN
            REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.{table} FROM {role};
        END IF;"""
        for table in READ_ONLY
    )
    with connection.cursor() as cursor:
        # Role and schema are made of the same letters, digits and underscores (tenants_tenant_schema_name).
        cursor.execute(f"""
        DO $$ BEGIN
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
            IF NOT pg_has_role('{role}', '{roles.TENANTS}', 'MEMBER') THEN GRANT {roles.TENANTS} TO {role}; END IF;
            IF NOT pg_has_role(session_user, '{role}', 'MEMBER') THEN EXECUTE format('GRANT {role} TO %I', session_user); END IF;
            GRANT USAGE ON SCHEMA {schema} TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {role};
            {read_only}
        END $$""")
