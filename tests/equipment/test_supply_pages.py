"""Pages of supplies."""

import datetime
import io
import re

import pytest

from equipment import operations_supplies as operations
from equipment.models import Movement, Supply
from tenants.context import mounted
from tests.equipment.supplies import add
from tests.offices.conftest import WEEK

TODAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC))


@pytest.fixture
def office(make_office):
    return make_office(week=WEEK)


@pytest.fixture
def paper(office, dinas_head, now):
    return add(office, dinas_head, now - DAY * 112, on_hand=60)


@pytest.fixture
def pens(office, dinas_head, now):
    return add(office, dinas_head, now, kind="pen", name="Bolpoin", unit="buah", on_hand=3)


@pytest.fixture
def signed_in(client, dinas_head, paper, pens):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return kota_bandung.url


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def on_hand(tenant, supply):
    with mounted(tenant):
        return Supply.objects.get(pk=supply.pk).on_hand


def test_list_foretells_in_service_days(signed_in, url, office, paper, dinas_head, now):
    with mounted(dinas_head.tenant):
        for ago in (3, 4, 5):
            operations.record(supply=paper, kind="used", quantity=16, on=TODAY - DAY * ago, by=dinas_head, at=now)

    text = text_of(signed_in.get(url("equipment:supplies", office.pk)))

    assert "Cukup untuk 7 hari layanan, sampai Selasa, 1 Desember 2026." in text
    assert "<b>2 barang perlu segera dibeli.</b>" in text
    assert text.count('<svg class="sparkline') == 1


def test_sheet_records_what_was_typed_and_nothing_else(signed_in, url, office, paper, pens, kota_bandung):
    sent = {
        f"used-{paper.pk}": "10",
        f"came_in-{paper.pk}": "",
        f"used-{pens.pk}": "",
        f"came_in-{pens.pk}": "",
        "on": "2026-11-23",
    }

    response = signed_in.post(url("equipment:supplies_day", office.pk), sent)

    assert (response.status_code, response.url) == (302, url("equipment:supplies", office.pk))
    assert (on_hand(kota_bandung, paper), on_hand(kota_bandung, pens)) == (50, 3)
    assert "1 pergerakan tercatat." in text_of(signed_in.get(response.url))


def test_refused_sheet_keeps_what_was_typed_and_marks_the_row(signed_in, url, office, paper, pens, kota_bandung):
    sent = {f"used-{paper.pk}": "10", f"used-{pens.pk}": "5", "on": "2026-11-23"}

    response = signed_in.post(url("equipment:supplies_day", office.pk), sent)

    text = text_of(response)
    assert response.status_code == 422
    assert "Tersisa 3 buah; 5 tidak dapat dikeluarkan." in text
    assert f'name="used-{paper.pk}" value="10"' in text
    assert (on_hand(kota_bandung, paper), on_hand(kota_bandung, pens)) == (60, 3)


@pytest.mark.parametrize("typed", ["-1", "1,5", "banyak", "1000001", "9" * 30])
def test_wrong_numbers_are_kept_and_said(signed_in, url, office, paper, kota_bandung, typed):
    response = signed_in.post(url("equipment:supplies_day", office.pk), {f"used-{paper.pk}": typed, "on": "2026-11-23"})

    assert (response.status_code, on_hand(kota_bandung, paper)) == (422, 60)
    assert f'value="{typed}"' in text_of(response)


def test_sheet_sent_twice_is_recorded_once(signed_in, url, office, paper, kota_bandung):
    sent = {f"used-{paper.pk}": "10", "on": "2026-11-23", "idempotency_key": "k" * 22}

    for _twice in range(2):
        assert signed_in.post(url("equipment:supplies_day", office.pk), sent).status_code == 302

    assert on_hand(kota_bandung, paper) == 50


def test_count_page_corrects(signed_in, url, office, paper, pens, kota_bandung):
    response = signed_in.post(
        url("equipment:supplies_count", office.pk), {f"counted-{paper.pk}": "58", f"counted-{pens.pk}": "3"}
    )

    assert response.status_code == 302
    assert "2 barang dihitung, 1 di antaranya berbeda" in text_of(signed_in.get(response.url))
    assert on_hand(kota_bandung, paper) == 58


def test_start_list_fills_an_empty_office(signed_in, url, make_office, kota_bandung):
    empty = make_office("Loket Baru")
    assert "Pakai daftar awal" in text_of(signed_in.get(url("equipment:supplies", empty.pk)))

    response = signed_in.post(url("equipment:supplies_start", empty.pk))

    assert (response.status_code, response.url) == (302, url("equipment:supplies_count", empty.pk))
    with mounted(kota_bandung):
        assert Supply.objects.filter(office=empty).count() == 10


def test_movement_on_the_page_of_a_supply(signed_in, url, pens, kota_bandung):
    page = url("equipment:supply", pens.pk)
    refused = signed_in.post(page, {"kind": "used", "quantity": "7", "on": "2026-11-23", "reason": "x y z"})
    done = signed_in.post(page, {"kind": "corrected", "quantity": "-1", "on": "2026-11-23", "reason": "Hilang"})

    assert (refused.status_code, done.status_code, on_hand(kota_bandung, pens)) == (422, 302, 2)
    assert "Tersisa 3 buah; 7 tidak dapat dikeluarkan." in text_of(refused)
    assert 'value="7"' in text_of(refused)
    assert 'value="x y z"' in text_of(refused)
    assert "Hilang" in text_of(signed_in.get(page))


def test_retired_leaves_the_list_and_keeps_its_page(signed_in, url, office, pens, dinas_head, now):
    page = url("equipment:supply", pens.pk)
    assert signed_in.post(url("equipment:supply_retire", pens.pk), {"version": "1"}).url == page
    with mounted(dinas_head.tenant):
        operations.record(supply=pens, kind="used", quantity=3, on=TODAY, by=dinas_head, at=now)

    signed_in.post(url("equipment:supply_retire", pens.pk), {"version": "1"})

    assert "Tidak dipakai lagi sejak 23 November 2026." in text_of(signed_in.get(page))
    assert f"barang-{pens.pk}" not in text_of(signed_in.get(url("equipment:supplies", office.pk)))


def test_name_taken_is_said_at_the_field(signed_in, url, office):
    sent = {"kind": "paper", "name": "kertas a4", "unit": "rim", "minimum": "2", "on_hand": "4"}

    response = signed_in.post(url("equipment:supply_new", office.pk), sent)

    assert response.status_code == 422
    assert "Barang dengan nama ini sudah ada" in text_of(response)
    assert 'value="kertas a4"' in text_of(response)


def test_other_dinas_sees_and_may_not_change(client, url, office, paper, other_head, kota_bandung):
    client.force_login(other_head.user)

    page = client.get(url("equipment:supplies", office.pk))
    refused = client.post(url("equipment:supplies_day", office.pk), {f"used-{paper.pk}": "1", "on": "2026-11-23"})
    movement = client.post(url("equipment:supply", paper.pk), {"kind": "used", "quantity": "1", "on": "2026-11-23"})

    assert (page.status_code, refused.status_code, movement.status_code) == (200, 403, 403)
    assert "Catat hari ini" not in text_of(page)
    assert on_hand(kota_bandung, paper) == 60


def test_office_page_names_what_blocks(signed_in, url, office, pens, dinas_head, now):
    with mounted(dinas_head.tenant):
        operations.record(supply=pens, kind="used", quantity=3, on=TODAY, by=dinas_head, at=now)

    response = signed_in.get(url("offices:detail", office.pk))

    (panel,) = [each.panel for each in response.context["panels"] if each.template == "equipment/supplies_panel.html"]
    assert panel["blockers"] == [("Bolpoin habis (butir 7, 15).", url("equipment:supplies", office.pk))]
    assert "habis" in text_of(response)


def test_overview_lists_what_runs_out(signed_in, url, pens, make_office):
    make_office("Loket Kosong")

    text = text_of(signed_in.get(url("equipment:all_supplies")))

    assert f'href="{url("equipment:supply", pens.pk)}"' in text
    assert "belum dicatat" in text


@pytest.mark.parametrize("whose", ["office", "dinas"])
def test_shopping_list_is_a_pdf(signed_in, url, office, dinas, whose):
    from pypdf import PdfReader

    address = url("equipment:shopping_list", office.pk) if whose == "office" else url("equipment:shopping_list_dinas", dinas.pk)
    response = signed_in.get(address)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Bolpoin" in text
    assert "2 buah" in text
    assert "Menyetujui" in text
    assert "Kertas A4" not in text


def test_pages_ask_as_often_for_three_as_for_one(signed_in, url, office, dinas_head, now, query_count):
    """Settled first: the session, the member, the mount."""
    signed_in.get(url("equipment:supplies", office.pk))
    with query_count(QUERIES):
        signed_in.get(url("equipment:supplies", office.pk))
    for name in ("Lem", "Gunting", "Map"):
        add(office, dinas_head, now, name=name, on_hand=2)
    with query_count(QUERIES):
        signed_in.get(url("equipment:supplies", office.pk))


QUERIES = 16


def test_nothing_is_recorded_by_looking(signed_in, url, office, paper, kota_bandung):
    for name, argument in (("supplies", office), ("supplies_day", office), ("supplies_count", office), ("supply", paper)):
        assert signed_in.get(url(f"equipment:{name}", argument.pk)).status_code == 200
    with mounted(kota_bandung):
        assert Movement.objects.count() == 2
