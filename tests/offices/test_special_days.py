"""Special days of offices and the government's own days: who is told, what is refused by name, what has passed."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from offices import events, queries_calendar
from offices import operations_days as operations
from offices.hours import UnreadableHours
from offices.models import LocalDay, Office, SpecialDays, SpecialHours
from portal.errors import LostUpdate
from tests.offices.conftest import WEEK

CLOCK = datetime.time
TODAY = datetime.date(2026, 11, 23)
ONE_DAY = datetime.timedelta(days=1)
FRIDAY = datetime.date(2026, 12, 25)
MORNING = [(CLOCK(9), CLOCK(12))]


@pytest.fixture
def office(make_office):
    return make_office(week=WEEK)


@pytest.fixture
def by(dinas_head, now):
    return {"by": dinas_head, "at": now}


@pytest.fixture
def heard(monkeypatch):
    calls = []
    monkeypatch.setattr(events, "_listeners", [lambda *, tenant, office_id, at: calls.append(office_id)])
    return calls


def close(*offices, first=FRIDAY, last=FRIDAY, reason="Rapat kerja", hours=(), past=False, **by):
    return operations.add_special_days(
        offices=offices, first_on=first, last_on=last, reason=reason, hours=hours, past=past, **by
    )


def edit(special, *, first=None, last=None, reason=None, hours=None, past=False, version=None, **by):
    kept = [(span.opens, span.closes) for span in special.hours.all()]
    return operations.edit_special_days(
        special=special, first_on=first or special.first_on, last_on=last or special.last_on,
        reason=reason or special.reason, hours=kept if hours is None else hours, version=version, past=past, **by,
    )  # fmt: skip


def text_on(office, on):
    (day,) = queries_calendar.days(Office.objects.get(pk=office.pk), on, on)
    return day.text, day.why


def test_all_chosen_offices_are_closed_at_once(here, office, make_office, by, heard):
    second = make_office("Loket B", week=WEEK)
    heard.clear()

    close(office, second, **by)

    assert text_on(office, FRIDAY) == text_on(second, FRIDAY) == ("", "Rapat kerja")
    assert sorted(heard) == sorted([office.pk, second.pk])


def test_one_office_in_the_way_refuses_all_and_is_named(here, office, make_office, by):
    second = make_office("Loket B", week=WEEK)
    close(second, first=FRIDAY - ONE_DAY, last=FRIDAY, reason="Cat ulang", **by)

    with pytest.raises(operations.SpecialTaken) as refusal:
        close(office, second, **by)

    assert str(refusal.value.message) == (
        "Loket B sudah punya hari khusus 24 Desember 2026 – 25 Desember 2026: Cat ulang. Ubah yang itu, atau pilih hari lain."
    )
    assert not SpecialDays.objects.filter(office=office).exists()


def test_special_hours_open_a_counter_on_a_day_of_rest(here, office, by):
    LocalDay.objects.create(on=FRIDAY, name="Hari Jadi")

    close(office, hours=MORNING, reason="Piket", **by)

    assert text_on(office, FRIDAY) == ("09.00–12.00", "Piket")


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ({"last": FRIDAY - ONE_DAY}, operations.DaysBackwards),
        ({"last": FRIDAY + 400 * ONE_DAY}, operations.DaysBackwards),
        ({"reason": "  "}, operations.SpecialReasonMissing),
        ({"hours": [(CLOCK(12), CLOCK(9))]}, UnreadableHours),
        ({"hours": [(CLOCK(9), CLOCK(12)), (CLOCK(11), CLOCK(13))]}, UnreadableHours),
        ({"first": TODAY - ONE_DAY}, operations.PastDays),
        ({"first": datetime.date.min, "last": datetime.date.max}, operations.DomainError),
    ],
)
def test_impossible_special_days_are_refused(here, office, by, entries, error):
    with pytest.raises(error):
        close(office, **entries, **by)

    assert not SpecialDays.objects.exists()


def test_no_office_is_refused(here, by):
    with pytest.raises(operations.NoOffices):
        close(**by)


# What has passed --------------------------------------------------------------------------------------------------------------


def test_past_is_changed_only_by_who_says_so_and_the_trail_says_why(here, office, by):
    (special,) = close(office, first=TODAY - ONE_DAY, last=TODAY - ONE_DAY, past=True, **by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert Event.objects.filter(table_name="offices_specialdays", reason=operations.PAST_REASON).count() == 1
    for change in (
        lambda: edit(special, hours=MORNING, **by),
        lambda: edit(special, reason="Lain", **by),
        lambda: edit(special, first=TODAY, last=TODAY, **by),
        lambda: operations.remove_special_days(special=special, version=None, **by),
    ):
        with pytest.raises(operations.PastDays):
            change()
    operations.remove_special_days(special=special, version=None, past=True, **by)


def test_running_closure_is_ended_or_lengthened_without_touching_the_past(here, office, by):
    (special,) = close(office, first=TODAY - 3 * ONE_DAY, last=FRIDAY, past=True, **by)

    for last in (TODAY + ONE_DAY, TODAY - ONE_DAY, FRIDAY + ONE_DAY):
        special = edit(special, last=last, **by)

    assert special.last_on == FRIDAY + ONE_DAY
    with pytest.raises(operations.PastDays):
        edit(special, last=TODAY - 2 * ONE_DAY, **by)


# Edits ------------------------------------------------------------------------------------------------------------------------


def test_edit_replaces_days_words_and_hours(here, office, by):
    (special,) = close(office, **by)

    edit(special, first=FRIDAY + ONE_DAY, last=FRIDAY + 2 * ONE_DAY, reason="Piket", hours=MORNING, **by)

    assert list(SpecialDays.objects.values_list("first_on", "last_on", "reason")) == [
        (FRIDAY + ONE_DAY, FRIDAY + 2 * ONE_DAY, "Piket")
    ]
    assert SpecialHours.objects.count() == 1


def test_edit_on_an_old_version_or_of_what_is_gone_is_refused(here, office, by):
    (special,) = close(office, **by)

    with pytest.raises(LostUpdate):
        edit(special, reason="Lain", version=2, **by)
    operations.remove_special_days(special=special, version=3, **by)
    with pytest.raises(LostUpdate):
        edit(special, reason="Lain", **by)
    assert operations.remove_special_days(special=special, version=None, **by).pk == office.pk


def test_saving_the_same_again_changes_nothing(here, office, by):
    (special,) = close(office, hours=MORNING, **by)

    edit(special, version=3, **by)

    assert Office.objects.get(pk=office.pk).hours_version == 3


# Days of the government -------------------------------------------------------------------------------------------------------


def local(on=FRIDAY, name="Hari Jadi", past=False, **by):
    return operations.add_local_day(on=on, name=name, decree="", past=past, **by)


def test_day_of_the_government_closes_all_its_offices_and_tells_each(here, office, make_office, by, heard):
    second = make_office("Loket B", week=WEEK)
    heard.clear()

    day = local(**by)

    assert text_on(office, FRIDAY) == text_on(second, FRIDAY) == ("", "Hari Jadi")
    assert sorted(heard) == sorted([office.pk, second.pk])
    operations.remove_local_day(day=day, version=1, **by)
    assert text_on(office, FRIDAY) == ("08.00–12.00", "")


def test_second_on_one_day_is_refused_by_name(here, by):
    day, _other = local(**by), local(on=FRIDAY + ONE_DAY, name="Lain", **by)

    with pytest.raises(operations.LocalDayTaken, match="25 Desember 2026 sudah tercatat sebagai hari daerah: Hari Jadi"):
        local(name="Kedua", **by)
    with pytest.raises(operations.LocalDayTaken, match="hari daerah: Lain"):
        operations.edit_local_day(day=day, on=FRIDAY + ONE_DAY, name="x", decree="", version=1, **by)


def test_past_day_of_the_government_needs_the_statement(here, by):
    with pytest.raises(operations.PastDays):
        local(on=TODAY - ONE_DAY, **by)
    day = local(on=TODAY - ONE_DAY, past=True, **by)

    with pytest.raises(operations.PastDays):
        operations.remove_local_day(day=day, version=1, **by)
    with pytest.raises(operations.PastDays):
        operations.edit_local_day(day=day, on=FRIDAY, name="Hari Jadi", decree="", version=1, **by)
    renamed = operations.edit_local_day(day=day, on=day.on, name="Hari Jadi Kota", decree="", version=1, **by)
    with pytest.raises(LostUpdate):
        operations.edit_local_day(day=day, on=day.on, name="x", decree="", version=1, **by)
    assert renamed.version == 2


# What the database refuses, whoever writes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        ("offices_specialdays_no_overlap", "INSERT INTO offices_specialdays (id, office_id, first_on, last_on, reason) "
         "SELECT gen_random_uuid(), office_id, first_on - 3, first_on, 'x' FROM offices_specialdays"),
        ("offices_specialdays_period", "UPDATE offices_specialdays SET last_on = first_on - 1"),
        ("offices_specialdays_reason", "UPDATE offices_specialdays SET reason = ''"),
        ("offices_specialhours_order", "UPDATE offices_specialhours SET closes = opens"),
        ("offices_specialhours_no_overlap", "INSERT INTO offices_specialhours (id, special_id, opens, closes) "
         "SELECT gen_random_uuid(), special_id, '11:59', '13:00' FROM offices_specialhours"),
        ("offices_localday_on_key", "INSERT INTO offices_localday (id, \"on\", name, decree, version) "
         "SELECT gen_random_uuid(), \"on\", 'x', '', 1 FROM offices_localday"),
        ("offices_localday_named", "UPDATE offices_localday SET name = ''"),
    ],
)  # fmt: skip
def test_database_refuses(here, office, by, constraint, statement):
    close(office, hours=MORNING, **by)
    local(**by)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert refusal.value.__cause__.diag.constraint_name == constraint
