"""
The workbook as a file: a sheet of instructions, a sheet for each kind, and what Loket needs to know it again, hidden.

Row 1 of each sheet (hidden) holds the keys of its columns, row 2 the headings; columns A and B (hidden) id and version. Only
the heads are locked: a sheet whose other cells are locked can neither be sorted nor have rows taken out.
"""

import csv
import datetime
import io
import re
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbooks import signing
from workbooks.columns import Choice, Column, Day, Ref, Whole
from workbooks.drafts import Current
from workbooks.reading import ACTION, FIRST_ROW, ID, VERSION
from workbooks.safety import column_letters
from workbooks.scope import Scope
from workbooks.sheets import SHEETS, Sheet
from workbooks.sheets.base import REMOVE

LISTS = "_pilihan"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPARE = 500  # empty rows that still have drop-downs and formats
FORMULA_LIKE = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
UNSTORABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
ALLOWED = {
    "insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_cells": True, "format_rows": True,
    "insert_hyperlinks": True, "objects": True,
}  # fmt: skip
INSTRUCTIONS = [
    (
        gettext_lazy("Mengisi"),
        gettext_lazy("Ubah sel yang perlu, atau tambahkan baris di bawah baris terakhir. Baris yang tidak diubah tidak"
           " tersentuh. Jangan menghapus baris 1 dan kolom A–B yang tersembunyi."),
    ),
    (
        gettext_lazy("Menghapus"),
        gettext_lazy("Tulis hapus di kolom Tindakan. Baris yang hanya dihilangkan dari lembar tidak mengubah apa pun."),
    ),
    (
        gettext_lazy("Rumus"),
        gettext_lazy("Isi sel dengan nilai, bukan rumus. NIP, telepon, dan kode adalah teks, agar nol di depan tetap ada."),
    ),
    (
        gettext_lazy("Mengunggah"),
        gettext_lazy("Simpan sebagai .xlsx, lalu unggah di halaman yang sama. Loket menunjukkan setiap perubahan dahulu;"
           " tidak ada yang berubah sebelum Anda menekan Terapkan."),
    ),
    (gettext_lazy("Warna judul"), gettext_lazy("cokelat: wajib diisi; biru: boleh kosong; abu-abu: hanya dibaca")),
]  # fmt: skip
HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "valign": "vcenter", "border": 1}
FORMS: dict[str, dict] = {
    "text": {"num_format": "@", "quote_prefix": True},
    "wrapped": {"num_format": "@", "quote_prefix": True, "text_wrap": True},
    "date": {"num_format": "dd-mm-yyyy", "align": "left"},
    "number": {"num_format": "0"},
}


def file_name(scope: Scope, ending: str) -> str:
    """loket-cikutra-2026-11-23.xlsx"""
    plain = re.sub(r"[^a-z0-9]+", "-", scope.name.casefold()).strip("-")[:60] or "loket"
    return f"{plain}-{scope.today:%Y-%m-%d}.{ending}"


def visible_sheets(scope: Scope, by) -> list[Sheet]:
    """The sheets whose contents ``by`` may change, and therefore gets."""
    return [sheet for sheet in SHEETS if by.may(sheet.right, dinas=scope.dinas.pk)]


def workbook(scope: Scope, *, by, at: datetime.datetime) -> bytes:
    """The workbook of ``scope`` with all sheets that ``by`` may fill in, in Indonesian."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
    with translation.override("id"), xlsxwriter.Workbook(out, options) as book:
        _Writer(book, scope, by, at).write()
    return out.getvalue()


def sheet_csv(sheet: Sheet, scope: Scope) -> bytes:
    """One sheet as CSV for Excel in Indonesian: semicolons, with a mark of UTF-8; whatever begins like a formula is text."""
    out = io.StringIO()
    with translation.override("id"):
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        columns = sheet.columns_for(scope)
        writer.writerow([str(column.heading) for column in columns])
        for current in sheet.current(scope):
            writer.writerow([_plain(column, shown(column, current)) for column in columns])
    return "\ufeff".encode() + out.getvalue().encode()


def shown(column: Column, current: Current) -> Any:
    """What stands in the cell: of a reference its name."""
    return current.names.get(column.key, "") if isinstance(column, Ref) else column.cell(current.values.get(column.key))


def _plain(column: Column, value: Any) -> str:
    if value is None:
        return ""
    text = value.strftime("%d-%m-%Y") if isinstance(value, datetime.date) else str(value)
    return f"'{text}" if FORMULA_LIKE.match(text) else text


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, scope: Scope, by, at: datetime.datetime):
        self.book, self.scope, self.by, self.at = book, scope, by, at
        self.sheets = visible_sheets(scope, by)
        self.passport = signing.issued(scope, by_name=by.name, at=at)
        self.head = book.add_format({**HEAD, "locked": True})
        self.required = book.add_format({**HEAD, "bg_color": "#9C5700", "locked": True})
        self.shown_only = book.add_format({**HEAD, "bg_color": "#595959", "locked": True})
        free = {"locked": False, "valign": "top"}
        self.formats = {name: book.add_format({**form, **free}) for name, form in FORMS.items()}
        self.grey = {name: book.add_format({**form, **free, "bg_color": "#EDEDED"}) for name, form in FORMS.items()}
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        self.book.set_properties({"title": self.scope.name, "author": self.by.name, "company": self.scope.tenant.name})
        self._instructions()
        for sheet in self.sheets:
            self._sheet(sheet)
        self._hidden(LISTS, [list(words) for words in self.lists])
        self._passport()

    # The instructions ---------------------------------------------------------------------------------------------------------

    def _instructions(self) -> None:
        page = self.book.add_worksheet(_("Petunjuk"))
        title = self.book.add_format({"bold": True, "font_size": 16})
        bold = self.book.add_format({"bold": True, "valign": "top"})
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        page.hide_gridlines(2)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 96)
        lines = [
            (_("Buku kerja %(name)s") % {"name": self.scope.name}, ""),
            (_("Pemerintah daerah"), self.scope.tenant.name),
            (_("Dinas"), self.scope.dinas.name),
            (_("Dibuat"), self._made()),
            *((str(label), str(text)) for label, text in INSTRUCTIONS),
        ]
        for sheet in self.sheets:
            removal = _(" Hapus: %(what)s") % {"what": sheet.removal} if sheet.removal else ""
            lines.append((str(sheet.title), f"{sheet.intro}{removal}"))
        for line, (label, text) in enumerate(lines):
            self._text(page, line, 0, label, bold if line else title)
            if text:
                self._text(page, line, 1, text, wrapped)
        page.protect("", ALLOWED)

    def _made(self) -> str:
        local = self.scope.tenant.local(self.at)
        return _("%(when)s %(zone)s oleh %(name)s, bentuk %(format)s") % {
            "when": local.strftime("%d-%m-%Y %H.%M"),
            "zone": self.scope.tenant.zone_abbr,
            "name": self.by.name,
            "format": signing.FORMAT,
        }

    # A sheet ------------------------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(str(sheet.title))
        columns = sheet.columns_for(self.scope)
        page.set_column(0, 1, 12, self.formats["text"], {"hidden": True})
        for place, column in enumerate(columns, start=2):
            page.set_column(place, place, column.width, self._format(column))
        last = len(columns) + 2
        page.set_column(last, last, 12, self.formats["text"])
        self._heads(page, sheet, columns, last)
        rows = sheet.current(self.scope)
        for line, current in enumerate(rows, start=FIRST_ROW - 1):
            self._row(page, line, columns, current)
        self._drop_downs(page, columns, last, len(rows) + SPARE)
        page.freeze_panes(FIRST_ROW - 1, 3)
        page.autofilter(1, 2, max(len(rows) + 1, 2), last)
        page.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letters(last + 1)}{len(rows) + SPARE}"})
        page.set_landscape()
        page.repeat_rows(1)
        page.fit_to_pages(1, 0)
        page.protect("", ALLOWED)

    def _format(self, column: Column):
        return (self.grey if column.read_only else self.formats)[column.form]

    def _heads(self, page, sheet: Sheet, columns: list[Column], last: int) -> None:
        page.set_row(0, None, None, {"hidden": True})
        page.set_row(1, 32)
        keys = [ID, VERSION, *(column.key for column in columns), ACTION]
        for place, key in enumerate(keys):
            page.write_string(0, place, f"{sheet.key}.{key}", self.head)
        self._text(page, 1, 0, _("Kunci"), self.head)
        self._text(page, 1, 1, _("Versi"), self.head)
        for place, column in enumerate(columns, start=2):
            form = self.shown_only if column.read_only else self.required if column.required else self.head
            self._text(page, 1, place, str(column.heading), form)
            if column.note:
                page.write_comment(1, place, str(column.note), {"x_scale": 1.6, "author": "Loket"})
        self._text(page, 1, last, _("Tindakan"), self.head)
        note = sheet.removal and _("hapus: %(what)s") % {"what": sheet.removal}
        page.write_comment(1, last, note or _("Tidak dipakai di lembar ini."), {"x_scale": 1.6, "author": "Loket"})

    def _row(self, page, line: int, columns: list[Column], current: Current) -> None:
        page.write_string(line, 0, str(current.id or ""), self.formats["text"])
        if current.version is not None:
            page.write_number(line, 1, current.version, self.formats["text"])
        for place, column in enumerate(columns, start=2):
            value, form = shown(column, current), self._format(column)
            if value is None or value == "":
                page.write_blank(line, place, None, form)
            elif isinstance(value, datetime.date):
                page.write_datetime(line, place, value, form)
            elif isinstance(value, int) and not isinstance(value, bool):
                page.write_number(line, place, value, form)
            else:
                self._text(page, line, place, str(value), form)

    @staticmethod
    def _text(page, line: int, place: int, text: str, form) -> None:
        page.write_string(line, place, UNSTORABLE.sub("", text)[:LONGEST_CELL], form)

    def _drop_downs(self, page, columns: list[Column], last: int, count: int) -> None:
        end = FIRST_ROW + count
        for place, column in enumerate(columns, start=2):
            rule = self._rule(column)
            if rule:
                page.data_validation(FIRST_ROW - 1, place, end, place, rule)
        page.data_validation(FIRST_ROW - 1, last, end, last, {
            "validate": "list", "source": [str(REMOVE)], "error_title": _("Tindakan"),
            "error_message": _("Tulis hapus, atau kosongkan."),
        })  # fmt: skip

    def _rule(self, column: Column) -> dict | None:
        if column.read_only:
            return None
        if isinstance(column, Choice):
            return {"validate": "list", "source": self._list(column.labels), "error_message": _("Pilih dari daftar.")}
        if isinstance(column, Ref):
            source = self._names(column.sheet)
            said = _("Nama ini belum ada di lembarnya; tambahkan di sana dahulu.")
            rule = {"validate": "list", "source": source, "error_type": "warning", "error_message": said}
            return rule if source else None
        if isinstance(column, Whole):
            return {
                "validate": "integer", "criteria": "between", "minimum": column.least, "maximum": column.most,
                "error_message": _("Isi dengan bilangan bulat."),
            }  # fmt: skip
        if isinstance(column, Day):
            return {
                "validate": "date", "criteria": "between", "minimum": datetime.date(2000, 1, 1),
                "maximum": datetime.date(2099, 12, 31), "error_message": _("Isi dengan tanggal, misalnya 23-11-2026."),
            }  # fmt: skip
        return None

    def _list(self, words: list[str]) -> str:
        """The address of a list of words on the hidden sheet."""
        key = tuple(words)
        if key not in self.lists:
            letters = column_letters(len(self.lists) + 1)
            self.lists[key] = f"='{LISTS}'!${letters}$1:${letters}${len(words)}"
        return self.lists[key]

    def _names(self, key: str) -> str | None:
        """The column of names of another sheet, with room for those that are added."""
        sheet = next((each for each in self.sheets if each.key == key), None)
        if sheet is None:
            return None
        place = next(place for place, column in enumerate(sheet.columns_for(self.scope), start=3) if column.key == "name")
        letters = column_letters(place)
        return f"='{sheet.title}'!${letters}${FIRST_ROW}:${letters}$1000"

    # What is not shown --------------------------------------------------------------------------------------------------------

    def _hidden(self, name: str, lists: list[list[str]]):
        page = self.book.add_worksheet(name)
        for line in range(max(map(len, lists), default=0)):
            for place, words in enumerate(lists):
                if line < len(words):
                    page.write_string(line, place, words[line])
        page.hide()
        page.protect("")
        return page

    def _passport(self) -> None:
        page = self.book.add_worksheet(signing.SHEET)
        text = self.book.add_format({"num_format": "@"})
        for line, (name, value) in enumerate(self.passport.rows()):
            page.write_string(line, 0, name)
            page.write_string(line, 1, value, text)
        page.very_hidden()
        page.protect("")
