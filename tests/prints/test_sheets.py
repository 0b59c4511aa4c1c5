"""What stands on paper: it fits, it can be kept and read aloud, and nothing typed is read as markup."""

import datetime
import io
import time
import uuid

import pypdf
import pytest
from django.utils import translation
from PIL import Image

from guides.models import CareContact, GuideVersion
from guides.operations import MOST_STEPS
from guides.reference import CARE
from offices.hours import Span
from offices.models import Desk, Dinas, Office, Room
from offices.timetable import Period, Special, Timetable
from portal import documents
from prints import printing, sheets
from prints.places import slots
from prints.queries import Matter, Standing
from tenants.models import Tenant

AT = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 23)
TENANT = Tenant(name="Kota Bandung", slug="kota-bandung", level="kota", timezone="Asia/Jakarta")
WEEK = tuple(
    Span(day, datetime.time(opens), datetime.time(closes)) for day in range(1, 6) for opens, closes in ((8, 12), (13, 15))
)
WORDS = "Loket Pelayanan Pendaftaran Terpadu Kecamatan Cibeunying Kaler dan Sekitarnya "
LONG, UNBROKEN = (WORDS * 3)[:150], "Wonogirisukoharjo" * 9
STEPS = [{"title": "Buka situs resmi", "text": "Ketik alamatnya."}] * 9
KINDS = ["hours", "email-guide", "account-guide", "desk-card", "queue-sign", "care-card"]


def standings(*, name="Loket Cikutra", room="Ruang A", desk="Meja 1", steps=STEPS, seasons=0, specials=0, care=None, **facts):
    """Every print of an office with one room and one desk, as it would be made on DAY; nothing is read from the database."""
    facts = {"id": uuid.UUID(int=1), "address": "Jl. Cikutra 100", "phone": "022 7200100", "opened_on": DAY} | facts
    office = Office(dinas=Dinas(name=facts.pop("dinas", "Dinas Tenaga Kerja")), name=name, **facts)
    the_room = Room(id=uuid.UUID(int=2), office=office, name=room, purpose="registration")
    the_desk = Desk(id=uuid.UUID(int=3), room=the_room, name=desk)
    periods = [Period(False, "", None, None, WEEK)]
    later = lambda days: DAY + datetime.timedelta(days)  # noqa: E731
    periods += [Period(True, f"Jam Ramadan {n}", later(n * 5), later(n * 5 + 4), WEEK) for n in range(seasons)]
    days = tuple(Special(later(n), later(n), "Rapat koordinasi seluruh petugas", ()) for n in range(specials))
    editions = {
        key: GuideVersion(guide=key, number=3, title="Membuat akun", lead="Siapkan KTP.", steps=steps, published_at=AT)
        for key in ("email", "account")
    }
    matter = Matter(office, DAY, Timetable(tuple(periods), days), editions, CareContact(**(CARE | (care or {}))))
    found = [Standing(slot, matter, matter.edition(slot)) for slot in slots(office, [the_room], [the_desk])]
    return {each.slot.kind.value: each for each in found}


def printed(*kinds, **facts) -> bytes:
    found = standings(**facts)
    return sheets.pdf([found[kind] for kind in kinds], TENANT, at=AT)


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_print_is_one_page_that_names_its_edition_and_its_day(kind):
    (text,) = pages(printed(kind))

    assert f"Edisi {standings()[kind].edition.code}" in text
    assert "dicetak pada 23 November 2026 10.00 WIB" in text


@pytest.fixture
def drawn(monkeypatch):
    """``drawn(kind, **facts)``: the pages as pictures, 2 pixels a millimetre."""
    compiled = documents.typst.compile

    def draw(*args, format, pdf_standards, **options):
        return compiled(*args, format="png", ppi=50.8, **options)

    def make(kind, **facts) -> list[Image.Image]:
        with monkeypatch.context() as patch:
            patch.setattr(documents.typst, "compile", draw)
            made = printed(kind, **facts)
        return [Image.open(io.BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]

    return make


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [LONG, UNBROKEN[:150]], ids=["many words", "one word"])
def test_long_names_stay_within_the_margins_of_one_page(drawn, kind, name):
    mail = f"{'a' * 60}@contoh.test"

    (page,) = drawn(
        kind, name=name, dinas=name, room=name[:80], desk=name[:40], address=name * 2, email=mail, care={"phone": name[:60]}
    )

    edge = 9  # pixels, 4.5 mm; the lines to cut along go to the edge
    inner = page.crop((edge, edge, page.width - edge, page.height - edge))
    page.paste(255, (edge, edge, page.width - edge, page.height - edge))
    dark = sum(page.histogram()[:128])
    assert dark == 0 or (kind == "care-card" and dark < 4 * edge)
    assert inner.getextrema()[0] < 128


def test_form_tells_hours_breaks_seasons_days_and_contact():
    (text,) = pages(printed("hours", seasons=1, specials=2))

    for said in (
        "JAM LAYANAN", "Loket Cikutra", "Senin–Jumat", "08.00–12.00", "istirahat 12.00–13.00", "Sabtu–Minggu tutup",
        "Jam Ramadan 0", "23 November 2026 sampai 27 November 2026", "Hari khusus sampai 23 Desember 2026",
        "Senin, 23 November 2026 tutup – Rapat koordinasi seluruh petugas", "022 7200100", "PEMERINTAH KOTA BANDUNG",
        "DINAS TENAGA KERJA", "Pintu Ruang A",
    ):  # fmt: skip
        assert said in text


def test_form_with_very_much_to_say_runs_over_and_counts_its_pages():
    texts = pages(printed("hours", seasons=4, specials=30))

    assert [f"Halaman {number} / {len(texts)}" in text for number, text in enumerate(texts, start=1)] == [True] * len(texts)
    assert 1 < len(texts) <= 3


def test_longest_guide_loses_no_step():
    steps = [{"title": f"Langkah ke-{number}", "text": "Penjelasan " * 50} for number in range(1, MOST_STEPS + 1)]

    text = " ".join(pages(printed("email-guide", steps=steps)))

    assert [number for number in range(1, MOST_STEPS + 1) if f"Langkah ke-{number}" not in text] == []


def test_bundle_is_in_order_and_each_sheet_counts_its_own_pages():
    texts = pages(printed(*KINDS))

    assert len(texts) == 6
    assert [text.count("Halaman 1 / 1") for text in texts] == [1, 1, 1, 1, 1, 0]  # the cards are cut apart


def test_four_customer_care_cards_come_on_one_sheet():
    card = standings()["care-card"]

    counts = {number: len(pages(sheets.pdf([card] * number, TENANT, at=AT))) for number in (1, 4, 5)}

    assert counts == {1: 1, 4: 1, 5: 2}


@pytest.mark.parametrize("kind", KINDS)
def test_print_can_be_kept_and_read_aloud(kind):
    reader = pypdf.PdfReader(io.BytesIO(printed(kind)))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("id", True)
    assert reader.metadata.title


def test_print_speaks_indonesian_whoever_prints():
    with translation.override("en"):
        english = printed("hours")
    with translation.override("id"):
        assert english == printed("hours")


def test_qr_codes_lead_to_the_live_pages(settings, monkeypatch):
    settings.SITE_URL = "https://loket.contoh.test"
    seen = []
    drawn = sheets.documents.qr_svg
    monkeypatch.setattr(sheets.documents, "qr_svg", lambda text: seen.append(text) or drawn(text))
    found = standings()

    sheets.pdf([found["hours"], found["email-guide"]], TENANT, at=AT)

    office = found["hours"].matter.office
    assert seen == [
        f"https://loket.contoh.test/kantor/kota-bandung/{office.pk}/?cetakan={found['hours'].edition.code}",
        "https://loket.contoh.test/panduan/surel/?edisi=3",
    ]


HOSTILE = ["#panic()", '#read("/etc/passwd")', "$ x^2 $ [a] {b} *c* _d_ `e` @f <g> = h", "中文 😀 \u0007\u202e", "W" * 150]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(kind, text):
    content = printed(
        kind, name=text, dinas=text, room=text[:80], desk=text[:40], address=text, whatsapp=text[:30],
        steps=[{"title": text, "text": text}], care={"note": text, "phone": text[:60]},
    )  # fmt: skip

    assert content.startswith(b"%PDF-")
    assert "root:" not in " ".join(pages(content))


def test_equal_content_has_an_equal_tag_and_other_content_another():
    tag = lambda **facts: printing.etag(list(standings(**facts).values()), TENANT, DAY)  # noqa: E731

    tags = [tag(), tag(), tag(name="Lain"), tag(specials=1), tag(desk="Meja 2")]

    assert tags[0] == tags[1]
    assert len(set(tags)) == 4


def test_print_is_made_within_a_second():
    printed("hours")
    began = time.process_time()
    printed("hours", seasons=1, specials=5)

    assert time.process_time() - began < 1
