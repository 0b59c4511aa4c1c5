"""Files that are not what they should be: refused in words, and nothing has changed."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from tenants.context import mounted
from workbooks import operations, safety, signing
from workbooks.enums import RunState
from workbooks.models import ImportFile, ImportRun
from workbooks.safety import NotAWorkbook

pytestmark = pytest.mark.django_db


def zipped(*entries, source=b"") -> bytes:
    """``source`` (a zip) with ``entries`` (name, bytes) added or in place of those that are there."""
    out = io.BytesIO()
    new = dict(entries)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if source:
            with zipfile.ZipFile(io.BytesIO(source)) as old:
                for entry in old.infolist():
                    if entry.filename not in new:
                        archive.writestr(entry.filename, old.read(entry))
        for name, data in new.items():
            archive.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


OUTSIDE = {
    "empty": (b"", "Berkas ini kosong."),
    "csv": (b"Nama;Alamat\r\nLoket;Jl. A\r\n", "bukan buku kerja Excel"),
    "xls": (safety.OLE + b"\0" * 600, "berkas Excel lama (.xls)"),
    "locked": (safety.OLE + b"\0" * 600 + safety.ENCRYPTED, "terkunci kata sandi"),
    "cut": (safety.ZIP + b"rubbish", "rusak atau terpotong"),
    "word": (zipped(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<T/>")), "bukan buku kerja Excel"),
    "ods": (zipped(("mimetype", b"x"), ("content.xml", b"<x/>")), "OpenDocument (.ods)"),
    "xlsb": (zipped(("xl/workbook.bin", b"x")), "Excel biner (.xlsb)"),
    "many": (zipped(*[(f"a{number}", b"") for number in range(400)]), "tidak wajar"),
    "bomb": (zipped(("xl/workbook.xml", b"<w/>"), ("[Content_Types].xml", b"<T/>"), ("xl/a.xml", b"0" * 50_000_000)),
             "membengkak tidak wajar"),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(OUTSIDE))
def test_file_that_is_no_workbook_is_refused_at_once(kind, office, dinas, dinas_head, kota_bandung, now):
    content, said = OUTSIDE[kind]

    with mounted(kota_bandung), pytest.raises(NotAWorkbook) as refusal:
        operations.receive(dinas=dinas, office=office, name="x.xlsx", content=content, by=dinas_head, at=now)

    assert said in str(refusal.value.message)
    with mounted(kota_bandung):
        assert not ImportRun.objects.exists()


def test_file_beyond_ten_megabytes_is_refused(monkeypatch):
    with pytest.raises(NotAWorkbook, match="terlalu besar"):
        safety.look(safety.ZIP + b"\0" * safety.LARGEST)


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin", "xl/connections.xml"]
)
def test_what_acts_is_refused(name, furnished, export):
    with pytest.raises(NotAWorkbook, match="makro atau sambungan"):
        safety.look(zipped((name, b"x"), source=export(furnished)))


def test_type_of_a_workbook_with_macros_is_refused(furnished, export, upload):
    content = export(furnished)
    types = part(content, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )

    run = upload(zipped(("[Content_Types].xml", types), source=content), furnished)

    assert (run.state, "makro atau berupa templat" in run.reason) == (RunState.REFUSED, True)


def inner_bomb(content: bytes) -> bytes:
    """A zip whose directory says less than its entry holds."""
    data = zipped(("xl/worksheets/sheet1.xml", b"A" * 30_000_000), source=content)
    return data.replace((30_000_000).to_bytes(4, "little"), (30_000).to_bytes(4, "little"))


CELL = b'<row r="3"><c r="A3" t="n"><v>1</v></c></row>'
STRANGE = {
    "liar": (inner_bomb, "rusak atau terpotong"),
    "far cell": (lambda data: swapped(data, CELL.replace(b'"A3"', b'"XFD1048576"')), "terlalu besar"),
    "cell without address": (lambda data: swapped(data, CELL.replace(b'r="A3" ', b"")), "tidak wajar"),
    "address in other quotes": (lambda data: swapped(data, CELL.replace(b'"A3"', b"'XFD1048576'")), "tidak wajar"),
    "entity": (lambda data: swapped(data, CELL, b'<!DOCTYPE x [<!ENTITY a "b">]>'), "tidak wajar"),
    "another encoding": (lambda data: swapped(data, CELL, b"\0"), "tidak wajar"),
}  # fmt: skip


def swapped(content: bytes, cell: bytes, before: bytes = b"") -> bytes:
    sheet = part(content, "xl/worksheets/sheet1.xml")
    return zipped(("xl/worksheets/sheet1.xml", before + sheet.replace(b"<sheetData>", b"<sheetData>" + cell)), source=content)


@pytest.mark.parametrize("kind", sorted(STRANGE))
def test_file_that_hides_its_size_is_refused(kind, furnished, export, upload, kota_bandung):
    change, said = STRANGE[kind]

    run = upload(change(export(furnished)), furnished)

    assert (run.state, said in run.reason) == (RunState.REFUSED, True), run.reason
    with mounted(kota_bandung):
        assert ImportFile.objects.get(run=run).content is None


def test_workbook_of_another_maker_is_refused(office, upload):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Inventaris").write(0, 0, "x")

    assert "tidak dibuat oleh Loket" in upload(out.getvalue(), office).reason


def passport(fill, content, **entries) -> bytes:
    book = fill(content)
    page = book.book[signing.SHEET]
    for line in range(1, page.max_row + 1):
        if page.cell(line, 1).value in entries:
            page.cell(line, 2).value = entries[page.cell(line, 1).value]
    return book.bytes()


def test_newer_form_is_refused(furnished, export, fill, upload):
    assert "Loket yang lebih baru" in upload(passport(fill, export(furnished), format="2"), furnished).reason


def test_forged_passport_is_refused(furnished, export, fill, upload, kota_cimahi):
    run = upload(passport(fill, export(furnished), government=str(kota_cimahi.pk)), furnished)

    assert "Tanda pengenal berkas ini tidak cocok" in run.reason


def test_workbook_of_another_government_is_refused_by_name(furnished, export, upload, monkeypatch, kota_cimahi, kota_bandung):
    """The same ids and the same secret: only the government in the passport differs."""
    issued = signing.issued
    with monkeypatch.context() as patch:
        patch.setattr(
            signing, "issued",
            lambda scope, **given: signing.Passport(**{
                **issued(scope, **given).__dict__, "government": str(kota_cimahi.pk), "government_name": "Kota Cimahi",
            }),
        )  # fmt: skip
        content = export(furnished)

    run = upload(content, furnished)

    assert run.reason == "Berkas ini milik Kota Cimahi (Loket Cikutra), bukan daerah ini. Tidak ada yang dibaca darinya."


def test_workbook_of_another_office_is_refused_by_name(furnished, export, upload, make_office):
    other = make_office("Loket Gedebage")

    assert "Berkas ini untuk Loket Cikutra" in upload(export(furnished), other).reason


def test_renamed_sheet_is_recognised(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.book["Ruang"].title = "Ruangan kita"

    run = upload(book.bytes(), furnished)

    assert (run.state, rows(run), run.notices) == ("checked", [], ["Lembar “Ruangan kita” dikenali sebagai Ruang."])


def test_missing_sheet_changes_nothing_and_is_said(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    del book.book["Petugas"]
    book.book.create_sheet("Catatan")["A1"] = "milik saya"

    run = upload(book.bytes(), furnished)

    assert (run.state, rows(run)) == ("checked", [])
    assert run.notices == [
        "Lembar “Catatan” bukan bagian buku kerja ini; tidak dibaca.",
        "Lembar yang tidak ada di berkas tidak diubah: Petugas.",
    ]


def test_missing_column_is_refused_by_name(furnished, export, fill, upload):
    book = fill(export(furnished))
    book.book["Inventaris"].delete_cols(book.place("Inventaris", "Kondisi"))

    assert upload(book.bytes(), furnished).reason.startswith("Kolom “Kondisi” pada lembar Inventaris tidak ditemukan.")


def test_sheet_without_its_hidden_row_is_refused(furnished, export, fill, upload):
    book = fill(export(furnished))
    book.book["Inventaris"].delete_rows(1)

    assert "Lembar Inventaris tidak dikenali lagi" in upload(book.bytes(), furnished).reason


def test_copied_sheet_is_refused(furnished, export, fill, upload):
    book = fill(export(furnished))
    book.book.copy_worksheet(book.book["Ruang"]).title = "Ruang (2)"

    assert "Lembar Ruang ada dua kali" in upload(book.bytes(), furnished).reason


def test_openpyxl_writes_what_excel_writes():
    """The tests fill in workbooks with it: formulas as formulas."""
    assert openpyxl.Workbook().active.cell(1, 1, "=1+1").data_type == "f"
