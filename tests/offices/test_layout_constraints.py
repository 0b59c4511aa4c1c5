"""What the database itself refuses about rooms and desks, by raw SQL."""

import uuid

import pytest
from django.db import transaction

from equipment.models import Item
from offices.models import Desk, Room
from tests.offices.test_constraints import insert, refused_by

pytestmark = pytest.mark.usefixtures("here")
ROOM = {"name": "Ruang", "purpose": "registration", "width": 500, "depth": 400, "note": "", "version": 1}
DESK = {"name": "Meja", "x": 10, "y": 10, "width": 120, "depth": 60, "version": 1}
ITEM = {
    "label": "K7M4-P2", "category": "device", "kind": "laptop", "name": "Laptop", "condition": "good", "has_camera": True,
}  # fmt: skip


def room(office, **facts):
    entry = ROOM | {"id": str(uuid.uuid4()), "office_id": str(office.pk)} | facts
    insert("offices_room", entry)
    return entry["id"]


def desk(of, **facts):
    entry = DESK | {"id": str(uuid.uuid4()), "room_id": of} | facts
    insert("offices_desk", entry)
    return entry["id"]


@pytest.mark.parametrize("purpose", ["", "keduanya", "both"])
def test_room_of_two_purposes_is_impossible(office, purpose):
    with refused_by("offices_room_purpose"):
        room(office, purpose=purpose)


def test_room_has_one_purpose_in_one_column(office):
    """There is no second row of the same room to hold the other purpose: a name occurs once in an office."""
    room(office)

    with refused_by("offices_room_name_once"):
        room(office, purpose="training")


@pytest.mark.parametrize("floor", [{"width": None}, {"depth": None}, {"width": 99}, {"depth": 10_001}])
def test_half_a_floor_or_a_floor_of_no_size_is_refused(office, floor):
    with refused_by("offices_room_floor"):
        room(office, **floor)


@pytest.mark.parametrize("place", [{"x": None}, {"y": None}, {"x": 10_001}])
def test_half_a_place_is_refused(office, place):
    with refused_by("offices_desk_position"):
        desk(room(office), **place)


@pytest.mark.parametrize("size", [{"width": 19}, {"width": 501}, {"depth": 19}])
def test_desk_of_no_size_is_refused(office, size):
    with refused_by("offices_desk_size"):
        desk(room(office), **size)


def test_two_desks_of_one_name_in_one_room_are_refused(office):
    here = room(office)
    desk(here)
    desk(room(office, name="Lain"))

    with refused_by("offices_desk_name_once"):
        desk(here)


@pytest.fixture
def laptop(office):
    """A registration laptop on a desk of a registration room."""
    here = Room.objects.create(office=office, **ROOM)
    there = Desk.objects.create(room=here, **DESK)
    return Item.objects.create(office=office, room=here, desk=there, purpose="registration", **ITEM)


def test_thing_on_a_desk_of_another_offices_room_is_refused(laptop, make_office):
    other = Room.objects.create(office=make_office("Loket Lain"), **ROOM)
    elsewhere = Desk.objects.create(room=other, **DESK)

    with refused_by("equipment_item_desk_of_room"), transaction.atomic():
        Item.objects.filter(pk=laptop.pk).update(desk=elsewhere)
    with refused_by("equipment_item_room_of_office"), transaction.atomic():
        Item.objects.filter(pk=laptop.pk).update(desk=None, room=other)


def test_purpose_of_a_room_cannot_change_under_a_device(laptop):
    with refused_by("equipment_item_room_of_purpose"):
        Room.objects.filter(pk=laptop.room_id).update(purpose="training")
