"""
Seals: the SHA-256 of a text in one canonical form, so that anybody can compute it again.

The canonical form is JSON in UTF-8 with the keys in order of their code points, no white space between tokens, non-ASCII
characters as they are, moments in UTC with microseconds (``2026-11-23T03:00:00.000000Z``), days as ``2026-11-23``, absent
values as ``null``. A key that every record carries, ``format``, names the list of the other keys; a record with other keys gets
another format. docs/developer/seals.md shows one of each.

A seal proves that a text is the one that was sealed. Who could rewrite a row and its seal together is stopped by the triggers
of the database, and found by the audit chain, which holds every row as it was.
"""

import datetime
import hashlib
import hmac
import json
from collections.abc import Mapping

from circulars.enums import Audience
from circulars.models import Acknowledgement, Circular

CIRCULAR = "loket-circular-1"
ACKNOWLEDGEMENT = "loket-acknowledgement-1"


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(record: Mapping) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def seal_of(record: Mapping) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(canonical(record)).hexdigest()


def circular_record(circular: Circular) -> dict:
    """Everything that a circular says and to whom. Three queries, four where governments were chosen."""
    day = circular.dated_on.isoformat()
    return {
        "format": CIRCULAR,
        "edition": circular.edition,
        "number": circular.number,
        "dated": day if circular.day_known else day[:7],
        "subject": circular.subject,
        "opening": circular.opening,
        "signatory": circular.signatory,
        "deadline": circular.deadline_on.isoformat() if circular.deadline_on else None,
        "audience": circular.audience,
        "chosen": sorted(circular.chosen.values_list("pk", flat=True)) if circular.audience == Audience.CHOSEN else None,
        "points": [[point.number, point.text] for point in circular.points.all()],
        "copies": [copy.office for copy in circular.copies.all()],
        "attachment": [circular.attachment_name, circular.attachment_sha256] if circular.attachment_name else None,
    }


def acknowledgement_record(entry: Acknowledgement) -> dict:
    """Everything that stands in a receipt, its address included. No query."""
    return {
        "format": ACKNOWLEDGEMENT,
        "id": str(entry.pk),
        "delivery": str(entry.delivery_id),
        "tenant": entry.tenant_id,
        "government": entry.government,
        "circular_number": entry.circular_number,
        "circular_subject": entry.circular_subject,
        "circular_version": entry.circular_version,
        "circular_sha256": entry.circular_sha256,
        "statement": entry.statement,
        "user": entry.user_id,
        "name": entry.name,
        "position": entry.position,
        "acknowledged_at": moment(entry.acknowledged_at),
        "local_time": entry.local_time,
        "code": entry.code,
    }


def holds(entry: Acknowledgement) -> bool:
    """Whether the receipt says what was sealed."""
    return hmac.compare_digest(seal_of(acknowledgement_record(entry)), entry.seal)


def circular_holds(circular: Circular) -> bool:
    """Whether a published circular says what was sealed."""
    return hmac.compare_digest(seal_of(circular_record(circular)), circular.sha256)
