"""Two people at once on the hours of one office. These commit, and clean up after themselves."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from offices import events, operations_days, operations_hours
from offices.hours import Span
from offices.models import Dinas, LocalDay, Office, Schedule, SpecialDays
from portal.errors import LostUpdate
from tenants.context import as_owner, mounted
from tests.staffing.test_races import at_once, elsewhere

pytestmark = pytest.mark.django_db
DAY = datetime.date(2098, 12, 24)
NEW_YEAR = datetime.date(2099, 1, 1)
MORNING = [Span(1, datetime.time(8), datetime.time(12))]


@pytest.fixture
def committed(kota_cimahi, monkeypatch):
    """Two offices of Kota Cimahi with a regular schedule each, really there; afterwards really gone."""
    monkeypatch.setattr(events, "_listeners", [])

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            offices = [
                Office.objects.create(dinas=dinas, name=name, address="x", opened_on=datetime.date(2026, 1, 5)) for name in "AB"
            ]
            for office in offices:
                Schedule.objects.create(office=office)
            return dinas, offices

    def clear():
        with as_owner(kota_cimahi.schema_name):
            LocalDay.objects.filter(on=DAY).delete()
            Office.objects.filter(dinas=dinas).delete()
            dinas.delete()

    dinas, offices = elsewhere(furnish)
    yield Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi), offices
    elsewhere(clear)


def race(member, *actions):
    def inside(action):
        def run():
            with mounted(member.tenant):
                return action()

        return run

    return at_once(*[inside(action) for action in actions])


def test_of_two_special_days_at_once_one_stands_and_the_other_hears_of_it(committed):
    member, (first, second) = committed
    asked = {"first_on": DAY, "last_on": DAY, "hours": [], "by": member, "at": timezone.now()}

    found = race(
        member,
        # In either order of offices: the rows are locked in one order, so that nobody waits for the other.
        lambda: operations_days.add_special_days(offices=[first, second], reason="Rapat", **asked),
        lambda: operations_days.add_special_days(offices=[second, first], reason="Cat ulang", **asked),
    )

    (made,) = [each for each in found if isinstance(each, list)]
    (refusal,) = [each for each in found if not isinstance(each, list)]
    assert isinstance(refusal, operations_days.SpecialTaken), refusal
    assert f"hari khusus 24 Desember 2098: {made[0].reason}" in str(refusal.message)
    with mounted(member.tenant):
        assert SpecialDays.objects.filter(office__in=[first, second]).count() == 2


def test_raw_writers_of_one_day_are_held_by_the_constraint(committed):
    """No lock, no operation: the exclusion constraint alone keeps the second out."""
    member, (office, _) = committed

    def write():
        with transaction.atomic():
            return SpecialDays.objects.create(office=office, first_on=DAY, last_on=DAY, reason="x")

    found = race(member, write, write)

    (refusal,) = [each for each in found if not isinstance(each, SpecialDays)]
    assert isinstance(refusal, IntegrityError)
    assert refusal.__cause__.diag.constraint_name == "offices_specialdays_no_overlap"


def test_of_two_successors_at_once_one_stands(committed):
    member, (office, _) = committed
    asked = {"office": office, "valid_from": NEW_YEAR, "week": MORNING, "version": None, "by": member, "at": timezone.now()}

    found = race(member, *[lambda: operations_hours.add_regular(**asked)] * 2)

    assert sorted(type(each).__name__ for each in found) == ["Schedule", "ScheduleTaken"]
    with mounted(member.tenant):
        assert list(Schedule.objects.filter(office=office).values_list("valid_from", "valid_until")) == [
            (None, datetime.date(2098, 12, 31)), (NEW_YEAR, None),
        ]  # fmt: skip


def test_of_two_who_set_the_same_version_one_is_told(committed):
    member, (office, _) = committed
    asked = {"office": office, "version": 1, "by": member, "at": timezone.now()}
    afternoon = [Span(1, datetime.time(13), datetime.time(15))]

    found = race(
        member,
        lambda: operations_hours.set_hours(week=MORNING, **asked),
        lambda: operations_hours.set_hours(week=afternoon, **asked),
    )

    assert sorted(type(each) is LostUpdate for each in found) == [False, True]


def test_of_two_days_of_the_government_at_once_one_stands(committed):
    member, _offices = committed
    asked = {"on": DAY, "decree": "", "by": member, "at": timezone.now()}

    found = race(member, *[lambda name=name: operations_days.add_local_day(name=name, **asked) for name in "AB"])

    assert sorted(type(each).__name__ for each in found) == ["LocalDay", "LocalDayTaken"]
