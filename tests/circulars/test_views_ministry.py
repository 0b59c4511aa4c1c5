"""The ministry's pages: list, draft, points, addressees, attachment, publication, deliveries."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circulars import operations, queries
from circulars.models import LARGEST_ATTACHMENT, Attachment, Circular, Delivery
from tests.circulars.conftest import PDF

LIST_QUERIES = 7


def rows(response) -> list[str]:
    return re.findall(r'<tr id="([^"]+)"', response.content.decode())


def entries(**changes) -> dict:
    """What the form of a circular sends."""
    fields = {
        "number": "7/7/SJ",
        "dated_on": "2026-11-20",
        "subject": "Surat baru",
        "opening": "Isi.",
        "signatory": "Menteri Dalam Negeri",
        "audience": "all",
        "deadline_on": "",
        "copy_lines": "Satu\n\nDua ",
        "butir-TOTAL_FORMS": "2",
        "butir-INITIAL_FORMS": "0",
        "butir-0-number": "1",
        "butir-0-text": "Pertama",
        "butir-1-number": "",
        "butir-1-text": "",
    }
    return fields | changes


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.user)
    return client


def test_list_shows_drafts_to_those_who_draft_alone(client, officer, observer, draft, publish, pusat):
    concept, out = draft(number="1"), publish(number="2")

    seen = {}
    for member in (officer, observer):
        client.force_login(member.user)
        response = client.get(pusat.url("circulars:list"))
        seen[member] = sorted(rows(response)), "Tulis surat edaran" in response.content.decode()

    assert seen[officer] == (sorted([f"circular-{concept.pk}", f"circular-{out.pk}"]), True)
    assert seen[observer] == ([f"circular-{out.pk}"], False)


@pytest.mark.parametrize("name", ["edit", "recipients", "attach", "publish", "discard"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_observer_presses_nothing(client, observer, draft, pusat, name, method):
    client.force_login(observer.user)

    assert getattr(client, method)(pusat.url(f"circulars:{name}", draft().pk)).status_code == 403


def test_observer_does_not_know_of_a_draft(client, observer, draft, pusat):
    client.force_login(observer.user)
    concept = draft()

    assert {
        client.get(pusat.url(f"circulars:{name}", concept.pk)).status_code for name in ("ministry_detail", "deliveries")
    } == {404}


def test_list_costs_the_same_for_one_and_three(as_officer, publish, pusat):
    counts = []
    for number in ("1", "2", "3"):
        publish(number=number)
        if number == "2":
            continue
        with CaptureQueriesContext(connection) as captured:
            as_officer.get(pusat.url("circulars:list"))
        counts.append(len(captured))

    assert counts == [LIST_QUERIES, LIST_QUERIES]


def test_new_draft_by_form(as_officer, pusat):
    response = as_officer.post(pusat.url("circulars:new"), entries())

    circular = Circular.objects.get()
    assert response.headers["Location"] == pusat.url("circulars:ministry_detail", circular.pk)
    assert [(point.number, point.text) for point in circular.points.all()] == [("1", "Pertama")]
    assert circular.copy_lines == "Satu\nDua"


@pytest.mark.parametrize(
    ("baris", "numbers"),
    [("tambah", ["1", "2", ""]), ("hapus-0", ["2"]), ("naik-1", ["2", "1"]), ("hapus-9", ["1", "2"]), ("hapus-²", ["1", "2"])],
)
def test_row_buttons_change_rows_and_save_nothing(as_officer, pusat, baris, numbers):
    sent = entries(subject="", **{"butir-1-number": "2", "butir-1-text": "Kedua", "baris": baris})

    response = as_officer.post(pusat.url("circulars:new"), sent)

    page = response.content.decode()
    shown = re.findall(r'<input[^>]*name="butir-\d+-number"[^>]*>', page)
    assert response.status_code == 200
    assert [re.search(r'value="([^"]*)"', field)[1] if "value=" in field else "" for field in shown] == numbers
    assert 'value="7/7/SJ"' in page
    assert "aria-invalid" not in page
    assert Circular.objects.count() == 0


def test_form_says_what_to_mend_and_keeps_entries(as_officer, draft, pusat):
    draft(number="7/7/SJ")

    response = as_officer.post(pusat.url("circulars:new"), entries(**{"butir-1-text": "Tanpa nomor"}, dated_on="kapan-kapan"))
    taken = as_officer.post(pusat.url("circulars:new"), entries())

    page = response.content.decode()
    assert (response.status_code, taken.status_code) == (422, 422)
    assert "Beri butir ini nomor" in page
    assert "kapan-kapan" in page
    assert "Tanpa nomor" in page
    assert "Nomor ini sudah dipakai" in taken.content.decode()


def test_lost_update_shows_both_versions(as_officer, draft, letter, officer, now, pusat):
    circular = draft()
    operations.edit(
        circular=circular, letter=letter(subject="Versi orang lain", points=(("1", "Lain"),)), version=1, by=officer, at=now
    )

    sent = entries(version="1", subject="Versi saya")
    response = as_officer.post(pusat.url("circulars:edit", circular.pk), sent)

    page = response.content.decode()
    assert response.status_code == 409
    for said in ("Versi orang lain", "Versi saya", "1. Lain", "1. Pertama", 'name="version" value="2"'):
        assert said in page
    circular.refresh_from_db()
    assert circular.subject == "Versi orang lain"
    as_officer.post(pusat.url("circulars:edit", circular.pk), sent | {"version": "2"})
    circular.refresh_from_db()
    assert circular.subject == "Versi saya"


def test_picker_keeps_what_the_search_hides(as_officer, draft, officer, now, pusat, kota_bandung, kota_jayapura):
    circular = draft()
    operations.choose(circular=circular, governments=[kota_jayapura.pk], version=None, by=officer, at=now)
    url = pusat.url("circulars:recipients", circular.pk)

    page = as_officer.get(url, {"cari": "bandung"}).content.decode()
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    as_officer.post(url, {"version": "2", "shown": shown, "chosen": [kota_bandung.pk]})

    assert shown == [str(kota_bandung.pk)]
    saved = Circular.objects.get()
    assert set(queries.addressed(saved).values_list("slug", flat=True)) == {"kota-bandung", "kota-jayapura"}


def test_picker_takes_a_whole_province(as_officer, draft, pusat, jawa_barat):
    circular = draft()
    url = pusat.url("circulars:recipients", circular.pk)

    as_officer.post(url, {"version": "1", "provinsi": f"semua-{jawa_barat.pk}"})
    whole = set(queries.addressed(Circular.objects.get()).values_list("slug", flat=True))
    as_officer.post(url, {"version": "2", "provinsi": f"kosong-{jawa_barat.pk}"})

    assert whole == {"jawa-barat", "kota-bandung", "kota-cimahi"}
    assert queries.addressed(Circular.objects.get()).count() == 0


def test_picker_refuses_what_is_no_government(as_officer, draft, pusat):
    circular = draft()

    response = as_officer.post(
        pusat.url("circulars:recipients", circular.pk), {"version": "1", "shown": [pusat.pk], "chosen": [pusat.pk, "x"]}
    )

    assert response.status_code == 422
    assert circular.chosen.count() == 0


def test_attachment_is_uploaded_and_removed(as_officer, draft, pusat):
    circular = draft()
    url = pusat.url("circulars:attach", circular.pk)

    as_officer.post(url, {"version": "1", "attachment": SimpleUploadedFile("surat.pdf", PDF)})
    fetched = as_officer.get(pusat.url("circulars:attachment", circular.pk))
    as_officer.post(pusat.url("circulars:detach", circular.pk), {"version": "2"})

    assert fetched.content == PDF
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"MZ not a pdf", "harus berupa PDF"), (PDF + b"x" * LARGEST_ATTACHMENT, "paling besar 5 MB")],
    ids=["kind", "size"],
)
def test_attachment_of_another_kind_or_size_is_refused(as_officer, draft, pusat, content, sentence):
    url = pusat.url("circulars:attach", draft().pk)

    response = as_officer.post(url, {"version": "1", "attachment": SimpleUploadedFile("surat.pdf", content)})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_publishing_by_form(as_officer, draft, pusat):
    circular = draft(deadline_on=datetime.date(2099, 1, 1))
    url = pusat.url("circulars:publish", circular.pk)

    check = as_officer.get(url).content.decode()
    as_officer.post(url, {"version": "1"})
    again = as_officer.post(url, {"version": "1"})

    assert "Terbitkan sekarang" in check
    assert Delivery.objects.count() == 7
    assert again.status_code == 302


def test_publishing_is_refused_after_another_edit(as_officer, draft, letter, officer, now, pusat):
    circular = draft(deadline_on=None)
    operations.edit(circular=circular, letter=letter(subject="Diubah", deadline_on=None), version=1, by=officer, at=now)

    response = as_officer.post(pusat.url("circulars:publish", circular.pk), {"version": "1"})

    assert response.status_code == 422
    assert "Diubah" in response.content.decode()
    assert Delivery.objects.count() == 0


def test_check_page_says_what_is_missing(as_officer, draft, pusat):
    page = as_officer.get(pusat.url("circulars:publish", draft(points=()).pk)).content.decode()

    assert "Tulis paling sedikit satu butir." in page
    assert "Terbitkan sekarang" not in page


def test_discarding(as_officer, draft, pusat):
    circular = draft()
    url = pusat.url("circulars:discard", circular.pk)

    page = as_officer.get(url).content.decode()
    as_officer.post(url, {"version": "1"})

    assert "Buang konsep ini?" in page
    assert Circular.objects.count() == 0


@pytest.mark.parametrize("name", ["edit", "recipients", "attach", "discard", "publish"])
def test_published_circular_leads_back_to_its_page(as_officer, publish, pusat, name):
    circular = publish()

    response = as_officer.get(pusat.url(f"circulars:{name}", circular.pk))

    assert response.headers["Location"] == pusat.url("circulars:ministry_detail", circular.pk)


@pytest.mark.parametrize(
    ("keadaan", "slugs"),
    [
        ("owing", {"bali", "jawa-barat", "kab-badung", "kota-bandung", "kota-cimahi", "papua"}),
        ("opened", {"kota-bandung"}),
        ("acknowledged", {"kota-bandung"}),
        ("waiting", {"bali", "jawa-barat", "kab-badung", "kota-cimahi", "papua"}),
        ("overdue", set()),
        ("informed", {"kota-jayapura"}),
    ],
)
def test_figures_are_the_rows_they_link_to(as_officer, publish, acknowledged, head, pusat, kota_jayapura, now, keadaan, slugs):
    type(kota_jayapura).objects.filter(pk=kota_jayapura.pk).update(autonomous=False)
    at = timezone.now()
    circular = publish(at=at, deadline_on=datetime.date(2099, 1, 1))
    acknowledged(circular, head, at=at)

    listed = rows(as_officer.get(pusat.url("circulars:deliveries", circular.pk), {"keadaan": keadaan}))
    counts = queries.delivery_counts(circular, at=at)

    wanted = Delivery.objects.filter(circular=circular, tenant__slug__in=slugs)
    assert sorted(listed) == sorted(f"delivery-{delivery.pk}" for delivery in wanted)
    assert getattr(counts, keadaan) == len(slugs)


def test_deliveries_of_one_province(as_officer, publish, pusat, jawa_barat):
    circular = publish()

    listed = rows(as_officer.get(pusat.url("circulars:deliveries", circular.pk), {"provinsi": jawa_barat.pk}))

    assert len(listed) == 3


def test_observer_reads_a_published_circular(client, observer, publish, acknowledged, head, pusat):
    circular = publish()
    acknowledged(circular, head)
    client.force_login(observer.user)

    page = client.get(pusat.url("circulars:ministry_detail", circular.pk)).content.decode()

    assert "<b>1 dari 7</b>" in page
