"""
Bringing the database's privileges to what is written: those of the shared tables, and those of one tenant in its schema.

Both are idempotent. A shared table on which nothing has changed is not touched, since a policy is changed under a lock that
stops every reader.
"""

import hashlib
from collections.abc import Iterable
from string import Template

from django.db import connection, transaction

from tenants import roles, sql
from tenants.roles import Grant

# What the tenant's role only reads in its own schema: the trail is written by its trigger, the migrations by the owner.
READ_ONLY = ("audit_event", "django_migrations")

# Every shared table with its comment and a digest of the privileges and policies that it has now.
_STANDING = """
SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), md5(concat_ws('|',
    c.relrowsecurity, c.relacl::text,
    (SELECT string_agg(attname || attacl::text, ',' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = c.oid AND attacl IS NOT NULL),
    (SELECT string_agg(concat_ws(':', polname, polcmd, polroles::regrole[]::text, pg_get_expr(polqual, polrelid),
        pg_get_expr(polwithcheck, polrelid)), ',' ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid)))
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (%s = '' OR c.relname = %s)
"""


def apply_grants(grants: Iterable[Grant]) -> list[str]:
    """
    Bring privileges and policies of the shared tables to what ``grants`` says; return the tables that needed it.

    A table that is not named is closed to every role of the application. Run after each migrate.
    """
    wanted = {grant.table: grant for grant in grants}
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {roles.APP}, {roles.TENANTS}, {roles.MINISTRY}")
        found = {table: (comment, digest) for table, comment, digest in _standing(cursor)}
    if missing := sorted(set(wanted) - set(found)):
        raise LookupError(f"config/grants.py names tables that do not exist: {', '.join(missing)}")
    changed = []
    for table, (comment, digest) in sorted(found.items()):
        statements = wanted.get(table, Grant(table)).sql()
        if comment != _mark(statements, digest):
            _apply(table, statements)
            changed.append(table)
    return changed


def _apply(table: str, statements: list[str]) -> None:
    """In one transaction: the table is never open and unguarded."""
    name = connection.ops.quote_name(table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)", [f"public.{name}"])
        old = [f"DROP POLICY {connection.ops.quote_name(policy)} ON public.{name}" for (policy,) in cursor.fetchall()]
        cursor.execute(";\n".join(old + statements))
        ((_table, _comment, digest),) = _standing(cursor, table)
        cursor.execute(f"COMMENT ON TABLE public.{name} IS %s", [_mark(statements, digest)])


def _standing(cursor, table: str = "") -> list[tuple[str, str, str]]:
    cursor.execute(_STANDING, [table, table])
    return cursor.fetchall()


def _mark(statements: list[str], digest: str) -> str:
    """The comment of a table that is as it should be: from what was asked, and from what came of it."""
    asked = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    return f"loket grants {asked[:16]} {digest[:16]}"


# Asked for each table first: a GRANT that changes nothing still writes to the catalogs, and every connection reads them anew.
_SECURE = Template("""
DO $$$$
DECLARE
    one record;
BEGIN
    IF NOT has_schema_privilege('$role', '$schema', 'USAGE') THEN
        GRANT USAGE ON SCHEMA $schema TO $role;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_default_acl WHERE defaclnamespace = '$schema'::regnamespace AND defaclobjtype = 'r') THEN
        ALTER DEFAULT PRIVILEGES IN SCHEMA $schema GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO $role;
    END IF;
    FOR one IN
        SELECT format('%I.%I', '$schema', relname) AS name,
            ARRAY(SELECT privilege_type FROM aclexplode(relacl) WHERE grantee = '$role'::regrole ORDER BY 1) AS held,
            CASE
                WHEN relname IN ($read_only) THEN ARRAY['SELECT']
                WHEN EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'append_only')
                    THEN ARRAY['INSERT', 'SELECT']
                ELSE ARRAY['DELETE', 'INSERT', 'SELECT', 'UPDATE']
            END AS wanted
        FROM pg_class WHERE relnamespace = '$schema'::regnamespace AND relkind IN ('r', 'p')
    LOOP
        IF one.held <> one.wanted THEN
            EXECUTE format('REVOKE ALL ON %s FROM $role', one.name);
            EXECUTE format('GRANT %s ON %s TO $role', array_to_string(one.wanted, ', '), one.name);
        END IF;
    END LOOP;
END $$$$
""")


def secure(tenant) -> None:
    """
    Give the tenant its role, and the role its schema: rows of every table, but to read only where nobody but a trigger writes,
    and never to change what is append-only. Also for the tables of migrations to come, which end with this as well.
    """
    # Role and schema are made of small letters, digits and underscores (constraint tenants_tenant_schema_name).
    role, schema = roles.tenant_role(tenant.schema_name), tenant.schema_name
    read_only = ", ".join(f"'{table}'" for table in READ_ONLY)
    with connection.cursor() as cursor:
        cursor.execute(sql.role(role, member_of=roles.TENANTS))
        cursor.execute(_SECURE.substitute(role=role, schema=schema, read_only=read_only))
