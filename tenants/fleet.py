"""Work over many governments: a few at a time, each in a transaction of its own, nothing lost when it is cut off."""

import queue
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError

from tenants.context import as_owner
from tenants.models import Tenant
from tenants.progress import Progress

LOCK_TIMEOUT = "5s"
TRIES = 3
# lock not had in time, deadlock, serialization failure: another turn may succeed
BUSY = {"55P03", "40P01", "40001"}
INTERRUPTED = "dihentikan"


@dataclass
class Outcome:
    """
    What became of a run: the slugs that were done, and why the others were not.

    ``stopped`` is empty where every tenant had its turn; else it says why the run ended before (Ctrl-C, database gone).
    """

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: str = ""

    def add(self, other: "Outcome") -> None:
        self.done += other.done
        self.failed |= other.failed
        self.stopped = self.stopped or other.stopped


@dataclass
class Run:
    """What the threads of one run share. Appending to its lists is safe between threads."""

    work: Callable[[Tenant], None]
    lock_timeout: str
    progress: Progress
    outcome: Outcome = field(default_factory=Outcome)
    busy: list[tuple[Tenant, str]] = field(default_factory=list)


def over(
    tenants: Iterable[Tenant],
    work: Callable[[Tenant], None],
    *,
    label: str,
    jobs: int = 2,
    lock_timeout: str = LOCK_TIMEOUT,
    progress: bool = True,
) -> Outcome:
    """
    Do ``work`` for each tenant as the owner inside its schema, each in one transaction, ``jobs`` at a time.

    A failure stops nobody else. Who could not be done because a lock was not had within ``lock_timeout`` gets another turn
    when the others are through, up to three in all. Ctrl-C lets the tenants at hand finish and ends the run.
    """
    waiting = list(tenants)
    with Progress(label, len(waiting), shown=progress) as bar:
        run = Run(work, lock_timeout, bar)
        for turn in range(1, TRIES + 1):
            _turn(waiting, run, jobs)
            if not run.busy or run.outcome.stopped or turn == TRIES:
                break
            waiting = [tenant for tenant, _reason in run.busy]
            run.busy.clear()
            time.sleep(0.2 * turn)
    run.outcome.failed |= {tenant.slug: reason for tenant, reason in run.busy}
    return run.outcome


def _turn(tenants, run: Run, jobs: int) -> None:
    waiting: queue.SimpleQueue[Tenant] = queue.SimpleQueue()
    for tenant in tenants:
        waiting.put(tenant)
    try:
        if jobs <= 1 or len(tenants) <= 1:
            _worker(waiting, run)
            return
        with ThreadPoolExecutor(jobs, thread_name_prefix="fleet") as pool:
            try:
                for share in as_completed([pool.submit(_worker_of_its_own, waiting, run) for _ in range(jobs)]):
                    share.result()
            except KeyboardInterrupt:
                run.outcome.stopped = INTERRUPTED  # the workers see it; leaving the pool waits for what they have at hand
    except KeyboardInterrupt:
        run.outcome.stopped = INTERRUPTED


def _worker_of_its_own(waiting, run: Run) -> None:
    try:
        _worker(waiting, run)
    finally:
        connection.close()


def _worker(waiting, run: Run) -> None:
    while not run.outcome.stopped:
        try:
            tenant = waiting.get_nowait()
        except queue.Empty:
            return
        _attempt(tenant, run)


def _attempt(tenant: Tenant, run: Run) -> None:
    if reason := unreachable():
        run.outcome.stopped = reason
        return
    used = connection.connection
    try:
        with as_owner(tenant.schema_name), transaction.atomic():
            _prepare(run.lock_timeout)
            run.work(tenant)
    except Exception as error:  # whatever a migration raises concerns this tenant alone
        if is_busy(error, used):
            run.busy.append((tenant, said(error)))
            return
        run.outcome.failed[tenant.slug] = said(error)
    else:
        run.outcome.done.append(tenant.slug)
    run.progress.step()


def unreachable() -> str:
    """Why this thread cannot have a connection; empty where it has one."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return said(error)
    return ""


def _prepare(lock_timeout: str) -> None:
    """In this transaction: wait for a lock only so long, but work as long as it takes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', '0', true), "
            "set_config('idle_in_transaction_session_timeout', '0', true)",
            [lock_timeout],
        )


def is_busy(error: Exception, used) -> bool:
    """Whether another turn may succeed: after a lock, a deadlock, or the end of ``used``, the connection that was at work."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if not connection.in_atomic_block and (connection.connection is not used or used.closed):
        connection.close()
        return True
    return getattr(error.__cause__, "pgcode", None) in BUSY


def said(error: Exception) -> str:
    """The reason in one line, as it is kept on the tenant."""
    text = " ".join(str(error).split())
    return text if isinstance(error, ValueError | OperationalError) and text else f"{type(error).__name__}: {text}"
