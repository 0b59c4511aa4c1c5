"""From the bytes of a workbook to rows of cells, by the keys in the first, hidden row of each sheet; names may have changed."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext_lazy as _

from workbooks import safety, signing
from workbooks.columns import Column, Day
from workbooks.safety import NotAWorkbook, Survey, column_letters
from workbooks.scope import Scope
from workbooks.sheets import SHEETS, Sheet
from workbooks.signing import Passport

KEYS_ROW, HEADS_ROW, FIRST_ROW = 1, 2, 3
ID, VERSION, ACTION = "id", "version", "action"
RELATION = re.compile(rb"<(?:[^\s<>/!?:]+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
SHEET_TAG = re.compile(rb"<(?:[^\s<>/!?:]+:)?sheet\s([^>]*)>")
LEAP_1904 = 1462  # days between the two beginnings of Excel's time


class WrongSheets(NotAWorkbook):
    code = "wrong-sheets"


@dataclass
class Table:
    """One sheet of the file: ``places`` the number of the column of each key; ``lines`` its rows from ``FIRST_ROW`` on."""

    sheet: Sheet
    name: str
    places: dict[str, int]
    lines: list[list[Any]]
    formulas: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    merged: dict[tuple[int, int], str] = field(default_factory=dict)
    epoch_1904: bool = False

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row that is not empty: its number in the sheet, and its cells by key."""
        for line, cells in enumerate(self.lines, start=FIRST_ROW):
            row = {key: cells[place - 1] if place <= len(cells) else "" for key, place in self.places.items()}
            filled = any(cell not in ("", None) for cell in row.values())
            if filled or (self.formulas and any(name in self.formulas for name in self._names(line))):
                yield line, row

    def _names(self, line: int) -> list[str]:
        return [f"{column_letters(place)}{line}" for place in self.places.values()]

    def adjusted(self, column: Column, raw: Any) -> Any:
        """A bare number in a column of dates counts from where this file's days begin."""
        if self.epoch_1904 and isinstance(column, Day) and isinstance(raw, int | float) and not isinstance(raw, bool):
            return raw + LEAP_1904
        return raw


@dataclass
class Book:
    """What was read: the passport, the tables by the key of their sheet, and notices about the file as a whole."""

    passport: Passport
    tables: dict[str, Table]
    notices: list[str]


def read(content: bytes, scope: Scope) -> Book:
    """The workbook for ``scope``. Raises NotAWorkbook (and its kinds) with a sentence for whoever uploaded it."""
    clean = safety.unpacked(content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_object(io.BytesIO(clean.content))
        names = list(workbook.sheet_names)
        if signing.SHEET not in names:
            raise signing.NotThisWorkbook(
                _("Berkas ini tidak dibuat oleh Loket. Unduh buku kerjanya dari halaman ini, lalu isi yang itu.")
            )
        passport = signing.read(workbook.get_sheet_by_name(signing.SHEET).to_python())
        signing.check(passport, scope)
        surveys = _surveys(clean)
        tables, notices = _tables(workbook, names, surveys, scope)
    except python_calamine.CalamineError:
        raise NotAWorkbook(_("Berkas ini rusak atau terpotong. Simpan ulang dari Excel, lalu unggah lagi.")) from None
    epoch = bool(re.search(rb'date1904\s*=\s*["\'](?:1|true)', _part(clean, "xl/workbook.xml")))
    for table in tables.values():
        table.epoch_1904 = epoch
    return Book(passport, tables, notices)


def _part(clean: safety.Unpacked, name: str) -> bytes:
    return next((data for key, data in clean.parts.items() if key.lower() == name), b"")


def _surveys(clean: safety.Unpacked) -> dict[str, Survey]:
    """The surveys by the names of the sheets."""
    targets = {}
    for match in RELATION.finditer(_part(clean, "xl/_rels/workbook.xml.rels")):
        found = dict(ATTRIBUTE.findall(match[1]))
        targets[found.get(b"Id")] = found.get(b"Target", b"").decode().lstrip("/").removeprefix("xl/")
    named = {}
    for match in SHEET_TAG.finditer(_part(clean, "xl/workbook.xml")):
        found = dict(ATTRIBUTE.findall(match[1]))
        key = next((value for name, value in found.items() if name == b"id" or name.endswith(b":id")), None)
        part = f"xl/{targets.get(key, '')}"
        if part in clean.surveys:
            named[found.get(b"sheetId", b"")] = clean.surveys[part]
            named[found.get(b"name", b"").decode()] = clean.surveys[part]
    return named


def _tables(workbook, names, surveys, scope) -> tuple[dict[str, Table], list[str]]:
    tables: dict[str, Table] = {}
    notices = []
    for name in names:
        if name.startswith("_"):
            continue
        worksheet = workbook.get_sheet_by_name(name)
        lines = worksheet.to_python(skip_empty_area=False)
        sheet = _recognised(lines)
        if sheet is None:
            _refuse_headless(name)
            if name != str(_("Petunjuk")):
                notices.append(str(_("Lembar “%(name)s” bukan bagian buku kerja ini; tidak dibaca.") % {"name": name}))
            continue
        if sheet.key in tables:
            raise WrongSheets(
                _("Lembar %(title)s ada dua kali (“%(first)s” dan “%(second)s”). Hapus salah satunya."),
                title=sheet.title, first=tables[sheet.key].name, second=name,
            )  # fmt: skip
        if name != str(sheet.title):
            notices.append(str(_("Lembar “%(name)s” dikenali sebagai %(title)s.") % {"name": name, "title": sheet.title}))
        tables[sheet.key] = _table(sheet, name, worksheet, lines, surveys.get(_escaped(name)), scope)
    missing = [str(sheet.title) for sheet in SHEETS if sheet.key not in tables]
    if len(missing) == len(SHEETS):
        raise WrongSheets(_("Tidak ada lembar yang dikenali di berkas ini. Unduh buku kerja yang baru dari halaman ini."))
    if missing:
        notices.append(str(_("Lembar yang tidak ada di berkas tidak diubah: %(names)s.") % {"names": ", ".join(missing)}))
    return tables, notices


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _recognised(lines: list[list]) -> Sheet | None:
    first = {str(cell) for cell in lines[0]} if lines else set()
    return next((sheet for sheet in SHEETS if f"{sheet.key}.{ID}" in first), None)


def _refuse_headless(name: str) -> None:
    if any(name.casefold() == str(sheet.title).casefold() for sheet in SHEETS):
        raise WrongSheets(
            _("Lembar %(name)s tidak dikenali lagi: baris 1 atau kolom A yang tersembunyi hilang. Unduh buku kerja yang baru,"
              " lalu pindahkan isiannya."), name=name,
        )  # fmt: skip


def _table(sheet: Sheet, name: str, worksheet, lines, survey: Survey | None, scope: Scope) -> Table:
    found = {}
    for place, cell in enumerate(lines[0], start=1):
        prefix, _dot, key = str(cell).partition(".")
        if prefix == sheet.key and key:
            found[key] = place
    columns = sheet.columns_for(scope)
    missing = [column.heading for column in columns if column.key not in found and not column.read_only]
    missing += [str(_("versi"))] if VERSION not in found else []
    if missing:
        raise WrongSheets(
            _("Kolom %(headings)s pada lembar %(name)s tidak ditemukan. Kembalikan kolomnya, atau unduh buku kerja yang baru."),
            headings=", ".join(f"“{heading}”" for heading in missing), name=name,
        )  # fmt: skip
    wanted = {ID, VERSION, ACTION, *(column.key for column in columns)}
    places = {key: place for key, place in found.items() if key in wanted}
    table = Table(sheet, name, places, lines[HEADS_ROW:])
    if survey is None:
        raise WrongSheets(_("Lembar %(name)s tidak terbaca. Simpan ulang dari Excel, lalu unggah lagi."), name=name)
    letters = {column_letters(place) for place in places.values()}
    own = lambda cell: re.sub(r"\d", "", cell) in letters and int(re.sub(r"\D", "", cell)) >= HEADS_ROW  # noqa: E731
    table.formulas, table.errors = set(filter(own, survey.formulas)), set(filter(own, survey.errors))
    for (top, left), (bottom, right) in worksheet.merged_cell_ranges or []:
        area = f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
        for line in range(max(top + 1, FIRST_ROW), min(bottom + 1, len(lines)) + 1):
            for place in range(left + 1, right + 2):
                table.merged[line, place] = area
    return table
