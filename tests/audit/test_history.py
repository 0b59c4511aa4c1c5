import datetime
import uuid

import pytest
from django.db import connection, transaction

from audit import history
from audit.models import Action, Event
from audit.operations import reason
from offices.models import Dinas, LocalDay, Office, Room
from staffing.models import Staff
from tenants.context import acting, mounted


@pytest.fixture
def bandung(kota_bandung):
    with mounted(kota_bandung):
        yield kota_bandung


@pytest.fixture
def step():
    """``with step("r-1"):`` one request by Ibu Sari; its events are written when it ends."""

    def act(number="r-1", actor_id=17, name="Ibu Sari"):
        return acting(id=actor_id, name=name, role="dinas_head,operator", request=number)

    return act


def settle():
    connection.check_constraints()


def make_office(**facts):
    dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}")
    facts = {"name": "Loket Cikutra", "address": "Jl. Contoh 12", "opened_on": datetime.date(2026, 1, 5)} | facts
    return Office.objects.create(dinas=dinas, **facts)


def told(changes):
    return [
        (change.action, [(entry.label, entry.before, entry.after) for entry in change.entries], change.reason)
        for change in changes
    ]


def test_values_are_told_as_people_write_them(bandung, step):
    with step("r-1"):
        office = make_office(kind="counter")
        settle()
    with step("r-2"), transaction.atomic():
        reason("Pindah gedung.")
        Office.objects.filter(pk=office.pk).update(
            kind="phone", phone="022 123", opened_on="2026-11-23", latitude="-6.914744", longitude="107.609810", version=2
        )
        settle()

    newest, oldest = history.of("offices_office", office.pk)

    assert (newest.by, newest.role, newest.reason) == ("Ibu Sari", "Kepala dinas, Operator dinas", "Pindah gedung.")
    assert (newest.action, oldest.action) == (Action.UPDATE, Action.INSERT)
    assert [(entry.label, entry.before, entry.after) for entry in newest.entries] == [
        ("Jenis", "loket", "layanan telepon atau WhatsApp"),
        ("Lintang", "–", "-6.914744"),
        ("Bujur", "–", "107.60981"),
        ("Telepon", "–", "022 123"),
        ("Melayani sejak", "5 Januari 2026", "23 November 2026"),
    ]
    assert [(entry.label, entry.after) for entry in oldest.entries] == [
        ("Dinas", office.dinas.name),
        ("Nama kantor", "Loket Cikutra"),
        ("Jenis", "loket"),
        ("Alamat", "Jl. Contoh 12"),
        ("Melayani sejak", "5 Januari 2026"),
    ]


def test_one_request_is_one_change_and_the_same_number_of_somebody_else_another(bandung, step):
    with step("r-1"):
        office = make_office()
        settle()
        Office.objects.filter(pk=office.pk).update(name="Loket Antapani")
        settle()
    with step("r-1", actor_id=18, name="Bapak Budi"):
        Office.objects.filter(pk=office.pk).update(name="Loket Buahbatu")
        settle()

    changes = list(history.of("offices_office", office.pk))

    assert [(change.by, [part.action for part in change.parts]) for change in changes] == [
        ("Bapak Budi", ["U"]),
        ("Ibu Sari", ["I", "U"]),
    ]


def test_what_a_command_did_within_a_second_is_one_change(bandung):
    office = make_office()
    settle()
    with transaction.atomic():
        reason("Impor data lama.")
        Office.objects.filter(pk=office.pk).update(name="Loket Antapani")
        settle()
    moments = Event.objects.values_list("at__second", flat=True).distinct().count()

    changes = list(history.of("offices_office", office.pk))

    assert moments > 1 or [(change.by, change.reason, change.action) for change in changes] == [
        ("Sistem", "Impor data lama.", "U"),
        ("Sistem", "", "I"),
    ]


def test_rows_that_belong_to_it_are_told_also_when_they_are_gone(bandung, step):
    office, other = make_office(), make_office()
    settle()
    with step("r-1"):
        room = Room.objects.create(office=office, name="Ruang A", purpose="registration")
        Room.objects.create(office=other, name="Ruang Bocor", purpose="training")  # could leak
        settle()
    with step("r-2"):
        room_id = room.pk
        room.delete()
        settle()

    found = history.of("offices_office", office.pk, within=[("offices_room", "office_id", [office.pk])])

    subjects = [[(part.action, part.subject.split(": ")[-1]) for part in change.parts] for change in list(found)[:2]]
    assert subjects == [[("D", "Ruang A")], [("I", "Ruang A")]]
    assert history.rows_ever("offices_room", "office_id", [office.pk]) == [str(room_id)]


def test_further_rows_are_named_by_their_ids(bandung):
    office = make_office()
    room = Room.objects.create(office=office, name="Ruang A", purpose="registration")
    settle()

    (change,) = history.of("offices_office", office.pk, also=[("offices_room", [room.pk])])

    assert [part.table for part in change.parts] == ["offices_office", "offices_room"]


def test_numbers_of_staff_are_masked(bandung):
    dinas = Dinas.objects.create(name="Dinas Pisang")
    staff = Staff.objects.create(
        dinas=dinas, name="Ani", nip="198001012005011001", phone="081234567890", serves_from=datetime.date(2026, 1, 1)
    )
    settle()

    (change,) = history.of("staffing_staff", staff.pk)

    assert {entry.label: entry.after for entry in change.entries} == {
        "Dinas": "Dinas Pisang",
        "Nama": "Ani",
        "NIP": "•••• 001",
        "Telepon": "•••• 890",
        "Bertugas sejak": "1 Januari 2026",
    }


def test_what_was_referred_to_and_is_gone_is_said_to_be(bandung):
    dinas = Dinas.objects.create(name="Dinas Pisang")
    staff = Staff.objects.create(dinas=dinas, name="Ani", serves_from=datetime.date(2026, 1, 1))
    settle()
    key = staff.pk
    staff.delete()
    dinas.delete()
    settle()

    newest = history.of("staffing_staff", key)[0]

    assert newest.action == Action.DELETE
    assert newest.parts[-1].entries[0] == history.Entry("Dinas", "(sudah dihapus)", "–")


def test_technical_columns_alone_say_nothing(bandung, step):
    day = LocalDay.objects.create(on=datetime.date(2026, 12, 1), name="Hari jadi")
    settle()
    with step("r-9"):
        LocalDay.objects.filter(pk=day.pk).update(version=2)
        settle()

    assert [len(change.parts) for change in history.of("offices_localday", day.pk)] == [0, 1]


def test_english_has_its_own_clock_and_words(bandung):
    from django.utils import translation

    office = make_office(kind="mobile")
    settle()

    with translation.override("en"):
        (change,) = history.of("offices_office", office.pk)

    assert "5 January 2026" in [entry.after for entry in change.entries]


def test_pages_hold_twenty_five(bandung):
    office = make_office()
    settle()
    for number in range(26):
        with acting(id=17, request=f"r-{number}"):
            Office.objects.filter(pk=office.pk).update(name=f"Loket {number}")
            settle()

    first = history.of("offices_office", office.pk).page("1")
    last = history.of("offices_office", office.pk).page("99")

    assert (first.paginator.count, len(first), len(last)) == (27, 25, 2)
    assert [change.action for change in last] == ["U", "I"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(bandung, rows, django_assert_num_queries):
    office = make_office()
    settle()
    for number in range(rows):
        with acting(id=17, request=f"r-{number}"):
            Room.objects.create(office=office, name=f"Ruang {number}", purpose="registration")
            settle()

    with django_assert_num_queries(5):  # count, the changes, their events, the dinas and the offices they name
        assert (
            len(history.of("offices_office", office.pk, within=[("offices_room", "office_id", [office.pk])]).page()) == rows + 1
        )


def test_another_government_with_the_same_id_is_not_read(bandung, kota_cimahi):
    office = make_office()
    settle()
    with mounted(kota_cimahi):
        dinas = Dinas.objects.create(name="Dinas Durian")
        Office.objects.create(
            pk=office.pk, dinas=dinas, name="Loket Rahasia", address="Jl. X", opened_on=datetime.date(2026, 1, 5)
        )  # could leak
        settle()

    (change,) = history.of("offices_office", office.pk)

    assert "Loket Cikutra" in [entry.after for entry in change.entries]
