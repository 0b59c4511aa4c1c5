"""Sheets of labels, whose codes are read back from the drawn sheet, and the inventory card."""

import io
import json
import re

import pytest
import typst
import zxingcpp
from django.conf import settings
from django.urls import set_urlconf
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from equipment import label_sheets, labelling
from equipment.models import LabelPrint
from portal import documents
from tenants.context import mounted


@pytest.fixture
def signed_in(client, dinas_head, things):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return kota_bandung.url


@pytest.fixture
def things(add_item, room):
    return [add_item(name=f"Laptop #{number} *bukan* [tanda]", room=room) for number in range(5)]


def text_of(response):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def codes(items, size, start, tenant, monkeypatch) -> list[tuple[str, float, float]]:
    """What a decoder reads from the drawn sheet: text, and the middle of the code in millimetres from the upper left."""
    drawn = []

    def draw(template, data, *, at):
        root = settings.BASE / "templates"
        png = typst.compile(
            str(root / template), root=str(root), font_paths=documents._fonts(), ignore_system_fonts=True, format="png",
            ppi=300, sys_inputs={"data": json.dumps(data)},
        )  # fmt: skip
        drawn.extend(png if isinstance(png, list) else [png])
        return b""

    monkeypatch.setattr(documents, "pdf", draw)
    with mounted(tenant):
        label_sheets.pdf(items, size=size, start=start, tenant=tenant, at=timezone.now())
    found = []
    for page in drawn:
        for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L")):
            corners = code.position
            xs = [corners.top_left.x, corners.bottom_right.x]
            ys = [corners.top_left.y, corners.bottom_right.y]
            found.append((code.text, sum(xs) / 2 * 25.4 / 300, sum(ys) / 2 * 25.4 / 300))
    return found


@pytest.mark.parametrize("key", list(label_sheets.SIZES))
def test_codes_of_every_size_read_back_at_their_place(things, key, kota_bandung, monkeypatch, settings):
    set_urlconf(settings.GOVERNMENT_URLCONF)
    size = label_sheets.SIZES[key]

    found = {labelling.read(text): (x, y) for text, x, y in codes(things, size, size.count - 2, kota_bandung, monkeypatch)}

    assert set(found) == {thing.label for thing in things}
    for number, thing in enumerate(things):  # three on the first sheet, two on the next
        row, column = divmod((size.count - 3 + number) % size.count, size.columns)
        left, top = size.left + column * (size.width + size.gap_x), size.top + row * (size.height + size.gap_y)
        x, y = found[thing.label]
        assert left < x < left + size.width / 2
        assert top < y < top + size.height


@pytest.mark.parametrize("size", label_sheets.SIZES.values(), ids=lambda size: size.key)
def test_sheets_fit_on_a4(size):
    assert size.left * 2 + size.columns * size.width + (size.columns - 1) * size.gap_x <= 210.01
    assert size.top * 2 + size.rows * size.height + (size.rows - 1) * size.gap_y <= 297.01


def test_code_leads_to_the_thing(signed_in, url, things, settings, kota_bandung):
    response = signed_in.get(url("equipment:by_label", things[0].label))

    assert response.url == url("equipment:item", things[0].pk)


@pytest.mark.parametrize("size", ["3x8", "5x13"])
def test_sheet_is_made_and_remembered(signed_in, url, office, things, kota_bandung, size):
    page = url("equipment:labels", office.pk)
    response = signed_in.post(page, {"size": size, "start": "5", "items": [str(thing.pk) for thing in things[:2]]})

    text = text_of(response)
    assert response.headers["Content-Type"] == "application/pdf"
    assert [line for line in text.splitlines() if "-" in line] == [thing.label for thing in things[:2]]
    assert things[2].label not in text
    with mounted(kota_bandung):
        assert set(LabelPrint.objects.values_list("item", flat=True)) == {thing.pk for thing in things[:2]}
    left = signed_in.get(page).content.decode()
    assert set(re.findall(r'name="items" value="([0-9a-f-]+)"', left)) == {str(thing.pk) for thing in things[2:]}
    assert len(re.findall(r'name="items"', signed_in.get(f"{page}?hanya=semua").content.decode())) == 5


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"size": "3x8", "start": "25"}, "Lembar ini hanya memuat 24 label."),
        ({"size": "9x9", "start": "1"}, "9x9"),
        ({"size": "3x8", "start": "0"}, ""),
        ({"size": "3x8", "start": "1", "items": []}, "Pilih paling sedikit satu barang."),
        (
            {"size": "3x8", "start": "1", "items": ["x", "0f0e0d0c-0b0a-4a0b-8c0d-0e0f00000000"]},
            "Pilih paling sedikit satu barang.",
        ),
    ],
)
def test_bad_choices_are_said_and_kept(signed_in, url, office, things, sent, words):
    sent = {"items": [str(things[0].pk)]} | sent
    response = signed_in.post(url("equipment:labels", office.pk), sent)

    text = response.content.decode()
    assert (response.status_code, words in text) == (422, True)
    assert len(re.findall(r'name="items"[^>]* checked', text)) == (1 if sent["items"] == [str(things[0].pk)] else 0)


def test_labels_are_for_who_may_change_the_inventory(client, url, office, other_head, things):
    client.force_login(other_head.user)

    assert client.get(url("equipment:labels", office.pk)).status_code == 403


def test_inventory_card_has_the_official_columns(signed_in, url, office, room, add_item, dinas_head, now):
    facts = {"item_code": "1.3.2.05.01", "year": 2021, "room": room}
    for number in range(1, 5):
        add_item(kind="chair", name="Kursi rapat", register_number=f"{number:04}", **facts)
    add_item(kind="lamp", name="Lampu meja", condition="broken", **(facts | {"item_code": "1.3.2.05.02"}))

    response = signed_in.get(url("equipment:inventory_card", office.pk, room.pk))

    text = re.sub(r"\s+", " ", text_of(response))
    assert response.headers["Content-Type"] == "application/pdf"
    for words in (
        "Kartu Inventaris Ruangan",
        "No. register",
        "Kode barang",
        "Rusak Berat",
        "0001 s.d. 0004",
        "Pengurus barang",
    ):
        assert words in text
    assert "Kepala Dinas Tenaga Kerja" in text


def test_card_of_a_room_of_another_office_is_not_there(signed_in, url, make_office, room):
    assert signed_in.get(url("equipment:inventory_card", make_office("Loket Lain").pk, room.pk)).status_code == 404


def test_empty_room_has_a_card_too(signed_in, url, office, training_room):
    text = text_of(signed_in.get(url("equipment:inventory_card", office.pk, training_room.pk)))

    assert "Tidak ada barang yang tercatat di ruang ini." in text
