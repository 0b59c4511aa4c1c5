"""Pages of rounds."""

import datetime
import io
import re

import pytest
from pypdf import PdfReader

from equipment import operations_stocktakes as operations
from equipment.models import Item, StockTake, StockTakeLine
from tenants.context import mounted

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC))


@pytest.fixture
def things(add_item, room):
    return [add_item(name=f"Laptop {number}", room=room) for number in range(3)]


@pytest.fixture
def signed_in(client, dinas_head, things):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return kota_bandung.url


@pytest.fixture
def taken(room, things, dinas_head, now):
    with mounted(dinas_head.tenant):
        return operations.start(room=room, by=dinas_head, at=now)


@pytest.fixture
def read(dinas_head, now, taken):
    def act(thing):
        with mounted(dinas_head.tenant):
            return operations.read(stock_take=taken, text=thing.label, by=dinas_head, at=now).line

    return act


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_room_is_chosen_and_the_round_begins(signed_in, url, office, room, kota_bandung):
    page = text_of(signed_in.get(url("equipment:stock_takes", office.pk)))
    response = signed_in.post(url("equipment:stock_take_start", office.pk, room.pk))

    with mounted(kota_bandung):
        taken = StockTake.objects.get()
    assert "0 dari 1 ruang" in page
    assert (response.status_code, response.url) == (302, url("equipment:stock_take", taken.pk))


def test_reading_without_script_comes_back_with_the_answer(signed_in, url, taken, things):
    response = signed_in.post(url("equipment:stock_take", taken.pk), {"text": things[0].label.lower()})

    text = text_of(signed_in.get(response.url))
    assert response.status_code == 302
    assert "ada di tempatnya" in text
    assert "1 dari 3 ditemukan" in text


def test_htmx_gets_the_same_part_as_a_fresh_load(signed_in, url, taken, things, kota_bandung):
    page = url("equipment:stock_take", taken.pk)

    part = text_of(signed_in.post(page, {"text": things[0].label}, headers=HTMX))

    with mounted(kota_bandung):
        line = StockTakeLine.objects.get()
    fresh = text_of(signed_in.get(f"{page}?baris={line.pk}"))
    without_tokens = [re.sub(r'value="[A-Za-z0-9]{64}"', "", text) for text in (part, fresh)]
    assert "<html" not in part
    assert without_tokens[0].strip() in without_tokens[1]


def test_camera_is_allowed_on_the_page_of_a_round(signed_in, url, office, taken):
    assert signed_in.get(url("equipment:stock_take", taken.pk)).headers["Permissions-Policy"].startswith("camera=(self)")
    assert signed_in.get(url("equipment:stock_takes", office.pk)).headers["Permissions-Policy"].startswith("camera=()")


def test_read_twice_says_so(signed_in, url, taken, things, read):
    read(things[0])

    text = text_of(signed_in.post(url("equipment:stock_take", taken.pk), {"text": things[0].label}, headers=HTMX))

    assert "sudah dibaca 23 November 2026 10.00 WIB oleh Siti Rahma; tidak ada yang berubah." in text


def test_from_elsewhere_is_put_right_by_one_press(signed_in, url, taken, add_item, make_room, room, kota_bandung):
    chair = add_item(kind="chair", name="Kursi", room=make_room("Gudang"))
    text = text_of(signed_in.post(url("equipment:stock_take", taken.pk), {"text": chair.label}, headers=HTMX))
    with mounted(kota_bandung):
        line = StockTakeLine.objects.get()

    done = text_of(signed_in.post(url("equipment:stock_take_place", taken.pk, line.pk), headers=HTMX))

    assert "Tercatat di Gudang, Loket Cikutra." in text
    assert "Catat di Ruang Pendaftaran" in text
    assert f"Kursi ({chair.label}) sekarang tercatat di Ruang Pendaftaran." in done
    with mounted(kota_bandung):
        assert Item.objects.get(pk=chair.pk).room_id == room.pk


def test_thing_of_another_dinas_is_noted_and_not_taken(
    signed_in, url, taken, add_item, make_office, other_dinas, other_head, kota_bandung
):
    theirs = add_item(kind="chair", name="Kursi lain", of=make_office("Loket Wisata", of=other_dinas, by=other_head))
    signed_in.post(url("equipment:stock_take", taken.pk), {"text": theirs.label}, headers=HTMX)
    with mounted(kota_bandung):
        line = StockTakeLine.objects.get()

    response = signed_in.post(url("equipment:stock_take_place", taken.pk, line.pk), headers=HTMX)

    assert response.status_code == 403
    with mounted(kota_bandung):
        assert Item.objects.get(pk=theirs.pk).office_id != taken.room.office_id


def test_condition_asks_for_a_reason_and_keeps_the_choice(signed_in, url, taken, things, read, kota_bandung):
    where = url("equipment:stock_take_condition", taken.pk, read(things[0]).pk)

    refused = signed_in.post(where, {"condition": "broken", "reason": ""}, headers=HTMX)
    done = signed_in.post(where, {"condition": "broken", "reason": "Layar retak"}, headers=HTMX)

    assert (refused.status_code, done.status_code) == (422, 200)
    assert re.search(r'value="broken"[^>]* checked', text_of(refused))
    with mounted(kota_bandung):
        assert Item.objects.get(pk=things[0].pk).condition == "broken"


@pytest.mark.parametrize("condition", ["", "hancur"])
def test_unknown_condition_is_refused(signed_in, url, taken, things, read, condition):
    where = url("equipment:stock_take_condition", taken.pk, read(things[0]).pk)

    assert signed_in.post(where, {"condition": condition, "reason": "x"}).status_code == 422


def test_unknown_label_can_be_taken_back(signed_in, url, taken, kota_bandung):
    text = text_of(signed_in.post(url("equipment:stock_take", taken.pk), {"text": "ABC 123"}, headers=HTMX))
    with mounted(kota_bandung):
        line = StockTakeLine.objects.get()

    signed_in.post(url("equipment:stock_take_withdraw", taken.pk, line.pk), headers=HTMX)

    assert "bukan label barang pemerintah daerah ini" in text
    with mounted(kota_bandung):
        assert not StockTakeLine.objects.exists()


def test_finish_lists_what_is_missing_and_makes_a_report(signed_in, url, taken, things, read):
    read(things[0])
    before = text_of(signed_in.get(url("equipment:stock_take_finish", taken.pk)))

    response = signed_in.post(url("equipment:stock_take_finish", taken.pk))
    report = text_of(signed_in.get(response.url))
    pdf = signed_in.get(url("equipment:stock_take_pdf", taken.pk))

    assert "1 dari 3 ditemukan." in before
    assert things[1].label in before
    assert "selesai 23 November 2026 10.00 WIB oleh Siti Rahma" in report
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Laporan Sensus Barang" in text
    assert all(thing.label in text for thing in things)


def test_device_that_comes_late_hears_that_the_round_is_over(signed_in, url, taken, things, dinas_head, now):
    with mounted(dinas_head.tenant):
        operations.finish(stock_take=taken, by=dinas_head, at=now)

    late = signed_in.post(url("equipment:stock_take", taken.pk), {"text": things[0].label}, headers=HTMX)

    assert (late.status_code, "sudah selesai" in text_of(late)) == (409, True)
    assert signed_in.get(url("equipment:stock_take_lists", taken.pk)).status_code == 409


def test_other_dinas_looks_on(client, url, taken, things, other_head):
    client.force_login(other_head.user)

    page = client.get(url("equipment:stock_take", taken.pk))
    refused = client.post(url("equipment:stock_take", taken.pk), {"text": things[0].label})

    assert (page.status_code, refused.status_code) == (200, 403)
    assert "<stock-take" not in text_of(page)


def test_round_of_another_government_is_not_there(client, url, kota_cimahi, taken, make_member):
    client.force_login(make_member(kota_cimahi, "government_head").user)

    assert client.get(kota_cimahi.url("equipment:stock_take", taken.pk)).status_code == 404


def test_nothing_read_is_said(signed_in, url, taken):
    response = signed_in.post(url("equipment:stock_take", taken.pk), {"text": " "}, headers=HTMX)

    assert (response.status_code, "Pindai atau ketik label barang dahulu." in text_of(response)) == (422, True)
