"""The guides' pages: the ministry's, and the public one behind the QR code of a print."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides import operations, queries, reference
from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion
from portal.documents import printable
from tenants.urls import root_url

LIST_QUERIES = 8
ACCOUNT = GuideKey.ACCOUNT


def entries(**changes) -> dict:
    """What the form of a guide sends."""
    fields = {
        "version": "0",
        "title": "Membuat akun",
        "lead": "Siapkan KTP.",
        "langkah-TOTAL_FORMS": "2",
        "langkah-INITIAL_FORMS": "0",
        "langkah-0-title": "Satu",
        "langkah-0-text": "Teks satu",
        "langkah-1-title": "Dua",
        "langkah-1-text": "",
    }
    return fields | changes


def titles(response) -> list[str]:
    """What stands in the rows, top down."""
    inputs = re.findall(r'<input[^>]*name="langkah-\d-title"[^>]*>', response.content.decode())
    return [found[1] if (found := re.search(r'value="([^"]*)"', each)) else "" for each in inputs]


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.user)
    return client


@pytest.fixture
def url(pusat):
    return lambda name, *args: pusat.url(f"guides:{name}", *args)


def test_list_asks_the_same_for_one_and_three_guides(as_officer, publish, url):
    counts = []
    for guide in GuideKey:
        publish(guide=guide)
        as_officer.get(url("list"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_officer.get(url("list"))
        counts.append(len(captured))

    assert (counts[0], counts[2]) == (LIST_QUERIES, LIST_QUERIES)


def test_draft_is_written_and_published_by_the_pages(as_officer, url):
    saved = as_officer.post(url("edit", ACCOUNT), entries(terbitkan="1"))
    page = as_officer.get(saved.url)
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
    sent = as_officer.post(saved.url, {"version": version, "change": ""})

    assert (saved.url, sent.url) == (url("publish", ACCOUNT), url("detail", ACCOUNT))
    assert [step["title"] for step in queries.current(ACCOUNT).steps] == ["Satu", "Dua"]


@pytest.mark.parametrize(
    ("button", "expected"),
    [("tambah", ["Satu", "Dua", ""]), ("naik-1", ["Dua", "Satu"]), ("turun-0", ["Dua", "Satu"]), ("hapus-0", ["Dua"]),
     ("turun-1", ["Satu", "Dua"]), ("hapus-9", ["Satu", "Dua"]), ("apa-saja", ["Satu", "Dua"])],
)  # fmt: skip
def test_row_buttons_rearrange_and_save_nothing(as_officer, url, button, expected):
    response = as_officer.post(url("edit", ACCOUNT), entries(baris=button))

    assert (response.status_code, titles(response)) == (200, expected)
    assert GuideVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Isi “Judul”."),
        ({"langkah-1-title": "", "langkah-1-text": "tanpa judul"}, "Langkah 2: Beri langkah ini judul, atau hapus barisnya."),
        ({"title": "x" * 121}, "121"),
        ({"version": "7"}, "Data ini sudah diubah orang lain"),
    ],
)
def test_wrong_entries_are_told_and_kept(as_officer, url, write, changes, sentence):
    if "version" in changes:
        write(title="Versi orang lain")
    response = as_officer.post(url("edit", ACCOUNT), entries(lead="Ketikan saya", **changes))

    assert response.status_code in (409, 422)
    assert sentence in response.content.decode()
    assert "Ketikan saya" in response.content.decode()


def test_lost_update_shows_both_versions_of_the_steps(as_officer, url, write):
    write(title="Versi orang lain")

    page = as_officer.post(url("edit", ACCOUNT), entries()).content.decode()

    assert "Versi orang lain" in page
    assert "Buka situs: Ketik alamatnya." in page
    assert "Satu: Teks satu" in page


def test_publication_shows_what_becomes_of_each_step(as_officer, url, publish, write):
    publish(steps=(("Tetap", ""), ("Lama", "x"), ("Hilang", "")))
    write(steps=(("Tetap", ""), ("Baru", "y")))

    page = as_officer.get(url("publish", ACCOUNT)).content.decode()

    assert re.findall(r"</svg>(tetap|berubah|dihapus|baru)</span>", page) == ["tetap", "berubah", "dihapus"]


def test_observer_reads_and_finds_nothing_to_press(client, observer, url, publish, write):
    publish()
    write(title="Konsep")
    client.force_login(observer.user)

    pages = [client.get(url(*asked)) for asked in (("list",), ("detail", ACCOUNT), ("edition", ACCOUNT, 1), ("contacts",))]
    refused = [client.post(url("edit", ACCOUNT), entries()), client.post(url("contacts"), {})]

    assert [page.status_code for page in pages] == [200] * 4
    assert [page.content.decode().count("<form") for page in pages] == [pages[0].content.decode().count("<form")] * 4
    assert [response.status_code for response in refused] == [403, 403]


def test_contact_is_entered_with_its_day(as_officer, url):
    response = as_officer.post(
        url("contacts"),
        {"valid_from": "24/11/2026", "phone": "021 555", "email": "", "whatsapp": "", "weekdays": ["1", "2"], "opens": "08.00",
         "closes": "16:00", "note": ""},
    )  # fmt: skip

    contact = CareContact.objects.get()
    assert response.status_code == 302
    assert (str(contact.valid_from), contact.weekdays, f"{contact.closes:%H.%M}") == ("2026-11-24", [1, 2], "16.00")


def test_contact_without_any_way_is_told(as_officer, url):
    response = as_officer.post(
        url("contacts"), {"valid_from": "2026-11-24", "weekdays": ["1"], "opens": "08:00", "closes": "16:00"}
    )

    assert response.status_code == 422
    assert "Isi paling sedikit satu: telepon, WhatsApp, atau surel." in response.content.decode()


# The public page --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def public():
    return root_url("guides:public", ACCOUNT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", None),
        ("?edisi=2", "Cetakan di tangan Anda masih berlaku: edisi 2."),
        ("?edisi=1", "Cetakan di tangan Anda edisi 1, sudah usang. Yang berlaku edisi 2"),
        ("?edisi=9", None),
        ("?edisi=%00", None),
        ("?edisi=²", None),
        ("?edisi=" + "1" * 5000, None),
    ],
)
def test_page_tells_the_reader_of_a_print_whether_it_counts(client, publish, public, given, said):
    publish(title="Satu")
    publish(title="Dua", change="Foto KTP di alas gelap.")

    page = client.get(public + given).content.decode()

    assert public == "/panduan/akun/"
    assert re.findall(r"Cetakan di tangan Anda[^<]*", page) == [] if said is None else said in " ".join(page.split())


def test_draft_is_not_public(client, publish, write, public):
    publish(title="Terbit")
    write(title="Rahasia", steps=(("Rahasia", ""),))  # could leak

    assert "Rahasia" not in client.get(public).content.decode()


def test_page_may_be_kept_and_is_not_sent_twice(client, publish, public):
    publish()

    first = client.get(public)
    again = client.get(public, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_guide_without_an_edition_is_not_found(client, db, public):
    assert client.get(public).status_code == 404
    assert client.get("/panduan/lain/").status_code == 404


# What every installation begins with ------------------------------------------------------------------------------------------


def test_first_editions_are_entered_once_and_can_be_printed(db, publish):
    publish(title="Dari kementerian")
    call_command("load_guides", verbosity=0)
    call_command("load_guides", verbosity=0)

    found = queries.current_editions()
    contact = CareContact.objects.get()

    assert found[ACCOUNT].title == "Dari kementerian"
    assert {key: edition.number for key, edition in found.items()} == dict.fromkeys(GuideKey, 1)
    assert all(printable(edition.steps) == edition.steps for edition in found.values())
    assert (contact.confirmed, queries.care_hours(contact)) == (False, "Senin–Jumat 08.00–19.00 WIB")
    assert "belum dikonfirmasi" in contact.note


@pytest.mark.parametrize("guide", GuideKey)
def test_first_editions_are_within_what_the_ministry_may_write(guide, officer, now, first_editions):
    edition = queries.current(guide)
    text = operations.Text(edition.title + ".", edition.lead, tuple((step["title"], step["text"]) for step in edition.steps))

    written = operations.write(guide=guide, text=text, version=None, by=officer, at=now)

    assert (written.steps, written.lead) == (edition.steps, edition.lead)
    assert first_editions == 4
    assert reference.CARE["confirmed"] is False
