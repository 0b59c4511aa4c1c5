import datetime

import pytest

from accounts.enums import Role
from circulars import operations, operations_delivery
from circulars.models import Delivery
from circulars.operations import Letter

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def letter():
    """``letter(**changes)``: a complete text of a circular."""

    def make(**changes) -> Letter:
        fields = {
            "number": "100/1/SJ",
            "dated_on": datetime.date(2026, 11, 20),
            "subject": "Pelayanan percobaan",
            "opening": "Menindaklanjuti hasil rapat.",
            "deadline_on": datetime.date(2026, 11, 30),
            "points": (("1", "Membuka loket."), ("1a", "Menyediakan perangkat.")),
            "copies": ("Sekretaris Kabinet",),
        }
        return Letter(**(fields | changes))

    return make


@pytest.fixture
def draft(letter, officer, now):
    """``draft(**changes)``: a circular that is not published."""
    return lambda **changes: operations.draft(letter=letter(**changes), by=officer, at=now)


@pytest.fixture
def publish(draft, officer, now):
    """``publish(at=…, **changes)``: a published circular."""

    def make(*, at=None, **changes):
        return operations.publish(circular=draft(**changes), by=officer, at=at or now)

    return make


@pytest.fixture
def delivery_to():
    """``delivery_to(circular, tenant)``"""
    return lambda circular, tenant: Delivery.objects.select_related("circular", "tenant").get(circular=circular, tenant=tenant)


@pytest.fixture
def acknowledged(delivery_to, now):
    """``acknowledged(circular, by, at=…)``: the receipt of the government of ``by``."""

    def make(circular, by, *, at=None):
        return operations_delivery.acknowledge(delivery=delivery_to(circular, by.tenant), by=by, at=at or now)

    return make


@pytest.fixture
def cimahi_head(make_member, kota_cimahi):
    return make_member(kota_cimahi, Role.GOVERNMENT_HEAD, name="Kepala Kecapi", position="Wali Kota Cimahi")
