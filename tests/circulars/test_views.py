"""A government's pages: inbox, letter, acknowledgement, receipt."""

import datetime
import re
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Acting, Role
from circulars import operations, operations_delivery
from circulars.models import Acknowledgement, Delivery
from tests.circulars.conftest import PDF


@pytest.fixture
def sent(publish):
    """A circular published today, due in ten days: pages read the clock."""
    now = timezone.now()
    return lambda number="100/1/SJ", **changes: publish(
        at=now,
        number=number,
        dated_on=now.date(),
        **({"deadline_on": now.date() + datetime.timedelta(days=10)} | changes),
    )


def rows(response) -> list[str]:
    return re.findall(r'<tr id="([^"]+)"', response.content.decode())


def test_inbox_shows_only_this_governments_deliveries(
    client, sent, draft, delivery_to, officer, head, kota_bandung, kota_cimahi
):
    mine, other = sent(), draft(number="KECAPI")
    operations.choose(circular=other, governments=[kota_cimahi.pk], version=None, by=officer, at=timezone.now())
    operations.publish(circular=other, by=officer, at=timezone.now())  # could leak
    draft(number="KONSEP")  # could leak
    client.force_login(head.user)

    response = client.get(kota_bandung.url("circulars:inbox"))

    assert rows(response) == [f"delivery-{delivery_to(mine, kota_bandung).pk}"]


def test_province_sees_its_own_deliveries_not_its_districts(
    client, sent, delivery_to, governor_staff, jawa_barat, kota_bandung
):
    circular = sent()
    client.force_login(governor_staff.user)

    response = client.get(jawa_barat.url("circulars:inbox"))
    theirs = client.get(jawa_barat.url("circulars:detail", delivery_to(circular, kota_bandung).pk))

    assert rows(response) == [f"delivery-{delivery_to(circular, jawa_barat).pk}"]
    assert theirs.status_code == 404


def test_inbox_costs_the_same_for_one_and_three(client, sent, head, kota_bandung):
    client.force_login(head.user)
    counts = []
    for number in ("1", "2", "3"):
        sent(number)
        if number == "2":
            continue
        with CaptureQueriesContext(connection) as captured:
            client.get(kota_bandung.url("circulars:inbox"))
        counts.append(len(captured))

    assert counts == [INBOX_QUERIES, INBOX_QUERIES]


def test_inbox_filters_by_state(client, sent, delivery_to, acknowledged, head, kota_bandung):
    sent("1")
    done = sent("2")
    acknowledged(done, head, at=timezone.now())
    client.force_login(head.user)

    response = client.get(kota_bandung.url("circulars:inbox"), {"keadaan": "acknowledged"})

    assert rows(response) == [f"delivery-{delivery_to(done, kota_bandung).pk}"]


def test_reading_notes_the_first_opening(client, sent, delivery_to, make_member, head, kota_bandung):
    delivery = delivery_to(sent(), kota_bandung)
    operator = make_member(kota_bandung, Role.OPERATOR, name="Dewi Pembuka")
    client.force_login(operator.user)
    response = client.get(kota_bandung.url("circulars:detail", delivery.pk))
    client.force_login(head.user)
    client.get(kota_bandung.url("circulars:detail", delivery.pk))

    delivery.refresh_from_db()
    assert delivery.opened_by_name == "Dewi Pembuka"
    assert "Pertama dibuka Dewi Pembuka" in response.content.decode()


@pytest.mark.parametrize("how", [{"method": "head"}, {"headers": {"Sec-Purpose": "prefetch"}}])
def test_looking_ahead_is_no_opening(client, sent, delivery_to, head, kota_bandung, how):
    delivery = delivery_to(sent(), kota_bandung)
    client.force_login(head.user)

    getattr(client, how.get("method", "get"))(kota_bandung.url("circulars:detail", delivery.pk), headers=how.get("headers"))

    delivery.refresh_from_db()
    assert delivery.opened_at is None


def test_a_failing_note_never_hides_the_letter(client, sent, delivery_to, head, kota_bandung):
    delivery = delivery_to(sent(), kota_bandung)
    client.force_login(head.user)

    with mock.patch.object(operations_delivery, "open", side_effect=DatabaseError("disk full")):
        response = client.get(kota_bandung.url("circulars:detail", delivery.pk))

    assert response.status_code == 200
    assert "Membuka loket." in response.content.decode()


def test_letter_comes_with_its_attachment(client, draft, officer, delivery_to, head, kota_bandung, kota_cimahi):
    now = timezone.now()
    circular = draft(deadline_on=None)
    operations.attach(circular=circular, name='Naskah "asli".pdf', content=PDF, version=None, by=officer, at=now)
    operations.publish(circular=circular, by=officer, at=now)
    client.force_login(head.user)

    response = client.get(kota_bandung.url("circulars:attachment", delivery_to(circular, kota_bandung).pk))
    theirs = client.get(kota_bandung.url("circulars:attachment", delivery_to(circular, kota_cimahi).pk))

    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Naskah asli.pdf"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert theirs.status_code == 404


def test_acknowledge_page_names_what_it_records(client, sent, delivery_to, make_member, kota_bandung):
    circular = sent()
    acting = make_member(
        kota_bandung, Role.GOVERNMENT_HEAD, position="Wali Kota Bandung", acting=Acting.PLT, name="Rina Contoh"
    )
    client.force_login(acting.user)

    page = client.get(kota_bandung.url("circulars:acknowledge", delivery_to(circular, kota_bandung).pk)).content.decode()

    for said in ("Rina Contoh", "Plt. Wali Kota Bandung", "Kota Bandung", circular.sha256, "atas nama Pemerintah Kota Bandung"):
        assert said in page
    assert Acknowledgement.objects.count() == 0


def test_acknowledging_leads_to_the_receipt(client, sent, delivery_to, head, kota_bandung):
    delivery = delivery_to(sent(), kota_bandung)
    client.force_login(head.user)

    response = client.post(kota_bandung.url("circulars:acknowledge", delivery.pk), follow=True)

    entry = Acknowledgement.objects.get()
    assert response.redirect_chain == [(kota_bandung.url("circulars:receipt", delivery.pk), 302)]
    assert (entry.delivery, entry.name) == (delivery, head.name)
    assert f"/resi/{entry.code}/" in response.content.decode()


def test_acknowledging_again_leads_to_the_first_receipt(
    client, sent, delivery_to, acknowledged, make_member, head, kota_bandung
):
    circular = sent()
    acknowledged(circular, head, at=timezone.now())
    client.force_login(make_member(kota_bandung, Role.GOVERNMENT_HEAD).user)

    response = client.post(kota_bandung.url("circulars:acknowledge", delivery_to(circular, kota_bandung).pk))

    assert response.status_code == 302
    assert Acknowledgement.objects.get().name == head.name


@pytest.mark.parametrize("method", ["get", "post"])
def test_operator_does_not_acknowledge(client, sent, delivery_to, make_member, kota_bandung, method):
    delivery = delivery_to(sent(), kota_bandung)
    client.force_login(make_member(kota_bandung, Role.OPERATOR).user)

    response = getattr(client, method)(kota_bandung.url("circulars:acknowledge", delivery.pk))

    assert response.status_code == 403
    assert Acknowledgement.objects.count() == 0


@pytest.mark.parametrize("name", ["detail", "acknowledge", "receipt", "receipt_pdf", "attachment"])
def test_neighbours_delivery_is_not_found(client, sent, delivery_to, acknowledged, head, cimahi_head, kota_bandung, name):
    circular = sent()
    acknowledged(circular, cimahi_head, at=timezone.now())
    client.force_login(head.user)

    response = client.get(kota_bandung.url(f"circulars:{name}", delivery_to(circular, cimahi_head.tenant).pk))

    assert response.status_code == 404


def test_late_acknowledgement_is_marked_late(client, publish, acknowledged, delivery_to, head, kota_bandung, now):
    circular = publish()
    acknowledged(circular, head, at=datetime.datetime(2026, 12, 2, 1, 0, tzinfo=datetime.UTC))
    client.force_login(head.user)

    page = client.get(kota_bandung.url("circulars:receipt", delivery_to(circular, kota_bandung).pk)).content.decode()

    assert "2 hari setelah tenggat." in page


def test_receipt_without_acknowledgement_is_not_found(client, sent, delivery_to, head, kota_bandung):
    client.force_login(head.user)

    for name in ("receipt", "receipt_pdf"):
        assert client.get(kota_bandung.url(f"circulars:{name}", delivery_to(sent(name), kota_bandung).pk)).status_code == 404


def test_receipt_as_pdf(client, sent, delivery_to, acknowledged, head, kota_bandung):
    circular = sent()
    acknowledged(circular, head, at=timezone.now())
    client.force_login(head.user)

    response = client.get(kota_bandung.url("circulars:receipt_pdf", delivery_to(circular, kota_bandung).pk))

    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"] == 'inline; filename="resi-1001sj-kota-bandung.pdf"'


def test_navigation_counts_what_nobody_opened(client, sent, delivery_to, head, kota_bandung):
    sent("1")
    opened = sent("2")
    Delivery.objects.filter(circular=opened, tenant=kota_bandung).update(opened_at=timezone.now())
    client.force_login(head.user)

    page = client.get(kota_bandung.url("circulars:inbox")).content.decode()

    assert '<span class="count">1<span class="sign">' in page


INBOX_QUERIES = 9
