"""The printed receipt: what it says, what it is, and that nothing typed is ever read as markup."""

import datetime
import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circulars import receipt
from circulars.models import Acknowledgement, Circular, Delivery
from portal import documents
from tenants.models import Tenant

AT = datetime.datetime(2026, 11, 23, 3, 0, 0, 123456, tzinfo=datetime.UTC)
TENANT = Tenant(pk=7, name="Kota Bandung", slug="kota-bandung", level="kota", timezone="Asia/Jakarta")
CIRCULAR = Circular(
    number="100/1/SJ", dated_on=datetime.date(2026, 11, 20), subject="Percobaan", deadline_on=datetime.date(2026, 11, 21)
)


def entry(**changes) -> Acknowledgement:
    fields = {
        "delivery": Delivery(circular=CIRCULAR, tenant=TENANT),
        "tenant": TENANT,
        "government": "Kota Bandung",
        "circular_number": "100/1/SJ",
        "circular_subject": "Percobaan",
        "circular_version": 1,
        "circular_sha256": "0123456789abcdef" * 4,
        "statement": "Dengan ini saya menyatakan.",
        "user_id": 1,
        "name": "Rina Contoh",
        "position": "Plt. Wali Kota Bandung",
        "acknowledged_at": AT,
        "local_time": "23 November 2026 10.00 WIB",
        "code": "c" * 43,
        "seal": "d" * 64,
    }
    return Acknowledgement(**(fields | changes))


def printed(**changes) -> bytes:
    return receipt.pdf(entry(**changes), CIRCULAR, TENANT)


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_receipt_says_everything_it_seals():
    text = text_of(printed())

    for said in (
        "Kota Bandung",
        "Nomor 100/1/SJ",
        "Percobaan",
        "Rina Contoh",
        "Plt. Wali Kota Bandung",
        "Dengan ini saya menyatakan.",
    ):
        assert said in text
    for said in (
        "23 November 2026 10.00 WIB",
        "23 November 2026 03.00 UTC",
        "diakui 2 hari setelah tenggat",
        "01234567 89abcdef",
    ):
        assert said in text


def test_receipt_is_made_to_be_kept_and_read_aloud():
    content = printed()
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 a pypdf object
    assert root["/Lang"] == "id"
    fonts = {
        font["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in map(_object, page["/Resources"]["/Font"].values())
    }
    assert {name.split("-")[0] for name in fonts} == {"PlusJakartaSans"}


def _object(value):
    return value.get_object()


def test_receipt_is_the_same_each_time():
    assert printed() == printed()


def test_qr_code_leads_to_the_public_page(settings):
    settings.SITE_URL = "https://loket.contoh.test"

    assert receipt.public_url(entry()) == f"https://loket.contoh.test/resi/{'c' * 43}/"
    assert b"https://loket.contoh.test/resi/" in printed().replace(b"\n", b"")


HOSTILE = [
    "#panic()",
    '#import "/portal/letter.typ"; #read("/etc/passwd")',
    '\\" quote " \\',
    "$ x^2 $ [a] {b} *c* _d_ `e` @f <g> = h",
    "// comment /* block */ ~ -- ---",
    "\u202eKEBALIK\u202c \u200f\u0645\u0631\u062d\u0628\u0627",
    "中文 😀 \u0000\u0007\ufffe",
    "\N{COMBINING ACUTE ACCENT}" * 200,
    "W" * 5000,
    "kata " * 1000,
    "\n" * 300,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["name", "position", "statement", "government", "circular_subject", "circular_number"])
def test_hostile_text_stays_text(field, text):
    content = printed(**{field: text})

    assert content.startswith(b"%PDF-")
    assert "root:" not in text_of(content)


def test_markup_is_printed_as_it_was_typed():
    assert '#panic() $x$ [a] *b* _c_ \\" <d>' in text_of(printed(name='#panic() $x$ [a] *b* _c_ \\" <d>'))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_printed(text):
    assert printed(name=text, statement=text).startswith(b"%PDF-")


def test_what_cannot_be_printed_is_replaced():
    assert documents.printable({"a": ["é e\u0301 \u202e 中\t", 5, None]}) == {"a": ["é é ¤ ¤ ", 5, None]}
