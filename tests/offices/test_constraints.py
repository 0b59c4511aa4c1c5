"""What the database itself refuses about dinas, offices and hours, by raw SQL."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

OFFICE = {
    "id": "22222222-2222-4222-8222-222222222222",
    "name": "Loket Lain",
    "kind": "counter",
    "address": "Jl. Contoh",
    "latitude": None,
    "longitude": None,
    "phone": "",
    "whatsapp": "",
    "email": "",
    "bring": "",
    "opened_on": "2026-01-05",
    "closed_on": None,
    "closed_reason": "",
    "version": 1,
    "hours_version": 1,
}


def insert(table, values):
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


@contextmanager
def refused_by(constraint):
    with pytest.raises(IntegrityError) as refusal:
        yield
    assert refusal.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("offices_office_closing", {"closed_on": "2026-11-01"}),
        ("offices_office_closing", {"closed_on": "2026-01-04", "closed_reason": "pindah"}),
        ("offices_office_coordinates", {"latitude": "-6.9"}),
        ("offices_office_coordinates", {"latitude": "48.8", "longitude": "2.35"}),
        ("offices_office_phone_counter", {"kind": "phone"}),
        ("offices_office_name_once", {"name": "LOKET CIKUTRA"}),
    ],
)
def test_impossible_office_is_refused(here, office, constraint, values):
    with refused_by(constraint):
        insert("offices_office", OFFICE | {"dinas_id": str(office.dinas_id)} | values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [("offices_dinas_name_once", {"name": "dinas tenaga kerja"}), ("offices_dinas_sectors", {"sectors": ["mining"]})],
)
def test_impossible_dinas_is_refused(here, dinas, constraint, values):
    with refused_by(constraint):
        insert("offices_dinas", {"id": str(uuid.uuid4()), "name": "Dinas Lain", "sectors": ["trade"], "version": 1} | values)


def schedule_of(office) -> str:
    """The id of a regular schedule of the office, without hours."""
    key = str(uuid.uuid4())
    insert("offices_schedule", {"id": key, "office_id": str(office.pk), "kind": "regular", "name": ""})
    return key


@pytest.mark.parametrize(
    ("constraint", "weekday", "opens", "closes"),
    [
        ("offices_servicehours_order", 2, "12:00", "08:00"),
        ("offices_servicehours_order", 2, "08:00", "08:00"),
        ("offices_servicehours_weekday", 8, "08:00", "12:00"),
        ("offices_servicehours_no_overlap", 1, "11:00", "14:00"),
    ],
)
def test_impossible_hours_are_refused(here, office, constraint, weekday, opens, closes):
    schedule = schedule_of(office)
    hours = {"schedule_id": schedule, "weekday": 1, "opens": "08:00", "closes": "12:00"}
    insert("offices_servicehours", hours | {"id": str(uuid.uuid4())})

    with refused_by(constraint):
        insert(
            "offices_servicehours",
            {"id": str(uuid.uuid4()), "schedule_id": schedule, "weekday": weekday, "opens": opens, "closes": closes},
        )


def test_touching_hours_are_taken(here, office):
    schedule = schedule_of(office)
    for opens, closes in (("08:00", "12:00"), ("12:00", "15:00")):
        insert(
            "offices_servicehours",
            {"id": str(uuid.uuid4()), "schedule_id": schedule, "weekday": 1, "opens": opens, "closes": closes},
        )
