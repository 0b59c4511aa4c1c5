"""
The captured script: the SQL by which the migrations of the tenant apps build one schema.

The migrations run once in a scratch schema inside a transaction that is rolled back; what they sent to the database is kept
and replayed for every government. Django's SQL names no schema, so that nothing needs replacing; a migration of a tenant app
must not name one either.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tenants.context import as_owner
from tenants.models import SchemaScript

SCRATCH = "loket_scratch"
WRITES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "COMMENT", "DO", "GRANT", "REVOKE", "SET CONSTRAINTS")
SETTLE = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


def tenant_labels() -> set[str]:
    """The labels of the apps whose tables stand in every tenant schema."""
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


def expected() -> list[tuple[str, str]]:
    """Every migration of the tenant apps on disk, as (app, name), sorted."""
    labels = tenant_labels()
    return sorted(key for key in MigrationLoader(None).disk_migrations if key[0] in labels)


def leaves(loader: MigrationLoader) -> list[tuple[str, str]]:
    labels = tenant_labels()
    return [key for key in loader.graph.leaf_nodes() if key[0] in labels]


def fingerprint() -> str:
    """A hash of the migration files of the tenant apps: another text, another script."""
    digest = hashlib.sha256()
    for label, name in expected():
        package = Path(apps.get_app_config(label).path) / "migrations" / f"{name}.py"
        digest.update(f"{label}.{name}\0".encode() + package.read_bytes())
    return digest.hexdigest()


class Recorder:
    """An execute wrapper that keeps every writing statement with its parameters filled in."""

    def __init__(self):
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            cursor = context["cursor"].cursor
            for row in params if many else [params]:
                self.statements.append(cursor.mogrify(sql, row).decode() if row else sql)
        return execute(sql, params, many, context)


@contextmanager
def recording() -> Iterator[Recorder]:
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        yield recorder


def _settle(action, migration=None, fake=False):
    """Between two migrations of one transaction: a table with pending trigger events cannot be altered."""
    if action == "apply_success":
        with connection.cursor() as cursor:
            for statement in SETTLE:
                cursor.execute(statement)


def run_migrations() -> None:
    """Bring the schema that the connection stands in to the newest migration, the ordinary way."""
    executor = MigrationExecutor(connection, progress_callback=_settle)
    executor.migrate(leaves(executor.loader))


def capture() -> str:
    """The script of one new schema. Leaves nothing behind."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCRATCH}")
        with as_owner(SCRATCH), recording() as recorder:
            run_migrations()
        transaction.set_rollback(True)
    return ";\n".join(recorder.statements)


def current() -> str:
    """The script for the migrations on disk; captured when they are new, else taken from the store."""
    key = fingerprint()
    with as_owner():
        stored = SchemaScript.objects.filter(fingerprint=key).first()
        if stored is None:
            stored, _ = SchemaScript.objects.get_or_create(
                fingerprint=key, defaults={"sql": capture(), "made_at": timezone.now()}
            )
    return stored.sql
