"""Migrations that come later, in governments that are there already."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from offices.models import Dinas
from tenants import provisioning, script, upgrading
from tenants.context import as_owner, mounted
from tenants.enums import Level, State
from tenants.models import Tenant
from tests.tenants import later
from tests.tenants.shape import shape

OPENED = datetime.date(2026, 1, 5)


@pytest.fixture
def release(settings, tmp_path, db):
    """``release(m9001_more=…)``: the program has these migrations of offices, and ``public`` has them already."""

    def make(in_public=True, **migrations):
        settings.MIGRATION_MODULES = {"offices": later.package(tmp_path, **migrations)}
        if in_public:
            with as_owner():
                for name in migrations:
                    MigrationRecorder(connection).record_applied("offices", name.removeprefix("m"))
        return tuple(("offices", name.removeprefix("m")) for name in migrations)

    return make


@pytest.fixture
def governments(db):
    return list(Tenant.objects.governments().filter(state=State.READY))


@pytest.fixture
def offices(kota_bandung, kota_cimahi):
    """An office in each of two governments."""
    for tenant, word in ((kota_bandung, "rambutan"), (kota_cimahi, "kecapi")):
        with mounted(tenant):
            dinas = Dinas.objects.create(name=f"Dinas {word}")
            dinas.offices.create(name=f"Loket {word}", address="-", opened_on=OPENED)
    connection.check_constraints()


def migrate(**how):
    return upgrading.migrate_tenants(jobs=1, progress=False, **how)


def ask(schema, sql):
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def state_of(slug):
    return Tenant.objects.values_list("state", "state_detail").get(slug=slug)


def newcomer():
    tenant = Tenant(
        slug="kab-baru", schema_name="kab_baru", name="Kabupaten Baru", level=Level.KABUPATEN, timezone="Asia/Jakarta",
        parent=Tenant.objects.get(slug="jawa-barat"),
    )  # fmt: skip
    with as_owner():
        Tenant.objects.bulk_create([tenant])
        assert provisioning.provision([tenant], jobs=1, progress=False).done == ["kab-baru"]
    return tenant


def test_nobody_lags_when_nothing_is_new(governments, django_assert_num_queries):
    with as_owner():
        connection.cursor()
        with django_assert_num_queries(2):  # which schemas have a history; what all of them have applied
            assert upgrading.lagging(governments) == {}


def test_those_who_lag_are_found_with_what_they_lack(release, governments):
    keys = release(m9001_more=later.MORE, m9002_fill=later.FILL)
    ask("bali", "INSERT INTO django_migrations (app, name, applied) VALUES ('offices', '9001_more', now()) RETURNING id")

    with as_owner():
        groups = upgrading.lagging(governments)

    assert {missing: {tenant.slug for tenant in tenants} for missing, tenants in groups.items()} == {
        keys: {tenant.slug for tenant in governments} - {"bali"},
        keys[1:]: {"bali"},
    }


def test_everybody_is_brought_up_to_date(release, governments):
    release(m9001_more=later.MORE)

    outcome = migrate()

    assert (sorted(outcome.done), outcome.failed) == (sorted(tenant.slug for tenant in governments), {})
    assert ask("kab_badung", "SELECT offices_half(10), (SELECT text FROM offices_seal)") == [(5, "50% 'x'")]
    assert migrate().done == []


@pytest.mark.parametrize("more", [{"m9001_more": later.MORE}, {"m9001_more": later.MORE, "m9002_fill": later.FILL}])
def test_new_government_and_migrated_one_are_the_same(release, governments, more):
    release(**more)
    migrate()

    fresh = shape(newcomer().schema_name)

    leader, followers = governments[0], governments[1:]
    assert {("offices", name.removeprefix("m")) for name in more} <= set(fresh["migrations"])
    assert shape(leader.schema_name) == fresh
    for tenant in followers:
        assert shape(tenant.schema_name) == fresh


def test_python_runs_on_the_rows_of_each_government(release, offices):
    release(m9001_more=later.MORE, m9002_fill=later.FILL)

    migrate()

    assert ask("kota_bandung", "SELECT note, rank FROM offices_office") == [("bagian dari Dinas rambutan", 7)]
    assert ask("kota_cimahi", "SELECT note, rank FROM offices_office") == [("bagian dari Dinas kecapi", 7)]


def test_later_tables_are_open_to_their_tenant_as_far_as_they_should(release, kota_bandung):
    release(m9001_more=later.MORE)
    migrate()

    with mounted(kota_bandung), connection.cursor() as cursor:
        cursor.execute("INSERT INTO offices_seal (text) VALUES ('segel')")
        cursor.execute("SELECT count(*) FROM offices_visit")
        for statement in ("UPDATE offices_seal SET text = ''", "DELETE FROM offices_seal", "DELETE FROM django_migrations"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
    with as_owner("kota_bandung"), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM offices_seal")


def test_one_that_fails_stops_nobody_and_is_done_by_the_next_run(release, governments, offices):
    release(m9001_more=later.MORE)
    ask("kota_cimahi", "UPDATE offices_office SET name = 'Loket Terlarang' RETURNING id")
    connection.check_constraints()

    outcome = migrate()

    assert sorted(outcome.done) == sorted(tenant.slug for tenant in governments if tenant.slug != "kota-cimahi")
    assert list(outcome.failed) == ["kota-cimahi"]
    assert "offices_office_allowed" in outcome.failed["kota-cimahi"]
    assert state_of("kota-cimahi") == (State.FAILED, outcome.failed["kota-cimahi"])
    assert state_of("kota-bandung") == (State.READY, "")
    assert ask("kota_cimahi", "SELECT count(*) FROM information_schema.columns WHERE column_name = 'rank' "
               "AND table_schema = 'kota_cimahi'") == [(0,)]  # fmt: skip

    ask("kota_cimahi", "UPDATE offices_office SET name = 'Loket Kecapi' RETURNING id")
    connection.check_constraints()

    assert migrate().done == ["kota-cimahi"]
    assert state_of("kota-cimahi") == (State.READY, "")


def test_leader_that_fails_hands_over(release, governments, kota_bandung):
    release(m9001_more=later.MORE)
    first = governments[0]
    with mounted(first):
        Dinas.objects.create(name="Dinas X").offices.create(name="Loket Terlarang", address="-", opened_on=OPENED)
    connection.check_constraints()

    outcome = migrate()

    assert sorted(outcome.done) == sorted(tenant.slug for tenant in governments[1:])
    assert list(outcome.failed) == [first.slug]


def test_migration_that_fails_everywhere_is_tried_on_three(release, governments):
    release(m9001_wrong=later.MORE.replace("offices_half(number int)", "no_schema.offices_half(number int)"))

    outcome = migrate()

    reasons = list(outcome.failed.values())
    assert outcome.done == []
    assert reasons.count(upgrading.NOT_TRIED) == len(governments) - 3
    assert all("no_schema" in reason for reason in reasons if reason != upgrading.NOT_TRIED)
    assert Tenant.objects.filter(state=State.FAILED).count() == 3


def test_operation_that_looks_at_what_it_finds_runs_everywhere_anew(release, offices):
    release(m9001_curious=later.CURIOUS)

    migrate()

    said = "SELECT obj_description('offices_dinas'::regclass)"
    assert [ask(schema, said) for schema in ("kota_bandung", "bali")] == [[("1 dinas",)], [("0 dinas",)]]


def test_migration_outside_a_transaction_is_refused(release):
    release(m9001_lasting=later.LASTING)

    with pytest.raises(CommandError, match=r"^offices.9001_lasting is not atomic"):
        call_command("migrate_tenants")


def test_shared_schema_comes_first(release):
    release(in_public=False, m9001_more=later.MORE)

    with pytest.raises(CommandError, match=r"Skema bersama belum mutakhir \(offices.9001_more\). Jalankan «migrate»"):
        call_command("migrate_tenants")


def test_government_whose_schema_is_gone_is_named_and_repaired_by_provisioning(release, kota_cimahi, capsys):
    release(m9001_more=later.MORE)
    ask("public", "DROP SCHEMA kota_cimahi CASCADE; SELECT 1")

    with pytest.raises(CommandError, match=r"6 skema dimutakhirkan, 1 gagal"):
        call_command("migrate_tenants", "--jobs", "1")

    assert capsys.readouterr().err.startswith("kota-cimahi: ")
    with as_owner():
        assert [tenant.slug for tenant in provisioning.wanting()] == ["kota-cimahi"]
        assert provisioning.provision(provisioning.wanting(), jobs=1).done == ["kota-cimahi"]
        assert shape("kota_cimahi") == shape("kota_bandung")


def test_government_without_a_schema_is_left_to_provisioning(release, kota_cimahi, bali):
    release(m9001_more=later.MORE)
    Tenant.objects.filter(pk=kota_cimahi.pk).update(state=State.NEW)
    Tenant.objects.filter(pk=bali.pk).update(state=State.FAILED)
    ask("public", "DROP SCHEMA bali CASCADE; SELECT 1")

    outcome = migrate()

    assert (len(outcome.done), outcome.failed) == (5, {})
    with as_owner():
        assert provisioning.provision(provisioning.wanting(), jobs=1).done == ["bali", "kota-cimahi"]
        assert shape("kota_cimahi") == shape("bali") == shape("kota_bandung")


def test_script_is_captured_anew_for_other_migrations(release):
    with as_owner():
        old = script.fingerprint(script.on_disk())
        release(m9001_more=later.MORE)
        new = script.on_disk()

        assert script.fingerprint(new) != old
        assert "offices_half" in script.current(new)


def test_capture_leaves_nothing_behind(db):
    with as_owner():
        script.capture()

        assert ask("public", "SELECT count(*) FROM pg_namespace WHERE nspname = 'loket_scratch'") == [(0,)]
