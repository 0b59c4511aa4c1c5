"""
Bringing 552 schemas up to date: ``migrate_tenants`` against ``migrate_schemas`` of django-tenants, on two copies of the same
database in the same run. Once with nothing to do, once with one new migration (a column and an index).

The peer takes several minutes. ``--peer 100`` stops it after so many schemas and says that the total is an estimate.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench import fleet, table

TIMES = 5
GOALS = {"nothing": 1.0, "one": 8.0}

# django-tenants notes the migrations of the shared apps in every schema as well; where they are missing, it would do them all.
HISTORY_OF_THE_PEER = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT schema_name FROM tenants_tenant WHERE schema_name <> 'public' LOOP
        EXECUTE format('INSERT INTO %I.django_migrations (app, name, applied) SELECT app, name, applied
            FROM public.django_migrations WHERE (app, name) NOT IN (SELECT app, name FROM %I.django_migrations)', name, name);
        COMMIT;
    END LOOP;
END $$
"""

NEW = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("offices", "{leaf}")]
    operations = [
        migrations.AddField("office", "note", models.CharField(max_length=40, default="")),
        migrations.AddIndex("office", models.Index(fields=["note"], name="offices_office_note")),
    ]
"""


def ours(times: str) -> None:
    from tenants import upgrading
    from tenants.models import Tenant

    taken = []
    for _ in range(int(times)):
        start = time.perf_counter()
        outcome = upgrading.migrate_tenants()
        taken.append(time.perf_counter() - start)
        assert not outcome.failed, outcome.failed
    fleet.report(seconds=fleet.median(taken), number=Tenant.objects.governments().count())


def peer(number: str) -> None:
    """``migrate_schemas`` for all; for fewer, the same schema by schema."""
    from django.core.management import call_command

    from tenants.models import Tenant

    tenants = list(Tenant.objects.governments())
    start = time.perf_counter()
    if int(number) >= len(tenants):
        call_command("migrate_schemas", tenant=True, verbosity=0)
    else:
        for tenant in fleet.counted(tenants[: int(number)], "django-tenants"):
            call_command("migrate_schemas", schema_name=tenant.schema_name, verbosity=0)
    share = min(1.0, int(number) / len(tenants))
    fleet.report(seconds=(time.perf_counter() - start) / share, number=min(int(number), len(tenants)))


def later_release(place: Path) -> dict[str, str]:
    """A package with the migrations of offices and a new one."""
    import shutil

    migrations = fleet.ROOT / "offices" / "migrations"
    package = place / "later_offices"
    shutil.copytree(migrations, package, ignore=shutil.ignore_patterns("__pycache__"))
    leaf = max(path.stem for path in migrations.glob("0*.py"))
    (package / "9001_note.py").write_text(NEW.format(leaf=leaf))
    return {"LATER": package.name, "LATER_PLACE": str(place)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=int, default=552, help="how many schemas the peer brings up to date (default: all)")
    number = parser.parse_args().peer
    with fleet.cluster() as cluster, tempfile.TemporaryDirectory() as place:
        cluster.sql("CREATE DATABASE ours")
        cluster.run("ours", "manage.py", "migrate", "--verbosity", "0")
        cluster.run("ours", "manage.py", "provision")
        cluster.sql("CREATE DATABASE peer TEMPLATE ours STRATEGY FILE_COPY")
        cluster.sql(HISTORY_OF_THE_PEER, "peer")
        for database in ("ours", "peer"):  # as in a database that has stood for a while
            cluster.sql("VACUUM ANALYZE", database)
        measured = {"nothing": both(cluster, TIMES, number)}
        later = later_release(Path(place))
        for database in ("ours", "peer"):  # the shared schema comes first, and is in nobody's time
            cluster.run(database, "manage.py", "migrate", "--verbosity", "0", settings="bench.later_settings", **later)
        measured["one"] = both(cluster, 1, number, later)
    show(measured)


def both(cluster, times: int, number: int, later: dict[str, str] | None = None) -> tuple[dict, dict]:
    later = later or {}
    module, settings = ("-m", "bench.migrating"), "bench.later_settings" if later else "config.settings"
    us = cluster.run("ours", *module, "ours", str(times), settings=settings, **later)
    them = cluster.run("peer", *module, "peer", str(number), settings="bench.stock_settings", **later)
    return us, them


def show(measured: dict[str, tuple[dict, dict]]) -> None:
    names = {"nothing": "nothing to do", "one": "one new migration"}
    rows = [
        table.Row(
            names[kind] + estimated(us, them), f"{us['seconds']:.2f} s", f"{them['seconds']:.0f} s",
            f"{them['seconds'] / us['seconds']:.0f} times quicker (ours below {GOALS[kind]:.0f} s wanted)",
        )
        for kind, (us, them) in measured.items()
    ]  # fmt: skip
    us, them = measured["one"]
    rows.append(table.Row("peak memory of the process", f"{us['peak']:.0f} MB", f"{them['peak']:.0f} MB"))
    table.show(f"Migrating {us['number']} schemas", rows)


def estimated(us: dict, them: dict) -> str:
    return "" if them["number"] == us["number"] else f" (peer estimated from {them['number']})"


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("ours", "peer"):
        import django

        django.setup()
        {"ours": ours, "peer": peer}[sys.argv[1]](*sys.argv[2:])
    else:
        main()
