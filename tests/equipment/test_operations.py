"""Things are added, changed, moved, graded, written off and taken back."""

import datetime

import pytest
from django.db import connection

from audit.models import Event
from equipment import labelling, operations, places
from equipment.models import Item
from offices import events
from portal.errors import LostUpdate

pytestmark = pytest.mark.usefixtures("here")
TODAY = datetime.date(2026, 11, 23)
FACTS = {
    "kind": "laptop", "name": "Laptop 15 inci", "purpose": "registration", "has_camera": True, "item_code": "",
    "register_number": "", "year": 2025, "note": "",
}  # fmt: skip


@pytest.fixture
def act(dinas_head, now):
    return {"by": dinas_head, "at": now}


@pytest.fixture
def told(monkeypatch):
    """The offices of which those above have heard."""
    heard = []
    monkeypatch.setattr(events, "_listeners", [lambda *, tenant, office_id, at: heard.append(office_id)])
    return heard


def test_eight_chairs_are_eight_things_with_labels_and_numbers_of_their_own(office, room, act, told):
    chairs = operations.add(
        office=office, kind="chair", name="Kursi lipat", count=8, room=room, item_code="3.05.02.01.003", register_number="0009",
        **act,
    )  # fmt: skip

    assert [chair.register_number for chair in chairs] == [f"{number:04}" for number in range(9, 17)]
    assert len({labelling.read(chair.label) for chair in chairs} - {None}) == 8
    assert {(chair.category, chair.room) for chair in Item.objects.all()} == {("furniture", room)}
    assert told == [office.pk]


@pytest.mark.parametrize("count", [0, 201])
def test_wrong_count_is_refused(office, act, count):
    with pytest.raises(operations.WrongCount):
        operations.add(office=office, kind="chair", name="Kursi", count=count, **act)


def test_number_with_letters_is_given_to_one_thing_only(office, act):
    with pytest.raises(operations.RegisterOfMany):
        operations.add(office=office, kind="chair", name="Kursi", count=2, register_number="A-1", **act)

    (chair,) = operations.add(office=office, kind="chair", name="Kursi", register_number="A-1", **act)
    assert chair.register_number == "A-1"


def test_number_that_is_taken_is_refused_with_who_has_it(office, act):
    (first,) = operations.add(office=office, kind="chair", name="Kursi", item_code="3.05", register_number="7", **act)
    operations.write_off(items=[first], on=TODAY, reason="patah", **act)

    with pytest.raises(operations.RegisterTaken, match=f"NUP 7 .* Kursi \\({first.label}\\)"):
        operations.add(office=office, kind="chair", name="Kursi", count=3, item_code="3.05", register_number="5", **act)
    assert Item.objects.count() == 1


def test_device_takes_the_purpose_of_its_room(office, training_room, act):
    (laptop,) = operations.add(office=office, kind="laptop", name="Laptop", room=training_room, **act)

    assert laptop.purpose == "training"


def test_device_without_purpose_and_room_is_refused(office, act):
    with pytest.raises(operations.PurposeMissing):
        operations.add(office=office, kind="laptop", name="Laptop", **act)


def test_label_that_is_taken_is_drawn_again(office, act, add_item, monkeypatch):
    taken = add_item().label
    drawn = iter([taken, "1111-11", "2222-22", "3333-33"])
    monkeypatch.setattr(labelling, "make", lambda: next(drawn))

    chairs = operations.add(office=office, kind="chair", name="Kursi", count=2, **act)

    assert [chair.label for chair in chairs] == ["2222-22", "3333-33"]


def test_device_in_a_room_of_the_other_purpose_is_refused_in_words(add_item, training_room, act):
    laptop = add_item()

    with pytest.raises(places.WrongPurpose) as refusal:
        operations.move(item=laptop, room=training_room, **act)

    assert str(refusal.value.message) == (
        f"Laptop 14 inci ({laptop.label}) dipakai untuk pendaftaran, sedangkan Ruang Pelatihan ruang pelatihan. Pilih ruang"
        " pendaftaran, atau ubah dahulu kegunaan barang ini."
    )


def test_desk_of_another_room_is_refused(add_item, room, make_room, act):
    other = make_room("Ruang Dua")

    with pytest.raises(places.DeskElsewhere):
        operations.move(item=add_item(), room=room, desk=other.desks.get(), **act)
    with pytest.raises(places.DeskWithoutRoom):
        operations.move(item=add_item(), room=None, desk=other.desks.get(), **act)


def test_room_of_another_office_is_refused_for_new_things(make_office, room, act):
    with pytest.raises(places.RoomElsewhere):
        operations.add(office=make_office("Loket Gedebage"), kind="chair", name="Kursi", room=room, **act)


def test_moving_into_a_room_of_another_office_takes_the_thing_over(add_item, make_office, make_room, room, act, told):
    chair, there = add_item("chair", "Kursi", room=room), make_office("Loket Gedebage")
    told.clear()

    moved = operations.move(item=chair, room=make_room("Ruang Depan", of=there), **act)

    assert (moved.office, moved.room.name, moved.version) == (there, "Ruang Depan", 2)
    assert sorted(told) == sorted([chair.office_id, there.pk])


def test_moving_where_it_stands_changes_nothing(add_item, room, act, told):
    chair = add_item("chair", "Kursi", room=room)
    told.clear()

    assert operations.move(item=chair, room=room, **act).version == 1
    assert told == []


def test_of_many_to_move_all_go_or_none(add_item, room, training_room, act):
    chair, laptop = add_item("chair", "Kursi", room=room), add_item(room=room)

    with pytest.raises(places.WrongPurpose):
        operations.move_all(items=[chair, laptop], room=training_room, **act)

    assert set(Item.objects.values_list("room", flat=True)) == {room.pk}


def test_purpose_of_a_device_that_stands_in_a_room_cannot_change(add_item, room, act):
    laptop = add_item(room=room)

    with pytest.raises(places.WrongPurpose):
        operations.edit(item=laptop, version=1, **(FACTS | {"purpose": "training"}), **act)


def test_editing_keeps_place_and_condition(add_item, room, act):
    laptop = add_item(room=room, condition="fair")

    edited = operations.edit(item=laptop, version=1, **FACTS, **act)

    assert (edited.name, edited.year, edited.condition, edited.room, edited.version) == (
        "Laptop 15 inci",
        2025,
        "fair",
        room,
        2,
    )
    assert operations.edit(item=laptop, version=2, **FACTS, **act).version == 2


def test_editing_an_older_version_is_a_lost_update(add_item, act):
    laptop = add_item()
    operations.edit(item=laptop, version=1, **FACTS, **act)

    with pytest.raises(LostUpdate):
        operations.edit(item=laptop, version=1, **(FACTS | {"name": "Lain"}), **act)


def test_condition_keeps_day_and_reason_and_the_trail_has_them(add_item, act, told):
    laptop = add_item()
    told.clear()

    (broken,) = operations.set_condition(items=[laptop], condition="broken", on=TODAY, reason="layar pecah", **act)

    assert (broken.condition, broken.condition_on, broken.condition_reason) == ("broken", TODAY, "layar pecah")
    assert told == [laptop.office_id]
    connection.check_constraints()
    assert Event.objects.filter(row_id=str(laptop.pk)).last().reason == "layar pecah"


def test_condition_that_is_not_good_needs_a_reason(add_item, act):
    with pytest.raises(operations.ReasonMissing):
        operations.set_condition(items=[add_item()], condition="fair", on=TODAY, reason=" ", **act)


def test_condition_of_tomorrow_is_refused(add_item, act):
    with pytest.raises(operations.DayAhead):
        operations.set_condition(items=[add_item()], condition="good", on=TODAY + datetime.timedelta(days=1), reason="", **act)


def test_written_off_thing_leaves_its_place_and_comes_back_without_one(add_item, room, act):
    laptop = add_item(room=room, desk=room.desks.first())

    (gone,) = operations.write_off(items=[laptop], on=TODAY, reason="dilelang", **act)
    assert (gone.room, gone.desk, gone.removed_on, gone.removed_reason) == (None, None, TODAY, "dilelang")

    back = operations.take_back(item=gone, version=gone.version, **act)
    assert (back.removed_on, back.removed_reason, back.room, back.label) == (None, "", None, laptop.label)


def test_written_off_thing_is_left_alone(add_item, room, act):
    laptop = add_item()
    operations.write_off(items=[laptop], on=TODAY, reason="dilelang", **act)

    for refused in (
        lambda: operations.move(item=laptop, room=room, **act),
        lambda: operations.edit(item=laptop, version=None, **FACTS, **act),
        lambda: operations.set_condition(items=[laptop], condition="good", on=TODAY, reason="", **act),
        lambda: operations.write_off(items=[laptop], on=TODAY, reason="lagi", **act),
    ):
        with pytest.raises(operations.ItemRemoved):
            refused()


def test_thing_that_is_there_cannot_be_taken_back(add_item, act):
    with pytest.raises(operations.NotRemoved):
        operations.take_back(item=add_item(), version=None, **act)
