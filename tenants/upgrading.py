"""
Bringing every schema to the newest migration.

Which ones lag is asked in one query. A group of schemas that miss the same migrations is led by one of them: there the
migrations really run and are recorded; the others get the recording. Migrations with Python in them run everywhere the
ordinary way.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython

from tenants import fleet, script
from tenants.context import as_owner
from tenants.enums import State
from tenants.models import Tenant

Missing = tuple[tuple[str, str], ...]


def lagging(tenants: Iterable[Tenant]) -> dict[Missing, list[Tenant]]:
    """The tenants whose schema lacks migrations, grouped by what it lacks; a tenant whose schema is gone lacks all of them."""
    tenants = list(tenants)
    expected = script.expected()
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations'")
        present = {schema for (schema,) in cursor.fetchall()}
        applied = defaultdict(set)
        parts = [
            f"SELECT {tenant.pk}, app, name FROM {connection.ops.quote_name(tenant.schema_name)}.django_migrations"
            for tenant in tenants
            if tenant.schema_name in present
        ]
        if parts:
            cursor.execute(" UNION ALL ".join(parts))
            for pk, app, name in cursor.fetchall():
                applied[pk].add((app, name))
    groups = defaultdict(list)
    for tenant in tenants:
        missing = tuple(key for key in expected if key not in applied[tenant.pk])
        if missing:
            groups[missing].append(tenant)
    return dict(groups)


def needs_python(missing: Missing) -> bool:
    """Whether one of the migrations runs Python, which no recording can stand for."""
    disk = MigrationExecutor(None).loader.disk_migrations
    return any(isinstance(operation, RunPython) for key in missing for operation in disk[key].operations)


def migrate_tenants(*, jobs: int = 2, lock_timeout: str = fleet.LOCK_TIMEOUT) -> fleet.Outcome:
    """Bring all served governments to the newest migration; the outcome names each that was done and why others failed."""
    outcome = fleet.Outcome()
    with as_owner():
        groups = lagging(Tenant.objects.governments().filter(state=State.READY))
        for missing, tenants in groups.items():
            if needs_python(missing):
                _add(outcome, fleet.over(tenants, _ordinary, label="Memutakhirkan", jobs=jobs, lock_timeout=lock_timeout))
            else:
                _add(outcome, _by_recording(tenants, jobs, lock_timeout))
    return outcome


def _ordinary(_tenant):
    script.run_migrations()


def _by_recording(tenants, jobs, lock_timeout):
    recorded: list[str] = []

    def lead(_tenant):
        with script.recording() as recorder:
            script.run_migrations()
        recorded[:] = recorder.statements

    def follow(_tenant):
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(recorded))

    outcome = fleet.Outcome()
    waiting = list(tenants)
    while waiting and not recorded:  # a leader that fails hands over to the next
        _add(outcome, fleet.over([waiting.pop(0)], lead, label="Merekam", jobs=1, lock_timeout=lock_timeout))
        if len(outcome.failed) >= 3:
            break
    if recorded:
        _add(outcome, fleet.over(waiting, follow, label="Memutakhirkan", jobs=jobs, lock_timeout=lock_timeout))
    else:
        outcome.failed |= {tenant.slug: "not tried: the migration failed elsewhere first" for tenant in waiting}
    return outcome


def _add(total, part):
    total.done += part.done
    total.failed |= part.failed
