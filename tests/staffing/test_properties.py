"""Whatever is asked, in whatever order: never more than two a day, never one person twice, never outside term or service."""

import datetime
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices import events
from offices import operations as office_operations
from portal.errors import DomainError
from staffing import operations
from staffing.models import Duty, Staff
from tests.staffing.conftest import MONDAY

pytestmark = pytest.mark.usefixtures("here")
DAYS = [MONDAY + datetime.timedelta(days=number) for number in range(3)]
INDEX = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("assign"), st.integers(0, 1), INDEX, st.sampled_from(DAYS)),
    st.tuples(st.just("release"), INDEX),
    st.tuples(st.just("end"), INDEX, st.sampled_from(DAYS), st.booleans()),
    st.tuples(st.just("close"), st.integers(0, 1), st.sampled_from(DAYS)),
    st.tuples(st.just("reopen"), st.integers(0, 1)),
)


class Roster:
    def __init__(self, offices, people, by, at):
        self.offices, self.people, self.by, self.at = offices, people, by, at

    def assign(self, office, person, on):
        operations.assign(office=self.offices[office], staff=self.people[person], on=on, by=self.by, at=self.at)

    def release(self, number):
        duties = list(Duty.objects.order_by("on", "office_id", "slot"))
        if duties:
            operations.release(duty=duties[number % len(duties)], by=self.by, at=self.at)

    def end(self, person, until, release_rest):
        operations.end_service(
            staff=self.people[person], serves_until=until, release_rest=release_rest, version=None, by=self.by, at=self.at
        )

    def close(self, office, on):
        office_operations.close_office(
            office=self.offices[office], closed_on=on, closed_reason="uji", version=None, by=self.by, at=self.at
        )

    def reopen(self, office):
        office_operations.reopen_office(office=self.offices[office], version=None, by=self.by, at=self.at)


def broken_rules() -> list[str]:
    duties = list(Duty.objects.select_related("office", "staff"))
    a_day = Counter((duty.office_id, duty.on) for duty in duties)
    a_person = Counter((duty.staff_id, duty.on) for duty in duties)
    return (
        [f"{count} at once" for count in a_day.values() if count > 2]
        + [f"one person {count} times" for count in a_person.values() if count > 1]
        + [f"{duty} outside the term" for duty in duties if not duty.staff.serves_on(duty.on)]
        + [f"{duty} outside the service" for duty in duties if not duty.office.serves_on(duty.on)]
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_no_sequence_breaks_a_rule(steps, office, second_office, people, make_staff, dinas_head, now, monkeypatch):
    monkeypatch.setattr(events, "_listeners", [])
    with transaction.atomic():
        fourth = make_staff("Rudi Hartono")
        roster = Roster([office, second_office], [*people, fourth], dinas_head, now)
        for name, *arguments in steps:
            try:
                getattr(roster, name)(*arguments)
            except DomainError as refusal:
                assert str(refusal.message)  # noqa: PT017 - a refusal is as good an outcome as any, in words
            assert broken_rules() == []
        transaction.set_rollback(True)


def test_the_rules_can_be_seen_broken(office, people, assign):
    """The check above would notice: the same rules on a duty whose person has left meanwhile."""
    assign(office, people[0])
    duty = Duty.objects.select_related("office", "staff").get()
    duty.staff.serves_until = MONDAY - datetime.timedelta(days=1)

    assert not duty.staff.serves_on(duty.on)
    assert Staff.objects.get(pk=duty.staff_id).serves_on(duty.on)
