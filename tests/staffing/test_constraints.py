"""What the database itself refuses about staff and duties, by raw SQL."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from offices.models import Office
from staffing.models import Staff
from tests.offices.test_constraints import insert, refused_by
from tests.staffing.conftest import MONDAY, TUESDAY

pytestmark = pytest.mark.usefixtures("here")


def duty(office, staff, on=MONDAY, slot=1):
    insert(
        "staffing_duty",
        {"id": str(uuid.uuid4()), "office_id": str(office.pk), "staff_id": str(staff.pk), "on": on, "slot": slot},
    )


def change(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def three(office, people):
    return office, *people


def test_two_on_a_day_are_taken_a_third_is_refused(three):
    office, dewi, agus, lina = three
    duty(office, dewi, slot=1)
    duty(office, agus, slot=2)

    for slot, constraint in ((1, "slot_once"), (2, "slot_once"), (3, "two_slots"), (0, "two_slots")):
        with refused_by(f"staffing_duty_{constraint}"):
            duty(office, lina, slot=slot)


def test_one_person_twice_a_day_is_refused_anywhere(three, second_office):
    office, dewi, *_ = three
    duty(office, dewi)

    for place, slot in ((office, 2), (second_office, 1)):
        with refused_by("staffing_duty_person_once_a_day"):
            duty(place, dewi, slot=slot)


@pytest.mark.parametrize("on", ["2026-01-04", "2026-12-01"])
def test_duty_outside_the_term_is_refused(three, make_staff, on):
    office = three[0]
    brief = make_staff("Rudi Hartono", serves_until=datetime.date(2026, 11, 30))
    Office.objects.filter(pk=office.pk).update(opened_on=datetime.date(2025, 1, 1))

    with refused_by("staffing_duty_in_term"):
        duty(office, brief, on=on)


@pytest.mark.parametrize("on", ["2026-01-04", "2026-12-01"])
def test_duty_outside_the_time_of_service_is_refused(make_office, make_staff, on):
    office = make_office("Loket Sementara")
    Office.objects.filter(pk=office.pk).update(closed_on=datetime.date(2026, 12, 1), closed_reason="selesai")
    long = make_staff("Rudi Hartono", serves_from=datetime.date(2020, 1, 1))

    with refused_by("staffing_duty_in_service"):
        duty(office, long, on=on)


def test_duty_moved_out_of_the_term_is_refused(three):
    office, dewi, *_ = three
    duty(office, dewi)

    with refused_by("staffing_duty_in_service"):
        change("UPDATE staffing_duty SET \"on\" = '2020-01-01' WHERE staff_id = %s", str(dewi.pk))


@pytest.mark.parametrize("term", ["serves_until = '2026-11-22'", "serves_from = '2026-11-24'"])
def test_term_that_leaves_a_duty_outside_is_refused(three, term):
    office, dewi, *_ = three
    duty(office, dewi)

    with refused_by("staffing_duty_in_term"):
        change(f"UPDATE staffing_staff SET {term} WHERE id = %s", str(dewi.pk))


@pytest.mark.parametrize("dates", ["closed_on = '2026-11-23', closed_reason = 'x'", "opened_on = '2026-11-24'"])
def test_time_of_service_that_leaves_a_duty_outside_is_refused(three, dates):
    office, dewi, *_ = three
    duty(office, dewi)

    with refused_by("staffing_duty_in_service"):
        change(f"UPDATE offices_office SET {dates} WHERE id = %s", str(office.pk))


def test_days_at_the_ends_of_term_and_service_are_taken(three, make_staff):
    office = three[0]
    brief = make_staff("Rudi Hartono", serves_from=MONDAY, serves_until=TUESDAY)
    Office.objects.filter(pk=office.pk).update(opened_on=MONDAY, closed_on=datetime.date(2026, 11, 25), closed_reason="selesai")

    duty(office, brief, on=MONDAY)
    duty(office, brief, on=TUESDAY)

    assert brief.duties.count() == 2


STAFF = {"name": "Nama", "position": "", "phone": "", "serves_from": "2026-01-05", "serves_until": None, "version": 1}


@pytest.mark.parametrize("nip", ["12345", "19850101201001100X", "1985010120100110011"])
def test_nip_that_is_not_18_digits_is_refused(dinas, nip):
    with pytest.raises(DatabaseError, match=r"staffing_staff_nip|value too long"):
        insert("staffing_staff", STAFF | {"id": str(uuid.uuid4()), "dinas_id": str(dinas.pk), "nip": nip})


def test_term_that_ends_before_it_begins_is_refused(dinas):
    with refused_by("staffing_staff_period"):
        insert(
            "staffing_staff",
            STAFF | {"id": str(uuid.uuid4()), "dinas_id": str(dinas.pk), "nip": "", "serves_until": "2026-01-04"},
        )


def test_one_nip_twice_at_a_time_is_refused_and_after_another_is_taken(dinas, other_dinas):
    nip = "198501012010011001"
    entry = STAFF | {"nip": nip, "serves_until": "2026-06-30"}
    insert("staffing_staff", entry | {"id": str(uuid.uuid4()), "dinas_id": str(dinas.pk)})

    with refused_by("staffing_staff_nip_once_at_a_time"):
        insert(
            "staffing_staff", entry | {"id": str(uuid.uuid4()), "dinas_id": str(other_dinas.pk), "serves_from": "2026-06-30"}
        )
    later = {"serves_from": "2026-07-01", "serves_until": None}
    insert("staffing_staff", entry | later | {"id": str(uuid.uuid4()), "dinas_id": str(other_dinas.pk)})

    assert Staff.objects.filter(nip=nip).count() == 2


def test_people_without_a_nip_are_many(people):
    assert Staff.objects.filter(nip="").count() == 3
