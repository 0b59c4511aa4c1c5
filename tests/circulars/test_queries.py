import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulars import operations_delivery, queries
from tenants.models import Tenant


def test_counts_are_of_governments_of_their_own(
    publish, acknowledged, delivery_to, head, cimahi_head, kota_jayapura, kab_badung
):
    Tenant.objects.filter(pk=kota_jayapura.pk).update(autonomous=False)
    circular = publish()
    late = datetime.datetime(2026, 12, 1, 1, 0, tzinfo=datetime.UTC)
    acknowledged(circular, head)
    acknowledged(circular, cimahi_head, at=late)

    with CaptureQueriesContext(connection) as captured:
        counts = queries.delivery_counts(circular, at=late)

    assert len(captured) == 1
    assert counts == queries.DeliveryCounts(owing=6, opened=2, acknowledged=2, late=1, overdue=4, informed=1)
    assert (counts.unopened, counts.waiting) == (4, 4)


def test_counts_by_province(publish, acknowledged, head, jawa_barat, bali, papua, now):
    circular = publish()
    acknowledged(circular, head)

    with CaptureQueriesContext(connection) as captured:
        counts = queries.delivery_counts_by_province(circular, at=now)

    assert len(captured) == 1
    assert {pk: (found.owing, found.acknowledged) for pk, found in counts.items()} == {
        jawa_barat.pk: (3, 1),
        bali.pk: (2, 0),
        papua.pk: (2, 0),
    }


def test_gaps_are_those_that_owe(publish, acknowledged, head, kota_jayapura, now):
    Tenant.objects.filter(pk=kota_jayapura.pk).update(autonomous=False)
    circular = publish()
    acknowledged(circular, head)

    slugs = [delivery.tenant.slug for delivery in queries.gaps(circular, at=now)]

    assert slugs == ["bali", "jawa-barat", "kab-badung", "kota-cimahi", "papua"]


def test_inbox_counts(publish, delivery_to, acknowledged, head, kota_bandung, now):
    publish(number="1")
    opened, done = publish(number="2"), publish(number="3")
    operations_delivery.open(delivery=delivery_to(opened, kota_bandung), by=head, at=now)
    acknowledged(done, head)

    assert queries.inbox_counts(kota_bandung, at=now) == queries.InboxCounts(total=3, unopened=1, waiting=2, overdue=0)
    assert queries.unread(kota_bandung) == 1


def test_addressees_by_level(draft, kota_jayapura):
    Tenant.objects.filter(pk=kota_jayapura.pk).update(autonomous=False)

    assert queries.addressees(draft()) == queries.Addressees(provinces=3, kabupaten=1, kota=2, informed=1)
