import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from accounts.enums import Acting, Role
from circulars import operations_delivery, sealing
from circulars.enums import Audience
from circulars.models import Acknowledgement, Delivery
from tenants.models import Tenant


def test_open_notes_who_and_when_once(publish, delivery_to, head, make_member, kota_bandung, now):
    delivery = delivery_to(publish(), kota_bandung)
    operator = make_member(kota_bandung, Role.OPERATOR)
    later = now + datetime.timedelta(hours=1)

    first = operations_delivery.open(delivery=delivery, by=operator, at=now)
    second = operations_delivery.open(delivery=delivery, by=head, at=later)

    delivery.refresh_from_db()
    assert (first, second) == (True, False)
    assert (delivery.opened_at, delivery.opened_by_name) == (now, operator.name)


@pytest.mark.parametrize("reader", ["observer", "governor_staff", "cimahi_head"])
def test_reading_from_elsewhere_is_no_opening(request, publish, delivery_to, kota_bandung, now, reader):
    delivery = delivery_to(publish(), kota_bandung)

    operations_delivery.open(delivery=delivery, by=request.getfixturevalue(reader), at=now)

    delivery.refresh_from_db()
    assert delivery.opened_at is None


def test_acknowledge_seals_a_receipt(publish, acknowledged, delivery_to, head, now):
    circular = publish()

    entry = acknowledged(circular, head)

    entry = Acknowledgement.objects.get(pk=entry.pk)
    assert sealing.holds(entry)
    assert (entry.government, entry.name, entry.position) == ("Kota Bandung", head.name, "Wali Kota Bandung")
    assert (entry.circular_sha256, entry.circular_version) == (circular.sha256, 1)
    assert entry.local_time == "23 November 2026 10.00 WIB"
    assert len(entry.code) == 43
    delivery = delivery_to(circular, head.tenant)
    assert (delivery.acknowledged_at, delivery.opened_at, delivery.opened_by_name) == (now, now, head.name)


def test_acknowledge_records_indonesian_whatever_the_page_speaks(publish, acknowledged, make_member, kota_jayapura):
    head = make_member(kota_jayapura, Role.GOVERNMENT_HEAD, position="Wali Kota Jayapura", acting=Acting.PLH)

    with translation.override("en"):
        entry = acknowledged(publish(), head)

    assert entry.local_time == "23 November 2026 12.00 WIT"
    assert entry.position == "Plh. Wali Kota Jayapura"
    assert entry.statement.startswith("Dengan ini saya menyatakan, atas nama Pemerintah Kota Jayapura,")
    assert "tanggal 20 November 2026" in entry.statement


def test_province_acknowledges_under_its_own_name(publish, acknowledged, make_member, jawa_barat):
    head = make_member(jawa_barat, Role.GOVERNMENT_HEAD, position="Gubernur Jawa Barat")

    assert acknowledged(publish(), head).government == "Provinsi Jawa Barat"


def test_acknowledge_twice_is_refused_with_the_name_of_the_first(publish, acknowledged, make_member, head, kota_bandung):
    circular = publish()
    acknowledged(circular, head)
    deputy = make_member(kota_bandung, Role.GOVERNMENT_HEAD, name="Wakil")

    with pytest.raises(operations_delivery.AlreadyAcknowledged, match=head.name):
        acknowledged(circular, deputy)

    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DINAS_HEAD])
def test_acknowledge_is_for_who_speaks_for_the_government(publish, acknowledged, make_member, kota_bandung, role):
    with pytest.raises(PermissionDenied):
        acknowledged(publish(), make_member(kota_bandung, role))


def test_acknowledge_for_another_government_is_refused(publish, delivery_to, cimahi_head, kota_bandung, now):
    delivery = delivery_to(publish(), kota_bandung)

    with pytest.raises(PermissionDenied):
        operations_delivery.acknowledge(delivery=delivery, by=cimahi_head, at=now)


def test_territory_without_a_government_owes_nothing(publish, acknowledged, make_member, kota_bandung):
    Tenant.objects.filter(pk=kota_bandung.pk).update(autonomous=False)
    head = make_member(kota_bandung, Role.GOVERNMENT_HEAD)

    with pytest.raises(operations_delivery.NothingOwed):
        acknowledged(publish(), head)


# The deadline is the 30th: it ends with the local day, two hours apart from zone to zone.
@pytest.mark.parametrize(
    ("slug", "at", "state"),
    [
        ("kota-bandung", "2026-11-30T16:59:59Z", "unopened"),
        ("kota-bandung", "2026-11-30T17:00:00Z", "overdue"),
        ("kab-badung", "2026-11-30T15:59:59Z", "unopened"),
        ("kab-badung", "2026-11-30T16:00:00Z", "overdue"),
        ("kota-jayapura", "2026-11-30T14:59:59Z", "unopened"),
        ("kota-jayapura", "2026-11-30T15:00:00Z", "overdue"),
    ],
)
def test_deadline_is_the_end_of_the_local_day(publish, slug, at, state):
    publish()

    found = Delivery.objects.filter(tenant__slug=slug).standing(datetime.datetime.fromisoformat(at)).get()

    assert found.state == state


def test_state_follows_the_life_of_a_delivery(publish, acknowledged, delivery_to, head, cimahi_head, kota_cimahi, now):
    circular = publish()
    late = datetime.datetime(2026, 12, 1, 1, 0, tzinfo=datetime.UTC)

    def states(at):
        found = Delivery.objects.filter(tenant__in=[head.tenant, kota_cimahi]).standing(at).order_by("tenant__slug")
        return [delivery.state for delivery in found]

    assert states(now) == ["unopened", "unopened"]
    operations_delivery.open(delivery=delivery_to(circular, kota_cimahi), by=cimahi_head, at=now)
    assert states(now) == ["unopened", "opened"]
    acknowledged(circular, head)
    assert states(late) == ["acknowledged", "overdue"]
    acknowledged(circular, cimahi_head, at=late)
    assert states(late) == ["acknowledged", "acknowledged-late"]


def test_without_a_deadline_nobody_is_late(publish, head, now):
    publish(deadline_on=None, audience=Audience.ALL)

    found = Delivery.objects.standing(now + datetime.timedelta(days=4000)).get(tenant=head.tenant)

    assert found.state == "unopened"
