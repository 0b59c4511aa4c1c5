"""SQL that the first migration runs: the group roles and the functions by which a policy knows the tenant."""

ROLES = """
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['loket_app', 'loket_tenant', 'loket_pusat'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', name); END IF;
            IF NOT pg_has_role(session_user, name, 'MEMBER') THEN EXECUTE format('GRANT %I TO %I', name, session_user); END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END $$
"""

# Both read current_user: no setting that SQL could forge takes part.
MINE = r"""
CREATE FUNCTION public.tenants_mine() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM public.tenants_tenant WHERE current_user LIKE 'loket\_t\_%' AND schema_name = substr(current_user, 9)
$$
"""

BELOW = """
CREATE FUNCTION public.tenants_below() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(id) FROM public.tenants_tenant WHERE public.tenants_mine() IN (id, parent_id)
$$
"""

CLOSE_PUBLIC = "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
