"""Offices with hours and duties, made through the models; a government of its own for tests that need real commits."""

import datetime
import html
import re
import threading
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection, transaction

from circulars.models import Circular, Delivery
from offices.models import Dinas, Office, Schedule, ServiceHours
from oversight import rollup
from oversight.models import Check
from staffing.models import Duty, Staff
from tenants.context import as_owner, mounted
from tests.committed import throwaway
from tests.conftest import NOW

WORKDAYS = (1, 2, 3, 4, 5)
MONDAY = NOW.date()


def days(first: datetime.date, count: int) -> list[datetime.date]:
    return [first + datetime.timedelta(number) for number in range(count)]


def put_on_duty(office, on, people=1):
    """Put ``people`` new staff on duty at ``office`` on the day ``on``."""
    for _ in range(people):
        slot = Duty.objects.filter(office=office, on=on).count() + 1
        staff = Staff.objects.create(dinas_id=office.dinas_id, name=f"Petugas {slot}", serves_from=datetime.date(2020, 1, 1))
        Duty.objects.create(office=office, staff=staff, on=on, slot=slot)


def build_office(tenant, *, name="Loket Cikutra", dinas="Dinas Tenaga Kerja", weekdays=WORKDAYS, duties=None, at=NOW, **fields):
    """An office of ``tenant`` with its row above; ``duties`` maps days to the number of people on duty."""
    with mounted(tenant), transaction.atomic():
        dinas, _ = Dinas.objects.get_or_create(name=dinas, defaults={"sectors": ["manpower"]})
        fields = {"address": "Jl. Contoh 12", "opened_on": datetime.date(2026, 1, 5)} | fields
        office = Office.objects.create(dinas=dinas, name=name, **fields)
        hours = {"opens": datetime.time(8), "closes": datetime.time(15)}
        schedule = Schedule.objects.create(office=office)
        ServiceHours.objects.bulk_create(ServiceHours(schedule=schedule, weekday=weekday, **hours) for weekday in weekdays)
        for on, people in (duties or {}).items():
            put_on_duty(office, on, people)
        rollup.refresh(tenant=tenant, office_id=office.pk, at=at)
    return office


@pytest.fixture
def make_office(db):
    return build_office


@pytest.fixture
def rostered():
    """``rostered(2)``: two people a day for the thirty days from the fixed Monday on."""
    return lambda people=2, first=MONDAY, count=30: dict.fromkeys(days(first, count), people)


@pytest.fixture
def scratch(django_db_setup, django_db_blocker):
    """A government outside the cast whose rows are really committed; it is gone after the test."""
    with django_db_blocker.unblock(), throwaway("kab_rekap") as tenant:
        yield tenant
        with as_owner():
            Check.objects.all().delete()


@pytest.fixture
def elsewhere():
    """``with elsewhere(function): …`` runs it in a thread with its own connection; what it raised comes out at the end."""

    @contextmanager
    def run(function):
        raised = []

        def work():
            try:
                function()
            except BaseException as error:
                raised.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        yield thread
        thread.join(20)
        assert not thread.is_alive()
        if raised:
            raise raised[0]

    return run


@pytest.fixture
def make_circular(db):
    """``make_circular(to=…, opened=…, acknowledged=…, number="…", deadline_on=…)``: a published circular, delivered."""

    def make(*, to=(), opened=(), acknowledged=(), number="560/2821/SJ", deadline_on=None, at=NOW - datetime.timedelta(14)):
        circular = Circular.objects.create(
            number=number,
            subject="Pelayanan Pendaftaran Kartu Prakerja",
            dated_on=datetime.date(2026, 11, 2),
            deadline_on=deadline_on,
            state="published",
            sha256="0" * 64,
            published_at=at,
        )
        for tenant in to:
            done = tenant in acknowledged
            Delivery.objects.create(
                circular=circular,
                tenant=tenant,
                delivered_at=at,
                opened_at=at if done or tenant in opened else None,
                acknowledged_at=at if done else None,
            )
        return circular

    return make


# Pages ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def on_monday():
    """The clock stands at ten in the morning (WIB) of the fixed Monday."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def look(client, on_monday):
    """``look(member, "wilayah/", cari="…")``: the page of that person's government, below its own address."""

    def get(member, path="", status=200, **query):
        client.force_login(member.user)
        response = client.get(f"/{member.tenant.slug}/{path}", query)
        assert response.status_code == status
        return response

    return get


def words(response) -> str:
    """The text of the main part of a page."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def rows(response, prefix) -> list[str]:
    """The ids of a page's rows, without ``prefix``."""
    return re.findall(rf'<tr id="{prefix}-([\w-]+)"', response.content.decode())


def links(response) -> dict[str, str]:
    """The text of each link of the main part, and where it leads."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', main, re.DOTALL)
    return {" ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()): html.unescape(url) for url, text in found}
