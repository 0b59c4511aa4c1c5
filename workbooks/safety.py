"""
What is looked at before anything reads an uploaded file: that it is a workbook, that it is no bomb, that nothing in it acts.

``unpacked`` reads the parts of the zip one by one, each no further than it claims to go, and gives a clean workbook of only
those parts that hold cells: what was not looked at here cannot reach the reader.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from portal.errors import DomainError

LARGEST = 10_000_000
LARGEST_UNPACKED = 120_000_000
LARGEST_RATIO = 400  # of a part larger than RATIO_FROM; a sheet of the same row ten thousand times comes to about 150
RATIO_FROM = 4_000_000
MOST_ENTRIES = 300
MOST_ROWS, MOST_COLUMNS = 20_100, 60
MOST_CELLS = 1_200_000

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGE = _("Susunan berkas ini tidak wajar untuk buku kerja Excel; berkas tidak dibuka.")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# What acts, or fetches something from elsewhere.
ACTIVE = re.compile(
    r"vbaproject|/(?:externallinks|embeddings|activex|ctrlprops|macrosheets|dialogsheets|webextensions|customui|model)/"
    r"|connections\.xml$|querytables/",
    re.IGNORECASE,
)
CELLS = re.compile(
    r"(\[content_types\]\.xml|_rels/\.rels|xl/(workbook|sharedstrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)


class NotAWorkbook(DomainError):
    """The file is not what it must be; ``message`` says what it seems to be and what to do."""

    message = _("Berkas ini bukan buku kerja Excel (.xlsx). Unduh buku kerjanya dari halaman ini, isi, lalu unggah.")
    field = "file"
    code = "not-a-workbook"


@dataclass
class Survey:
    """
    What a sheet's XML says besides its values: formulas and errors by the names of their cells (``D14``), and how far it goes.
    """

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class Unpacked:
    """``content``: a workbook with nothing but cells; ``surveys`` by the name of the part (``xl/worksheets/sheet1.xml``)."""

    content: bytes
    parts: dict[str, bytes]
    surveys: dict[str, Survey]


def look(content: bytes) -> None:
    """What can be said at once, without unpacking. Raises NotAWorkbook."""
    if len(content) > LARGEST:
        raise NotAWorkbook(_("Berkas ini terlalu besar: paling besar %(most)s MB."), most=LARGEST // 1_000_000)
    if not content:
        raise NotAWorkbook(_("Berkas ini kosong."))
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise NotAWorkbook(_("Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."))
        raise NotAWorkbook(_("Ini berkas Excel lama (.xls). Simpan sebagai Buku Kerja Excel (.xlsx), lalu unggah lagi."))
    if not content.startswith(ZIP):
        raise NotAWorkbook
    with _opened(content) as archive:
        _check_names([entry.filename for entry in archive.infolist()])
        _check_sizes(archive.infolist())


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise NotAWorkbook(_("Berkas ini rusak atau terpotong. Simpan ulang dari Excel, lalu unggah lagi.")) from None


def _check_names(names: list[str]) -> None:
    plain = [name.lower().lstrip("/") for name in names]
    if "mimetype" in plain and "content.xml" in plain:
        raise NotAWorkbook(_("Ini berkas OpenDocument (.ods). Simpan sebagai Excel (.xlsx), lalu unggah lagi."))
    if "xl/workbook.bin" in plain:
        raise NotAWorkbook(_("Ini berkas Excel biner (.xlsb). Simpan sebagai Buku Kerja Excel (.xlsx), lalu unggah lagi."))
    if len(names) > MOST_ENTRIES or len(set(plain)) != len(plain):
        raise NotAWorkbook(STRANGE)
    if acting := next((name for name in names if ACTIVE.search("/" + name)), None):
        raise NotAWorkbook(
            _("Berkas ini memuat makro atau sambungan ke berkas lain (%(part)s). Simpan tanpa itu, lalu unggah lagi."),
            part=acting.rpartition("/")[2][:60],
        )
    if "xl/workbook.xml" not in plain or "[content_types].xml" not in plain:
        raise NotAWorkbook


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    inflated = any(
        entry.file_size > RATIO_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if total > LARGEST_UNPACKED or inflated:
        raise NotAWorkbook(_("Isi berkas ini membengkak tidak wajar saat dibuka; berkas tidak dibuka."))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise NotAWorkbook(_("Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."))


def unpacked(content: bytes) -> Unpacked:
    """The parts with cells, surveyed and packed anew. Raises NotAWorkbook for whatever does not hold what it promises."""
    look(content)
    parts, surveys = {}, {}
    with _opened(content) as archive:
        for entry in archive.infolist():
            name = entry.filename.lstrip("/")
            if CELLS.fullmatch(name):
                parts[name] = _part(archive, entry)
    for name, data in parts.items():
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:  # the last: another encoding than UTF-8
            raise NotAWorkbook(STRANGE)
        if name.lower().startswith("xl/worksheets/"):
            surveys[name] = survey(data)
    types = next((data for name, data in parts.items() if name.lower() == "[content_types].xml"), b"")
    if WORKBOOK_TYPE not in types:
        raise NotAWorkbook(_("Berkas ini memuat makro atau berupa templat. Simpan sebagai Buku Kerja Excel (.xlsx) biasa."))
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return Unpacked(clean.getvalue(), parts, surveys)


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)  # never further than it said; the sum is checked at its end
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise NotAWorkbook(_("Berkas ini rusak atau terpotong. Simpan ulang dari Excel, lalu unggah lagi.")) from None
    if len(data) != entry.file_size:
        raise NotAWorkbook(_("Berkas ini rusak atau terpotong. Simpan ulang dari Excel, lalu unggah lagi."))
    return data


# Whatever does not look like this (other quotes, an address in entities, none at all) is refused, not overlooked.
CELL = re.compile(rb"<(?:[^\s<>/!?:]+:)?(c|row|f)(?=[\s/>])([^>]*)>")
PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
TYPE_ERROR = re.compile(rb"""\st=["']e["']""")


def survey(data: bytes) -> Survey:
    """Look through a sheet's XML once. Raises NotAWorkbook where it goes further than any sheet of ours."""
    found, here, cells = Survey(), "", 0
    for match in CELL.finditer(data):
        tag, attributes = match[1], match[2]
        if tag == b"f":
            found.formulas.append(here)
        elif tag == b"c" and not attributes.endswith(b"/"):
            place = PLACE.search(attributes)
            if place is None:
                raise NotAWorkbook(STRANGE)
            letters, number, cells = place[1].decode(), int(place[2]), cells + 1
            here = f"{letters}{number}"
            found.rows, found.columns = max(found.rows, number), max(found.columns, column_number(letters))
            if TYPE_ERROR.search(attributes):
                found.errors.append(here)
    if found.rows > MOST_ROWS or found.columns > MOST_COLUMNS or cells > MOST_CELLS:
        raise NotAWorkbook(
            _("Satu lembar terlalu besar: paling banyak %(rows)s baris dan %(columns)s kolom. Bagi menjadi beberapa berkas."),
            rows=MOST_ROWS - 100,
            columns=MOST_COLUMNS,
        )
    return found


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
