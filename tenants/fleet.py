"""Work over many governments: a few at a time, each in a transaction of its own, nothing lost when it is cut off."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from django.db import close_old_connections, connection, transaction
from django.db.utils import DatabaseError, OperationalError
from tqdm import tqdm

from tenants.context import as_owner
from tenants.models import Tenant

LOCK_TIMEOUT = "5s"
TRIES = 3


@dataclass
class Outcome:
    """What became of a run: the slugs that were done, and why the others were not."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def over(
    tenants: Iterable[Tenant], work: Callable[[Tenant], None], *, label: str, jobs: int = 2, lock_timeout: str = LOCK_TIMEOUT
) -> Outcome:
    """
    Do ``work`` for each tenant as the owner inside its schema, each in one transaction, ``jobs`` at a time.

    A lock that is not had within ``lock_timeout`` is tried again up to three times; a failure stops nobody else.
    """
    tenants = list(tenants)
    outcome = Outcome()
    bar = tqdm(total=len(tenants), desc=label, unit=" pemda", disable=not tenants, mininterval=0.3)
    if jobs <= 1 or len(tenants) <= 1:
        for tenant in tenants:
            _note(outcome, tenant, _guarded(tenant, work, lock_timeout))
            bar.update()
    else:
        with ThreadPoolExecutor(jobs) as pool:
            shares = [pool.submit(_share, tenants[n::jobs], work, lock_timeout, outcome, bar) for n in range(jobs)]
            for share in as_completed(shares):
                share.result()
    bar.close()
    return outcome


def _share(tenants, work, lock_timeout, outcome, bar):
    try:
        for tenant in tenants:
            _note(outcome, tenant, _guarded(tenant, work, lock_timeout))
            bar.update()
    finally:
        connection.close()


def _note(outcome, tenant, failure):
    if failure is None:
        outcome.done.append(tenant.slug)
    else:
        outcome.failed[tenant.slug] = failure


def _guarded(tenant, work, lock_timeout) -> str | None:
    for attempt in range(1, TRIES + 1):
        try:
            with as_owner(tenant.schema_name), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [lock_timeout])
                work(tenant)
            return None
        except OperationalError as error:
            close_old_connections()
            if attempt == TRIES:
                return str(error).strip()
            time.sleep(0.2 * attempt)
        except (DatabaseError, LookupError, ValueError) as error:
            return str(error).strip()
    return None
