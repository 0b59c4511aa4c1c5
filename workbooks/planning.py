"""
What a workbook would do: every row beside what stands in the database, every fault with its cell, nothing written.

A row whose cells say what the database says is left alone, whatever else may be said of it.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.members import Member
from workbooks import reading
from workbooks.columns import CellFault, Column, Ref, nearest, one_line, plain_text
from workbooks.drafts import Current, Draft, Row
from workbooks.enums import Action
from workbooks.reading import ACTION, ID, VERSION, Table
from workbooks.safety import column_letters
from workbooks.scope import Scope
from workbooks.sheets import SHEETS, Sheet
from workbooks.sheets.base import REMOVE, office_of
from workbooks.signing import Passport

CHANGED_SINCE = "changed-since"


@dataclass
class Planned:
    """A row that does something or is wrong: as it is applied, and as it is shown."""

    row: Row
    changes: list[list[str]]
    faults: list[list[str]]
    warnings: list[list[str]]
    cells: dict[str, str]


@dataclass
class Plan:
    """``counts``: by the key of each sheet how many rows of each Action, and ``warnings``."""

    rows: list[Planned]
    counts: dict[str, dict[str, int]]
    notices: list[str]


@dataclass
class Book:
    """What the sheets know of one another while they are looked through, in order."""

    scope: Scope
    by: Member
    passport: Passport
    currents: dict[str, list[Current]] = field(default_factory=dict)
    purposes: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], dict[str, uuid.UUID]] = field(default_factory=dict)
    labels: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def publish(self, sheet: str, entries) -> None:
        """Let later sheets name (parent, name, id); who comes first keeps the name."""
        for parent, name, key in entries:
            if name and key:
                place = (sheet, str(parent or ""))
                if name.casefold() not in self.names.setdefault(place, {}):
                    self.names[place][name.casefold()] = key
                    self.labels.setdefault(place, []).append(name)

    def named(self, sheet: str, parent, name: str) -> uuid.UUID | None:
        return self.names.get((sheet, str(parent or "")), {}).get(name.casefold())

    def unknown(self, column: Ref, parent, name: str) -> str:
        near = nearest(name, self.labels.get((column.sheet, str(parent or "")), []))
        known = {"heading": column.heading.lower(), "text": name, "near": near}
        if near:
            return _("%(heading)s “%(text)s” tidak dikenal; mungkin maksud Anda “%(near)s”?") % known
        return _("%(heading)s “%(text)s” tidak dikenal. Tulis namanya seperti di lembarnya, atau tambahkan di sana.") % known

    def refer(self, draft: Draft, key: str, parent) -> str:
        """The id of what a cell of ``draft`` names, as text; empty where nothing is named or nothing bears the name."""
        name = draft.typed.get(key, "")
        if not name:
            return ""
        column = next(column for column in draft.sheet.columns if isinstance(column, Ref) and column.key == key)
        found = self.named(column.sheet, parent, name)
        current = draft.current
        if found is None and current is not None and current.names.get(key, "").casefold() == name.casefold():
            same_room = key == "room" or draft.values.get("room") == current.values.get("room")
            found = current.values[key] if same_room else None
        if found is None:
            draft.unreadable = True
            draft.fault(key, self.unknown(column, parent, name))
            return ""
        return str(found)


Progress = Callable[[int, int], None]


def plan(content: bytes, scope: Scope, *, by: Member, progress: Progress = lambda done, total: None) -> Plan:
    """
    Look through the workbook ``content`` for ``scope``, as far as ``by`` may change what its sheets hold.

    Raises NotAWorkbook for a file that cannot be read as this scope's workbook.
    """
    source = reading.read(content, scope)
    book = Book(scope, by, source.passport)
    total = sum(len(table.lines) for table in source.tables.values()) or 1
    found: list[Planned] = []
    counts: dict[str, dict[str, int]] = {}
    notices, done = list(source.notices), 0
    for sheet in SHEETS:
        book.currents[sheet.key] = sheet.current(scope) if by.may(sheet.right, dinas=scope.dinas.pk) else []
        table = source.tables.get(sheet.key)
        if table is not None and not by.may(sheet.right, dinas=scope.dinas.pk):
            notices.append(_("Lembar %(title)s tidak dibaca: peran Anda tidak mengubah isinya.") % {"title": sheet.title})
            table = None
        drafts = _drafts(sheet, table, book, lambda step: progress(done + step, total)) if table else []  # noqa: B023
        sheet.finish(drafts, book)
        tally: Counter[str] = Counter()
        for draft in drafts:
            planned, action = _planned(sheet, draft, scope)
            tally[action.value] += 1
            tally["warnings"] += bool(draft.warnings) and planned is not None
            if planned is not None:
                planned.row.number = len(found) + 1
                found.append(planned)
        if table is not None:
            counts[sheet.key] = dict(tally)
            done += len(table.lines)
            progress(done, total)
    return Plan(found, counts, notices)


# Cells ------------------------------------------------------------------------------------------------------------------------


def _drafts(sheet: Sheet, table: Table, book: Book, step: Callable[[int], None]) -> list[Draft]:
    columns = sheet.columns_for(book.scope)
    by_id = {current.id: current for current in book.currents[sheet.key] if current.id}
    by_name: dict[object, Current] = {}
    named = type(sheet).natural is not Sheet.natural
    for current in book.currents[sheet.key] if named else ():
        if (key := sheet.natural(_comparable(sheet, current), current.office_id)) is not None:
            by_name.setdefault(key, current)
    drafts: list[Draft] = []
    seen: dict[uuid.UUID, int] = {}
    for number, (line, cells) in enumerate(table.rows()):
        if number % 500 == 0:
            step(number)
        draft = _read(sheet, table, columns, line, cells)
        if draft is None:
            continue
        if draft.id in seen:
            draft.copied_from, draft.id, draft.version = seen[draft.id], None, None
            draft.warn("", _("disalin dari baris %(line)s; dibaca sebagai baris baru.") % {"line": draft.copied_from})
        elif draft.id:
            seen[draft.id] = line
        _match(sheet, draft, book, by_id)
        draft.office_id = _office(sheet, draft, book)
        nameless = draft.current is None and draft.id is None and not draft.copied_from
        if nameless:
            _meet(sheet, draft, by_name)
        sheet.resolve(draft, book)
        if nameless and draft.current is None:  # known by what was a name until now
            _meet(sheet, draft, by_name)
        if nameless and draft.current is not None and draft.changed(sheet.columns):
            draft.warn("", _("yang bernama sama sudah ada di Loket; baris ini mengubahnya."))
        if draft.target is None:
            draft.target = uuid.uuid4()
        draft.touched = draft.current is None or draft.removing or bool(draft.changed(columns))
        drafts.append(draft)
    return drafts


def _comparable(sheet: Sheet, current: Current) -> dict[str, Any]:
    return {column.key: column.same(current.values.get(column.key, column.empty)) for column in sheet.columns}


def _read(sheet: Sheet, table: Table, columns: list[Column], line: int, cells: dict[str, Any]) -> Draft | None:
    draft = Draft(sheet, table.name, line, table.places)
    draft.id, known = _key(cells.get(ID))
    if not known:
        draft.unreadable = True
        draft.fault(ID, _("kunci baris ini rusak. Salin isinya ke baris kosong, lalu hapus baris ini."))
    version = plain_text(cells.get(VERSION, "") or "")
    draft.version = int(version) if version.isascii() and version.isdecimal() else None
    blank = True
    for column in columns:
        raw = table.adjusted(column, cells.get(column.key, ""))
        name = f"{column_letters(table.places[column.key])}{line}" if column.key in table.places else ""
        blank = blank and (column.blank(raw) or column.read_only) and name not in table.formulas
        _read_cell(draft, column, raw, name, table)
    action = one_line(plain_text(cells.get(ACTION, "") or "")).casefold()
    draft.removing = action in (str(REMOVE).casefold(), "hapus", "delete")
    if action and not draft.removing:
        draft.fault(ACTION, _("Tindakan “%(text)s” tidak dikenal; tulis hapus, atau kosongkan.") % {"text": action})
        draft.unreadable = True
    return None if blank and draft.id is None and known else draft


def _read_cell(draft: Draft, column: Column, raw: Any, name: str, table: Table) -> None:
    draft.values[column.key] = column.empty
    sentence = ""
    if name in table.formulas:
        sentence = _("berisi rumus. Ganti dengan nilainya: salin, lalu tempel khusus sebagai nilai.")
    elif name in table.errors:
        sentence = _("berisi galat Excel (misalnya #N/A). Ketik ulang isinya.")
    elif area := table.merged.get((draft.line, table.places.get(column.key, 0))):
        sentence = _("sel %(area)s digabung. Pisahkan selnya, lalu isi masing-masing.") % {"area": area}
    else:
        try:
            draft.values[column.key] = column.read(raw)
        except CellFault as fault:
            sentence = fault.sentence
    if sentence and not column.read_only:
        draft.fault(column.key, sentence)
        draft.unreadable = True
    elif isinstance(column, Ref):
        draft.typed[column.key] = draft.values[column.key]


def _key(raw: Any) -> tuple[uuid.UUID | None, bool]:
    text = str(raw or "").strip()
    if not text:
        return None, True
    try:
        return uuid.UUID(text), True
    except ValueError:
        return None, False


# Rows -------------------------------------------------------------------------------------------------------------------------


def _match(sheet: Sheet, draft: Draft, book: Book, by_id: dict) -> None:
    """Find what the row is about by its id. A row whose thing is gone is a fault, unless it was to go anyway."""
    if draft.id is None:
        return
    draft.target = draft.id
    draft.current = by_id.get(draft.id)
    if draft.current is None and not draft.removing:
        draft.unreadable = True
        draft.fault("", _("baris ini sudah tidak ada di Loket: dihapus, atau milik kantor lain. Hapus baris ini dari lembar."))


def _office(sheet: Sheet, draft: Draft, book: Book) -> uuid.UUID | None:
    if any(column.key == "office" for column in sheet.columns):
        office_id = office_of(draft, book)
        draft.values["office"] = str(office_id or "")
        return office_id
    return None


def _meet(sheet: Sheet, draft: Draft, by_name: dict) -> None:
    """A row without an id that names something which is there already means that."""
    key = sheet.natural(draft.values, draft.office_id)
    draft.current = by_name.get(key) if key is not None else None
    if draft.current is None:
        return
    if draft.current.id is None:  # a row that was offered to be filled in
        draft.current = draft.current if not draft.changed(sheet.columns) else None
        return
    draft.target, draft.version = draft.current.id, draft.current.version


def _planned(sheet: Sheet, draft: Draft, scope: Scope) -> tuple[Planned | None, Action]:
    changed = draft.changed(sheet.columns)
    action = _action(sheet, draft, changed, scope)
    if action == Action.SAME:
        return None, action
    values = {column.key: column.pack(draft.values.get(column.key, column.empty)) for column in sheet.columns}
    title = sheet.title_of({**(draft.current.values if draft.current else {}), **_filled(draft.values)})
    row = Row(
        0, sheet.key, draft.line, action, title[:300], draft.target, draft.office_id,
        draft.current.version if draft.current else None, values, tuple(column.key for column in changed),
    )  # fmt: skip
    cells = {key: draft.cell(key) for key in ("", *(column.key for column in sheet.columns))}
    return Planned(row, _changes(sheet.columns_for(scope), draft, changed, action), draft.faults, draft.warnings, cells), action


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None)}


def _action(sheet: Sheet, draft: Draft, changed: list[Column], scope: Scope) -> Action:
    if draft.removing:
        if draft.current is None and not draft.unreadable:
            return Action.SAME  # gone already, or never made
        if not sheet.removal:
            draft.fault(ACTION, _("baris lembar ini tidak dihapus lewat buku kerja."))
    elif draft.current is not None and not changed and not draft.unreadable:
        return Action.SAME
    elif draft.current is None and draft.id is None and not sheet.may_add(scope):
        draft.fault("", _("baris baru di lembar ini hanya lewat buku kerja dinas atau halaman Loket."))
    if draft.current is not None and draft.id is not None and draft.version != draft.current.version:
        draft.fault("", _("sudah diubah di Loket sejak berkas ini dibuat. Unduh yang baru, lalu ulangi perubahan baris ini."))
    if draft.faults:
        return Action.FAULT
    if draft.removing:
        return Action.REMOVE
    return Action.NEW if draft.current is None else Action.CHANGE


def _changes(columns: list[Column], draft: Draft, changed: list[Column], action: Action) -> list[list[str]]:
    """Heading, before, after; of a new row what it holds."""
    if action == Action.REMOVE:
        return []
    told = changed if draft.current else [column for column in columns if draft.values.get(column.key)]
    found = []
    for column in told:
        if column.key == "office" and draft.current:
            continue
        after, before = draft.values.get(column.key), draft.current.values.get(column.key) if draft.current else column.empty
        if isinstance(column, Ref):
            after, before = draft.typed.get(column.key, ""), draft.current.names.get(column.key, "") if draft.current else ""
        found.append([str(column.heading), column.spoken(before) if draft.current else "", column.spoken(after)])
    return found
