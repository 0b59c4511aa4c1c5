"""Rooms and plans: what is kept, what is refused, and two people at once."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from equipment import operations as equipment
from equipment.models import Item
from offices import events, operations_layout
from offices.models import Desk, Dinas, Office, Room
from offices.operations_layout import Placed
from portal.errors import LostUpdate
from tenants.context import as_owner, mounted
from tests.staffing.test_races import elsewhere, race

FACTS = {"name": "Ruang Pendaftaran", "purpose": "registration", "width": 800, "depth": 600, "note": ""}


@pytest.fixture
def room(here, office, dinas_head, now):
    return operations_layout.add_room(office=office, by=dinas_head, at=now, **FACTS)


@pytest.fixture
def lay_out(dinas_head, now):
    def act(room, *desks, version=None):
        return operations_layout.lay_out(room=room, desks=desks, version=version, by=dinas_head, at=now)

    return act


@pytest.fixture
def edit(dinas_head, now):
    def act(room, version=None, **facts):
        return operations_layout.edit_room(room=room, version=version, by=dinas_head, at=now, **(FACTS | facts))

    return act


@pytest.fixture
def laptop(room, lay_out, dinas_head, now):
    """A registration laptop on Meja 1."""
    lay_out(room, Placed("Meja 1", 100, 100))
    place = {"room": room, "desk": room.desks.get()}
    (item,) = equipment.add(
        office=room.office, kind="laptop", name="Laptop Jati", purpose="registration", by=dinas_head, at=now, **place
    )
    return item


def names(room):
    return {desk.name: desk.pk for desk in room.desks.all()}


def test_second_room_of_a_name_is_refused(room, office, dinas_head, now):
    with pytest.raises(operations_layout.RoomNameTaken):
        operations_layout.add_room(office=office, by=dinas_head, at=now, **FACTS)


def test_half_a_floor_is_refused(room, edit):
    with pytest.raises(operations_layout.RoomFloorWrong) as refusal:
        edit(room, depth=None)

    assert refusal.value.field == "depth"


def test_purpose_stays_while_devices_of_it_stand_there_and_they_are_named(room, laptop, edit):
    with pytest.raises(operations_layout.RoomPurposeHeld) as refusal:
        edit(room, purpose="training")

    assert f"perangkat pendaftaran di ruang ini: {laptop}. Pindahkan" in str(refusal.value.message)
    Item.objects.filter(pk=laptop.pk).update(room=None, desk=None)
    assert edit(room, purpose="training").purpose == "training"


def test_facts_can_change_while_devices_stand_there(room, laptop, edit):
    assert edit(room, name="Ruang Muka").name == "Ruang Muka"


def test_room_is_removed_only_when_empty(room, laptop, lay_out, dinas_head, now):
    act = {"room": room, "version": None, "by": dinas_head, "at": now}
    with pytest.raises(operations_layout.RoomInUse, match=rf"Meja 1, Laptop Jati \({laptop.label}\)"):
        operations_layout.remove_room(**act)
    Item.objects.filter(pk=laptop.pk).update(room=None, desk=None)
    lay_out(room)

    operations_layout.remove_room(**act)

    assert not Room.objects.exists()


def test_desk_with_something_on_it_is_not_taken_away(room, laptop, lay_out):
    with pytest.raises(operations_layout.DeskInUse, match="Masih ada barang di Meja 1: Laptop Jati"):
        lay_out(room, Placed("Meja lain", 0, 0))

    assert list(names(room)) == ["Meja 1"]


def test_names_can_be_handed_on_between_desks(room, lay_out):
    lay_out(room, Placed("A"), Placed("B"), Placed("C"))
    before = names(room)

    lay_out(room, Placed("B", id=before["A"]), Placed("C", id=before["B"]), Placed("A", id=before["C"]))

    assert names(room) == {"B": before["A"], "C": before["B"], "A": before["C"]}


@pytest.mark.parametrize(
    ("desks", "error"),
    [
        ([Placed("A"), Placed("A")], operations_layout.DeskNameTaken),
        ([Placed("A", x=5)], operations_layout.DeskPlaceWrong),
        ([Placed("A", width=501)], operations_layout.DeskSizeWrong),
        ([Placed("A", id=uuid.UUID(int=1))], operations_layout.UnknownDesk),
        ([Placed(str(number)) for number in range(101)], operations_layout.TooManyDesks),
    ],
)
def test_plan_that_cannot_be_is_refused(room, lay_out, desks, error):
    lay_out(room, Placed("Meja 1"))

    with pytest.raises(error):
        lay_out(room, *desks)

    assert list(names(room)) == ["Meja 1"]


def test_same_plan_again_changes_nothing(room, lay_out):
    saved = lay_out(room, Placed("A", 1, 2))
    count = Event.objects.count()

    again = lay_out(room, Placed("A", 1, 2, id=names(room)["A"]))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert again.version == saved.version
    assert Event.objects.filter(table_name="offices_desk", action="UPDATE").count() == 0
    assert Event.objects.count() >= count


def test_change_of_a_plan_is_told_once(room, lay_out, monkeypatch):
    told = []
    monkeypatch.setattr(events, "_listeners", [lambda **what: told.append(what["office_id"])])

    lay_out(room, Placed("A", 1, 2), Placed("B", 500, 2))

    assert told == [room.office_id]


# Two people at once -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def committed(kota_cimahi, monkeypatch):
    """A room of Kota Cimahi with one desk, really there; afterwards really gone."""
    from accounts.members import Member
    from accounts.models import User

    monkeypatch.setattr(events, "_listeners", [])

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            office = Office.objects.create(dinas=dinas, name="A", address="x", opened_on=datetime.date(2026, 1, 5))
            room = Room.objects.create(office=office, **FACTS)
            Desk.objects.create(room=room, name="Meja 1", x=100, y=100)
            return dinas, room

    def clear():
        with as_owner(kota_cimahi.schema_name):
            Room.objects.filter(pk=room.pk).delete()
            Office.objects.filter(dinas=dinas).delete()
            dinas.delete()

    dinas, room = elsewhere(furnish)
    yield Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi), room
    elsewhere(clear)


@pytest.mark.django_db
def test_of_two_who_save_a_plan_at_once_one_is_told_of_the_other(committed):
    member, room = committed

    def save(x):
        desks = [Placed("Meja 1", x, 100, id=Desk.objects.get(room=room).pk)]
        return operations_layout.lay_out(room=room, desks=desks, version=1, by=member, at=timezone.now())

    found = race(member, lambda: save(200), lambda: save(300))

    (lost,) = [each for each in found if isinstance(each, LostUpdate)]
    (saved,) = [each for each in found if isinstance(each, Room)]
    with mounted(member.tenant):
        assert Room.objects.get(pk=room.pk).version == saved.version == 2
        assert Desk.objects.get(room=room).x in (200, 300)
    assert lost.current.version == 2


@pytest.mark.django_db
def test_of_two_who_add_a_desk_of_one_name_at_once_one_is_refused(committed):
    member, room = committed
    act = {"room": room, "placed": Placed("Meja 2"), "by": member, "at": timezone.now()}

    found = race(member, *[lambda: operations_layout.add_desk(**act)] * 2)

    assert sorted(type(each).__name__ for each in found) == ["Desk", "DeskNameTaken"]
