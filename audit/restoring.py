"""
A schema that was restored from a backup: its trail ends earlier than the head that was kept apart.

``accept`` lets the chain go on from there and writes into it that this was so, with what the head had been. Without it,
``audit verify`` reports the restored schema for ever, as it must.
"""

import datetime

from django.db import connection, transaction

from audit import verification
from tenants.context import as_owner

_WRITE = """
WITH entry AS (
    SELECT %s::bigint + 1 AS sequence, %s::timestamptz AS at, 'audit_head' AS table_name, %s AS row_id, 'U' AS action,
        to_jsonb(head) - 'is_open' AS before,
        jsonb_build_object('schema_name', schema_name, 'sequence', %s, 'digest', %s) AS after,
        %s AS actor_name, %s AS reason, %s AS previous
    FROM public.audit_head head WHERE schema_name = %s
), event AS (
    INSERT INTO {schema}.audit_event (sequence, at, table_name, row_id, action, before, after, actor_name, actor_role,
        request_id, reason, previous, digest)
    SELECT sequence, at, table_name, row_id, action, before, after, actor_name, '', '', reason, previous, public.audit_digest(
        previous, sequence, at, table_name, row_id, action, before, after, NULL, actor_name, '', '', reason) FROM entry
    RETURNING sequence, digest
)
UPDATE public.audit_head SET sequence = event.sequence, digest = event.digest FROM event WHERE schema_name = %s
"""


class NothingToAccept(Exception):
    """The trail of this schema does not end earlier than its head, or it is broken further up."""


def accept(*, schema: str, reason: str, by: str, at: datetime.datetime) -> int:
    """
    Let the chain of a restored ``schema`` go on from its last event; return how many events the backup did not have.

    Runs as the owner. Raises NothingToAccept where the trail was not just cut: a chain that is broken stays reported.
    """
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sequence FROM public.audit_head WHERE schema_name = %s FOR UPDATE", [schema])
        (kept,) = cursor.fetchone() or (0,)
        (finding,) = verification.verify([schema])
        if finding.end is None or finding.lost <= 0 or len(finding.faults) != 1:
            raise NothingToAccept(
                "Jejak audit skema ini tidak berakhir lebih awal dari yang dicatat, atau rusak di tempat lain."
            )
        sequence, digest = finding.end.sequence, finding.end.digest
        cursor.execute(
            _WRITE.format(schema=connection.ops.quote_name(schema)),
            [sequence, at, schema, sequence, digest, by, reason, digest, schema, schema],
        )
    return kept - sequence
