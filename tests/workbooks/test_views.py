"""The pages of a workbook: who gets them, what they say, and what their buttons do."""

import io

import openpyxl
import pytest

from tenants.context import mounted
from tests import world
from workbooks import jobs
from workbooks.models import ImportFile, ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, dinas_head, furnished):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return kota_bandung.url


def text_of(response):
    return response.content.decode()


def file(content, name="buku.xlsx"):
    upload = io.BytesIO(content)
    upload.name = name
    return upload


def test_download_is_the_workbook_of_the_office(signed_in, url, furnished):
    response = signed_in.get(url("workbooks:office_workbook", furnished.pk))

    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == [
        "Petunjuk", "Kantor", "Jam layanan", "Hari khusus", "Ruang", "Meja", "Inventaris", "Persediaan", "Petugas", "_pilihan",
        "_loket",
    ]  # fmt: skip
    assert [book[name].sheet_state for name in ("_pilihan", "_loket")] == ["hidden", "veryHidden"]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="loket-cikutra-')
    people = book["Petugas"]
    assert (people["D3"].value, people["D3"].number_format, people["F3"].value) == ("198001012005011001", "@", "081234567890")


def test_heads_are_locked_and_cells_are_not(furnished, export):
    page = openpyxl.load_workbook(io.BytesIO(export(furnished)))["Inventaris"]

    assert (page.protection.sheet, page.protection.password, page.protection.sort) == (True, None, False)
    assert (page["D2"].protection.locked, page["D3"].protection.locked, page.column_dimensions["D"].protection.locked) == (
        True,
        False,
        False,
    )
    assert (page.column_dimensions["A"].hidden, page.row_dimensions[1].hidden, page.freeze_panes) == (True, True, "D3")
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert (lists["G3"], lists["H3"]) == ("'Ruang'!$C$3:$C$1000", "'Meja'!$D$3:$D$1000")


def test_text_like_a_formula_is_text_in_excel_and_in_csv(signed_in, url, furnished, make_staff):
    make_staff("=cmd|' /C calc'!A0")

    book = openpyxl.load_workbook(io.BytesIO(signed_in.get(url("workbooks:office_workbook", furnished.pk)).content))
    csv = signed_in.get(url("workbooks:office_csv", furnished.pk, "staff")).content.decode("utf-8-sig")

    cell = next(row[2] for row in book["Petugas"].iter_rows(min_row=3) if str(row[2].value).startswith("=cmd"))
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert csv.splitlines()[1].startswith("'=cmd|' /C calc'!A0;")


def test_upload_is_checked_shown_and_applied(signed_in, url, furnished, export, fill, kota_bandung, now):
    content = fill(export(furnished)).set("Ruang", 3, Keterangan="lantai 2").bytes()

    response = signed_in.post(url("workbooks:office", furnished.pk), {"file": file(content)})

    with mounted(kota_bandung):
        run = ImportRun.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, url("workbooks:run", run.pk))
    waiting = text_of(signed_in.get(response.headers["Location"]))
    assert ("menunggu giliran" in waiting, "every 1s" in waiting, 'http-equiv="refresh"' in waiting) == (True, True, True)
    jobs.checked(kota_bandung, run.pk, at=now)
    shown = text_of(signed_in.get(response.headers["Location"]))
    assert "<b>1 perubahan</b> siap diterapkan" in shown
    assert "Keterangan: <del>kosong</del>" in shown
    assert "<ins>lantai 2</ins>" in shown
    signed_in.post(url("workbooks:apply", run.pk))
    assert jobs.applied(kota_bandung, run.pk, at=now) == "applied"
    assert "diterapkan oleh Siti Rahma" in text_of(signed_in.get(response.headers["Location"]))
    with mounted(kota_bandung):
        assert ImportFile.objects.get().content is None


def test_wrong_file_is_an_error_of_the_form(signed_in, url, furnished, kota_bandung):
    response = signed_in.post(url("workbooks:office", furnished.pk), {"file": file(b"Nama;Alamat", "data.csv")})

    assert (response.status_code, "bukan buku kerja Excel (.xlsx)" in text_of(response)) == (422, True)
    with mounted(kota_bandung):
        assert not ImportRun.objects.exists()


def test_faults_keep_the_button_away_and_can_be_filtered(signed_in, url, furnished, export, fill, upload):
    book = fill(export(furnished)).set("Ruang", 3, Kegunaan="dapur").set("Ruang", 4, Keterangan="x")
    run = upload(book.bytes(), furnished)

    page = text_of(signed_in.get(url("workbooks:run", run.pk)))
    wrong = text_of(signed_in.get(url("workbooks:run", run.pk) + "?tindakan=fault"))

    assert ("<b>1 baris salah.</b>" in page, url("workbooks:apply", run.pk) in page) == (True, False)
    assert ("Ruang!D3:" in wrong, "baris-2" in wrong) == (True, False)
    refused = signed_in.post(url("workbooks:apply", run.pk), follow=True)
    assert "Masih ada 1 baris yang salah" in text_of(refused)


def test_cancelled_run_forgets_file_and_rows(signed_in, url, furnished, export, fill, upload, kota_bandung):
    run = upload(fill(export(furnished)).set("Ruang", 3, Keterangan="x").bytes(), furnished)

    page = signed_in.post(url("workbooks:cancel", run.pk), follow=True)

    assert "Impor dibatalkan" in text_of(page)
    with mounted(kota_bandung):
        assert (run.rows.count(), ImportFile.objects.get(run=run).content) == (0, None)


def test_progress_alone_is_fetched_while_it_waits(signed_in, url, furnished, export, upload, kota_bandung):
    run = upload(export(furnished), furnished)
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#impor"}

    over = signed_in.get(url("workbooks:run", run.pk), **asked)
    with mounted(kota_bandung):
        ImportRun.objects.update(state="checking")
    going = signed_in.get(url("workbooks:run", run.pk), **asked)

    assert (over.headers.get("HX-Refresh"), going.headers.get("HX-Refresh")) == ("true", None)
    assert text_of(going).startswith('<div id="impor"')


def test_another_dinas_gets_neither_page_nor_run(client, other_head, furnished, export, upload, url):
    run = upload(export(furnished), furnished)
    client.force_login(other_head.user)

    pages = [("workbooks:office", furnished.pk), ("workbooks:office_workbook", furnished.pk), ("workbooks:run", run.pk)]

    assert [client.get(url(name, pk)).status_code for name, pk in pages] == [403, 403, 403]


def test_run_of_another_government_is_not_there(client, make_member, kota_bandung, kota_cimahi):
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    with mounted(kota_bandung):
        ImportRun.objects.all().delete()
    client.force_login(make_member(kota_bandung, "government_head").user)

    assert client.get(kota_bandung.url("workbooks:run", world.RUN)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_run_costs_the_same_whatever_it_holds(number, signed_in, url, furnished, export, fill, upload, query_count):
    book = fill(export(furnished))
    for line in range(3, 3 + number):
        book.set("Inventaris", line, Keterangan="x")
    run = upload(book.bytes(), furnished)

    with query_count(9):
        signed_in.get(url("workbooks:run", run.pk))
