"""Commands in processes of their own, as an ordinary login role, and with everything killed that can be killed."""

import signal
import time

import pytest

from tests.tenants import later
from tests.tenants.conftest import LOGIN, PROJECT

pytestmark = pytest.mark.xdist_group("installation")  # one process makes it, once

WEST_JAVA = [
    "jawa-barat", "kab-bandung", "kab-bogor", "kab-ciamis", "kab-cianjur", "kab-cirebon", "kab-garut", "kab-indramayu",
    "kab-karawang", "kab-kuningan", "kab-majalengka", "kab-subang", "kab-sukabumi", "kab-sumedang", "kota-bekasi",
    "kota-bogor", "kota-cimahi", "kota-cirebon", "kota-depok", "kota-sukabumi", "kota-tasikmalaya", "kota-banjar",
]  # fmt: skip

SCHEMAS = """
SELECT slug, state, schema_name IN (SELECT nspname FROM pg_namespace),
    (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(schema_name) AND relkind = 'r'),
    (SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = to_regnamespace(schema_name) AND NOT tgisinternal),
    (SELECT relacl::text LIKE '%%loket_t_' || schema_name || '%%' FROM pg_class
        WHERE oid = to_regclass(schema_name || '.offices_dinas'))
FROM tenants_tenant WHERE slug = ANY(%s)
"""


@pytest.fixture(scope="module")
def provisioned(installation):
    """Kota Bandung, made by the login role."""
    code, said = installation.manage("provision", "kota-bandung")
    assert (code, said.strip().splitlines()[-1]) == (0, "1 skema disiapkan.")
    return installation


def schemas(installation):
    return {slug: rest for slug, *rest in installation.ask(SCHEMAS, WEST_JAVA)}


def test_login_role_is_nobody_special_and_may_take_every_role(provisioned):
    taken = []
    for role in ("loket_app", "loket_pusat", "loket_t_kota_bandung"):
        taken += provisioned.ask(f"SET ROLE {role}; SELECT current_user::text", login=LOGIN)
    found = provisioned.ask(
        "SELECT rolsuper, rolbypassrls, pg_has_role(oid, 'loket_t_kota_bandung', 'USAGE') FROM pg_roles WHERE rolname = %s",
        LOGIN,
    )

    assert taken == [("loket_app",), ("loket_pusat",), ("loket_t_kota_bandung",)]
    assert found == [(False, False, False)]


def test_page_of_a_tenant_is_served_to_the_login_role(provisioned):
    code, said = provisioned.run("-m", "tests.tenants.use_as_login")

    assert (code, said.strip().splitlines()) == (0, ["loket_t_kota_bandung ['Dinas Pisang']", "1 peristiwa", "loket_app []"])


def test_migrate_again_touches_no_privilege(provisioned):
    before = provisioned.ask("SELECT oid, xmin::text FROM pg_policy UNION ALL SELECT oid, xmin::text FROM pg_class ORDER BY 1")

    code, _said = provisioned.manage("migrate")

    after = provisioned.ask("SELECT oid, xmin::text FROM pg_policy UNION ALL SELECT oid, xmin::text FROM pg_class ORDER BY 1")
    assert code == 0
    assert before == after


def test_provisioning_killed_again_and_again_leaves_whole_schemas_and_ends_complete(provisioned):
    done = 0
    for _ in range(3):
        process = provisioned.begin("manage.py", "provision", *WEST_JAVA)
        wait_until(lambda: count_ready(provisioned) >= done + 3, process)  # noqa: B023 called at once
        process.send_signal(signal.SIGKILL)
        process.communicate()
        wait_until(lambda: not still_working(provisioned))
        done = count_ready(provisioned)
        assert_whole_or_missing(provisioned)
        if done == len(WEST_JAVA):
            break

    code, said = provisioned.manage("provision", *WEST_JAVA)

    assert code == 0, said
    assert count_ready(provisioned) == len(WEST_JAVA)
    assert_whole_or_missing(provisioned)


def test_provisioning_heeds_ctrl_c_and_says_how_to_go_on(provisioned):
    provisioned.ask("UPDATE tenants_tenant SET state = 'new' WHERE slug <> 'kota-bandung' AND level <> 'nation'")
    process = provisioned.begin("manage.py", "provision")
    wait_until(lambda: still_working(provisioned), process)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)

    assert process.returncode == 130, said
    assert "Jalankan lagi «provision» untuk melanjutkan." in said
    assert "Traceback" not in said
    assert_whole_or_missing(provisioned)


def test_provisioning_without_a_database_says_so(provisioned):
    process = provisioned.begin("manage.py", "provision")
    wait_until(lambda: still_working(provisioned), process)
    provisioned.stop()
    try:
        said, _ = process.communicate(timeout=60)
    finally:
        provisioned.start()

    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert_whole_or_missing(provisioned)


# The database goes away ------------------------------------------------------------------------------------------------------


def test_database_that_goes_away_is_said_to_readers_and_comes_back_without_a_restart(provisioned):
    process = provisioned.begin("-m", "tests.tenants.use_through_outage")
    try:
        said, _ = process.communicate(timeout=60)
    finally:
        provisioned.start()

    assert process.returncode == 0, said
    assert said.splitlines()[-1] == "done", said


# A later release -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def later_release(provisioned, tmp_path_factory):
    """Kota Bandung and West Java as they are, a program with three more migrations, and the shared schema migrated."""
    code, said = provisioned.manage("provision", *WEST_JAVA)
    assert code == 0, said
    place = tmp_path_factory.mktemp("later")
    name = later.package(place, m9001_more=later.MORE, m9002_fill=later.FILL, m9003_slow=later.SLOW)
    provisioned.later.update(
        DJANGO_SETTINGS_MODULE="tests.tenants.later_settings", LATER=name, LATER_PLACE=str(place), PYTHONPATH=str(PROJECT)
    )
    code, said = provisioned.manage("migrate")
    assert code == 0, said
    yield provisioned
    provisioned.later.clear()


def test_migration_killed_in_the_middle_goes_on_where_it_stopped(later_release):
    process = later_release.begin("manage.py", "migrate_tenants")
    wait_until(lambda: 3 <= sum(migrated(later_release).values()) < len(WEST_JAVA), process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_until(lambda: not still_working(later_release))
    halfway = sum(migrated(later_release).values())

    code, said = later_release.manage("migrate_tenants")

    assert code == 0, said
    assert said.strip().splitlines()[-1] == f"{len(migrated(later_release)) - halfway} skema dimutakhirkan."
    assert all(migrated(later_release).values())
    assert 3 <= halfway < len(WEST_JAVA)

    code, said = later_release.manage("migrate_tenants")
    assert (code, said.strip()) == (0, "Semua skema sudah mutakhir.")


def test_new_schema_and_migrated_one_have_the_same_dump(later_release):
    code, said = later_release.manage("migrate_tenants")
    assert code == 0, said
    code, said = later_release.manage("provision", "kota-jayapura")
    assert code == 0, said

    fresh = later_release.dump("kota_jayapura")

    assert "offices_visit" in fresh
    assert "GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE @.offices_visit TO loket_t_@" in fresh
    assert {schema: later_release.dump(schema) == fresh for schema in ("kota_bandung", "kab_bogor", "kota_banjar")} == {
        "kota_bandung": True,
        "kab_bogor": True,
        "kota_banjar": True,
    }


def migrated(installation) -> dict[str, bool]:
    """Which schemas have the newest migration; each has all of the three or none."""
    found = {}
    for (schema,) in installation.ask("SELECT schema_name FROM tenants_tenant WHERE state = 'ready' AND level <> 'nation'"):
        ((names, columns),) = installation.ask(
            f"SELECT (SELECT count(*) FROM {schema}.django_migrations WHERE name LIKE '9%%'), "
            "(SELECT count(*) FROM pg_attribute WHERE attname IN ('note', 'rank') "
            f"AND attrelid = '{schema}.offices_office'::regclass)"
        )
        assert (names, columns) in ((3, 2), (0, 0)), schema
        found[schema] = names == 3
    return found


def count_ready(installation) -> int:
    ((number,),) = installation.ask("SELECT count(*) FROM tenants_tenant WHERE state = 'ready' AND slug = ANY(%s)", WEST_JAVA)
    return number


def still_working(installation) -> bool:
    """Whether a process of the installation has a transaction open that has changed something."""
    ((number,),) = installation.ask(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = 'loket' AND backend_xid IS NOT NULL", LOGIN
    )
    return number > 0


def assert_whole_or_missing(installation) -> None:
    found = schemas(installation)
    whole = [tuple(rest[1:]) for rest in found.values() if rest[0] == "ready" and rest[1]]
    assert len(set(whole)) <= 1, whole
    for slug, (state, present, tables, triggers, granted) in found.items():
        assert (present, bool(tables), bool(triggers), bool(granted)) in ((True,) * 4, (False,) * 4), slug
        assert present or state == "new", slug


def wait_until(condition, process=None, seconds=60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        if process is not None and process.poll() is not None:
            return
        time.sleep(0.01)
