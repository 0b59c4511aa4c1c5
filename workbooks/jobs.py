"""
The work of an import that takes seconds: checking a file, applying what was checked. Done by the job worker.

One worker at a time has a run in hand: it holds an advisory lock that goes with its connection, so a job that was sent again
(after a crash, or by an impatient person) finds the lock taken and leaves, or goes on from the state in which the run was left.
Checking writes nothing until its end, applying is one transaction: there is nothing half done to be cleared away.
"""

import datetime
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from accounts import keys, members
from accounts.enums import KeyState
from accounts.members import Member
from accounts.models import ApiKey, User
from offices.access import check_dinas
from portal.errors import DomainError
from tenants.context import acting, as_owner, as_public, mounted
from tenants.models import Tenant
from workbooks import applying, planning, scope
from workbooks.drafts import Row
from workbooks.enums import OPEN, WAITING, Action, RunState
from workbooks.models import ImportFile, ImportRow, ImportRun
from workbooks.safety import NotAWorkbook
from workbooks.scope import Scope
from workbooks.sheets import BY_KEY

log = structlog.get_logger(__name__)

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
TOLD_EVERY = 0.5
ROWS_AT_ONCE = 1_000
STUCK = datetime.timedelta(minutes=2)
KEEP_FILE = datetime.timedelta(hours=24)
KEEP_ROWS = datetime.timedelta(days=30)


class Stopped(Exception):
    """Somebody has cancelled the run meanwhile."""


class RightLost(DomainError):
    message = gettext_lazy("Peran yang meminta impor ini sudah berakhir.")
    code = "right-lost"


@task(queue_name="default")
def check(tenant_id: int, run_id: str) -> str:
    """Look through the file of a run; answers with the state it left the run in, empty where it was not its turn."""
    return _in_hand(tenant_id, run_id, checked)


@task(queue_name="default")
def apply(tenant_id: int, run_id: str) -> str:
    """Make true what was checked; answers as ``check``."""
    return _in_hand(tenant_id, run_id, applied)


def _in_hand(tenant_id: int, run_id: str, act) -> str:
    with as_public():
        tenant = Tenant.objects.select_related("parent").get(pk=tenant_id)
    name = f"workbooks {tenant.schema_name} {run_id}"
    with mounted(tenant), connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, [name])
        if not cursor.fetchone()[0]:
            return ""
    try:
        with translation.override("id"):
            return act(tenant, uuid.UUID(run_id), at=timezone.now())
    finally:
        with mounted(tenant), connection.cursor() as cursor:
            cursor.execute(UNLOCK, [name])


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or a program with a key, as noted in the run."""

    id: int
    name: str
    key_id: uuid.UUID | None

    def member(self, tenant: Tenant, at: datetime.datetime) -> Member | None:
        """With the rights of this moment; None where there are none any more. Needs the public role."""
        if self.key_id:
            key = ApiKey.objects.select_related("tenant__parent").filter(pk=self.key_id, tenant=tenant).first()
            return keys.holder(key) if key and key.state_at(at) == KeyState.VALID else None
        user = User.objects.filter(pk=self.id).first()
        return members.load(user, tenant, at=at) if user else None


@contextmanager
def _as_actor(actor: Actor, tenant: Tenant, run: ImportRun, at: datetime.datetime) -> Iterator[Member]:
    """Act inside the government as ``actor``. Raises RightLost."""
    with as_public():
        by = actor.member(tenant, at)
    if by is None:
        raise RightLost
    role = "api_key" if actor.key_id else ",".join(sorted(by.roles))
    with acting(id=actor.id, name=actor.name, role=role, request=str(run.pk)), mounted(tenant):
        try:
            check_dinas(by, run.dinas, "workbooks.import")
        except PermissionDenied:
            raise RightLost from None
        yield by


def scope_of(run: ImportRun, tenant: Tenant, at: datetime.datetime) -> Scope:
    return scope.of(dinas=run.dinas, office=run.office, tenant=tenant, today=tenant.today(at))


# Checking ---------------------------------------------------------------------------------------------------------------------


def checked(tenant: Tenant, run_id: uuid.UUID, *, at: datetime.datetime) -> str:
    """Check the file of a run that waits for it."""
    with mounted(tenant), transaction.atomic():
        run = _locked(run_id, RunState.RECEIVED, RunState.CHECKING)
        if run is None:
            return ""
        run.state = RunState.CHECKING
        run.save(update_fields=["state"])
        content = ImportFile.objects.values_list("content", flat=True).get(pk=run.pk)
    try:
        with _as_actor(Actor(run.by_id, run.by_name, run.key_id), tenant, run, at) as by:
            found = _looked_through(run, bytes(content or b""), scope_of(run, tenant, at), by, at)
            return _kept(run_id, found, at)
    except Stopped:
        return RunState.CANCELLED
    except (NotAWorkbook, RightLost) as error:
        return _refused(tenant, run_id, str(error.message))
    except Exception:
        log.exception("workbook_check_failed", run=str(run_id), tenant=tenant.slug)
        return _refused(tenant, run_id, _("Gangguan pada Loket saat memeriksa berkas ini. Unggah sekali lagi."))


def _looked_through(run: ImportRun, content: bytes, place: Scope, by: Member, at: datetime.datetime) -> planning.Plan:
    teller = Teller(run.pk)
    found = planning.plan(content, place, by=by, progress=teller.tell)
    rows = [each.row for each in found.rows if each.row.action != Action.FAULT]
    for row in rows:
        row.values = unpacked(row.sheet, row.values)
    refused = applying.rehearse(rows, scope=place, by=by, at=at) if rows else {}
    for each in found.rows:
        sheet = BY_KEY[each.row.sheet]
        if each.row.action != Action.FAULT:
            each.row.values = {column.key: column.pack(each.row.values[column.key]) for column in sheet.columns}
        error = refused.get(each.row.number)
        if error is not None:
            counts = found.counts[each.row.sheet]
            counts[each.row.action] -= 1
            counts[Action.FAULT.value] = counts.get(Action.FAULT.value, 0) + 1
            each.row.action = Action.FAULT
            each.faults.append([each.cells.get(error.field, each.cells[""]), str(error.message)])
    return found


def unpacked(sheet: str, values: dict) -> dict:
    return {column.key: column.unpack(values.get(column.key)) for column in BY_KEY[sheet].columns}


def _kept(run_id: uuid.UUID, found: planning.Plan, at: datetime.datetime) -> str:
    with transaction.atomic():
        run = _locked(run_id, RunState.CHECKING)
        if run is None:
            return ""
        run.rows.all().delete()
        ImportRow.objects.bulk_create((_stored(run, each) for each in found.rows), batch_size=ROWS_AT_ONCE)
        run.state, run.counts, run.notices, run.checked_at, run.reason = RunState.CHECKED, found.counts, found.notices, at, ""
        run.save(update_fields=["state", "counts", "notices", "checked_at", "reason"])
        return run.state


def _stored(run: ImportRun, each: planning.Planned) -> ImportRow:
    row = each.row
    return ImportRow(
        run=run, number=row.number, sheet=row.sheet, line=row.line, action=row.action, title=row.title, target=row.target,
        office_id=row.office_id, version=row.version, values=row.values, changes=each.changes, faults=each.faults,
        warnings=each.warnings,
    )  # fmt: skip


# Applying ---------------------------------------------------------------------------------------------------------------------


def applied(tenant: Tenant, run_id: uuid.UUID, *, at: datetime.datetime) -> str:
    """Apply a run whose turn it is: all its rows, or none and the reason."""
    with mounted(tenant):
        run = ImportRun.objects.select_related("dinas", "office").filter(pk=run_id, state=RunState.APPLYING).first()
        rows = [loaded(row) for row in run.rows.order_by("number")] if run else []
    if run is None:
        return ""
    actor = Actor(run.applied_by_id or run.by_id, run.applied_by_name, run.applied_key_id)
    try:
        with _as_actor(actor, tenant, run, at) as by, _told(tenant, run.pk) as progress, transaction.atomic():
            run = _locked(run_id, RunState.APPLYING)
            if run is None:
                return ""
            applying.apply(rows, scope=scope_of(run, tenant, at), by=by, at=at, progress=progress)
            run.state, run.applied_at, run.reason = RunState.APPLIED, at, ""
            run.save(update_fields=["state", "applied_at", "reason"])
            ImportFile.objects.filter(pk=run.pk).update(content=None)
            return run.state
    except DomainError as error:
        return _taken_back(tenant, run_id, str(error.message), getattr(error, "rows", ()))
    except Exception:
        log.exception("workbook_apply_failed", run=str(run_id), tenant=tenant.slug)
        return _taken_back(tenant, run_id, _("Gangguan pada Loket saat menerapkan. Tidak ada yang berubah; coba sekali lagi."))


def loaded(stored: ImportRow) -> Row:
    return Row(
        stored.number, stored.sheet, stored.line, Action(stored.action), stored.title, stored.target, stored.office_id,
        stored.version, unpacked(stored.sheet, stored.values),
    )  # fmt: skip


def _taken_back(tenant: Tenant, run_id: uuid.UUID, reason: str, changed=()) -> str:
    """Nothing was applied: the run is as it was after the check, with the reason, and the rows that others have changed."""
    with mounted(tenant), transaction.atomic():
        run = _locked(run_id, RunState.APPLYING)
        if run is None:
            return ""
        sentence = _("diubah orang lain setelah diperiksa")
        for row in changed:
            cell = f"{BY_KEY[row.sheet].title}!{row.line}"
            run.rows.filter(number=row.number).update(action=Action.FAULT, faults=[[cell, sentence]])
            counts = run.counts[row.sheet]
            counts[row.action] = counts.get(row.action, 0) - 1
            counts[Action.FAULT.value] = counts.get(Action.FAULT.value, 0) + 1
        run.state, run.reason = RunState.CHECKED, reason
        run.save(update_fields=["state", "reason", "counts"])
        return run.state


def _refused(tenant: Tenant, run_id: uuid.UUID, reason: str) -> str:
    with mounted(tenant), transaction.atomic():
        run = _locked(run_id, RunState.RECEIVED, RunState.CHECKING)
        if run is None:
            return ""
        run.state, run.reason = RunState.REFUSED, reason
        run.save(update_fields=["state", "reason"])
        ImportFile.objects.filter(pk=run.pk).update(content=None)
        return run.state


def _locked(run_id: uuid.UUID, *states: RunState) -> ImportRun | None:
    """The run if it is in one of ``states``, ours until the transaction ends."""
    runs = ImportRun.objects.select_for_update(no_key=True, of=("self",)).select_related("dinas", "office")
    return runs.filter(pk=run_id, state__in=states).first()


# Progress ---------------------------------------------------------------------------------------------------------------------


class Teller:
    """Writes down how far a check has come, now and then; hears there that the run was cancelled."""

    def __init__(self, run_id: uuid.UUID):
        self.run_id, self.told_at = run_id, 0.0

    def tell(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at < TOLD_EVERY:
            return
        self.told_at = time.monotonic()
        ImportFile.objects.filter(pk=self.run_id).update(done=done, total=total)
        if not ImportRun.objects.filter(pk=self.run_id, state=RunState.CHECKING).exists():
            raise Stopped


@contextmanager
def _told(tenant: Tenant, run_id: uuid.UUID) -> Iterator:
    """Progress of one long transaction, told from beside it: a thread with a connection of its own writes what it hears."""
    latest, ended = [0, 0], threading.Event()

    def tell():
        with suppress(Exception):  # the progress is a comfort; the transaction goes on without it
            while not ended.wait(TOLD_EVERY):
                with mounted(tenant):
                    ImportFile.objects.filter(pk=run_id).update(done=latest[0], total=latest[1])
        connection.close()

    def hear(done: int, total: int) -> None:
        latest[:] = done, total

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield hear
    finally:
        ended.set()
        thread.join()


# By the clock -----------------------------------------------------------------------------------------------------------------


def resume(*, at: datetime.datetime) -> int:
    """Every minute: jobs whose worker died are sent again. Returns how many."""
    with as_public(), transaction.atomic():
        ours = DBTaskResult.objects.filter(task_path__in=[check.module_path, apply.module_path])
        dead = ours.filter(status="RUNNING", started_at__lt=at - STUCK).select_for_update(skip_locked=True)
        found = list(dead)
        for result in found:
            result.status, result.finished_at = "FAILED", at
            result.save(update_fields=["status", "finished_at"])
            (check if result.task_path == check.module_path else apply).enqueue(*result.args_kwargs["args"])
    return len(found)


def forget(*, at: datetime.datetime) -> dict[str, int]:
    """Every hour: files of runs that were not applied within a day, and rows of those that ended long ago."""
    with as_public():
        tenants = list(Tenant.objects.governments().served().select_related("parent"))
    ended = 0
    for tenant in tenants:
        with as_owner(tenant.schema_name):
            old = ImportRun.objects.filter(state__in=OPEN, received_at__lt=at - KEEP_FILE)
            ended += old.update(state=RunState.CANCELLED, reason=_("Tidak diterapkan dalam 24 jam."))
            ImportFile.objects.filter(content__isnull=False).exclude(run__state__in=[*OPEN, *WAITING]).update(content=None)
            ImportRow.objects.filter(run__received_at__lt=at - KEEP_ROWS).delete()
    return {"ended": ended}
