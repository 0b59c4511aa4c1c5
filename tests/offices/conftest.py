"""A dinas with an office in Kota Bandung, and its people. Everything is made as the tenant's own role."""

import datetime

import pytest

from accounts.enums import Role
from accounts.members import load
from offices import operations
from offices.hours import Span
from offices.models import Dinas
from offices.operations_hours import set_hours
from tenants import directory
from tenants.context import mounted

OPENED = datetime.date(2026, 1, 5)
FACTS = {
    "kind": "counter",
    "address": "Jl. Contoh 12",
    "latitude": None,
    "longitude": None,
    "phone": "",
    "opened_on": OPENED,
}
WEEK = [Span(day, datetime.time(8), datetime.time(12)) for day in range(1, 6)]
WEEK += [Span(day, datetime.time(13), datetime.time(15)) for day in range(1, 5)]


@pytest.fixture
def dinas(kota_bandung):
    with mounted(kota_bandung):
        return Dinas.objects.create(name="Dinas Tenaga Kerja", sectors=["manpower"])


@pytest.fixture
def other_dinas(kota_bandung):
    with mounted(kota_bandung):
        return Dinas.objects.create(name="Dinas Pariwisata", sectors=["tourism"])


@pytest.fixture
def dinas_head(make_member, kota_bandung, dinas):
    return make_member(kota_bandung, Role.DINAS_HEAD, dinas=dinas, name="Siti Rahma")


@pytest.fixture
def operator(make_member, kota_bandung, dinas):
    return make_member(kota_bandung, Role.OPERATOR, dinas=dinas, name="Bayu Wijaya")


@pytest.fixture
def other_head(make_member, kota_bandung, other_dinas):
    """The head of another dinas of the same government."""
    return make_member(kota_bandung, Role.DINAS_HEAD, dinas=other_dinas, name="Rudi Hartono")


@pytest.fixture
def here(kota_bandung, dinas_head):
    """The test acts as the role of Kota Bandung, after its people have been made."""
    with mounted(kota_bandung):
        yield


@pytest.fixture
def make_office(kota_bandung, dinas, dinas_head, now):
    """``make_office(name="…", week=None, **facts)`` -> an office of the dinas, by its operations."""

    def make(name="Loket Cikutra", *, of=None, by=None, week=None, **facts):
        by = by or dinas_head
        with mounted(by.tenant):
            office = operations.create_office(dinas=of or dinas, name=name, by=by, at=now, **(FACTS | facts))
            if week:
                office = set_hours(office=office, week=week, version=None, by=by, at=now)
            return office

    return make


@pytest.fixture
def office(make_office):
    return make_office()


@pytest.fixture
def again(now):
    """``again(member)`` -> the member as loaded for a new request."""
    return lambda member: load(member.user, member.tenant, at=now)


@pytest.fixture
def query_count(kota_bandung, django_assert_num_queries):
    """``with query_count(9): …``; the directory of governments, kept in the process, is warm."""

    def expect(number):
        directory.find(kota_bandung.slug)
        return django_assert_num_queries(number)

    return expect
