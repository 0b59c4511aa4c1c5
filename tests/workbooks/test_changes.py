"""What somebody writes into the workbook becomes true, all of it or nothing, once."""

import datetime

import pytest
from django.db import connection

from audit.models import Event
from equipment.models import Item, Supply
from offices.models import Desk, Office, Room, SpecialDays
from offices.queries import week
from staffing.models import Staff
from tenants.context import mounted
from workbooks.enums import RunState

pytestmark = pytest.mark.django_db


def test_every_sheet_takes_changes_and_new_rows(furnished, export, fill, upload, apply, rows, kota_bandung):
    book = fill(export(furnished))
    book.set("Kantor", 3, Telepon="022-1234567", Koordinat="-6.914744, 107.609810")
    book.set("Jam layanan", 3, Jumat="08.00-11.30, 13.30-15.30")
    book.add("Jam layanan", Jadwal="jadwal musiman", Nama_jadwal="Ramadan 1448 H", Berlaku_sejak=datetime.date(2027, 2, 8),
             Berlaku_sampai=datetime.date(2027, 3, 9), Senin="08.00-15.00")  # fmt: skip
    book.add("Hari khusus", Dari_tanggal="4 Januari 2027", Sampai_tanggal="04/01/2027", Jam="08.00-10.00", Keterangan="Rapat")
    book.add("Ruang", Nama_ruang="Ruang Baru", Kegunaan="pendaftaran")
    book.add("Meja", Ruang="Ruang Baru", Nama_meja="Meja 9", **{"Lebar meja (cm)": 120, "Panjang meja (cm)": 60})
    book.set("Meja", book.find("Meja", "Nama meja", "Meja 2"), **{"Dari kiri (cm)": 250})
    book.set("Inventaris", book.find("Inventaris", "Merek dan tipe", "Acer A5"), Ruang="Ruang Baru", Meja="Meja 9",
             Kondisi="Rusak Berat", Sebab_kondisi="Layar retak")  # fmt: skip
    book.add("Inventaris", Jenis="tablet", Merek_dan_tipe="Samsung A9", Ruang="Ruang Baru", Kondisi="Baik", Berkamera="Ya")
    book.set("Persediaan", book.find("Persediaan", "Nama barang", "Kertas A4"), Hitung_fisik=10, Persediaan_minimum=6)
    book.add("Persediaan", Jenis="masker", Nama_barang="Masker", Satuan="kotak", Persediaan_minimum=3, Hitung_fisik=8)
    book.set("Petugas", 3, Jabatan="Pengantar kerja")
    book.add("Petugas", Nama="Agus Pratama", NIP="197501012000011007", Bertugas_sejak="01-02-2026")
    run = upload(book.bytes(), furnished)

    assert [row for row in rows(run) if row[2] == "fault"] == []
    run = apply(run)

    assert (run.state, run.reason, run.changes) == (RunState.APPLIED, "", 13)
    with mounted(kota_bandung):
        office = Office.objects.get(pk=furnished.pk)
        assert (office.phone, office.coordinates) == ("022-1234567", "-6.914744, 107.609810")
        assert len(week(office)) == 10
        assert office.schedules.get(kind="seasonal").name == "Ramadan 1448 H"
        assert SpecialDays.objects.get(reason="Rapat").hours.count() == 1
        new = Room.objects.get(name="Ruang Baru")
        desk = Desk.objects.get(name="Meja 9")
        assert (new.purpose, desk.room_id, Desk.objects.get(name="Meja 2").x) == ("registration", new.pk, 250)
        laptop = Item.objects.get(name="Acer A5")
        assert (laptop.room_id, laptop.desk_id, laptop.condition, laptop.condition_reason, laptop.version) == (
            new.pk, desk.pk, "broken", "Layar retak", 2,
        )  # fmt: skip
        tablet = Item.objects.get(name="Samsung A9")
        assert (tablet.purpose, tablet.has_camera, tablet.category, bool(tablet.label)) == (
            "registration",
            True,
            "device",
            True,
        )
        stock = {supply.name: (supply.on_hand, supply.minimum) for supply in Supply.objects.all()}
        assert stock == {"Kertas A4": (10, 6), "Sabun": (0, 2), "Masker": (8, 3)}
        assert dict(Staff.objects.values_list("name", "position")) == {"Dewi Anggraini": "Pengantar kerja", "Agus Pratama": ""}


def test_same_file_again_changes_nothing(furnished, export, fill, upload, apply, rows):
    book = fill(export(furnished))
    book.add("Ruang", Nama_ruang="Ruang Baru", Kegunaan="pendaftaran")
    for name in ("Kursi putar", "Kursi putar", "Kursi tamu"):
        book.add("Inventaris", Jenis="kursi", Merek_dan_tipe=name, Ruang="Ruang Baru", Kondisi="Baik")
    book.add("Persediaan", Jenis="masker", Nama_barang="Masker", Satuan="kotak", Persediaan_minimum=3, Hitung_fisik=8)
    book.add("Petugas", Nama="Agus Pratama", Bertugas_sejak="01-02-2026")
    book.set("Persediaan", book.find("Persediaan", "Nama barang", "Kertas A4"), Hitung_fisik=10)
    book.set("Kantor", 3, Telepon="022-1234567")
    apply(upload(book.bytes(), furnished))

    run = upload(book.bytes(), furnished)

    assert (run.changes, run.faults, rows(run)) == (0, 0, [])


def test_unchanged_rows_get_no_version_and_no_event(furnished, export, fill, upload, apply, kota_bandung):
    book = fill(export(furnished)).set("Inventaris", 3, Keterangan="diperiksa")
    with mounted(kota_bandung):
        connection.check_constraints()
        before = Event.objects.exclude(table_name="workbooks_importrun").count()
        versions = dict(Item.objects.values_list("pk", "version"))

    apply(upload(book.bytes(), furnished))

    with mounted(kota_bandung):
        connection.check_constraints()
        told = Event.objects.exclude(table_name="workbooks_importrun").order_by("-sequence")
        assert told.count() == before + 1
        event = told.first()
        assert (event.table_name, event.action, event.reason) == ("equipment_item", "U", "Buku kerja Excel")
        assert sum(Item.objects.get(pk=pk).version - version for pk, version in versions.items()) == 1


def test_removing_follows_the_rules_of_each_room(furnished, export, fill, upload, apply, rows, kota_bandung):
    book = fill(export(furnished))
    book.set("Inventaris", book.find("Inventaris", "Merek dan tipe", "Acer A5"), Tindakan="hapus",
             Alasan_penghapusan="Hilang")  # fmt: skip
    book.set("Meja", book.find("Meja", "Nama meja", "Meja 1"), Tindakan="Hapus")
    book.set("Ruang", book.find("Ruang", "Nama ruang", "Ruang Belajar"), Tindakan="hapus")
    book.set("Hari khusus", 3, Tindakan="hapus")
    book.set("Persediaan", book.find("Persediaan", "Nama barang", "Sabun"), Tindakan="hapus")
    book.set("Petugas", 3, Tindakan="hapus")
    run = upload(book.bytes(), furnished)
    assert [row for row in rows(run) if row[2] != "remove"] == []

    run = apply(run)

    assert (run.state, run.reason) == (RunState.APPLIED, "")
    with mounted(kota_bandung):
        gone = Item.objects.get(name="Acer A5")
        assert (gone.removed_reason, gone.desk_id) == ("Hilang", None)
        assert set(Desk.objects.values_list("name", flat=True)) == {"Meja 2"}
        assert set(Room.objects.values_list("name", flat=True)) == {"Ruang Depan"}
        assert not SpecialDays.objects.exists()
        assert set(Supply.objects.filter(retired_on=None).values_list("name", flat=True)) == {"Kertas A4"}
        assert Staff.objects.get().serves_until == datetime.date(2026, 11, 23)


def test_removed_again_by_the_same_file_changes_nothing(furnished, export, fill, upload, apply, rows):
    book = fill(export(furnished)).set("Inventaris", 3, Tindakan="hapus", Alasan_penghapusan="Hilang")
    apply(upload(book.bytes(), furnished))

    assert rows(upload(book.bytes(), furnished)) == []


def test_operation_that_would_refuse_says_so_before_anything_is_applied(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.set("Ruang", book.find("Ruang", "Nama ruang", "Ruang Depan"), Tindakan="hapus")
    book.set("Persediaan", book.find("Persediaan", "Nama barang", "Kertas A4"), Tindakan="hapus")

    run = upload(book.bytes(), furnished)

    assert [(sheet, line, action) for sheet, line, action, _said in rows(run)] == [
        ("rooms", 4, "fault"),
        ("supplies", 3, "fault"),
    ]
    said = [text for *_row, texts in rows(run) for text in texts]
    assert said[0].startswith("Ruang!4: Ruang Depan belum kosong: Meja 1, Meja 2, ")
    assert said[1] == "Persediaan!3: Masih tersisa 12 rim. Catat dahulu ke mana sisanya, sampai persediaan nol."


def test_row_that_disappears_from_the_sheet_changes_nothing(furnished, export, fill, upload, rows):
    book = fill(export(furnished))
    book.book["Inventaris"].delete_rows(3, 2)

    run = upload(book.bytes(), furnished)

    assert (rows(run), run.counts["items"]["same"]) == ([], 1)


def test_office_is_opened_by_the_workbook_of_its_dinas_only(furnished, export, fill, upload, apply, rows, kota_bandung):
    new = {"Nama_kantor": "Loket Baru", "Jenis": "loket", "Alamat": "Jl. Baru 1", "Melayani_sejak": "01-12-2026"}
    refused = fill(export(furnished))
    refused.add("Kantor", **new)
    wanted = fill(export())
    wanted.add("Kantor", **new)
    wanted.add("Ruang", Kantor="Loket Baru", Nama_ruang="Ruang Satu", Kegunaan="pelatihan")
    wanted.add("Inventaris", Kantor="loket baru", Ruang="Ruang Satu", Jenis="kursi", Merek_dan_tipe="Kursi", Kondisi="Baik")

    assert [row[:3] for row in rows(upload(refused.bytes(), furnished))] == [("offices", 4, "fault")]
    run = apply(upload(wanted.bytes()))

    assert (run.state, run.reason) == (RunState.APPLIED, "")
    with mounted(kota_bandung):
        item = Item.objects.get(office__name="Loket Baru")
        assert (item.room.name, item.room.office_id) == ("Ruang Satu", item.office_id)
