"""Two connections at one stock. These commit, and clean up after themselves."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from equipment import operations_supplies as operations
from equipment.models import Movement, Supply
from offices.models import Dinas, Office
from tenants.context import as_owner, mounted
from tests.staffing.test_races import elsewhere, race

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(kota_cimahi):
    """Two supplies of an office of Kota Cimahi with five on hand each, really there; afterwards really gone."""
    member = Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi)

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            office = Office.objects.create(dinas=dinas, name="A", address="x", opened_on=datetime.date(2026, 1, 5))
            facts = {"kind": "paper", "unit": "rim", "minimum": 0, "on_hand": 5}
            now = timezone.now()
            return office, [operations.add_supply(office=office, name=name, by=member, at=now, **facts) for name in "AB"]

    def clear():
        with as_owner(kota_cimahi.schema_name), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE equipment_movement DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM equipment_movement")
            cursor.execute("ALTER TABLE equipment_movement ENABLE TRIGGER USER")
            Supply.objects.filter(office=office).delete()
            office.delete()
            office.dinas.delete()

    office, supplies = elsewhere(furnish)
    yield member, office, supplies
    elsewhere(clear)


def left(member, supply):
    with mounted(member.tenant):
        return Supply.objects.get(pk=supply.pk).on_hand


def test_of_two_who_take_the_rest_one_hears_what_is_left(committed):
    member, _office, (paper, _) = committed
    act = {"supply": paper, "kind": "used", "on": member.tenant.today(timezone.now()), "by": member, "at": timezone.now()}

    found = race(member, *[lambda: operations.record(quantity=3, **act)] * 2)

    (refusal,) = [each for each in found if not isinstance(each, Movement)]
    assert isinstance(refusal, operations.NotEnough), refusal
    assert (str(refusal.message), left(member, paper)) == ("Tersisa 2 rim; 3 tidak dapat dikeluarkan.", 2)


def test_sheets_saved_at_once_do_not_wait_for_one_another_in_a_circle(committed):
    member, office, (paper, pens) = committed
    today = member.tenant.today(timezone.now())

    def save(order):
        entries = [operations.Entry(supply.pk, used=3) for supply in order]
        return lambda: operations.record_day(office=office, entries=entries, on=today, by=member, at=timezone.now())

    found = race(member, save([paper, pens]), save([pens, paper]))

    assert sorted(type(each).__name__ for each in found) == ["Refused", "list"]
    assert (left(member, paper), left(member, pens)) == (2, 2)


def test_raw_writers_are_held_by_the_constraint(committed):
    member, _office, (paper, _) = committed

    def write():
        with transaction.atomic():
            return Movement.objects.create(
                supply=paper,
                kind="used",
                quantity=-3,
                on=datetime.date(2026, 11, 23),
                recorded_at=timezone.now(),
                recorded_by_name="x",
            )

    found = race(member, write, write)

    (refusal,) = [each for each in found if not isinstance(each, Movement)]
    assert isinstance(refusal, IntegrityError)
    assert refusal.__cause__.diag.constraint_name == "equipment_supply_never_below_zero"
    assert left(member, paper) == 2
