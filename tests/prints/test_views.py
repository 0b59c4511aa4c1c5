"""The page of prints, the PDFs, and what the office's page and the desk's kit tell of them."""

import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf
from django.utils import timezone

from equipment.enums import KitPart
from equipment.kits import office_kits
from offices.models import Desk, Office
from offices.operations_hours import set_hours
from prints import operations, queries
from prints.models import Posting
from prints.panels import blockers
from tenants.context import mounted
from tests.prints.test_operations import HOURS

PAGE_QUERIES = 17


@pytest.fixture
def as_head(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return lambda name, *args: kota_bandung.url(f"prints:{name}", *args)


def board(office, tenant):
    """As of today, in which the pages live."""
    with mounted(tenant):
        fresh = Office.objects.select_related("dinas").get(pk=office.pk)
        return queries.board(fresh, tenant.today(timezone.now()))


def states(response) -> list[str]:
    return re.findall(r'<span class="state [a-z]+"><svg.*?</svg>([^<]+)</span>', response.content.decode())


def all_due(page) -> dict:
    """What the button "Semuanya sudah dipasang" sends."""
    form = re.search(r'id="sekaligus".*?</form>', page.content.decode(), re.DOTALL)[0]
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', form) for name in ("lembar", "edisi")}


def test_page_asks_the_same_for_one_and_three_rooms(as_head, counter, url):
    counts = {}
    for rooms in (1, 3):
        office = counter(name=f"Loket {rooms}", rooms=rooms, desks=rooms)
        as_head.get(url("prints", office.pk))
        with CaptureQueriesContext(connection) as captured:
            as_head.get(url("prints", office.pk))
        counts[rooms] = len(captured)

    assert counts == {1: PAGE_QUERIES, 3: PAGE_QUERIES}


def test_head_prints_all_and_says_that_all_hang(as_head, counter, url, kota_bandung):
    office = counter(desks=1)
    page = as_head.get(url("prints", office.pk))

    printed = as_head.get(url("pdf", office.pk))
    sent = as_head.post(url("post", office.pk), all_due(page) | {"laminasi": "on"})
    after = as_head.get(sent.url)

    assert len(pypdf.PdfReader(io.BytesIO(printed.content)).pages) == 4
    assert "Semua yang wajib terpasang dan masih berlaku." in after.content.decode()
    assert board(office, kota_bandung).due == []


def test_nothing_due_is_said_instead_of_an_empty_file(as_head, counter, url):
    office = counter(desks=1)
    as_head.post(url("post", office.pk), all_due(as_head.get(url("prints", office.pk))) | {"laminasi": "on"})

    response = as_head.get(url("pdf", office.pk), follow=True)

    assert "Tidak ada yang perlu dicetak" in response.content.decode()


def test_one_tap_puts_up_one_print_and_another_takes_it_down(as_head, counter, url, kota_bandung):
    office = counter(desks=1)
    with mounted(kota_bandung):
        desk = Desk.objects.get()

    up = as_head.post(url("post", office.pk), {"lembar": f"email-guide~{desk.pk}", "laminasi": "1", "tempat": str(desk.pk)})
    with mounted(kota_bandung):
        posting = Posting.objects.get()
    down = as_head.post(url("take_down", office.pk, posting.pk), {"tempat": str(desk.pk)})

    assert up.url == down.url == f"{url('prints', office.pk)}#tempat-{desk.pk}"
    assert (posting.kind, posting.laminated, posting.edition) == ("email-guide", True, "1")
    with mounted(kota_bandung):
        assert Posting.objects.get().removed_on == kota_bandung.today(timezone.now())


def test_page_that_was_open_while_the_hours_changed_says_to_print_again(as_head, counter, url, dinas_head, kota_bandung):
    office = counter(desks=0, training=False)
    sent = all_due(as_head.get(url("prints", office.pk)))
    with mounted(kota_bandung):
        set_hours(office=office, week=HOURS, version=None, by=dinas_head, at=timezone.now())

    response = as_head.post(url("post", office.pk), sent, follow=True)

    said = "Isi Jam layanan berubah sejak Anda membuka halaman ini. Cetak lagi sebelum memasangnya."
    assert said in response.content.decode()


def test_changed_hours_show_at_their_place_on_the_office_and_as_a_blocker(
    as_head, counter, url, dinas_head, kota_bandung, settings
):
    office = counter(desks=0, training=False)
    as_head.post(url("post", office.pk), all_due(as_head.get(url("prints", office.pk))))
    with mounted(kota_bandung):
        set_hours(office=office, week=HOURS, version=None, by=dinas_head, at=timezone.now())

    page = as_head.get(url("prints", office.pk))
    detail = as_head.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert "usang" in states(page)
    assert "jam layanan berubah sejak" in page.content.decode()
    assert "jam layanan berubah sejak" in detail
    set_urlconf(settings.GOVERNMENT_URLCONF)
    hindrances = blockers(board(office, kota_bandung))
    set_urlconf(None)
    assert [sentence for sentence, _url in hindrances] == ["1 cetakan usang: Jam layanan (Pintu Ruang 1)"]


def test_desk_kit_is_answered_by_what_lies_there(counter, dinas_head, kota_bandung):
    office = counter(desks=1)
    at = timezone.now()

    found = []
    with mounted(kota_bandung):
        for laminated in (None, False, True):
            if laminated is not None:
                keys = [each.slot.key for each in board(office, kota_bandung).standings if each.slot.is_guide]
                operations.post(office=office, sheets=keys, laminated=laminated, by=dinas_head, at=at)
            (kit,) = office_kits(office, at=at, tenant=kota_bandung)
            found.append([part.answer.word for part in kit.parts if part.key == KitPart.EMAIL_GUIDE])

    assert found == [["belum dipasang"], ["belum dilaminasi"], ["ada"]]


def test_pdf_is_not_sent_twice(as_head, counter, url):
    office = counter(desks=1)
    first = as_head.get(url("pdf", office.pk), {"lembar": "queue-sign"})

    again = as_head.get(url("pdf", office.pk), {"lembar": "queue-sign"}, headers={"If-None-Match": first["ETag"]})

    assert (first["Content-Type"], first["Cache-Control"]) == ("application/pdf", "private, no-cache")
    assert (again.status_code, again.content) == (304, b"")


def test_too_many_pdfs_are_refused_for_a_minute(as_head, counter, url, settings):
    settings.API_RATES = settings.API_RATES | {"pdf": 1}
    office = counter(desks=1)

    answers = [as_head.get(url("pdf", office.pk), {"lembar": "queue-sign"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 0 < int(answers[1]["Retry-After"]) <= 60


@pytest.mark.parametrize("asked", ["poster", "hours~x", "email-guide", "hours~22222222-2222-4222-8222-222222222222", "\x00"])
def test_print_of_no_place_is_not_found(as_head, counter, url, asked):
    assert as_head.get(url("pdf", counter().pk), {"lembar": asked}).status_code == 404


def test_form_without_hours_leads_to_the_hours(as_head, make_office, url, kota_bandung):
    office = make_office()

    page = as_head.get(url("prints", office.pk)).content.decode()

    assert f'<a href="{kota_bandung.url("offices:hours", office.pk)}">Isi jam layanan kantor dahulu.</a>' in page


def test_governors_reader_and_other_dinas_see_and_press_nothing(client, counter, url, other_head):
    office = counter(desks=1)
    client.force_login(other_head.user)

    page = client.get(url("prints", office.pk))
    refused = client.post(url("post", office.pk), {"lembar": "queue-sign"})

    assert page.status_code == 200
    assert "Sudah dipasang" not in page.content.decode()
    assert refused.status_code == 403


def test_office_of_another_government_is_not_found(as_head, counter, kota_cimahi, url, client, make_member):
    office = counter(desks=1)
    stranger = make_member(kota_cimahi, "government_head")
    client.force_login(stranger.user)

    statuses = [client.get(kota_cimahi.url(f"prints:{name}", office.pk)).status_code for name in ("prints", "pdf")]
    client.force_login(stranger.user)
    foreign = client.get(url("prints", office.pk)).status_code

    assert (statuses, foreign) == ([404, 404], 404)


def test_posting_of_another_office_is_not_taken_down(as_head, counter, url, kota_bandung):
    one, other = counter(desks=0, training=False), counter(name="Loket Lain", desks=0, training=False)
    as_head.post(url("post", other.pk), all_due(as_head.get(url("prints", other.pk))))
    with mounted(kota_bandung):
        posting = Posting.objects.get()

    assert as_head.post(url("take_down", one.pk, posting.pk)).status_code == 404
    with mounted(kota_bandung):
        assert Posting.objects.get().removed_on is None
