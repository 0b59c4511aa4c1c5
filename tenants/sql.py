"""SQL for roles, and the functions by which a policy knows the tenant. The first migration runs the constants."""

from string import Template

# Since PostgreSQL 16 whoever creates a role may administer it, but may not take it: that is a grant of its own. The login role
# takes the others without inheriting from them, so that what it does as itself never depends on 552 memberships.
# Two test processes may do this at once for the same role; the second tries again.
_ROLE = Template("""
DO $$$$
DECLARE
    modern constant boolean := current_setting('server_version_num')::int >= 160000;
BEGIN
    FOR attempt IN 1..5 LOOP
        BEGIN
            IF to_regrole('$role') IS NULL THEN
                CREATE ROLE $role NOLOGIN;
            END IF;
            $join
            IF modern THEN
                IF NOT pg_has_role(session_user, '$role', 'SET') THEN
                    EXECUTE format('GRANT $role TO %I WITH INHERIT FALSE, SET TRUE', session_user);
                END IF;
            ELSIF NOT pg_has_role(session_user, '$role', 'MEMBER') THEN
                EXECUTE format('GRANT $role TO %I', session_user);
            END IF;
            RETURN;
        EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN
            IF attempt = 5 THEN RAISE; END IF;
            PERFORM pg_sleep(0.05 * attempt);
        END;
    END LOOP;
END $$$$
""")
_JOIN = Template("IF NOT pg_has_role('$role', '$group', 'USAGE') THEN GRANT $group TO $role; END IF;")


def role(name: str, *, member_of: str = "") -> str:
    """SQL that makes the role ``name`` where it is missing, and lets the login role take it. Names are plain identifiers."""
    return _ROLE.substitute(role=name, join=_JOIN.substitute(role=name, group=member_of) if member_of else "")


ROLES = ";".join(role(name) for name in ("loket_app", "loket_tenant", "loket_pusat"))

# Both read current_user: no setting that SQL could forge takes part.
MINE = r"""
CREATE FUNCTION public.tenants_mine() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM public.tenants_tenant WHERE current_user LIKE 'loket\_t\_%' AND schema_name = substr(current_user, 9)
$$;
REVOKE EXECUTE ON FUNCTION public.tenants_mine() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.tenants_mine() TO loket_tenant
"""

BELOW = """
CREATE FUNCTION public.tenants_below() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(id) FROM public.tenants_tenant WHERE public.tenants_mine() IN (id, parent_id)
$$;
REVOKE EXECUTE ON FUNCTION public.tenants_below() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.tenants_below() TO loket_tenant
"""

# A temporary table would stand before every other of its name, for as long as the connection is kept.
CLOSE_PUBLIC = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'the login role does not own the database; its owner should REVOKE TEMPORARY ON DATABASE FROM PUBLIC';
END $$
"""
