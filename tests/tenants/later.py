"""Migrations of a later release, made for a test: the offices app as it is, and two more migrations behind it."""

import importlib
import shutil
import sys
from pathlib import Path

import offices.migrations

PLACE = Path(offices.migrations.__file__).parent

# Everything that a migration may do to a schema, with what a recording could trip over: per cent signs, comments, semicolons,
# a SELECT that is called for what it does.
MORE = """
import uuid
import django.db.models.deletion
from django.db import migrations, models
from audit.operations import AppendOnly, Audited

class Migration(migrations.Migration):
    dependencies = [("offices", "{leaf}"), ("staffing", "0001_initial")]
    operations = [
        migrations.AddField("office", "note", models.CharField(max_length=40, default="baru 100%")),
        migrations.AddField("office", "rank", models.IntegerField(db_default=7)),
        migrations.AddIndex("office", models.Index(fields=["note", "-rank"], name="offices_office_note")),
        migrations.AddConstraint(
            "office", models.CheckConstraint(condition=~models.Q(name="Loket Terlarang"), name="offices_office_allowed")
        ),
        migrations.RemoveConstraint("office", "offices_office_name_once"),
        migrations.AlterField("office", "phone", models.CharField(max_length=60, blank=True)),
        migrations.CreateModel("Visit", [
            ("id", models.UUIDField(primary_key=True, default=uuid.uuid4, serialize=False)),
            ("number", models.PositiveIntegerField(default=0)),
            ("office", models.ForeignKey("offices.office", django.db.models.deletion.PROTECT, related_name="visits")),
        ], options={{"constraints": [models.UniqueConstraint(fields=["office", "number"], name="offices_visit_once")]}}),
        Audited("offices_visit"),
        migrations.CreateModel("Seal", [
            ("id", models.BigAutoField(primary_key=True)),
            ("text", models.TextField()),
        ]),
        AppendOnly("offices_seal"),
        migrations.RunSQL(
            "-- made; with a semicolon\\n/* and; another */ CREATE FUNCTION offices_half(number int) RETURNS int "
            "LANGUAGE sql AS 'SELECT number * 50 / 100' -- 50% of it",
            "DROP FUNCTION offices_half(int)",
        ),
        migrations.RunSQL([("INSERT INTO offices_seal (text) VALUES (%s)", ["50% 'x'"])], migrations.RunSQL.noop),
        migrations.RunSQL("SELECT setval(pg_get_serial_sequence('offices_seal', 'id'), 500)", migrations.RunSQL.noop),
    ]
"""

# Looks at each government's own rows.
FILL = """
from django.db import migrations

def fill(apps, schema_editor):
    for office in apps.get_model("offices", "Office").objects.select_related("dinas"):
        office.note = f"bagian dari {office.dinas.name}"
        office.save(update_fields=["note"])

class Migration(migrations.Migration):
    dependencies = [("offices", "9001_more")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
"""

# Long enough to be killed in.
SLOW = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("offices", "9002_fill")]
    operations = [migrations.RunSQL("SELECT pg_sleep(0.1)", migrations.RunSQL.noop)]
"""

LASTING = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("offices", "{leaf}")]
    operations = [AddIndexConcurrently("office", models.Index(fields=["phone"], name="offices_office_phone"))]
"""

# An operation of our own that looks at what it finds: no recording can stand for it.
CURIOUS = """
from django.db import connection, migrations
from django.db.migrations.operations.base import Operation

class NoteRows(Operation):
    reversible = True
    def state_forwards(self, app_label, state): pass
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM offices_dinas")
            schema_editor.execute(f"COMMENT ON TABLE offices_dinas IS '{{cursor.fetchone()[0]}} dinas'")

class Migration(migrations.Migration):
    dependencies = [("offices", "{leaf}")]
    operations = [NoteRows()]
"""


def package(place: Path, **migrations: str) -> str:
    """A package below ``place`` with the migrations of offices and these; its name, for MIGRATION_MODULES."""
    name = f"later_{abs(hash(str(place)))}"
    folder = place / name
    shutil.copytree(PLACE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    leaf = max(path.stem for path in PLACE.glob("0*.py"))
    for file, text in migrations.items():
        (folder / f"{file.removeprefix('m')}.py").write_text(text.format(leaf=leaf) if "{leaf}" in text else text)
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))
    importlib.invalidate_caches()
    return name
