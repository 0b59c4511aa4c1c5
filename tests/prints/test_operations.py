"""Prints are put up, become out of date, are taken down."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from almanac.enums import DayKind
from almanac.models import PublicDay
from guides import operations as guides
from guides.enums import GuideKey
from offices import operations as offices
from offices.enums import RoomPurpose
from offices.hours import Span
from offices.models import Desk, Office, Room, SpecialDays
from offices.operations_hours import set_hours
from prints import operations, queries
from prints.models import Posting
from tenants.context import as_owner, mounted
from tests.offices.conftest import WEEK

DAY = datetime.date(2026, 11, 23)
HOURS = [Span(day, datetime.time(9), datetime.time(12)) for day in range(1, 6)]


def keys(standings) -> list[str]:
    """Kind and place of each, without ids."""
    return [f"{each.slot.kind} {each.slot.place.name}" for each in standings]


def board(office, on=DAY):
    """As a new request finds it."""
    return queries.board(Office.objects.select_related("dinas").get(pk=office.pk), on)


def states(found) -> dict[str, str]:
    return {f"{each.slot.kind} {each.slot.place.name}": each.state for each in found.standings}


@pytest.fixture
def post(dinas_head, now):
    """``post(office, "hours", laminated=True, at=…)`` -> postings of those kinds everywhere; without kinds all that is due."""

    def make(office, *kinds, laminated=True, by=dinas_head, at=now, **asked):
        found = board(office, by.tenant.today(at))
        chosen = [each for each in found.standings if each.slot.kind in kinds] if kinds else found.due
        sheets = [each.slot.key for each in chosen]
        return operations.post(office=office, sheets=sheets, laminated=laminated, by=by, at=at, **asked)

    return make


def test_places_follow_the_way_one_walks(here, counter):
    office = counter(rooms=2, desks=1)

    due = keys(board(office).due)

    assert due == [
        "hours Pintu Ruang 1", "email-guide Meja 1, Ruang 1", "account-guide Meja 1, Ruang 1",
        "hours Pintu Ruang 2", "email-guide Meja 1, Ruang 2", "account-guide Meja 1, Ruang 2",
        "hours Pintu Aula",
    ]  # fmt: skip


def test_office_without_rooms_has_its_entrance(here, counter):
    office = counter(rooms=0, training=False)

    assert keys(board(office).due) == ["hours Pintu masuk kantor"]


def test_telephone_counter_owes_no_print(here, counter):
    office = counter(rooms=0, training=False, kind="phone", phone="022 7200100")

    assert board(office).standings == []


def test_nothing_is_due_after_all_was_put_up(here, counter, post):
    office = counter()
    posted = post(office)

    found = board(office)

    assert len(posted) == 6
    assert (found.due, found.in_order, found.required) == ([], 6, 6)


def test_guide_counts_when_it_is_laminated(here, counter, post):
    office = counter(desks=1)
    post(office, laminated=False)

    found = board(office)
    assert (states(found)["email-guide Meja 1, Ruang 1"], found.in_order) == ("bare", 2)

    post(office, "email-guide", "account-guide")
    assert board(office).in_order == 4


def test_hours_that_change_make_the_doors_out_of_date_since_that_day(here, counter, post, dinas_head, now):
    office = counter(desks=0)
    post(office)
    later = now + datetime.timedelta(days=3)
    set_hours(office=office, week=HOURS, version=None, by=dinas_head, at=later)

    stale = board(office, DAY + datetime.timedelta(10)).stale

    assert keys(stale) == ["hours Pintu Ruang 1", "hours Pintu Aula"]
    assert [each.detail for each in stale] == ["jam layanan berubah sejak 26 November 2026"] * 2


def test_hours_put_back_as_they_were_make_the_print_good_again(here, counter, post, dinas_head, now):
    office = counter(desks=0)
    post(office)
    for week in (HOURS, WEEK):
        set_hours(office=office, week=week, version=None, by=dinas_head, at=now)

    assert board(office).stale == []
    assert set(Posting.objects.values_list("changed_on", flat=True)) == {None}


def test_closed_day_that_is_entered_makes_the_doors_out_of_date_until_it_has_passed(here, counter, post):
    office = counter(desks=0)
    post(office)
    SpecialDays.objects.create(office=office, first_on=DAY, last_on=DAY, reason="Banjir")

    found = {days: len(board(office, DAY + datetime.timedelta(days)).stale) for days in (0, 1)}

    assert found == {0: 2, 1: 0}


def test_holiday_that_the_ministry_adds_makes_the_doors_out_of_date(here, counter, post):
    office = counter(desks=0)
    post(office)
    with as_owner():
        PublicDay.objects.create(on=DAY + datetime.timedelta(2), name="Pilkada", kind=DayKind.HOLIDAY)

    assert [each.changes for each in board(office).stale] == [["hari khusus"]] * 2


def test_new_edition_of_a_guide_makes_that_guide_out_of_date(officer, here, counter, post, now):
    office = counter(desks=1)
    post(office)
    with as_owner():
        guides.write(guide=GuideKey.EMAIL, text=guides.Text("Baru", "", (("Satu", ""),)), version=None, by=officer, at=now)
        guides.publish(guide=GuideKey.EMAIL, change="Baru.", version=None, by=officer, at=now)

    stale = board(office).stale

    assert [(key, each.detail) for key, each in zip(keys(stale), stale, strict=True)] == [
        ("email-guide Meja 1, Ruang 1", "yang terpasang edisi 1; edisi 2 terbit 23 November 2026")
    ]


@pytest.mark.parametrize("change", [{"name": "Loket Baru"}, {"address": "Jl. Lain"}])
def test_office_that_is_renamed_or_moves_has_forms_out_of_date(here, counter, post, dinas_head, now, change):
    office = counter(desks=0)
    post(office)
    facts = {"name": office.name, "kind": office.kind, "address": office.address, "latitude": None, "longitude": None,
             "phone": "", "opened_on": office.opened_on}  # fmt: skip
    moved = offices.edit_office(office=office, version=None, by=dinas_head, at=now, **(facts | change))

    assert len(board(moved).stale) == 2


def test_desk_that_is_renamed_has_a_card_out_of_date(here, counter, post):
    office = counter(desks=1)
    post(office, "desk-card")
    Desk.objects.update(name="Meja Depan")

    stale = board(office).stale

    assert [(each.state, each.changes) for each in stale] == [("stale", ["nama meja"])]


def test_putting_up_replaces_what_hung_there_and_keeps_it(here, counter, post, dinas_head, now):
    office = counter(rooms=1, desks=0, training=False)
    (first,) = post(office)
    set_hours(office=office, week=HOURS, version=None, by=dinas_head, at=now)
    later = now + datetime.timedelta(days=1)
    (second,) = post(office, at=later)

    first.refresh_from_db()
    assert (first.removed_on, second.removed_on) == (DAY + datetime.timedelta(1), None)
    assert board(office, DAY + datetime.timedelta(1)).stale == []


def test_saying_it_twice_is_saying_it_once(here, counter, post):
    office = counter(desks=1)

    assert [each.pk for each in post(office, "hours")] == [each.pk for each in post(office, "hours")]
    assert Posting.objects.count() == 2


def test_print_of_another_edition_is_refused(here, counter, post, dinas_head, now):
    office = counter(desks=0, training=False)
    (standing,) = board(office).due
    set_hours(office=office, week=HOURS, version=None, by=dinas_head, at=now)

    with pytest.raises(operations.OtherEdition):
        post(office, printed={standing.slot.key: standing.edition.code})

    assert Posting.objects.count() == 0


def test_print_from_some_days_ago_is_taken_for_what_it_is(here, counter, post, now):
    office = counter(desks=0, training=False)
    (standing,) = board(office).due
    later = now + datetime.timedelta(days=4)

    (posting,) = post(office, at=later, printed={standing.slot.key: standing.edition.code})

    assert (posting.edition, posting.says["on"]) == (standing.edition.code, "2026-11-23")
    assert posting.posted_on == DAY + datetime.timedelta(4)


@pytest.mark.parametrize(
    ("sheets", "refusal"),
    [
        ([], operations.NothingChosen),
        (["hours"], operations.UnknownPlace),
        (["hours~22222222-2222-4222-8222-222222222222"], operations.UnknownPlace),
        (["apa saja"], operations.UnknownPlace),
    ],
)
def test_place_that_is_not_there_is_refused(here, counter, dinas_head, now, sheets, refusal):
    office = counter()

    with pytest.raises(refusal):
        operations.post(office=office, sheets=sheets, laminated=True, by=dinas_head, at=now)


def test_form_without_hours_cannot_be_put_up(here, make_office, post):
    office = make_office()

    with pytest.raises(operations.NotPrintable) as refused:
        post(office, "hours")

    assert str(refused.value.message) == "Jam layanan belum dapat dicetak. Isi jam layanan kantor dahulu."


def test_print_is_taken_down_once(here, counter, post, dinas_head, now):
    office = counter(desks=0, training=False)
    (posting,) = post(office)

    operations.take_down(posting=posting, by=dinas_head, at=now)
    with pytest.raises(operations.AlreadyDown):
        operations.take_down(posting=posting, by=dinas_head, at=now)

    assert keys(board(office).missing) == ["hours Pintu Ruang 1"]


def test_other_dinas_puts_up_and_takes_down_nothing(other_head, here, counter, post, now):
    office = counter(desks=0)
    (posting, *_others) = post(office)

    with pytest.raises(PermissionDenied):
        post(office, "hours", by=other_head)
    with pytest.raises(PermissionDenied):
        operations.take_down(posting=posting, by=other_head, at=now)


# What the database itself refuses ---------------------------------------------------------------------------------------------

INSERT = """
INSERT INTO prints_posting
    (id, office_id, room_id, desk_id, kind, edition, says, laminated, posted_on, posted_by_name, removed_on)
VALUES (gen_random_uuid(), %s, %s, %s, %s, 'x', '{}', false, '2026-11-23', '', %s)
"""


@pytest.fixture
def two_offices(here, counter):
    mine, other = counter(desks=1), counter(name="Loket Gedebage", desks=1)
    room = lambda office: Room.objects.get(office=office, purpose=RoomPurpose.REGISTRATION)  # noqa: E731
    return mine, room(mine), Desk.objects.get(room=room(mine)), other, room(other), Desk.objects.get(room=room(other))


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("prints_posting_kind", (0, None, None, "poster", None)),
        ("prints_posting_desk_in_room", (0, None, 2, "hours", None)),
        ("prints_posting_period", (0, 1, None, "hours", "2026-11-22")),
        ("prints_posting_room_of_office", (0, 4, None, "hours", None)),
        ("prints_posting_desk_of_room", (0, 1, 5, "email-guide", None)),
    ],
)
def test_posting_that_cannot_be_is_refused(two_offices, constraint, row):
    values = [two_offices[each].pk if isinstance(each, int) else each for each in row]

    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        cursor.execute(INSERT, values)


@pytest.mark.parametrize("place", [(None, None), (1, None), (1, 2)], ids=["entrance", "door", "desk"])
def test_one_print_of_a_kind_hangs_at_a_place(two_offices, place):
    room, desk = (each and two_offices[each].pk for each in place)

    with connection.cursor() as cursor:
        cursor.execute(INSERT, [two_offices[0].pk, room, desk, "hours", "2026-11-23"])
        cursor.execute(INSERT, [two_offices[0].pk, room, desk, "hours", None])
        with pytest.raises(IntegrityError, match="prints_posting_one_at_a_place"), transaction.atomic():
            cursor.execute(INSERT, [two_offices[0].pk, room, desk, "hours", None])


def test_prints_of_another_government_are_not_seen(counter, post, kota_bandung, kota_cimahi):
    office = counter(desks=1)
    with mounted(kota_bandung):
        post(office)  # could leak

    with mounted(kota_cimahi):
        assert Posting.objects.count() == 0
