"""Cells as people fill them, and what is said of those that cannot be understood."""

import datetime

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from equipment.models import Item
from tenants.context import mounted
from workbooks import columns, columns_service

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


def faults(rows):
    return [text for _sheet, _line, action, said in rows if action == "fault" for text in said]


FAULTS = [
    ("Inventaris", {"Jenis": "leptop"}, "Inventaris!D3: jenis “leptop” tidak dikenal; mungkin maksud Anda “laptop”?"),
    ("Inventaris", {"Jenis": None}, "Inventaris!D3: “Jenis” belum diisi."),
    ("Inventaris", {"Tahun perolehan": "dua ribu"}, "Inventaris!N3: “dua ribu” bukan bilangan bulat."),
    ("Inventaris", {"Tahun perolehan": 1890}, "Inventaris!N3: 1890 di luar batas: antara 1950 dan 2100."),
    ("Inventaris", {"Ruang": "Ruang Depn"},
     "Inventaris!G3: ruang “Ruang Depn” tidak dikenal; mungkin maksud Anda “Ruang Depan”?"),
    ("Inventaris", {"Keterangan": "x" * 301}, "Inventaris!O3: terlalu panjang: 301 karakter, paling banyak 300."),
    ("Inventaris", {"Keterangan": "=1+1"},
     "Inventaris!O3: berisi rumus. Ganti dengan nilainya: salin, lalu tempel khusus sebagai nilai."),
    ("Inventaris", {"Kondisi": "Rusak Berat"},
     "Inventaris!J3: tulis sebabnya: kondisi yang bukan Baik dibaca lagi saat inventaris diperiksa."),
    ("Inventaris", {"Tindakan": "hapuz"}, "Inventaris!Q3: Tindakan “hapuz” tidak dikenal; tulis hapus, atau kosongkan."),
    ("Inventaris", {"Tindakan": "hapus"}, "Inventaris!P3: Tulis alasannya; dibaca lagi saat inventaris diperiksa."),
    ("Petugas", {"NIP": 198001012005011001},
     "Petugas!D3: tersimpan sebagai angka, dan Excel membulatkan digitnya. Ubah format sel menjadi Teks, lalu ketik ulang."),
    ("Petugas", {"NIP": "1980"}, "Petugas!D3: “1980” harus 18 angka."),
    ("Petugas", {"Bertugas sejak": "kemarin"}, "Petugas!G3: “kemarin” bukan tanggal. Tulis seperti 23-11-2026."),
    ("Jam layanan", {"Senin": datetime.time(8)},
     "Jam layanan!G3: jam buka dan tutup ditulis bersama sebagai teks, seperti 08.00-15.30; yang tertulis hanya 08.00."),
    ("Meja", {"Dari kiri (cm)": None},
     "Meja!E3: Letak meja ditulis lengkap (dari kiri dan dari atas, 0 sampai 10.000 cm), atau dikosongkan keduanya."),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "change", "said"), FAULTS, ids=lambda value: str(value)[:30])
def test_fault_names_the_cell_and_what_to_do(sheet, change, said, furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.set(sheet, 3, **change)

    assert faults(rows(upload(book.bytes(), furnished))) == [said]


def test_merged_cells_are_named(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.book["Inventaris"].merge_cells("O3:O4")

    assert "Inventaris!O3: sel O3:O4 digabung. Pisahkan selnya, lalu isi masing-masing." in faults(
        rows(upload(book.bytes(), furnished))
    )


def test_row_changed_meanwhile_is_refused(furnished, export, fill, upload, rows, kota_bandung):
    book = fill(export(furnished)).set("Inventaris", 3, Keterangan="dari berkas").set("Inventaris", 4, Keterangan="juga")
    with mounted(kota_bandung):
        item = Item.objects.order_by("kind", "name", "label").first()
        Item.objects.filter(pk=item.pk).update(note="dari halaman", version=2)

    found = rows(upload(book.bytes(), furnished))

    assert [(line, action) for _sheet, line, action, _said in found] == [(3, "fault"), (4, "change")]
    assert "sudah diubah di Loket sejak berkas ini dibuat" in found[0][3][0]


def test_copied_row_is_a_new_thing(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    page = book.book["Inventaris"]
    for cell in page[3]:
        page.cell(6, cell.column).value = cell.value

    assert rows(upload(book.bytes(), furnished)) == [
        ("items", 6, "new", ["Inventaris!6: disalin dari baris 3; dibaca sebagai baris baru."])
    ]


READ = [
    (columns.Day("d", "Tanggal"), ["23-11-2026", "23/11/2026", "2026-11-23", "Senin, 23 November 2026", "23 Nov 2026", 46349,
                                   46349.0, datetime.datetime.combine(DAY, datetime.time()), DAY], DAY),
    (columns.Whole("n", "Jumlah"), [1250, 1250.0, "1250", " 1.250 ", "1250,0"], 1250),
    (columns.YesNo("y", "Ada"), ["ya", "YA ", "ada", True, 1, "x"], True),
    (columns.Code("c", "NIP", digits=18), ["198001012005011001", " 19800101 200501 1 001 "], "198001012005011001"),
    (columns.Code("c", "Telepon"), ["0812", " 0812 "], "0812"),
    (columns.Code("c", "Telepon"), [812, 812.0], "812"),
    (columns.Line("l", "Nama"), ["Loket  A", " Loket A\n", "Loket\xa0A"], "Loket A"),
    (columns_service.DayHours("h", "Senin"), ["08.00-12.00, 13.00-15.00", "8-12 & 13-15", "pukul 08:00–12:00; 13:00–15:00"],
     "08.00-12.00, 13.00-15.00"),
    (columns_service.DayHours("h", "Senin"), ["tutup", "-", ""], ""),
    (columns_service.Place("p", "Koordinat"), ["-6.914744, 107.60981", "https://www.google.com/maps?q=-6.914744,107.609810"],
     "-6.914744, 107.609810"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "written", "value"), READ, ids=lambda value: str(value)[:24])
def test_cell_is_read_as_it_is_meant(column, written, value):
    assert {column.read(each) for each in written} == {value}


def test_days_of_1904_are_counted_from_there(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.book.epoch = CALENDAR_MAC_1904
    page, place = book.book["Petugas"], book.place("Petugas", "Bertugas sejak")
    page.cell(3, place).value, page.cell(3, place).number_format = 44565, "General"

    assert rows(upload(book.bytes(), furnished)) == []
