"""An office with hours in Kota Bandung, three people of its dinas, and what puts them on duty."""

import datetime

import pytest

from staffing import operations
from staffing.models import Staff
from tenants.context import mounted
from tests.offices.conftest import (  # noqa: F401 - fixtures
    WEEK,
    dinas,
    dinas_head,
    here,
    make_office,
    operator,
    other_dinas,
    other_head,
    query_count,
)

MONDAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 24)
SATURDAY = datetime.date(2026, 11, 28)
TERM = {"nip": "", "position": "", "phone": "", "serves_from": datetime.date(2026, 1, 5), "serves_until": None}


@pytest.fixture
def office(make_office):  # noqa: F811
    return make_office(week=WEEK)


@pytest.fixture
def second_office(make_office):  # noqa: F811
    return make_office("Loket Gedebage", week=WEEK)


@pytest.fixture
def make_staff(kota_bandung, dinas, dinas_head, now):  # noqa: F811
    """``make_staff(name, of=dinas, **facts)`` -> somebody who can be put on duty."""

    def make(name, *, of=None, **facts) -> Staff:
        with mounted(kota_bandung):
            return operations.add_staff(dinas=of or dinas, name=name, by=dinas_head, at=now, **(TERM | facts))

    return make


@pytest.fixture
def people(make_staff):
    return [make_staff(name) for name in ("Dewi Anggraini", "Agus Pratama", "Lina Sari")]


@pytest.fixture
def assign(kota_bandung, dinas_head, now):  # noqa: F811
    def act(office, staff, on=MONDAY):
        with mounted(kota_bandung):
            return operations.assign(office=office, staff=staff, on=on, by=dinas_head, at=now)

    return act


@pytest.fixture
def release(kota_bandung, dinas_head, now):  # noqa: F811
    def act(duty):
        with mounted(kota_bandung):
            return operations.release(duty=duty, by=dinas_head, at=now)

    return act
