"""
What a column of a sheet may hold: read from a cell as people fill it, written back, said in words, packed for the database.

Each kind of column knows all of it, so that export, checking, applying and the page of instructions cannot differ.
"""

import datetime
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.dates import plain_date

Raw = Any  # what python-calamine gives: str, int, float, bool, date, datetime, time, timedelta
EXACT = 10**15  # beyond it Excel rounds the digits of a number
EPOCHS = {False: datetime.date(1899, 12, 30), True: datetime.date(1904, 1, 1)}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"), ("februari", "feb", "pebruari"), ("maret", "mar"), ("april", "apr"), ("mei", "may"),
            ("juni", "jun"), ("juli", "jul"), ("agustus", "agu", "ags", "aug"), ("september", "sep", "sept"),
            ("oktober", "okt", "oct"), ("november", "nov", "nop", "nopember"), ("desember", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2028\u2029]|[\ud800-\udfff]")
SPACES = re.compile(r"[ \t\r\n\v\f\xa0\u2007\u202f]+")


class CellFault(Exception):
    """What is wrong with a cell, as a sentence."""

    def __init__(self, sentence: str, **params):
        self.sentence = str(sentence) % params if params else str(sentence)
        super().__init__(self.sentence)


def plain_text(raw: Raw) -> str:
    """A cell as text: numbers without a decimal point of their own, dates and times as they are written here."""
    if isinstance(raw, bool):
        return _("ya") if raw else _("tidak")
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < EXACT:
        return str(int(raw))
    if isinstance(raw, float):
        return repr(raw)
    if isinstance(raw, datetime.datetime):
        return raw.strftime("%d-%m-%Y") if raw.time() == datetime.time() else raw.strftime("%d-%m-%Y %H.%M")
    if isinstance(raw, datetime.date):
        return raw.strftime("%d-%m-%Y")
    if isinstance(raw, datetime.time):
        return raw.strftime("%H.%M")
    return str(raw)


def one_line(text: str) -> str:
    return SPACES.sub(" ", CONTROLS.sub("", text)).strip()


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that ``word`` most likely means, empty where none is near."""
    by_plain = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(word.casefold(), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else ""


@dataclass(frozen=True)
class Column:
    """
    One column. ``heading`` and ``note`` are what stands in the sheet; ``read_only`` ones are shown and never taken.

    ``only_for`` a dinas: the column stands only in the workbook of all its offices.
    """

    key: str
    heading: str
    note: str = ""
    required: bool = False
    width: int = 16
    read_only: bool = False
    only_for_dinas: bool = False
    form = "text"  # how its cells are formatted: text, wrapped, date, number

    @property
    def empty(self) -> Any:
        return ""

    def blank(self, raw: Raw) -> bool:
        return raw is None or (isinstance(raw, str) and not one_line(raw))

    def read(self, raw: Raw) -> Any:
        """The value of a cell. Raises CellFault."""
        if self.blank(raw):
            if self.required:
                raise CellFault(_("“%(heading)s” belum diisi."), heading=self.heading)
            return self.empty
        return self.understand(raw)

    def understand(self, raw: Raw) -> Any:
        raise NotImplementedError

    def same(self, value: Any) -> Any:
        """``value`` (of the database) as ``read`` would give it back, to compare by."""
        return value

    def cell(self, value: Any) -> Any:
        """What is written for ``value``: text, number, date, or None for an empty cell."""
        return value

    def spoken(self, value: Any) -> str:
        """``value`` for the page that shows before and after."""
        return str(value) if value not in (None, "") else str(_("kosong"))

    def pack(self, value: Any) -> Any:
        return value

    def unpack(self, packed: Any) -> Any:
        return packed


@dataclass(frozen=True)
class Line(Column):
    """Text on one line."""

    max_length: int = 150

    def understand(self, raw):
        text = one_line(plain_text(raw))
        if len(text) > self.max_length:
            raise CellFault(
                _("terlalu panjang: %(length)s karakter, paling banyak %(most)s."), length=len(text), most=self.max_length
            )
        return text

    def same(self, value):
        return one_line(value)


@dataclass(frozen=True)
class Paragraph(Line):
    """Text of several lines."""

    form = "wrapped"

    def understand(self, raw):
        text = self.same(plain_text(raw))
        if len(text) > self.max_length:
            raise CellFault(
                _("terlalu panjang: %(length)s karakter, paling banyak %(most)s."), length=len(text), most=self.max_length
            )
        return text

    def same(self, value):
        lines = CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        return "\n".join(one_line(line) for line in lines).strip()


@dataclass(frozen=True)
class Code(Line):
    """Digits that are no number: NIP, telephone, codes of goods. Numbers that Excel has rounded are refused."""

    digits: int = 0

    def understand(self, raw):
        if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= EXACT:
            raise CellFault(
                _("tersimpan sebagai angka, dan Excel membulatkan digitnya. Ubah format sel menjadi Teks, lalu ketik ulang.")
            )
        text = super().understand(raw)
        if self.digits:
            text = re.sub(r"[ .\-]", "", text)
            if not (len(text) == self.digits and text.isascii() and text.isdecimal()):
                raise CellFault(_("“%(text)s” harus %(digits)s angka."), text=one_line(plain_text(raw)), digits=self.digits)
        return text


@dataclass(frozen=True)
class Choice(Column):
    """One of some words; the workbook shows their labels. ``ask`` is what an unknown word is called ("jenis")."""

    choices: Sequence[tuple[Any, Any]] = ()

    @property
    def labels(self) -> list[str]:
        return [str(label) for _key, label in self.choices]

    def understand(self, raw):
        text = one_line(plain_text(raw))
        for key, label in self.choices:
            if text.casefold() in (str(label).casefold(), str(key).casefold()):
                return key
        near = nearest(text, self.labels)
        known = {"heading": self.heading.lower(), "text": text}
        if near:
            raise CellFault(_("%(heading)s “%(text)s” tidak dikenal; mungkin maksud Anda “%(near)s”?"), near=near, **known)
        raise CellFault(
            _("%(heading)s “%(text)s” tidak dikenal. Pilih salah satu: %(labels)s."), labels=", ".join(self.labels), **known
        )

    def cell(self, value):
        return next((str(label) for key, label in self.choices if key == value), None)

    def spoken(self, value):
        return self.cell(value) or super().spoken(value)


YES_NO = ((True, gettext_lazy("ya")), (False, gettext_lazy("tidak")))
YES = {"ya", "y", "ada", "yes", "true", "1", "benar", "x", "✓", "v"}
NO = {"tidak", "t", "tidak ada", "no", "n", "false", "0", "salah", "-"}


@dataclass(frozen=True)
class YesNo(Choice):
    choices: Sequence[tuple[Any, Any]] = YES_NO

    @property
    def empty(self):
        return False

    def understand(self, raw):
        text = one_line(plain_text(raw)).casefold()
        if text in YES or text in NO:
            return text in YES
        raise CellFault(_("tulis ya atau tidak, bukan “%(text)s”."), text=one_line(plain_text(raw)))


@dataclass(frozen=True)
class Whole(Column):
    """A whole number."""

    least: int = 0
    most: int = 1_000_000
    form = "number"

    @property
    def empty(self):
        return None

    def understand(self, raw):
        number = self._number(raw)
        if number is None or not float(number).is_integer():
            raise CellFault(_("“%(text)s” bukan bilangan bulat."), text=one_line(plain_text(raw)))
        if not self.least <= number <= self.most:
            raise CellFault(
                _("%(number)s di luar batas: antara %(least)s dan %(most)s."),
                number=int(number), least=self.least, most=self.most,
            )  # fmt: skip
        return int(number)

    def _number(self, raw) -> float | int | None:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return raw
        text = one_line(plain_text(raw)).replace(" ", "")
        if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+", text):  # 1.250 as it is written here
            text = text.replace(".", "")
        text = re.sub(r"[.,]0+$", "", text)
        return int(text) if re.fullmatch(r"[-+]?\d{1,15}", text) else None


@dataclass(frozen=True)
class Day(Column):
    """A date. Text is read with the day first; a bare number as Excel counts days."""

    form = "date"

    @property
    def empty(self):
        return None

    def understand(self, raw):
        day = self._day(raw)
        if day is None:
            raise CellFault(_("“%(text)s” bukan tanggal. Tulis seperti 23-11-2026."), text=one_line(plain_text(raw)))
        if not 2000 <= day.year <= 2099:
            raise CellFault(_("tahun %(year)s tidak masuk akal; periksa tanggalnya."), year=day.year)
        return day

    def _day(self, raw) -> datetime.date | None:
        if isinstance(raw, datetime.datetime):
            return raw.date()
        if isinstance(raw, datetime.date):
            return raw
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return EPOCHS[False] + datetime.timedelta(days=int(raw)) if 20_000 < raw < 80_000 else None
        text = one_line(plain_text(raw)).casefold().rpartition(", ")[2]
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:t?\s*00[:.]00.*)?", text):
            return _date(found[1], found[2], found[3])
        if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
            return _date(found[3], found[2], found[1])
        if (found := re.fullmatch(r"(\d{1,2})[-/. ]([a-z]+)[-/. ](\d{4})", text)) and found[2] in MONTHS:
            return _date(found[3], MONTHS[found[2]], found[1])
        return None

    def spoken(self, value):
        return plain_date(value) if value else super().spoken(value)

    def pack(self, value):
        return value and value.isoformat()

    def unpack(self, packed):
        return packed and datetime.date.fromisoformat(packed)


def _date(year, month, day) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True)
class Ref(Line):
    """
    The name of something that another sheet lists (``sheet``, a key); the plan makes its id of it.

    The value is the id as text; what is written is the name, which ``row`` knows beside the id.
    """

    sheet: str = ""
