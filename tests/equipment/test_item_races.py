"""Two connections at one label, one device, one room. These commit, and clean up after themselves."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from equipment import labelling, operations, places
from equipment.models import Item
from offices import events, operations_layout
from offices.models import Desk, Dinas, Office, Room
from portal.errors import DomainError, LostUpdate
from tenants.context import as_owner, mounted
from tests.staffing.test_races import elsewhere, inside, race

pytestmark = pytest.mark.django_db
OPENED = datetime.date(2026, 1, 5)
LAPTOP = {"kind": "laptop", "name": "Laptop", "purpose": "registration"}


@pytest.fixture
def committed(kota_cimahi, monkeypatch):
    """Two registration rooms of an office of Kota Cimahi, a laptop in neither, really there; afterwards really gone."""
    monkeypatch.setattr(events, "_listeners", [])
    member = Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi)

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            office = Office.objects.create(dinas=dinas, name="A", address="x", opened_on=OPENED)
            rooms = [Room.objects.create(office=office, name=name, purpose="registration") for name in "PQ"]
            Desk.objects.create(room=rooms[0], name="Meja 1")
            (laptop,) = operations.add(office=office, by=member, at=timezone.now(), **LAPTOP)
            return office, rooms, laptop

    def clear():
        with as_owner(kota_cimahi.schema_name):
            Item.objects.filter(office=office).delete()
            Room.objects.filter(office=office).delete()
            Office.objects.filter(pk=office.pk).delete()
            Dinas.objects.filter(pk=office.dinas_id).delete()

    office, rooms, laptop = elsewhere(furnish)
    yield member, office, rooms, laptop
    elsewhere(clear)


def now_at(member, laptop):
    with mounted(member.tenant):
        return Item.objects.select_related("room").get(pk=laptop.pk)


def test_two_who_draw_one_label_get_two(committed, monkeypatch):
    member, office, _rooms, _laptop = committed
    drawn = [labelling.completed("AAAAA"), labelling.completed("AAAAA"), *(labelling.make() for _ in range(8))]
    monkeypatch.setattr(labelling, "make", lambda: drawn.pop(0))
    chair = {"office": office, "kind": "chair", "name": "Kursi", "by": member, "at": timezone.now()}

    found = race(member, *[lambda: operations.add(**chair)[0]] * 2)

    assert all(isinstance(each, Item) for each in found), found
    labels = {each.label for each in found}
    assert (len(labels), labelling.completed("AAAAA") in labels) == (2, True)


def test_raw_writers_of_one_label_are_held_by_the_index(committed):
    member, office, _rooms, _laptop = committed

    def write():
        with transaction.atomic():
            return Item.objects.create(office=office, label="1111-11", category="furniture", kind="chair", name="Kursi")

    found = race(member, write, write)

    assert sum(isinstance(each, IntegrityError) for each in found) == 1


def test_one_register_number_goes_to_one_of_two(committed):
    member, office, _rooms, _laptop = committed
    chair = {"office": office, "kind": "chair", "name": "Kursi", "item_code": "3.05", "by": member, "at": timezone.now()}

    found = race(member, *[lambda: operations.add(register_number="7", **chair)[0]] * 2)

    assert sorted(type(each).__name__ for each in found) == ["Item", "RegisterTaken"]


def test_device_moved_by_two_stands_where_the_first_put_it_and_the_second_hears(committed):
    member, _office, rooms, laptop = committed
    act = {"item": laptop, "version": 1, "by": member, "at": timezone.now()}

    found = race(member, *[lambda room=room: operations.move(room=room, **act) for room in rooms])

    (moved,) = [each for each in found if isinstance(each, Item)]
    (refusal,) = [each for each in found if not isinstance(each, Item)]
    assert isinstance(refusal, LostUpdate), refusal
    standing = now_at(member, laptop)
    assert (standing.room, standing.version) == (moved.room, 2)


def test_room_that_changes_its_purpose_while_a_device_comes_in_keeps_one_of_both(committed):
    member, _office, (room, _other), laptop = committed
    facts = {"name": room.name, "purpose": "training", "width": None, "depth": None, "note": ""}
    act = {"by": member, "at": timezone.now()}

    found = race(
        member,
        lambda: operations.move(item=laptop, room=room, **act),
        lambda: operations_layout.edit_room(room=room, version=None, **facts, **act),
    )

    refusals = [each for each in found if isinstance(each, DomainError)]
    assert len(refusals) == 1, found
    assert isinstance(refusals[0], places.WrongPurpose | operations_layout.RoomPurposeHeld)
    standing = now_at(member, laptop)
    assert standing.room is None or standing.room.purpose == standing.purpose


def test_raw_writers_of_purpose_and_place_are_held_by_the_key(committed):
    """No lock, no operation: the composite key alone keeps a device out of a room of the other purpose."""
    member, _office, (room, _other), laptop = committed

    def turn():
        with transaction.atomic():
            return Room.objects.filter(pk=room.pk).update(purpose="training")

    def enter():
        with transaction.atomic():
            return Item.objects.filter(pk=laptop.pk).update(room=room)

    found = race(member, turn, enter)

    (refusal,) = [each for each in found if isinstance(each, IntegrityError)]
    assert refusal.__cause__.diag.constraint_name == "equipment_item_room_of_purpose"
    standing = now_at(member, laptop)
    assert standing.room is None or standing.room.purpose == standing.purpose


def test_desk_that_goes_while_a_device_is_put_on_it(committed):
    member, _office, (room, _other), laptop = committed
    with mounted(member.tenant):
        desk = room.desks.get()
    act = {"by": member, "at": timezone.now()}

    found = race(
        member,
        lambda: operations.move(item=laptop, room=room, desk=desk, **act),
        lambda: operations_layout.lay_out(room=room, desks=[], version=None, **act),
    )

    assert sum(isinstance(each, DomainError) for each in found) == 1, found
    assert sum(isinstance(each, Item | Room) for each in found) == 1
    elsewhere(inside(member, lambda: operations.move(item=laptop, room=None, **act)))
