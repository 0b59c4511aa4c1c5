"""Whatever is entered in whatever order: a day's answer is what a slow and simple reading of all entries says."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almanac.models import PublicDay
from offices import operations_days, operations_hours, queries_calendar
from offices.hours import Span
from offices.models import LocalDay, Office, Schedule, SpecialDays
from portal.errors import DomainError
from tenants.context import as_owner, mounted

# Nine days over the end of a year, Wednesday to Thursday.
FIRST = datetime.date(2026, 12, 30)
DAYS = [FIRST + datetime.timedelta(days=number) for number in range(9)]
HOURS = [(datetime.time(hour), datetime.time(hour + 2)) for hour in (7, 10, 13)]

days = st.sampled_from(DAYS)
pairs = st.tuples(days, days).map(sorted)
times = st.lists(st.sampled_from(HOURS), max_size=2, unique=True).map(sorted)
weeks = st.lists(st.tuples(st.integers(1, 7), st.sampled_from(HOURS)), max_size=6, unique=True)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("special"), pairs, times),
        st.tuples(st.just("unspecial"), days),
        st.tuples(st.just("local"), days),
        st.tuples(st.just("national"), days, st.booleans()),
        st.tuples(st.just("season"), pairs, weeks),
        st.tuples(st.just("regular"), days, weeks),
        st.tuples(st.just("week"), weeks),
        st.tuples(st.just("remove"), st.integers(0, 3)),
    ),
    max_size=9,
)


def spans(week):
    return [Span(weekday, opens, closes) for weekday, (opens, closes) in week]


class Calendar:
    """The office's calendar as it is kept, and step by step what a person with a sheet of paper would hold true."""

    def __init__(self, office, by, at):
        self.office, self.asked = office, {"by": by, "at": at}
        self.specials, self.rests, self.locals = {}, {}, {}  # by day
        self.seasons: dict = {}  # by day: the season's number
        self.regulars: dict = {}  # by day: the schedule's id
        self.weeks: dict = {}  # by the schedule's id
        self.ahead = FIRST  # the schedule that holds today, long before these days

    def do(self, name, *entries):
        with suppress(DomainError):
            getattr(self, name)(*entries)

    def special(self, pair, hours):
        first, last = pair
        operations_days.add_special_days(
            offices=[self.office], first_on=first, last_on=last, reason="x", hours=hours, **self.asked
        )
        for day in DAYS:
            if first <= day <= last:
                assert day not in self.specials
                self.specials[day] = hours

    def unspecial(self, day):
        found = SpecialDays.objects.filter(office=self.office, first_on__lte=day, last_on__gte=day).first()
        assert (found is not None) == (day in self.specials)
        if found:
            operations_days.remove_special_days(special=found, version=None, **self.asked)
            for each in DAYS:
                if found.first_on <= each <= found.last_on:
                    del self.specials[each]

    def local(self, day):
        operations_days.add_local_day(on=day, name="Hari Jadi", decree="", **self.asked)
        self.locals[day] = True

    def national(self, day, cancelled):
        with as_owner():
            PublicDay.objects.update_or_create(on=day, defaults={"name": "Libur", "kind": "holiday", "cancelled": cancelled})
        self.rests[day] = not cancelled

    def season(self, pair, week):
        first, last = pair
        made = operations_hours.add_season(
            office=self.office, name="Musim", valid_from=first, valid_until=last, week=spans(week), version=None, **self.asked
        )
        for day in DAYS:
            if first <= day <= last:
                assert day not in self.seasons
                self.seasons[day] = made.pk
        self.weeks[made.pk] = week

    def regular(self, day, week):
        had = any(Schedule.objects.filter(office=self.office, kind="regular"))
        made = operations_hours.add_regular(office=self.office, valid_from=day, week=spans(week), version=None, **self.asked)
        before = self.regulars.get(day)
        for each in DAYS:
            if each >= day and self.regulars.get(each) == before:
                self.regulars[each] = made.pk
            elif each >= day:
                break
        assert had or before is None
        self.weeks[made.pk] = week

    def week(self, week):
        operations_hours.set_hours(office=self.office, week=spans(week), version=None, **self.asked)
        holds = {day: self.regulars.get(day) for day in DAYS}
        first = Schedule.objects.filter(office=self.office, kind="regular").first()
        if not any(holds.values()):
            self.regulars = dict.fromkeys(DAYS, first.pk)
        self.weeks[first.pk] = week

    def remove(self, number):
        found = list(Schedule.objects.filter(office=self.office))[number : number + 1]
        for each in found:
            operations_hours.remove_schedule(schedule=each, version=None, **self.asked)
            if each.kind == "seasonal":
                self.seasons = {day: key for day, key in self.seasons.items() if key != each.pk}
                continue
            held = [day for day in DAYS if self.regulars.get(day) == each.pk]
            early = [self.regulars[day] for day in DAYS if held and day < held[0] and day in self.regulars]
            late = [self.regulars[day] for day in DAYS if held and day > held[-1] and day in self.regulars]
            heir = None if each.valid_from is None else self._holder_before(each)
            heir = heir or (early[-1] if early else (late[0] if late else None))
            for day in held:
                if heir:
                    self.regulars[day] = heir
                else:
                    del self.regulars[day]

    def _holder_before(self, removed):
        """The schedule that begins before the removed one, whose days are not all among those looked at."""
        earlier = Schedule.objects.filter(office=self.office, kind="regular").exclude(valid_from__gte=removed.valid_from)
        found = earlier.order_by("valid_from").last()
        return found.pk if found and found.valid_from is None else None

    def truth(self, day):
        if day in self.specials:
            return self.specials[day]
        if day in self.locals or self.rests.get(day):
            return []
        week = self.weeks.get(self.seasons.get(day, self.regulars.get(day)), [])
        return sorted(hours for weekday, hours in week if weekday == day.isoweekday())


@pytest.mark.parametrize("with_week", [True, False])
def test_day_is_what_the_entries_say(kota_bandung, make_office, dinas_head, now, with_week):
    office = make_office()

    @settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(steps=steps)
    def hold(steps):
        calendar = Calendar(office, dinas_head, now)
        with mounted(kota_bandung):
            clear(office)
            for step in [("week", [(1, HOURS[0]), (4, HOURS[1])]), *steps] if with_week else steps:
                calendar.do(*step)
            found = queries_calendar.days(Office.objects.get(pk=office.pk), DAYS[0], DAYS[-1])
            assert [list(day.hours) for day in found] == [calendar.truth(day) for day in DAYS], steps
            for table in (Schedule.objects.filter(office=office, kind="seasonal"), SpecialDays.objects.filter(office=office)):
                never_twice(table)

    hold()


def clear(office):
    SpecialDays.objects.all().delete()
    LocalDay.objects.all().delete()
    Schedule.objects.filter(office=office).delete()
    with as_owner():
        PublicDay.objects.all().delete()


def never_twice(rows):
    """No day has two seasons, or two special entries."""
    for day in DAYS:
        holding = [
            row
            for row in rows
            if getattr(row, "valid_from", None) or row.first_on
            if (getattr(row, "valid_from", None) or row.first_on) <= day
            if day <= (getattr(row, "valid_until", None) or row.last_on)
        ]
        assert len(holding) <= 1
