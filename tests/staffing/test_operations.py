import datetime

import pytest

from offices import events
from offices import operations as office_operations
from portal.errors import LostUpdate
from staffing import operations
from staffing.models import Duty, Staff
from tests.staffing.conftest import MONDAY, SATURDAY, TERM, TUESDAY

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def heard(monkeypatch):
    told = []
    monkeypatch.setattr(events, "_listeners", [lambda **call: told.append(call["office_id"])])
    return told


def said(refusal) -> str:
    return str(refusal.value.message)


def on_duty(office, on=MONDAY):
    return [(duty.slot, duty.staff.name) for duty in Duty.objects.filter(office=office, on=on).order_by("slot")]


# Duties -----------------------------------------------------------------------------------------------------------------------


def test_two_people_are_put_on_duty_in_slots_one_and_two(office, people, assign, heard):
    assign(office, people[0])
    assign(office, people[1])

    assert on_duty(office) == [(1, "Dewi Anggraini"), (2, "Agus Pratama")]
    assert heard == [office.pk, office.pk]


def test_third_is_refused_with_the_names_of_the_two(office, people, assign, heard):
    assign(office, people[0])
    assign(office, people[1])
    heard.clear()

    with pytest.raises(operations.OfficeFull) as refusal:
        assign(office, people[2])

    assert said(refusal) == (
        "Dewi Anggraini dan Agus Pratama sudah bertugas pada Senin, 23 November 2026. "
        "Prosedur membatasi dua orang sehari; lepaskan salah satu."
    )
    assert (len(on_duty(office)), heard) == (2, [])


def test_freed_slot_is_filled_again(office, people, assign, release):
    first = assign(office, people[0])
    assign(office, people[1])
    release(first)

    assign(office, people[2])

    assert on_duty(office) == [(1, "Lina Sari"), (2, "Agus Pratama")]


def test_busy_person_is_refused_with_the_other_office(office, second_office, people, assign):
    assign(second_office, people[0])

    with pytest.raises(operations.PersonBusy) as refusal:
        assign(office, people[0])

    assert said(refusal) == "Dewi Anggraini sudah bertugas di Loket Gedebage pada Senin, 23 November 2026."


def test_assigning_twice_is_one_duty(office, people, assign, heard):
    first = assign(office, people[0])

    assert (assign(office, people[0]), len(heard)) == (first, 1)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"serves_from": TUESDAY}, "Rudi Hartono baru bertugas mulai 24 November 2026."),
        ({"serves_until": datetime.date(2026, 11, 22)}, "Rudi Hartono bertugas hanya sampai 22 November 2026."),
    ],
)
def test_person_outside_the_term_is_refused(office, make_staff, assign, facts, sentence):
    rudi = make_staff("Rudi Hartono", **facts)

    with pytest.raises(operations.OutsideTerm) as refusal:
        assign(office, rudi)

    assert said(refusal) == sentence


def test_person_of_another_dinas_is_refused(office, other_dinas, make_staff, assign):
    with pytest.raises(operations.OtherDinas):
        assign(office, make_staff("Rudi Hartono", of=other_dinas))


def test_day_before_the_office_opens_is_refused(office, make_staff, assign):
    early = make_staff("Rudi Hartono", serves_from=datetime.date(2020, 1, 1))

    with pytest.raises(operations.OfficeNotInService):
        assign(office, early, on=datetime.date(2026, 1, 4))


def test_day_without_hours_is_taken(office, people, assign):
    assign(office, people[0], on=SATURDAY)

    assert on_duty(office, SATURDAY) == [(1, "Dewi Anggraini")]


def test_releasing_twice_releases_once(office, people, assign, release, heard):
    duty = assign(office, people[0])
    heard.clear()

    assert (release(duty), release(duty), on_duty(office), heard) == (True, False, [], [office.pk])


def test_write_past_the_locks_is_explained(office, people, assign, monkeypatch):
    """What the operation did not see, the database does; the sentence is there all the same."""
    assign(office, people[0])
    assign(office, people[1])
    monkeypatch.setattr(operations, "SLOTS", (1, 2, 1))
    monkeypatch.setattr(operations.Duty.objects, "filter", lambda *args, **kwargs: Duty.objects.none())

    with pytest.raises(operations.DayFull):
        assign(office, people[2])


# Staff ------------------------------------------------------------------------------------------------------------------------


def test_nip_twice_at_a_time_is_refused(make_staff):
    make_staff("Dewi Anggraini", nip="198501012010011001")

    with pytest.raises(operations.NipTaken):
        make_staff("Agus Pratama", nip="198501012010011001")


@pytest.mark.parametrize("nip", ["123", "19850101201001100X", "१९८५०१०१२०१००११००१"])
def test_nip_that_is_not_18_digits_is_refused(make_staff, nip):
    with pytest.raises(operations.NipWrong):
        make_staff("Dewi Anggraini", nip=nip)


def test_term_that_ends_before_it_begins_is_refused(make_staff):
    with pytest.raises(operations.TermBackwards):
        make_staff("Dewi Anggraini", serves_until=datetime.date(2026, 1, 4))


def edit(staff, by, now, version=1, **facts):
    values = {name: getattr(staff, name) for name in ("name", *TERM)} | facts
    return operations.edit_staff(staff=staff, version=version, by=by, at=now, **values)


def test_person_saved_on_an_old_version_is_refused(people, dinas_head, now):
    edit(people[0], dinas_head, now, phone="0812 1")

    with pytest.raises(LostUpdate):
        edit(people[0], dinas_head, now, phone="0812 2")

    assert Staff.objects.get(pk=people[0].pk).phone == "0812 1"


def test_term_that_cuts_off_a_duty_is_refused_with_the_day(office, people, assign, dinas_head, now):
    assign(office, people[0])

    with pytest.raises(operations.DutiesDone) as refusal:
        edit(people[0], dinas_head, now, serves_from=TUESDAY)

    assert (said(refusal), refusal.value.field) == (
        "Tercatat bertugas pada 23 November 2026; masa tugas harus memuat hari itu.",
        "serves_from",
    )


def end(staff, by, now, until, release_rest=False):
    return operations.end_service(staff=staff, serves_until=until, release_rest=release_rest, version=1, by=by, at=now)


def test_end_with_duties_after_it_names_them(office, people, assign, dinas_head, now):
    for day in (23, 24, 25, 26, 27, 30):
        assign(office, people[0], on=datetime.date(2026, 11, day))

    with pytest.raises(operations.DutiesRemain) as refusal:
        end(people[0], dinas_head, now, MONDAY)

    assert "24 November 2026, 25 November 2026, 26 November 2026, 27 November 2026 dan 1 hari lain" in said(refusal)
    assert people[0].duties.count() == 6


def test_end_that_releases_takes_the_rest_out_of_the_roster(office, second_office, people, assign, dinas_head, now, heard):
    assign(office, people[0])
    assign(second_office, people[0], on=TUESDAY)
    heard.clear()

    end(people[0], dinas_head, now, MONDAY, release_rest=True)

    assert list(people[0].duties.values_list("on", flat=True)) == [MONDAY]
    assert (Staff.objects.get(pk=people[0].pk).serves_until, heard) == (MONDAY, [second_office.pk])


def test_end_before_a_day_already_served_is_refused(office, people, assign, dinas_head, now):
    friday = datetime.date(2026, 11, 20)
    assign(office, people[0], on=friday)
    assign(office, people[0], on=TUESDAY)

    with pytest.raises(operations.DutiesDone):
        end(people[0], dinas_head, now, datetime.date(2026, 11, 19), release_rest=True)

    assert list(people[0].duties.order_by("on").values_list("on", flat=True)) == [friday, TUESDAY]


# The office's dates -----------------------------------------------------------------------------------------------------------


def close(office, by, now, closed_on):
    return office_operations.close_office(
        office=office, closed_on=closed_on, closed_reason="Pindah", version=None, by=by, at=now
    )


def test_closing_takes_the_days_to_come_out_of_the_roster(office, people, assign, dinas_head, now):
    assign(office, people[0])
    assign(office, people[0], on=TUESDAY)

    close(office, dinas_head, now, TUESDAY)

    assert list(Duty.objects.values_list("on", flat=True)) == [MONDAY]


def test_closing_before_a_day_already_served_is_refused(office, people, assign, dinas_head, now):
    assign(office, people[0], on=datetime.date(2026, 11, 20))
    assign(office, people[0], on=TUESDAY)

    with pytest.raises(operations.OfficeServedThen) as refusal:
        close(office, dinas_head, now, datetime.date(2026, 11, 20))

    assert (refusal.value.field, "20 November 2026" in said(refusal)) == ("closed_on", True)
    assert Duty.objects.count() == 2


def test_opening_after_a_duty_is_refused(office, people, assign, dinas_head, now):
    assign(office, people[0])

    with pytest.raises(operations.OfficeServedThen) as refusal:
        office_operations.edit_office(
            office=office, version=None, by=dinas_head, at=now, name=office.name, kind="counter", address=office.address,
            latitude=None, longitude=None, phone="", opened_on=TUESDAY,
        )  # fmt: skip

    assert (refusal.value.field, Duty.objects.count()) == ("opened_on", 1)
