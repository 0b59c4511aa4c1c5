"""
Writes of imports: a file comes in, is checked, applied, cancelled. What takes long is left to the job worker (workbooks.jobs).

Rights are asked by who calls (access). All are safe to be asked twice.
"""

import datetime
import hashlib
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.enums import OfficeState
from offices.models import Dinas, Office
from portal.errors import DomainError
from workbooks import jobs, safety
from workbooks.enums import OPEN, WAITING, RunState
from workbooks.models import ImportFile, ImportRun

MOST_OPEN = 20


class OfficeIsClosed(DomainError):
    message = _("Kantor ini sudah ditutup. Buka kembali dahulu sebelum mengisinya lewat buku kerja.")
    status = 409
    code = "office-closed"


class TooManyOpen(DomainError):
    message = _("Sudah ada %(most)s impor yang belum selesai untuk dinas ini. Terapkan atau batalkan dahulu yang lama.")
    status = 409
    code = "too-many-open"


class NotReady(DomainError):
    message = _("Impor ini tidak sedang menunggu keputusan: %(state)s.")
    status = 409
    code = "not-ready"


class HasFaults(DomainError):
    message = _("Masih ada %(count)s baris yang salah. Perbaiki berkasnya, lalu unggah lagi; tidak ada yang diterapkan.")
    status = 409
    code = "has-faults"


class NothingToDo(DomainError):
    message = _("Berkas ini tidak mengubah apa pun.")
    status = 409
    code = "nothing-to-do"


class FileGone(DomainError):
    message = _("Berkasnya tidak disimpan lagi. Unggah sekali lagi.")
    status = 409
    code = "file-gone"


def receive(*, dinas: Dinas, office: Office | None, name: str, content: bytes, by: Member, at: datetime.datetime) -> ImportRun:
    """
    Take a workbook in for ``office``, or for all offices of ``dinas``, and have it checked; nothing else changes.

    Raises NotAWorkbook for what can be seen from outside to be none.
    """
    safety.look(content)
    if office is not None and office.state_on(by.tenant.today(at)) == OfficeState.CLOSED:
        raise OfficeIsClosed
    with transaction.atomic():
        Dinas.objects.select_for_update(no_key=True).get(pk=dinas.pk)
        if ImportRun.objects.filter(dinas=dinas, state__in=OPEN).count() >= MOST_OPEN:
            raise TooManyOpen(most=MOST_OPEN)
        run = ImportRun.objects.create(
            dinas=dinas,
            office=office,
            file_name=_line(name)[-150:] or "buku-kerja.xlsx",
            digest=hashlib.sha256(content).hexdigest(),
            size=len(content),
            by_id=by.user.pk,
            by_name=by.name,
            key_id=_key_of(by),
            received_at=at,
        )
        ImportFile.objects.create(run=run, content=content)
        jobs.check.enqueue(by.tenant.pk, str(run.pk))
    return run


def _line(name: str) -> str:
    return " ".join("".join(sign for sign in name if sign.isprintable()).split())


def _key_of(by: Member) -> uuid.UUID | None:
    """The key to the REST interface that acts, where it is one."""
    return getattr(getattr(by, "key", None), "pk", None)


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update(no_key=True, of=("self",)).select_related("dinas", "office").get(pk=run.pk)


def start(*, run: ImportRun, by: Member, at: datetime.datetime) -> ImportRun:
    """Have a checked run applied; one that is being applied, or was, stays. Raises HasFaults, NothingToDo, NotReady."""
    with transaction.atomic():
        row = _locked(run)
        if row.state in (RunState.APPLYING, RunState.APPLIED):
            return row
        if row.state != RunState.CHECKED:
            raise NotReady(state=row.get_state_display())
        if row.faults:
            raise HasFaults(count=row.faults)
        if not row.changes:
            raise NothingToDo
        row.state, row.reason = RunState.APPLYING, ""
        row.applied_by_id, row.applied_by_name, row.applied_key_id = by.user.pk, by.name, _key_of(by)
        row.save(update_fields=["state", "reason", "applied_by_id", "applied_by_name", "applied_key_id"])
        ImportFile.objects.filter(pk=row.pk).update(done=0, total=0)
        jobs.apply.enqueue(by.tenant.pk, str(row.pk))
        return row


def check_again(*, run: ImportRun, by: Member, at: datetime.datetime) -> ImportRun:
    """Compare the file with what stands in the database now."""
    with transaction.atomic():
        row = _locked(run)
        if row.state != RunState.CHECKED:
            raise NotReady(state=row.get_state_display())
        if not ImportFile.objects.filter(pk=row.pk, content__isnull=False).exists():
            raise FileGone
        row.state, row.reason = RunState.RECEIVED, ""
        row.save(update_fields=["state", "reason"])
        ImportFile.objects.filter(pk=row.pk).update(done=0, total=0)
        jobs.check.enqueue(by.tenant.pk, str(row.pk))
        return row


def cancel(*, run: ImportRun, by: Member, at: datetime.datetime) -> ImportRun:
    """Give a run up before it is applied; its file and rows go at once."""
    with transaction.atomic():
        row = _locked(run)
        if row.state == RunState.CANCELLED:
            return row
        if row.state not in OPEN:
            raise NotReady(state=row.get_state_display())
        row.state, row.reason = RunState.CANCELLED, ""
        row.save(update_fields=["state", "reason"])
        ImportFile.objects.filter(pk=row.pk).update(content=None)
        row.rows.all().delete()
        return row


def wake(*, run: ImportRun, by: Member, at: datetime.datetime) -> ImportRun:
    """Send the job of a run that seems to stand still once more; where it is under way, that changes nothing."""
    if run.state in WAITING:
        (jobs.apply if run.state == RunState.APPLYING else jobs.check).enqueue(by.tenant.pk, str(run.pk))
    return run
