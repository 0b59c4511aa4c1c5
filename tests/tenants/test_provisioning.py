import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tenants import provisioning, regions, script
from tenants.context import as_owner, mounted
from tenants.enums import Level, State
from tenants.models import Region, Tenant
from tests.committed import elsewhere, throwaway
from tests.tenants.probe import standing
from tests.tenants.shape import shape


@pytest.fixture
def newcomer(jawa_barat):
    """A district without a schema."""
    tenant = Tenant(
        slug="kab-baru", schema_name="kab_baru", name="Kabupaten Baru", level=Level.KABUPATEN, timezone="Asia/Jakarta",
        parent=jawa_barat,
    )  # fmt: skip
    Tenant.objects.bulk_create([tenant])
    return tenant


def run(sql):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)


def provision(*tenants):
    return provisioning.provision(tenants, jobs=1, progress=False)


def test_new_government_is_like_all_others(newcomer):
    provision(newcomer)

    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.state_detail) == (State.READY, "")
    assert newcomer.provisioned_at is not None
    assert shape("kab_baru") == shape("kota_bandung")


def test_captured_schema_is_like_one_made_by_the_migrations(newcomer):
    """The script against Django's own way, in full."""
    provision(newcomer)
    run("CREATE SCHEMA by_migrations")
    with as_owner("by_migrations"):
        script.run_migrations()

    captured, migrated = shape("kab_baru"), shape("by_migrations")

    for schema in (captured, migrated):  # what provisioning adds
        for kind in ("schema", "default privileges"):
            schema.pop(kind)
        schema["relations"] = [row[:6] for row in schema["relations"]]
        schema["functions"] = [row[2] for row in schema["functions"]]
    assert captured == migrated


def test_new_governments_role_works_in_it_at_once(newcomer):
    provision(newcomer)

    with mounted(newcomer):
        assert standing()["role"] == "loket_t_kab_baru"


def test_all_without_a_working_schema_are_wanted(newcomer, kota_bandung, kota_cimahi, bali):
    Tenant.objects.filter(pk=kota_bandung.pk).update(state=State.FAILED)
    run("DROP SCHEMA kota_cimahi CASCADE")
    Tenant.objects.filter(pk=bali.pk).update(schema_name="bali_lama")
    run("ALTER SCHEMA bali RENAME TO bali_lama")  # a schema that is there, but whose role is not

    assert [tenant.slug for tenant in provisioning.wanting()] == ["bali", "kab-baru", "kota-bandung", "kota-cimahi"]


def test_provisioning_again_changes_nothing(kota_bandung):
    before = shape("kota_bandung")

    assert provision(kota_bandung).done == ["kota-bandung"]

    assert shape("kota_bandung") == before


def test_lost_privileges_come_back(kota_bandung):
    before = shape("kota_bandung")
    run("REVOKE ALL ON ALL TABLES IN SCHEMA kota_bandung FROM loket_t_kota_bandung")
    run("GRANT DELETE ON kota_bandung.audit_event TO loket_t_kota_bandung")

    provision(kota_bandung)

    assert sorted(shape("kota_bandung")["columns"]) == sorted(before["columns"])
    with mounted(kota_bandung), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('offices_dinas', 'UPDATE'), has_table_privilege('audit_event', 'DELETE')")
        assert cursor.fetchone() == (True, False)


def test_empty_schema_is_filled(newcomer):
    run("CREATE SCHEMA kab_baru")

    assert provision(newcomer).done == ["kab-baru"]

    assert shape("kab_baru") == shape("kota_bandung")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("CREATE SCHEMA kab_baru; CREATE TABLE kab_baru.foreign_to_us (id int)", "sudah ada dan bukan buatan Loket"),
        (
            "CREATE SCHEMA kab_baru; CREATE TABLE kab_baru.django_migrations AS TABLE kota_bandung.django_migrations",
            "kehilangan tabel audit_event, equipment_check, ",
        ),
    ],
)
def test_schema_that_is_not_as_it_should_be_fails_with_its_reason(newcomer, damage, reason):
    run(damage)

    outcome = provision(newcomer)

    newcomer.refresh_from_db()
    assert (outcome.done, list(outcome.failed), newcomer.state) == ([], ["kab-baru"], State.FAILED)
    assert reason in newcomer.state_detail
    assert outcome.failed["kab-baru"] == newcomer.state_detail


def test_failure_leaves_nothing_of_it_and_the_next_run_repairs_it(newcomer, monkeypatch):
    def fail(_tenant):
        raise RuntimeError("di tengah jalan")

    with monkeypatch.context() as broken:
        broken.setattr(provisioning, "secure", fail)
        outcome = provision(newcomer)

    newcomer.refresh_from_db()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'kab_baru'")
        assert cursor.fetchone() == (0,)
    assert outcome.failed == {"kab-baru": "RuntimeError: di tengah jalan"}
    assert (newcomer.state, newcomer.state_detail) == (State.FAILED, "RuntimeError: di tengah jalan")

    assert provision(*provisioning.wanting()).done == ["kab-baru"]
    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.state_detail) == (State.READY, "")


def test_two_runs_at_once_make_one_schema(db):
    with throwaway(ready=False) as tenant:
        from tests.tenants.test_threads import at_once

        def work():
            with as_owner():
                return provision(tenant).failed

        assert at_once(work, work) == [{}, {}]
        assert elsewhere(lambda: Tenant.objects.get(pk=tenant.pk).state) == State.READY


def test_command_makes_the_named_one_alone(newcomer, capsys, monkeypatch):
    monkeypatch.setattr(regions, "load", lambda: 0)
    call_command("provision", "kab-baru", "--jobs", "1")

    assert capsys.readouterr().out == "1 skema disiapkan.\n"
    assert Tenant.objects.get(slug="kab-baru").state == State.READY


def test_command_refuses_a_government_that_does_not_exist(db, monkeypatch):
    monkeypatch.setattr(regions, "load", lambda: 0)

    with pytest.raises(CommandError, match=r"^Tidak dikenal: kota-atlantis, negeri-dongeng.$"):
        call_command("provision", "negeri-dongeng", "kota-bandung", "kota-atlantis")


def test_command_names_what_failed_and_fails(newcomer, capsys, monkeypatch):
    monkeypatch.setattr(regions, "load", lambda: 0)
    run("CREATE SCHEMA kab_baru; CREATE TABLE kab_baru.foreign_to_us (id int)")

    with pytest.raises(CommandError, match="0 skema disiapkan, 1 gagal"):
        call_command("provision", "--jobs", "1")

    assert capsys.readouterr().err.startswith("kab-baru: Skema kab_baru sudah ada")


# The tree --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def whole_country(db):
    new = regions.load()
    return new, list(Tenant.objects.select_related("parent"))


def test_country_has_its_governments(whole_country):
    new, tenants = whole_country
    levels = [tenant.level for tenant in tenants]

    assert new == 552 - 7
    assert {level: levels.count(level) for level in Level.values} == {"nation": 1, "province": 38, "kabupaten": 416, "kota": 98}
    assert Tenant.objects.reporting().count() == 546
    assert Region.objects.filter(valid_until=None).count() == 552
    assert {tenant.timezone for tenant in tenants} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


def test_every_district_stands_below_the_province_of_its_code(whole_country):
    for region in Region.objects.select_related("tenant__parent").prefetch_related("tenant__parent__regions"):
        above = region.tenant.parent
        if "." in region.code:
            assert [code.code for code in above.regions.all()] == [region.code[:2]]
        else:
            assert above.is_ministry


def test_loading_again_adds_nothing(whole_country, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert regions.load() == 0


def test_country_is_loaded_in_a_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        regions.load()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("tenants_tenant_has_parent", {"parent": None}),
        ("tenants_tenant_schema_name", {"schema_name": "public"}),
        ("tenants_tenant_schema_name", {"schema_name": 'kota"; DROP SCHEMA public'}),
        ("tenants_tenant_schema_name", {"schema_name": "pg_catalog2"}),
        ("tenants_tenant_timezone", {"timezone": "Europe/Amsterdam"}),
    ],
)
def test_impossible_tenant_is_refused(kota_bandung, constraint, change):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Tenant.objects.filter(pk=kota_bandung.pk).update(**change)


def test_code_belongs_to_one_government_at_a_time(kota_bandung, kota_cimahi):
    code = kota_bandung.regions.get()

    with pytest.raises(IntegrityError, match="tenants_region_code_once_at_a_time"), transaction.atomic():
        Region.objects.create(code=code.code, name="x", tenant=kota_cimahi, valid_from=code.valid_from)
