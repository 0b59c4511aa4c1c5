"""What the database itself refuses about things and their checks, by raw SQL."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from equipment.models import Check, Item
from tenants.context import as_owner
from tests.offices.test_constraints import insert, refused_by

pytestmark = pytest.mark.usefixtures("here")

LAPTOP = {
    "label": "K7M4-P2", "category": "device", "kind": "laptop", "name": "Laptop", "purpose": "registration", "room_id": None,
    "desk_id": None, "condition": "good", "condition_on": None, "condition_reason": "", "has_camera": True, "item_code": "",
    "register_number": "", "year": None, "note": "", "removed_on": None, "removed_reason": "", "version": 1,
}  # fmt: skip
CHAIR = {"category": "furniture", "kind": "chair", "purpose": ""}


def write(office, **values):
    insert("equipment_item", LAPTOP | {"id": str(uuid.uuid4()), "office_id": str(office.pk)} | values)


def change(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("equipment_item_category", {"category": "toy", "kind": "chair", "purpose": ""}),
        ("equipment_item_kind", {"kind": "toy", "category": "other", "purpose": ""}),
        ("equipment_item_condition", {"condition": "fine"}),
        ("equipment_item_device_has_purpose", {"purpose": ""}),
        ("equipment_item_device_has_purpose", {"purpose": "both"}),
        ("equipment_item_device_has_purpose", {"category": "other"}),
        ("equipment_item_device_has_purpose", {"kind": "chair"}),
        ("equipment_item_removed", {"removed_on": "2026-11-23"}),
        ("equipment_item_year", {"year": 1949}),
        ("equipment_item_year", {"year": 2101}),
    ],
)
def test_impossible_thing_is_refused(office, constraint, values):
    with refused_by(constraint):
        write(office, **values)


def test_label_is_given_once_also_after_writing_off(office):
    write(office, removed_on="2026-11-23", removed_reason="rusak")

    with refused_by("equipment_item_label_key"):
        write(office)


def test_register_number_is_given_once_for_an_item_code(office):
    write(office, item_code="3.10.01.02.002", register_number="1")
    write(office, label="1111-11", item_code="3.10.01.02.003", register_number="1")
    write(office, label="2222-22", item_code="", register_number="1")
    write(office, label="3333-33", item_code="", register_number="1")

    with refused_by("equipment_item_register_once"):
        write(office, label="4444-44", item_code="3.10.01.02.002", register_number="1")


def test_thing_in_a_room_of_another_office_is_refused(make_office, office, room):
    with refused_by("equipment_item_room_of_office"):
        write(make_office("Loket Gedebage"), room_id=str(room.pk))


def test_device_in_a_room_of_the_other_purpose_is_refused(office, training_room):
    with refused_by("equipment_item_room_of_purpose"):
        write(office, room_id=str(training_room.pk))
    write(office, **CHAIR, room_id=str(training_room.pk))


def test_purpose_of_a_room_with_devices_cannot_change(office, room):
    write(office, room_id=str(room.pk))

    with refused_by("equipment_item_room_of_purpose"):
        change("UPDATE offices_room SET purpose = 'training' WHERE id = %s", str(room.pk))
    with refused_by("equipment_item_room_of_purpose"):
        change("UPDATE equipment_item SET purpose = 'training'")


def test_desk_of_another_room_is_refused(office, room, make_room):
    other = make_room("Ruang Dua")

    with refused_by("equipment_item_desk_of_room"):
        write(office, room_id=str(room.pk), desk_id=str(other.desks.get().pk))
    with refused_by("equipment_item_desk_in_room"):
        write(office, desk_id=str(other.desks.get().pk))


def test_thing_on_a_desk_goes_with_it_into_the_next_room(office, room, make_room):
    desk, other = room.desks.first(), make_room("Ruang Dua", desks=())
    write(office, room_id=str(room.pk), desk_id=str(desk.pk))

    change("UPDATE offices_desk SET room_id = %s WHERE id = %s", str(other.pk), str(desk.pk))

    assert Item.objects.get().room == other


def test_desk_does_not_take_a_device_into_a_room_of_the_other_purpose(office, room, training_room):
    desk = room.desks.get(name="Meja 2")
    write(office, room_id=str(room.pk), desk_id=str(desk.pk))

    with refused_by("equipment_item_room_of_purpose"):
        change("UPDATE offices_desk SET room_id = %s WHERE id = %s", str(training_room.pk), str(desk.pk))


def test_room_in_which_something_stands_cannot_be_deleted(office, room):
    write(office, room_id=str(room.pk))

    with pytest.raises(IntegrityError):
        change("DELETE FROM offices_room WHERE id = %s", str(room.pk))


def test_written_off_thing_stands_nowhere(office, room):
    with refused_by("equipment_item_removed"):
        write(office, room_id=str(room.pk), removed_on="2026-11-23", removed_reason="rusak")


def test_check_of_an_unknown_kind_is_refused(office, add_item, now):
    item = add_item()
    check = {"id": str(uuid.uuid4()), "item_id": str(item.pk), "ok": True, "result": "{}", "measured": False, "note": ""}

    with refused_by("equipment_check_kind"):
        insert(
            "equipment_check",
            check | {"kind": "smell", "checked_on": "2026-11-23", "checked_at": now, "checked_by_name": "Siti"},
        )


@pytest.mark.parametrize("sql", ["UPDATE equipment_check SET ok = true", "DELETE FROM equipment_check"])
def test_check_is_never_changed(kota_bandung, add_item, now, sql):
    Check.objects.create(
        item=add_item(), kind="camera", ok=False, checked_on="2026-11-23", checked_at=now, checked_by_name="Siti"
    )

    with pytest.raises(DatabaseError, match="permission denied"):
        change(sql)
    with as_owner(kota_bandung.schema_name), pytest.raises(DatabaseError, match="append-only"):
        change(sql)
