"""
Bringing every schema to the newest migration.

Which ones lag is asked in one query. A group of schemas that miss the same migrations is led by one of them: there the
migrations really run and are recorded; the others get the recording, each in a transaction of its own. Functions of RunPython
are called anew in each schema.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tenants import directory, fleet, script
from tenants.context import as_owner
from tenants.enums import State
from tenants.models import Tenant
from tenants.privileges import secure
from tenants.recording import Recording, can_be_recorded, flat

LEADERS = 3  # so many may fail before the others are not tried
NOT_TRIED = "belum dicoba: migrasi ini gagal pada skema lain lebih dahulu"

Missing = tuple[script.Key, ...]


class PublicBehind(Exception):
    """The shared schema lacks migrations; ``manage.py migrate`` comes first."""


def lagging(tenants: Iterable[Tenant]) -> dict[Missing, list[Tenant]]:
    """The tenants whose schema lacks migrations, grouped by what it lacks; a tenant whose schema is gone lacks all of them."""
    tenants = list(tenants)
    expected = script.expected()
    applied = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = 'django_migrations'")
        present = {schema for (schema,) in cursor.fetchall()}
        parts = [
            f"SELECT {tenant.pk}, app, name FROM {connection.ops.quote_name(tenant.schema_name)}.django_migrations"  # noqa: S608
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


def public_lacks() -> list[script.Key]:
    """The migrations that the shared schema lacks, tenant apps' included where they have tables there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM public.django_migrations")
        applied = set(cursor.fetchall())
    return sorted(set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations) - applied)


def migrate_tenants(*, jobs: int = 2, lock_timeout: str = fleet.LOCK_TIMEOUT, progress: bool = True) -> fleet.Outcome:
    """
    Bring all governments that have a schema to the newest migration; the outcome names who was done and why others failed.

    One that fails is not served until a later run has done it: the program no longer fits its schema. Raises PublicBehind, and
    UnsuitableMigration for a migration that cannot be applied to many schemas.
    """
    outcome = fleet.Outcome()
    with as_owner():
        groups = lagging(_with_schema())
        if groups and (lacks := public_lacks()):
            raise PublicBehind(", ".join(map(".".join, lacks)))
    for missing, tenants in groups.items():
        if not outcome.stopped:
            outcome.add(_Upgrade(missing, jobs=jobs, lock_timeout=lock_timeout, progress=progress).run(tenants))
    tried = {slug: reason for slug, reason in outcome.failed.items() if reason != NOT_TRIED}
    if tried:
        with as_owner():
            Tenant.objects.keep_reasons(tried)
    directory.forget()
    return outcome


def _with_schema() -> list[Tenant]:
    """Who is served, and who failed at an earlier time; a schema that was never made is the business of provisioning."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        present = {name for (name,) in cursor.fetchall()}
    tenants = Tenant.objects.governments().exclude(state=State.NEW)
    return [tenant for tenant in tenants if tenant.state == State.READY or tenant.schema_name in present]


class _Upgrade:
    """One group of schemas that lack the same migrations."""

    def __init__(self, missing: Missing, **how):
        self.missing, self.how = set(missing), how
        migrations = script.on_disk()
        self.alike = all(can_be_recorded(operation) for key in missing for operation in flat(migrations[key].operations))
        self.recording: Recording | None = None

    def run(self, tenants: list[Tenant]) -> fleet.Outcome:
        if not self.alike:
            return fleet.over(tenants, self._lead, label="Memutakhirkan skema", **self.how)
        outcome, waiting = fleet.Outcome(), list(tenants)
        while waiting and len(outcome.failed) < LEADERS and not outcome.stopped:
            self.recording = None
            leader = fleet.over([waiting.pop(0)], self._lead, label="Merekam migrasi", **self.how)
            outcome.add(leader)
            if leader.done and self.recording is not None:
                outcome.add(fleet.over(waiting, self._follow, label="Memutakhirkan skema", **self.how))
                return outcome
        if not outcome.stopped:
            outcome.failed |= {tenant.slug: NOT_TRIED for tenant in waiting}
        return outcome

    def _lead(self, tenant):
        if self._still_lacks(tenant):
            self.recording = script.run_migrations()
            self._finish(tenant)

    def _follow(self, tenant):
        if self._still_lacks(tenant):
            self.recording.replay()
            self._finish(tenant)

    @staticmethod
    def _finish(tenant):
        secure(tenant)
        if tenant.state != State.READY:
            Tenant.objects.filter(pk=tenant.pk).update(state=State.READY, state_detail="")

    def _still_lacks(self, tenant) -> bool:
        """Asked under the lock of the tenant: another run may have been here meanwhile."""
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
        with connection.cursor() as cursor:
            # Named with its schema: without one, the search_path would find the table of public.
            cursor.execute(f"SELECT app, name FROM {connection.ops.quote_name(tenant.schema_name)}.django_migrations")  # noqa: S608
            lacks = self.missing - set(cursor.fetchall())
        if lacks and lacks != self.missing:
            raise ValueError("skema ini berubah sementara itu; jalankan lagi")
        return bool(lacks)
