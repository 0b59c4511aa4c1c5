"""
Keeping OfficeStatus true: one row per office, written in the transaction of the change that caused it.

``refresh`` first locks the row and only then recomputes it from the tenant's tables. Recomputing in the statement that waits
for the lock loses updates under READ COMMITTED: it goes on with the facts from before the wait. Whatever touches several
offices must do so in the order of their ids, because each keeps its row locked until the end of the transaction.
"""

import datetime
import json
import uuid
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from oversight.facts import COLUMNS, DAYS_BACK, DRIFT, FORGET, LOCK, WRITE
from tenants.models import Tenant


@dataclass(frozen=True)
class Drift:
    """
    One office whose row does not say what the tenant's tables say.

    ``kind`` is missing, surplus or stale; ``fields`` names what is stale: {column: (truth, stored)}.
    """

    office_id: uuid.UUID
    name: str
    kind: str
    fields: dict[str, tuple] = field(default_factory=dict)


def refresh(*, tenant: Tenant, office_id: uuid.UUID, at: datetime.datetime) -> None:
    """
    Write what is now true of one office; of an office that is gone the row goes too. Heard through offices.events.

    Runs as the tenant's own role inside the writer's transaction, so that both stand or fall together.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("refresh must run inside the transaction of the change it follows")
    _rewrite(tenant, [office_id], at)


def _rewrite(tenant: Tenant, office_ids: list[uuid.UUID], at: datetime.datetime) -> None:
    given = {
        "tenant": tenant.pk,
        "offices": "{" + ",".join(map(str, office_ids)) + "}",
        "at": at,
        "today": tenant.today(at),
        "back": DAYS_BACK,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK, given)
        locked = cursor.rowcount
        cursor.execute(WRITE, given)
        written = cursor.rowcount
        if locked < written:
            # A new row may have had to wait for another connection that made the same one; only now it is ours, so once more.
            cursor.execute(WRITE, given)
        if written < len(office_ids):
            cursor.execute(FORGET, given)


def drift(tenant: Tenant, *, at: datetime.datetime) -> list[Drift]:
    """Every office of ``tenant`` whose row is missing, left over or wrong. Needs the tenant's schema in the search_path."""
    given = {"tenant": tenant.pk, "zone": tenant.timezone, "today": tenant.today(at), "back": DAYS_BACK}
    with connection.cursor() as cursor:
        cursor.execute(DRIFT, given)
        return [_drift(*row) for row in cursor.fetchall()]


def _drift(office_id, name, truth, stored) -> Drift:
    if stored is None:
        return Drift(office_id, name, "missing")
    if truth is None:
        return Drift(office_id, name, "surplus")
    truth, stored = json.loads(truth), json.loads(stored)
    return Drift(office_id, name, "stale", {key: (truth[key], stored[key]) for key in COLUMNS if truth[key] != stored[key]})


def rebuild(tenant: Tenant, *, at: datetime.datetime) -> list[Drift]:
    """Mend every drifted row of ``tenant`` in one transaction; return what was wrong. Rows that are true stay as they are."""
    with transaction.atomic():
        wrong = drift(tenant, at=at)
        if wrong:
            _rewrite(tenant, [each.office_id for each in wrong], at)
    return wrong
