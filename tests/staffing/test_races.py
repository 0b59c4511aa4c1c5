"""Two connections at once. These commit, and clean up after themselves."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from offices import events
from offices.models import Dinas, Office
from staffing import operations
from staffing.models import Duty, Staff
from tenants.context import as_owner, mounted

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)
OPENED = datetime.date(2026, 1, 5)


def at_once(*actions):
    """Run each of ``actions`` in its own thread and connection, from the same moment; what each gave or raised."""
    barrier, found = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number, action):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            found[number] = action()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return found


def elsewhere(action):
    """What ``action`` gives on a connection of its own, where it commits."""
    (found,) = at_once(action)
    if isinstance(found, Exception):
        raise found
    return found


@pytest.fixture
def committed(kota_cimahi, monkeypatch):
    """A dinas of Kota Cimahi with two offices and four people, really there; afterwards really gone."""
    monkeypatch.setattr(events, "_listeners", [])

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            offices = [Office.objects.create(dinas=dinas, name=name, address="x", opened_on=OPENED) for name in "AB"]
            names = ("Ani", "Budi", "Cici", "Dedi")
            return dinas, offices, [Staff.objects.create(dinas=dinas, name=name, serves_from=OPENED) for name in names]

    def clear():
        with as_owner(kota_cimahi.schema_name):
            Duty.objects.filter(office__in=offices).delete()
            Staff.objects.filter(dinas=dinas).delete()
            Office.objects.filter(dinas=dinas).delete()
            dinas.delete()

    dinas, offices, people = elsewhere(furnish)
    yield Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi), offices, people
    elsewhere(clear)


def inside(member, action):
    """``action`` as the role of the member's government."""

    def run():
        with mounted(member.tenant):
            return action()

    return run


def race(member, *actions):
    return at_once(*[inside(member, action) for action in actions])


def names(member, office):
    with mounted(member.tenant):
        return set(Duty.objects.filter(office=office, on=DAY).values_list("staff__name", flat=True))


def test_of_two_who_want_the_last_place_one_gets_it_and_one_hears_who(committed):
    member, (office, _), (ani, budi, cici, _) = committed
    act = {"office": office, "on": DAY, "by": member, "at": timezone.now()}
    elsewhere(inside(member, lambda: operations.assign(staff=ani, **act)))

    found = race(member, lambda: operations.assign(staff=budi, **act), lambda: operations.assign(staff=cici, **act))

    duties = [each for each in found if isinstance(each, Duty)]
    (refusal,) = [each for each in found if not isinstance(each, Duty)]
    winner = duties[0].staff.name
    assert (len(duties), names(member, office)) == (1, {"Ani", winner})
    assert isinstance(refusal, operations.OfficeFull), refusal
    assert f"Ani dan {winner} sudah bertugas" in str(refusal.message)


def test_of_four_at_once_two_remain(committed):
    member, (office, _), people = committed
    act = {"office": office, "on": DAY, "by": member, "at": timezone.now()}

    found = race(member, *[lambda person=person: operations.assign(staff=person, **act) for person in people])

    assert sorted(type(each).__name__ for each in found) == ["Duty", "Duty", "OfficeFull", "OfficeFull"]
    assert len(names(member, office)) == 2


def test_one_person_wanted_by_two_offices_goes_to_one(committed):
    member, offices, (ani, *_) = committed
    act = {"staff": ani, "on": DAY, "by": member, "at": timezone.now()}

    found = race(member, *[lambda office=office: operations.assign(office=office, **act) for office in offices])

    assert sorted(type(each).__name__ for each in found) == ["Duty", "PersonBusy"]


def test_raw_writers_of_one_place_are_held_by_the_index(committed):
    """No lock, no operation: the unique index alone keeps the second out."""
    member, (office, _), (ani, budi, *_) = committed

    def write(staff):
        with transaction.atomic():
            return Duty.objects.create(office=office, staff=staff, on=DAY, slot=1)

    found = race(member, lambda: write(ani), lambda: write(budi))

    (refusal,) = [each for each in found if not isinstance(each, Duty)]
    assert isinstance(refusal, IntegrityError)
    assert refusal.__cause__.diag.constraint_name == "staffing_duty_slot_once"
    assert len(names(member, office)) == 1


def test_term_cut_short_while_a_duty_is_written_leaves_none_outside(committed):
    member, (office, _), (ani, *_) = committed
    sunday = DAY - datetime.timedelta(days=1)

    def cut():
        with transaction.atomic():
            return Staff.objects.filter(pk=ani.pk).update(serves_until=sunday)

    def write():
        with transaction.atomic():
            return Duty.objects.create(office=office, staff=ani, on=DAY, slot=1)

    found = race(member, cut, write)

    assert sum(isinstance(each, IntegrityError) for each in found) == 1
    with mounted(member.tenant):
        staff = Staff.objects.get(pk=ani.pk)
        assert all(staff.serves_on(duty.on) for duty in staff.duties.all())
