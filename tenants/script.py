"""
The script of a new schema: the SQL by which the migrations of the tenant apps build one, captured once and kept.

The migrations run in a scratch schema inside a transaction that is rolled back; what they sent to the database is kept with a
fingerprint of the migrations, and replayed for every government.
"""

import hashlib
import inspect
import sys
from collections.abc import Iterable

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, router, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tenants.context import as_owner
from tenants.models import SchemaScript
from tenants.recording import Recording, flat, recording

SCRATCH = "loket_scratch"
SETTLE = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")

Key = tuple[str, str]


class UnsuitableMigration(ValueError):
    """A migration of a tenant app cannot be applied to many schemas."""


def tenant_labels() -> set[str]:
    """The labels of the apps whose tables stand in every tenant schema."""
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


def tenant_tables() -> set[str]:
    """The tables that every tenant schema has, by the models as they are now."""
    models = [model for label in tenant_labels() for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    with as_owner(SCRATCH):  # the routers look at where the connection stands
        return {model._meta.db_table for model in models if router.allow_migrate_model(connection.alias, model)}


def on_disk() -> dict[Key, Migration]:
    """Every migration of the tenant apps, in the order of their names. Raises UnsuitableMigration."""
    labels = tenant_labels()
    loaded = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    migrations = {key: loaded[key] for key in sorted(loaded) if key[0] in labels}
    for (label, name), migration in migrations.items():
        if not migration.atomic:
            raise UnsuitableMigration(f"{label}.{name} is not atomic: a schema is changed in one transaction or not at all")
    return migrations


def expected() -> list[Key]:
    """Every migration of the tenant apps on disk, as (app, name), sorted."""
    return list(on_disk())


def fingerprint(migrations: dict[Key, Migration]) -> str:
    """A hash of the migrations' files, of those that define their operations, and of Django: another text, another script."""
    digest = hashlib.sha256(django.__version__.encode())
    definers = set()
    for key, migration in migrations.items():
        digest.update(".".join(key).encode() + _source(type(migration).__module__))
        definers |= {type(operation).__module__ for operation in flat(migration.operations)}
    for name in sorted(name for name in definers if not name.startswith("django.")):
        digest.update(name.encode() + _source(name))
    return digest.hexdigest()


def _source(module: str) -> bytes:
    return inspect.getsource(sys.modules[module]).encode()


def _settle(action, migration=None, fake=False):
    """Between two migrations of one transaction: a table with pending trigger events cannot be altered."""
    if action == "apply_success":
        with connection.cursor() as cursor:
            for statement in SETTLE:
                cursor.execute(statement)


def run_migrations(*, python_apart: bool = True) -> Recording:
    """Bring the schema that the connection stands in to the newest migration, the ordinary way; return what that took."""
    executor = MigrationExecutor(connection, progress_callback=_settle)
    labels = tenant_labels()
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] in labels]
    plan: Iterable[Migration] = [migration for migration, _backwards in executor.migration_plan(leaves)]
    with recording(plan, python_apart=python_apart) as recorded:
        executor.migrate(leaves)
    return recorded


def capture() -> str:
    """The script of one new schema. Leaves nothing behind."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCRATCH}")
            cursor.execute("SET LOCAL statement_timeout = 0")
        with as_owner(SCRATCH):
            recorded = run_migrations(python_apart=False)
        transaction.set_rollback(True)
    return recorded.sql()


def current(migrations: dict[Key, Migration]) -> str:
    """The script for these migrations; captured when they are new, else taken from the store."""
    key = fingerprint(migrations)
    with as_owner():
        stored = SchemaScript.objects.filter(fingerprint=key).first()
        if stored is None:
            stored, _ = SchemaScript.objects.get_or_create(
                fingerprint=key, defaults={"sql": capture(), "made_at": timezone.now()}
            )
    return stored.sql
