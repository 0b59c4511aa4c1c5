"""
Whether the audit trail is whole: every event computed again, every link followed, every end compared with what was kept apart.

Who changes an event finds its digest wrong; who computes that anew finds the next link wrong; who does it for the whole chain
finds the head wrong; and who mends the head, too, is found by a list of heads that was put away elsewhere (``audit heads``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from audit.operations import AppendOnly, Audited
from tenants.context import as_owner

MOST = 20  # findings that are named for one schema

# One statement, one snapshot: events that are written meanwhile are neither half seen nor taken for a fault.
_CHAIN = """
WITH link AS (
    SELECT sequence, previous, digest,
        lag(sequence, 1, 0::bigint) OVER (ORDER BY sequence) AS sequence_before,
        lag(digest, 1, ''::varchar) OVER (ORDER BY sequence) AS digest_before,
        public.audit_digest(previous, sequence, at, table_name, row_id, action, before, after, actor_id, actor_name,
            actor_role, request_id, reason) AS computed
    FROM {schema}.audit_event
), fault AS (
    SELECT sequence, CASE
        WHEN digest <> computed THEN 'changed'
        WHEN sequence <> sequence_before + 1 THEN 'gap'
        WHEN previous <> digest_before THEN 'unlinked' END AS kind
    FROM link
)
SELECT
    (SELECT count(*) FROM link),
    (SELECT array_agg(ARRAY[kind, sequence::text] ORDER BY sequence) FROM fault WHERE kind IS NOT NULL),
    (SELECT ARRAY[sequence::text, digest] FROM link ORDER BY sequence DESC LIMIT 1),
    (SELECT ARRAY[sequence::text, digest] FROM public.audit_head WHERE schema_name = %s),
    (SELECT digest FROM link WHERE sequence = %s)
"""

_TRIGGERS = """
SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = to_regnamespace(%s) AND tgenabled <> 'D' AND NOT tgisinternal
"""

SAID = {
    "changed": "peristiwa {} diubah",
    "gap": "peristiwa sebelum {} hilang",
    "unlinked": "peristiwa {} tidak menyambung dengan yang sebelumnya (disisipkan atau dipindahkan)",
}


@dataclass(frozen=True)
class Head:
    """The end of a chain at one time."""

    sequence: int
    digest: str


@dataclass
class Finding:
    """What was found in one schema: how many events it has, where they end, how many are missing there, and what is wrong."""

    schema: str
    events: int = 0
    faults: list[str] = field(default_factory=list)
    end: Head | None = None
    lost: int = 0


def heads() -> dict[str, Head]:
    """The ends of all chains as they are now, by schema: to be put away where nobody who runs the database can reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schema_name, sequence, digest FROM public.audit_head ORDER BY schema_name")
        return {schema: Head(sequence, digest) for schema, sequence, digest in cursor.fetchall()}


def schemas() -> list[str]:
    """Every schema of a government with a trail, ``public``, and whatever has a head."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = 'audit_event' AND relkind = 'r' "
            "AND relnamespace::regnamespace::text IN (SELECT schema_name FROM public.tenants_tenant) "
            "UNION SELECT schema_name FROM public.audit_head ORDER BY 1"
        )
        return [schema for (schema,) in cursor.fetchall()]


def verify(names: Iterable[str], *, known: dict[str, Head] | None = None) -> Iterator[Finding]:
    """
    Look through the trail of each schema; ``known`` are heads of an earlier day. Runs as the owner; changes nothing.
    """
    guarded = guards()
    for schema in names:
        with as_owner():
            yield _verify(schema, guarded, (known or {}).get(schema))


def _verify(schema: str, guarded: set[tuple[str, str]], known: Head | None) -> Finding:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(schema)
        cursor.execute("SELECT to_regclass(%s)", [f"{name}.audit_event"])
        if cursor.fetchone()[0] is None:
            return Finding(schema, faults=["jejak audit skema ini hilang seluruhnya"])
        cursor.execute(_CHAIN.format(schema=name), [schema, known.sequence if known else 0])
        events, faults, last, head, digest_then = cursor.fetchone()
        found = [SAID[kind].format(sequence) for kind, sequence in faults or []]
        end, kept = _head(last), _head(head)
        found += _ends(end, kept, known, digest_then)
        found += _lost_guards(cursor, schema, guarded)
    rest = len(found) - MOST
    faults = found[:MOST] + ([f"… dan {rest} lagi"] if rest > 0 else [])
    return Finding(schema, events, faults, end, kept.sequence - end.sequence)


def _head(pair: list[str] | None) -> Head:
    return Head(int(pair[0]), pair[1]) if pair else Head(0, "")


def _ends(end: Head, kept: Head, known: Head | None, digest_then: str | None) -> Iterator[str]:
    if end != kept:
        difference = kept.sequence - end.sequence
        if difference > 0:
            yield f"{difference} peristiwa terakhir dipotong"
        elif difference < 0:
            yield f"{-difference} peristiwa terakhir tidak ditulis oleh pemicu"
        else:
            yield "peristiwa terakhir bukan yang dicatat pada kepala rantai"
    if known and known.sequence and digest_then != known.digest:
        yield f"peristiwa {known.sequence} bukan lagi yang tercatat pada daftar kepala rantai"


def _lost_guards(cursor, schema: str, guarded: set[tuple[str, str]]) -> Iterator[str]:
    cursor.execute(_TRIGGERS, [schema])
    present = set(cursor.fetchall())
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'", [schema])
    tables = {table for (table,) in cursor.fetchall()}
    for trigger, table in sorted(guarded - present):
        if table in tables:
            yield f"pemicu {trigger} pada tabel {table} tidak ada atau dimatikan"


def guards() -> set[tuple[str, str]]:
    """The triggers that the migrations put on tables, as (trigger, table)."""
    found = {("audit_close", "audit_head")}
    for (label, _name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        if not apps.is_installed(apps.get_app_config(label).name):
            continue
        for operation in migration.operations:
            if isinstance(operation, Audited):
                found.add(("audit_record", operation.table))
            elif isinstance(operation, AppendOnly):
                found.add(("append_only", operation.table))
    return found
