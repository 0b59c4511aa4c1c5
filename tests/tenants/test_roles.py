"""What each database role can do, asked of PostgreSQL itself: raw SQL, no code of ours in between."""

import datetime
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils.module_loading import import_string

from audit.verification import guards
from circulars.models import Circular
from guides.models import CareContact, GuideVersion
from portal.models import IdempotencyKey
from tenants import script
from tenants.context import as_ministry, as_owner, as_public, mounted
from tenants.models import Tenant
from tenants.privileges import apply_grants
from tenants.roles import APP, MINISTRY, TENANTS
from tests import world

GRANTS = {grant.table: grant for grant in import_string(settings.GRANTS)}

# Changed by no person of a government, or kept only for a while.
NOT_AUDITED = {
    "account_emailaddress", "account_emailconfirmation", "audit_event", "audit_head", "auth_group", "auth_group_permissions",
    "auth_permission", "django_content_type", "django_migrations", "django_session", "django_tasks_database_dbtaskresult",
    "loket_cache", "mfa_authenticator", "oversight_check", "oversight_officestatus", "portal_allowance",
    "portal_idempotencykey", "portal_mail", "tenants_region", "tenants_schemascript", "tenants_tenant",
    "usersessions_usersession", "circulars_attachment", "workbooks_importfile", "workbooks_importrow",
}  # fmt: skip

BANDUNG, CIMAHI, PROVINCE, JAYAPURA = "kota-bandung", "kota-cimahi", "jawa-barat", "kota-jayapura"
EVERYBODY = {BANDUNG, CIMAHI, PROVINCE, JAYAPURA}
# Whose rows of a shared table are seen by Kota Bandung, by its province, by the ministry and by public pages; None: the
# table is closed to them.
OWN, BELOW = ({BANDUNG}, {PROVINCE}), ({BANDUNG}, {BANDUNG, CIMAHI, PROVINCE})
SEEN = {
    "portal_mail": (*OWN, EVERYBODY, EVERYBODY),
    "portal_idempotencykey": (*OWN, set(), set()),
    "accounts_membership": (*OWN, EVERYBODY, EVERYBODY),
    "accounts_user": (*OWN, EVERYBODY, EVERYBODY),
    "accounts_invitation": (*OWN, EVERYBODY, EVERYBODY),
    "accounts_apikey": (*OWN, EVERYBODY, EVERYBODY),
    "circulars_delivery": (*BELOW, EVERYBODY, None),
    "circulars_acknowledgement": (*BELOW, EVERYBODY, EVERYBODY),
    "oversight_officestatus": (*BELOW, EVERYBODY, EVERYBODY),
}
# Seen by whom a delivery shows the circular: one circular was delivered to all four, one to Kota Jayapura, one is a draft.
OF_CIRCULARS = ("circulars_circular", "circulars_point", "circulars_copy", "circulars_attachment")
OWNER_OF_ROW = {"accounts_user": "(SELECT tenant_id FROM accounts_membership WHERE user_id = rows.id)"}


@pytest.fixture
def furnished(db):
    tenants = {slug: Tenant.objects.get(slug=slug) for slug in EVERYBODY}
    letter = world.circular()
    for tenant in tenants.values():
        world.furnish(tenant)
        world.deliver(tenant, letter, acknowledged=True)
        IdempotencyKey.objects.create(
            tenant=tenant, scope="x", key=tenant.slug, fingerprint="x", status=201, created_at=world.AT
        )
    world.circular(id=world.DRAFT, number="2/TEST/2026", published=False)
    only_jayapura = world.circular(id=world.OFFICE, number="3/TEST/2026")
    world.deliver(tenants[JAYAPURA], only_jayapura)
    hours = {"opens": datetime.time(8), "closes": datetime.time(19), "entered_at": world.AT}
    CareContact.objects.get_or_create(valid_from=datetime.date(2020, 4, 11), defaults={"phone": "021 0000000", **hours})
    connection.check_constraints()
    return tenants


def ask(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def owners(table):
    """The governments whose rows of ``table`` are seen, or None where it is closed."""
    owner = OWNER_OF_ROW.get(table, "rows.tenant_id")
    try:
        with transaction.atomic():
            rows = ask(f"SELECT {owner}, count(*) FROM public.{table} rows GROUP BY 1")
    except ProgrammingError:
        return None
    with as_owner():
        slugs = dict(Tenant.objects.values_list("pk", "slug"))
    return {slugs[pk] for pk, _number in rows}


@pytest.mark.parametrize("table", SEEN)
def test_each_role_sees_its_rows_and_no_others(furnished, table):
    with as_owner():
        assert owners(table) == EVERYBODY  # each could leak

    with mounted(furnished[BANDUNG]):
        bandung = owners(table)
    with mounted(furnished[PROVINCE]):
        province = owners(table)
    with as_ministry():
        ministry = owners(table)
    with as_public():
        public = owners(table)

    assert (bandung, province, ministry, public) == SEEN[table]


def test_circular_is_seen_by_those_to_whom_it_was_delivered(furnished):
    def numbers():
        return set(Circular.objects.values_list("number", flat=True))

    with mounted(furnished[BANDUNG]):
        bandung = numbers(), ask("SELECT count(*) FROM circulars_point"), ask("SELECT count(*) FROM circulars_copy")
    with mounted(furnished[JAYAPURA]):
        jayapura = numbers(), ask("SELECT count(*) FROM circulars_point"), ask("SELECT count(*) FROM circulars_copy")
    with as_ministry():
        ministry = numbers()

    assert bandung == ({"1/TEST/2026"}, [(2,)], [(1,)])
    assert jayapura == ({"1/TEST/2026", "3/TEST/2026"}, [(4,)], [(2,)])
    assert ministry == {"1/TEST/2026", "2/TEST/2026", "3/TEST/2026"}


def test_every_table_with_row_rules_is_in_these_tests():
    ruled = {table for table, grant in GRANTS.items() if grant.policies}

    assert ruled == set(SEEN) | set(OF_CIRCULARS) | {"guides_guideversion"}


STEP = {"title": "Langkah", "text": ""}


def test_draft_of_a_guide_is_seen_by_the_ministry_alone(furnished):
    draft = GuideVersion.objects.create(guide="email", title="Konsep")
    published = GuideVersion.objects.create(guide="account", title="Terbit", number=9, published_at=world.AT, steps=[STEP])

    def seen():
        return {draft.pk, published.pk} & set(GuideVersion.objects.values_list("pk", flat=True))

    with mounted(furnished[BANDUNG]):
        assert seen() == {published.pk}
    with as_public():
        assert seen() == {published.pk}
    with as_ministry():
        assert seen() == {draft.pk, published.pk}


@pytest.mark.parametrize(
    "table", ["portal_mail", "accounts_membership", "accounts_invitation", "accounts_apikey", "oversight_officestatus"]
)
def test_tenant_changes_no_row_of_another(furnished, table):
    with mounted(furnished[PROVINCE]):
        changed = ask(f"UPDATE public.{table} SET tenant_id = tenant_id")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ask(f"UPDATE public.{table} SET tenant_id = %s", furnished[BANDUNG].pk)

    assert changed == 1


def test_tenant_deletes_no_status_of_another(furnished):
    with mounted(furnished[PROVINCE]):
        assert ask("DELETE FROM oversight_officestatus") == 1


def test_province_opens_no_delivery_of_its_districts(furnished):
    with mounted(furnished[PROVINCE]):
        assert ask("UPDATE circulars_delivery SET opened_by_name = opened_by_name") == 1


def test_tenant_adds_no_row_for_another(furnished):
    with mounted(furnished[BANDUNG]), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        ask(
            "INSERT INTO portal_idempotencykey (tenant_id, scope, key, fingerprint, status, headers, body, "
            "created_at) SELECT %s, 'x', 'y', 'z', 201, '{}', '', now()",
            furnished[CIMAHI].pk,
        )


def test_tenant_that_calls_itself_another_stays_itself(furnished):
    with mounted(furnished[BANDUNG]):
        ask("SELECT set_config('search_path', 'kota_cimahi, public', true), set_config('loket.tenant', 'kota_cimahi', true)")

        assert ask("SELECT DISTINCT tenant_id FROM portal_mail") == [(furnished[BANDUNG].pk,)]
        with pytest.raises(DatabaseError, match=r"permission denied|does not exist"), transaction.atomic():
            ask("SELECT * FROM offices_dinas")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM kota_cimahi.offices_dinas",
        "INSERT INTO kota_cimahi.offices_dinas (id, name, sectors, version) VALUES (gen_random_uuid(), 'x', '{}', 1)",
        "CREATE TABLE kota_bandung.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE offices_dinas (id int)",
        "CREATE FUNCTION kota_bandung.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE offices_dinas DISABLE TRIGGER audit_record",
        "DROP TRIGGER audit_record ON offices_dinas",
        "TRUNCATE offices_dinas CASCADE",
        "DROP SCHEMA kota_cimahi CASCADE",
        "UPDATE django_migrations SET name = 'x'",
        "UPDATE public.tenants_tenant SET slug = 'x'",
        "SELECT * FROM public.django_session",
        "SELECT * FROM public.usersessions_usersession",
        "SELECT * FROM public.mfa_authenticator",
        "SELECT * FROM public.account_emailaddress",
        "SELECT * FROM public.tenants_schemascript",
        "UPDATE public.accounts_user SET name = 'x'",
        "INSERT INTO public.circulars_delivery (id) VALUES (gen_random_uuid())",
        "UPDATE public.circulars_delivery SET tenant_id = tenant_id",
        "UPDATE public.circulars_circular SET subject = 'x'",
        "UPDATE public.circulars_acknowledgement SET name = 'x'",
        "SELECT * FROM public.circulars_circular_chosen",
        "ALTER POLICY loket_tenant_select ON public.portal_mail USING (true)",
        "ALTER TABLE public.portal_mail DISABLE ROW LEVEL SECURITY",
        "GRANT loket_pusat TO loket_t_kota_bandung",
        "ALTER ROLE loket_t_kota_bandung SUPERUSER",
        "COPY offices_dinas TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT lo_import('/etc/passwd')",
    ],
)
def test_tenants_role_is_refused(kota_bandung, statement):
    # PostgreSQL 15 says "must be superuser" where later ones say which privilege is missing.
    refused = r"permission denied|must be owner|must have|Only roles|must be able|must be superuser"
    with mounted(kota_bandung), pytest.raises(DatabaseError, match=refused), transaction.atomic():
        ask(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM kota_bandung.offices_dinas",
        "SELECT * FROM public.circulars_circular",
        "SELECT * FROM public.circulars_delivery",
        "INSERT INTO public.circulars_acknowledgement (id) VALUES (gen_random_uuid())",
        "UPDATE public.tenants_tenant SET state = 'ready'",
        "DELETE FROM public.accounts_user",
        "DELETE FROM public.accounts_membership",
        "CREATE TEMPORARY TABLE mine (id int)",
    ],
)
def test_public_role_is_refused(db, statement):
    with as_public(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ask(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM kota_bandung.offices_dinas",
        "UPDATE public.circulars_delivery SET opened_at = now()",
        "INSERT INTO public.circulars_acknowledgement (id) VALUES (gen_random_uuid())",
        "UPDATE public.oversight_officestatus SET name = 'x'",
        "DELETE FROM public.accounts_membership",
        "SELECT * FROM public.django_session",
        "SELECT * FROM public.mfa_authenticator",
    ],
)
def test_ministrys_role_is_refused(pusat, statement):
    with mounted(pusat), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ask(statement)


# What is written is what holds -----------------------------------------------------------------------------------------------


def public_tables():
    with as_owner():
        return {name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_every_shared_table_is_in_the_list_of_grants(db):
    assert public_tables() == set(GRANTS)


def test_privileges_in_the_database_are_those_of_the_list(db):
    """Of whole tables and of columns; a role that holds more, or PUBLIC that holds any, shows here."""
    held = set(
        ask("""
        SELECT c.relname::text, coalesce(nullif(acl.grantee, 0)::regrole::text, 'PUBLIC'), acl.privilege_type, ''
        FROM pg_class c, aclexplode(c.relacl) acl
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND acl.grantee <> c.relowner
        UNION ALL
        SELECT c.relname::text, coalesce(nullif(acl.grantee, 0)::regrole::text, 'PUBLIC'), acl.privilege_type, a.attname::text
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) acl
        WHERE c.relnamespace = 'public'::regnamespace
        """)
    )
    written = set()
    for grant in GRANTS.values():
        for role, privileges in ((APP, grant.app), (TENANTS, grant.tenants), (MINISTRY, grant.ministry)):
            for kind, columns in re.findall(r"([A-Z]+)(?: \(([^)]*)\))?", privileges):
                written |= {(grant.table, role, kind, column.strip()) for column in (columns or "").split(",")}

    assert held == written


def test_privileges_of_each_tenant_in_its_schema(db):
    """The same for every tenant: all tables; those that only grow are added to, the trail and the migrations are read."""
    growing = {table for trigger, table in guards() if trigger == "append_only"}
    for tenant in Tenant.objects.governments().served():
        held = {}
        for table, role, kind in ask(
            "SELECT c.relname, acl.grantee::regrole::text, acl.privilege_type FROM pg_class c, aclexplode(c.relacl) acl "
            "WHERE c.relnamespace = to_regnamespace(%s) AND acl.grantee <> c.relowner",
            tenant.schema_name,
        ):
            assert role == f"loket_t_{tenant.schema_name}"
            held.setdefault(table, set()).add(kind)

        tables = script.tenant_tables() | {"django_migrations"}
        read_only = {"audit_event", "django_migrations"}
        full, adding = {"SELECT", "INSERT", "UPDATE", "DELETE"}, {"SELECT", "INSERT"}
        assert held == {table: {"SELECT"} if table in read_only else adding if table in growing else full for table in tables}


def test_no_function_of_ours_is_open_to_everybody(db):
    """Trigger functions need no right to be fired; a function that a page calls is granted to the role that needs it."""
    called = ask("""
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
        AND has_function_privilege('public', p.oid, 'EXECUTE')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """)

    assert called == []


def test_functions_that_run_as_their_owner_name_their_search_path(db):
    definers = ask("""
        SELECT p.proname, p.proconfig FROM pg_proc p
        WHERE p.prosecdef AND p.pronamespace::regnamespace::text NOT LIKE 'pg\\_%'
    """)

    assert {name for name, _settings in definers} == {"audit_record", "audit_close"}
    assert all(settings == ["search_path=pg_catalog, pg_temp"] for _name, settings in definers)


def test_every_table_is_audited_or_named_as_not(db):
    audited = {
        (schema, table)
        for schema, table in ask(
            "SELECT relnamespace::regnamespace::text, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'audit_record' AND tgenabled = 'O'"
        )
    }
    for schema in ["public", *Tenant.objects.governments().served().values_list("schema_name", flat=True)]:
        tables = {name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema)}
        assert tables - {table for where, table in audited if where == schema} == tables & NOT_AUDITED, schema


def test_append_only_tables_refuse_everybody(furnished):
    """Also the owner; and each table has rows that could be lost."""
    for table in sorted(table for trigger, table in guards() if trigger == "append_only"):
        schema = "kota_bandung" if table in script.tenant_tables() else "public"
        with as_owner(schema):
            first = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1"
            ((column,),) = ask(first, f"{schema}.{table}")
            assert ask(f"SELECT count(*) FROM {schema}.{table}") != [(0,)], table
            for statement in (f'UPDATE {{}} SET "{column}" = "{column}"', "DELETE FROM {}", "TRUNCATE {}"):
                with pytest.raises(DatabaseError, match=r"append-only|cannot be emptied"), transaction.atomic():
                    ask(statement.format(f"{schema}.{table}"))


def test_grants_that_hold_are_left_alone(db):
    with as_owner():
        assert apply_grants(GRANTS.values()) == []


@pytest.mark.parametrize(
    "damage",
    [
        "GRANT SELECT ON public.portal_mail TO PUBLIC",
        "GRANT UPDATE (name) ON public.portal_mail TO loket_app",
        "DROP POLICY loket_tenant_select ON public.portal_mail",
        "ALTER POLICY loket_tenant_select ON public.portal_mail USING (true)",
        "CREATE POLICY more ON public.portal_mail FOR SELECT TO loket_tenant USING (true)",
        "ALTER TABLE public.portal_mail DISABLE ROW LEVEL SECURITY",
    ],
)
def test_grants_that_were_changed_by_hand_are_put_right(furnished, damage):
    with as_owner():
        ask(damage.replace("(name)", "(text)"))

        assert apply_grants(GRANTS.values()) == ["portal_mail"]
        assert apply_grants(GRANTS.values()) == []
    with mounted(furnished[BANDUNG]):
        assert owners("portal_mail") == {BANDUNG}


def test_table_that_is_in_no_list_is_closed(db):
    with as_owner():
        ask("CREATE TABLE public.forgotten (id int); GRANT SELECT ON public.forgotten TO loket_app")

        assert apply_grants(GRANTS.values()) == ["forgotten"]
    with as_public(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ask("SELECT * FROM public.forgotten")
