"""
Making a plan true: all rows or none, in one transaction, through the operations of the rooms that own them.

The same way is gone once in rehearsal and undone, so that what an operation would refuse is said before anybody decides.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from audit.operations import reason as audit_reason
from offices import events
from portal.errors import DomainError
from workbooks.drafts import Row
from workbooks.enums import Action
from workbooks.scope import Scope
from workbooks.sheets import BY_KEY, SHEETS, Sheet


class RowRefused(DomainError):
    """An operation refused a row; ``row`` is which, ``sentence`` what it said."""

    code = "row-refused"
    status = 409

    def __init__(self, row: Row, error: DomainError):
        self.row, self.error = row, error
        sheet = BY_KEY[row.sheet]
        super().__init__(
            _("%(sheet)s baris %(line)s (%(title)s): %(sentence)s"),
            sheet=sheet.title, line=row.line, title=row.title, sentence=error.message,
        )  # fmt: skip


class RowsChanged(DomainError):
    """Somebody else has saved since the check; ``rows`` are those whose things are no longer what they were."""

    message = _(
        "%(count)s baris sudah diubah di Loket sejak diperiksa, mulai dengan %(first)s. Periksa ulang, lalu putuskan lagi."
    )
    code = "rows-changed"
    status = 409

    def __init__(self, rows: Sequence[Row]):
        self.rows = list(rows)
        first = self.rows[0]
        super().__init__(count=len(self.rows), first=f"{BY_KEY[first.sheet].title} {first.line}: {first.title}")


class Busy(DomainError):
    message = _("Sebagian data sedang diubah orang lain. Tunggu sebentar, lalu terapkan lagi.")
    code = "busy"
    status = 409


class Rehearsed(Exception):
    """The end of a rehearsal: nothing of it stays."""


@dataclass
class Work:
    """
    One application of a plan: who, when, and what it has made so far (``made``: ids of the plan to those in the database).

    In a rehearsal what goes wrong with a row is kept in ``refused`` and the others go on.
    """

    scope: Scope
    by: Member
    at: datetime.datetime
    rehearsing: bool = False
    made: dict[str, uuid.UUID] = field(default_factory=dict)
    touched: set[uuid.UUID] = field(default_factory=set)
    refused: dict[int, DomainError] = field(default_factory=dict)
    progress: Callable[[int, int], None] = lambda done, total: None
    done: int = 0
    total: int = 1

    def real(self, key: uuid.UUID | str) -> uuid.UUID:
        """The id in the database of something that the plan may have named before it was made."""
        return self.made.get(str(key)) or (key if isinstance(key, uuid.UUID) else uuid.UUID(key))

    def step(self, number: int = 1) -> None:
        self.done += number
        self.progress(self.done, self.total)

    @contextmanager
    def on(self, row: Row) -> Iterator[None]:
        """Around what is done for ``row``: a refusal names it."""
        try:
            if self.rehearsing:
                with transaction.atomic():
                    yield
            else:
                yield
        except DomainError as error:
            if not self.rehearsing:
                raise RowRefused(row, error) from error
            self.refused[row.number] = error
        self.step()

    def on_all(self, rows: Sequence[Row]):
        """The same around what is done for many rows in one statement; the first stands for all."""
        return self.on(rows[0])


def apply(rows: Sequence[Row], *, scope: Scope, by: Member, at: datetime.datetime, progress=lambda done, total: None) -> None:
    """
    Make all rows true. The caller's transaction ends it; raises RowsChanged, RowRefused, Busy, and then nothing stays.
    """
    work = Work(scope, by, at, progress=progress, total=len(rows) or 1)
    try:
        with transaction.atomic():
            audit_reason(str(_("Buku kerja Excel")))
            stale = _changed_since(rows)
            if stale:
                raise RowsChanged(stale)
            _carry_out(rows, work)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") not in ("55P03", "40P01", "40001"):  # lock timeout, deadlock, serialization
            raise
        raise Busy from error


def rehearse(rows: Sequence[Row], *, scope: Scope, by: Member, at: datetime.datetime) -> dict[int, DomainError]:
    """What the operations would refuse, by the numbers of the rows. Nothing is changed, and nobody hears of it."""
    work = Work(scope, by, at, rehearsing=True)
    try:
        with transaction.atomic():
            _carry_out(rows, work)
            raise Rehearsed
    except Rehearsed:
        return work.refused


def _carry_out(rows: Sequence[Row], work: Work) -> None:
    with events.once_for_each_office(silent=work.rehearsing):
        for sheet in SHEETS:
            written = _of(sheet, rows, Action.NEW, Action.CHANGE)
            if written:
                sheet.apply(written, work)
        for sheet in reversed(SHEETS):
            removed = _of(sheet, rows, Action.REMOVE)
            if removed:
                sheet.remove(removed, work)
        for office_id in sorted(work.touched):
            events.office_changed(tenant=work.by.tenant, office_id=office_id, at=work.at)


def _of(sheet: Sheet, rows: Sequence[Row], *actions: Action) -> list[Row]:
    return [row for row in rows if row.sheet == sheet.key and row.action in actions]


def _changed_since(rows: Sequence[Row]) -> list[Row]:
    """The rows whose things have another version by now, are gone, or are there already; all others stay locked."""
    stale = []
    for sheet in SHEETS:
        known = {row.target: row for row in _of(sheet, rows, Action.CHANGE, Action.REMOVE) if row.target is not None}
        if known:
            versions = sheet.locked_versions(known)
            stale += [row for key, row in known.items() if versions.get(key) != row.version]
        new = {row.target: row for row in _of(sheet, rows, Action.NEW) if row.target is not None}
        if new:  # the same new row, from the same file uploaded twice
            stale += [new[key] for key in sheet.locked_versions(new)]
    return sorted(stale, key=lambda row: row.number)
