import datetime
from decimal import Decimal

import pytest
from django.db import connection

from accounts.enums import Role
from accounts.models import Membership
from accounts.operations import AlreadyBound
from audit.models import Event
from offices import events, operations
from offices.coordinates import UnreadableCoordinates
from offices.enums import OfficeState
from offices.hours import Span, UnreadableHours
from offices.models import Dinas, Office, ServiceHours
from offices.operations_hours import set_hours
from portal.errors import LostUpdate
from tenants.context import mounted
from tests.offices.conftest import FACTS, WEEK

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def heard(monkeypatch):
    """The offices that listeners were told of, in order."""
    told = []
    monkeypatch.setattr(events, "_listeners", [lambda **call: told.append((call["tenant"].slug, call["office_id"]))])
    return told


# Dinas ------------------------------------------------------------------------------------------------------------------------


def test_dinas_is_created_with_its_sectors_in_order(head, here, now):
    made = operations.create_dinas(name=" Dinas Perdagangan ", sectors=["trade", "industry"], by=head, at=now)

    assert Dinas.objects.values_list("name", "sectors", "version").get(pk=made.pk) == (
        "Dinas Perdagangan",
        ["trade", "industry"],
        1,
    )


def test_second_dinas_of_the_same_name_is_refused(head, here, dinas, now):
    with pytest.raises(operations.DinasNameTaken):
        operations.create_dinas(name="DINAS tenaga kerja", sectors=["trade"], by=head, at=now)


def test_unknown_sector_is_refused(head, here, now):
    with pytest.raises(operations.UnknownSector):
        operations.create_dinas(name="Dinas Pertambangan", sectors=["mining"], by=head, at=now)


def test_head_of_one_dinas_records_no_other(here, dinas, dinas_head, now):
    with pytest.raises(operations.BoundToOneDinas):
        operations.create_dinas(name="Dinas Perdagangan", sectors=["trade"], by=dinas_head, at=now)

    assert list(Dinas.objects.all()) == [dinas]


def test_head_invited_before_the_dinas_is_bound_to_the_own_one(kota_bandung, make_member, again, dinas, now):
    early = make_member(kota_bandung, Role.DINAS_HEAD, name="Dewi Lestari")

    with mounted(kota_bandung):
        made = operations.create_dinas(name="Dinas Perdagangan", sectors=["trade"], by=early, at=now)

    later = again(early)
    assert [(entry.dinas_id, entry.dinas_name) for entry in later.memberships] == [(made.pk, "Dinas Perdagangan")]
    assert [member.dinas_ids("dinas.edit") for member in (early, later)] == [{made.pk}, {made.pk}]
    assert (later.may("dinas.edit", dinas=made), later.may("dinas.edit", dinas=dinas)) == (True, False)


def test_second_dinas_of_a_head_who_was_bound_meanwhile_is_not_recorded(kota_bandung, make_member, again, now):
    early = make_member(kota_bandung, Role.DINAS_HEAD)
    stale = again(early)

    with mounted(kota_bandung):
        operations.create_dinas(name="Dinas Perdagangan", sectors=["trade"], by=early, at=now)
        with pytest.raises(AlreadyBound):
            operations.create_dinas(name="Dinas Pariwisata", sectors=["tourism"], by=stale, at=now)

        assert [dinas.name for dinas in Dinas.objects.all()] == ["Dinas Perdagangan"]


def test_head_of_a_government_stays_free(kota_bandung, make_member, head, again, now):
    make_member(kota_bandung, Role.DINAS_HEAD)  # of whom the head's dinas is none
    Membership.objects.create(
        user=head.user, tenant=kota_bandung, role=Role.DINAS_HEAD, position="Plt. Kepala Dinas", valid_from=TODAY
    )

    with mounted(kota_bandung):
        operations.create_dinas(name="Dinas Perdagangan", sectors=["trade"], by=again(head), at=now)

    assert set(Membership.objects.filter(tenant=kota_bandung).values_list("dinas_id", flat=True)) == {None}


def test_renamed_dinas_tells_of_each_of_its_offices(here, dinas, make_office, dinas_head, now, heard):
    made = sorted(make_office(name).pk for name in ("Loket A", "Loket B"))
    heard.clear()

    operations.edit_dinas(dinas=dinas, name="Dinas Naker", sectors=["manpower"], version=1, by=dinas_head, at=now)

    assert heard == [("kota-bandung", pk) for pk in made]
    assert Dinas.objects.values_list("name", "version").get(pk=dinas.pk) == ("Dinas Naker", 2)


def test_renamed_dinas_is_renamed_in_the_roles_of_its_people(here, dinas, dinas_head, now):
    operations.edit_dinas(dinas=dinas, name="Dinas Naker", sectors=["manpower"], version=1, by=dinas_head, at=now)

    assert list(Membership.objects.filter(dinas_id=dinas.pk).values_list("dinas_name", flat=True)) == ["Dinas Naker"]


def test_dinas_saved_on_an_old_version_is_refused_with_both_versions(here, dinas, dinas_head, now):
    operations.edit_dinas(dinas=dinas, name="Dinas Naker", sectors=["manpower"], version=1, by=dinas_head, at=now)

    with pytest.raises(LostUpdate) as refusal:
        operations.edit_dinas(dinas=dinas, name="Disnaker", sectors=["manpower"], version=1, by=dinas_head, at=now)

    assert (refusal.value.current.name, refusal.value.submitted["name"]) == ("Dinas Naker", "Disnaker")
    assert Dinas.objects.get(pk=dinas.pk).name == "Dinas Naker"


def test_saving_without_a_change_writes_nothing(here, dinas, office, dinas_head, now, heard):
    operations.edit_dinas(dinas=dinas, name=dinas.name, sectors=dinas.sectors, version=1, by=dinas_head, at=now)
    operations.edit_office(office=office, version=1, name=office.name, by=dinas_head, at=now, **FACTS)

    assert (Dinas.objects.get(pk=dinas.pk).version, Office.objects.get(pk=office.pk).version, heard) == (1, 1, [])


# Offices ----------------------------------------------------------------------------------------------------------------------


def test_office_is_created_and_told(here, dinas, dinas_head, now, heard):
    place = {"latitude": Decimal("-6.91474421"), "longitude": Decimal("107.6098111")}

    made = operations.create_office(dinas=dinas, name="Loket Cikutra", by=dinas_head, at=now, **(FACTS | place))

    stored = Office.objects.get(pk=made.pk)
    assert (stored.coordinates, heard) == ("-6.914744, 107.609811", [("kota-bandung", made.pk)])


def test_same_name_in_the_same_dinas_is_refused(here, office, dinas, dinas_head, now):
    with pytest.raises(operations.OfficeNameTaken):
        operations.create_office(dinas=dinas, name="loket cikutra", by=dinas_head, at=now, **FACTS)


def test_same_name_in_another_dinas_is_taken(here, office, other_dinas, dinas_head, now):
    operations.create_office(dinas=other_dinas, name="Loket Cikutra", by=dinas_head, at=now, **FACTS)

    assert Office.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"kind": "phone"}, operations.PhoneMissing),
        ({"latitude": Decimal("-6.9")}, UnreadableCoordinates),
        ({"latitude": Decimal("48.9"), "longitude": Decimal("2.4")}, UnreadableCoordinates),
    ],
)
def test_impossible_facts_are_refused(here, dinas, dinas_head, now, facts, refusal):
    with pytest.raises(refusal):
        operations.create_office(dinas=dinas, name="Loket", by=dinas_head, at=now, **(FACTS | facts))

    assert Office.objects.count() == 0


def test_office_saved_on_an_old_version_is_refused(here, office, dinas_head, now):
    first, second = FACTS | {"phone": "022 1111111"}, FACTS | {"phone": "022 2222222"}
    operations.edit_office(office=office, version=1, name=office.name, by=dinas_head, at=now, **first)

    with pytest.raises(LostUpdate) as refusal:
        operations.edit_office(office=office, version=1, name=office.name, by=dinas_head, at=now, **second)

    assert (refusal.value.current.phone, refusal.value.submitted["phone"]) == ("022 1111111", "022 2222222")
    assert Office.objects.get(pk=office.pk).phone == "022 1111111"


# Hours ------------------------------------------------------------------------------------------------------------------------


def hours_of(office):
    return [
        Span(*row)
        for row in ServiceHours.objects.filter(schedule__office=office)
        .order_by("weekday", "opens")
        .values_list("weekday", "opens", "closes")
    ]


def test_hours_are_set_whole_and_what_stays_is_untouched(here, office, dinas_head, now, heard):
    set_hours(office=office, week=WEEK, version=1, by=dinas_head, at=now)
    keys = dict(
        ServiceHours.objects.filter(schedule__office=office).values_list("weekday", "pk").filter(opens=datetime.time(8))
    )
    shorter = [span for span in WEEK if span.weekday != 5] + [Span(6, datetime.time(9), datetime.time(11))]

    set_hours(office=office, week=shorter, version=2, by=dinas_head, at=now)

    assert hours_of(office) == sorted(shorter)
    assert dict(
        ServiceHours.objects.filter(schedule__office=office).values_list("weekday", "pk").filter(opens=datetime.time(8))
    ) == {day: keys[day] for day in range(1, 5)}
    assert heard[-2:] == [("kota-bandung", office.pk)] * 2


def test_hours_set_on_an_old_version_are_refused(here, office, dinas_head, now):
    set_hours(office=office, week=WEEK, version=1, by=dinas_head, at=now)

    with pytest.raises(LostUpdate):
        set_hours(office=office, week=[], version=1, by=dinas_head, at=now)

    assert hours_of(office) == sorted(WEEK)


def test_overlapping_hours_are_refused_and_change_nothing(here, office, dinas_head, now):
    set_hours(office=office, week=WEEK, version=1, by=dinas_head, at=now)

    with pytest.raises(UnreadableHours):
        set_hours(office=office, week=[*WEEK, Span(1, datetime.time(11), datetime.time(14))], version=2, by=dinas_head, at=now)

    assert hours_of(office) == sorted(WEEK)


def test_setting_hours_leaves_the_facts_version_alone(here, office, dinas_head, now):
    set_hours(office=office, week=WEEK, version=1, by=dinas_head, at=now)

    assert Office.objects.values_list("version", "hours_version").get(pk=office.pk) == (1, 2)


# Closing ----------------------------------------------------------------------------------------------------------------------


def close(office, by, now, **changes):
    asked = {"closed_on": TODAY, "closed_reason": "Pindah ke Mal Pelayanan Publik", "version": 1} | changes
    return operations.close_office(office=office, by=by, at=now, **asked)


def test_closing_keeps_the_office_its_hours_and_its_reason(here, make_office, dinas_head, now, heard):
    office = make_office(week=WEEK)
    heard.clear()

    close(office, dinas_head, now)

    closed = Office.objects.get(pk=office.pk)
    assert (closed.state_on(TODAY), closed.closed_reason) == (OfficeState.CLOSED, "Pindah ke Mal Pelayanan Publik")
    assert (hours_of(office), heard) == (sorted(WEEK), [("kota-bandung", office.pk)])


def test_closing_stands_in_the_trail_with_its_reason_and_person(here, office, dinas_head, now):
    connection.check_constraints()
    close(office, dinas_head, now)
    connection.check_constraints()

    event = Event.objects.filter(table_name="offices_office", action="U").get()
    assert (event.row_id, event.reason, event.before["closed_on"], event.after["closed_on"]) == (
        str(office.pk),
        "Pindah ke Mal Pelayanan Publik",
        None,
        "2026-11-23",
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closed_reason": "  "}, operations.ReasonMissing),
        ({"closed_on": datetime.date(2026, 1, 4)}, operations.ClosedTooEarly),
        ({"version": 7}, LostUpdate),
    ],
)
def test_closing_that_cannot_be_is_refused(here, office, dinas_head, now, changes, refusal):
    with pytest.raises(refusal):
        close(office, dinas_head, now, **changes)

    assert Office.objects.get(pk=office.pk).closed_on is None


def test_closed_office_is_not_edited(here, office, dinas_head, now):
    close(office, dinas_head, now)

    with pytest.raises(operations.OfficeClosed):
        operations.edit_office(office=office, version=2, name="Loket Baru", by=dinas_head, at=now, **FACTS)


def test_opening_day_after_an_announced_closing_is_refused(here, office, dinas_head, now):
    close(office, dinas_head, now, closed_on=datetime.date(2026, 12, 1))

    facts = FACTS | {"opened_on": datetime.date(2026, 12, 2)}

    with pytest.raises(operations.OpenedTooLate):
        operations.edit_office(office=office, version=2, name=office.name, by=dinas_head, at=now, **facts)


def test_reopened_office_serves_again(here, office, dinas_head, now, heard):
    close(office, dinas_head, now)
    heard.clear()

    operations.reopen_office(office=office, version=2, by=dinas_head, at=now)

    stored = Office.objects.get(pk=office.pk)
    assert (stored.state_on(TODAY), stored.closed_reason, heard) == (OfficeState.SERVING, "", [("kota-bandung", office.pk)])


def test_listener_that_refuses_leaves_nothing_changed(here, office, dinas_head, now, monkeypatch):
    def refuse(**_call):
        raise operations.DutiesOutside

    monkeypatch.setattr(events, "_before", [refuse])

    with pytest.raises(operations.DutiesOutside):
        close(office, dinas_head, now)

    assert Office.objects.get(pk=office.pk).closed_on is None
