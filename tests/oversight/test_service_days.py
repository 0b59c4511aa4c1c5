"""The layers of a timetable, in SQL and in Python: any calendar gives the same service days in all three places."""

import datetime

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almanac.models import PublicDay
from offices.models import LocalDay, Schedule, ServiceHours, SpecialDays, SpecialHours
from offices.queries import offices, rests_around, timetable
from oversight import queries, rollup
from oversight.models import OfficeStatus
from oversight.states import Days
from tenants.context import mounted
from tests.conftest import NOW

OPEN = {"opens": datetime.time(8), "closes": datetime.time(15)}
FIRST = datetime.date(2026, 11, 16)
SOME_DAYS = st.integers(0, 27).map(lambda number: FIRST + datetime.timedelta(number))


@st.composite
def calendars(draw):
    """Weekdays of a regular week and of a season, special days open or closed, local and national days; within four weeks."""
    season_first, season_last = sorted((draw(SOME_DAYS), draw(SOME_DAYS)))
    specials, free = [], draw(st.sets(SOME_DAYS, max_size=4))
    for on in sorted(free):
        specials.append((on, draw(st.booleans())))
    return {
        "regular": draw(st.sets(st.integers(1, 7))),
        "until": draw(st.one_of(st.none(), SOME_DAYS)),
        "season": draw(st.one_of(st.none(), st.sets(st.integers(1, 7)))),
        "season_days": (season_first, season_last),
        "specials": specials,
        "local": draw(st.sets(SOME_DAYS, max_size=3)),
        "national": draw(st.sets(SOME_DAYS, max_size=3)),
    }


def build_calendar(office, drawn):
    def schedule(weekdays, **fields):
        made = Schedule.objects.create(office=office, **fields)
        ServiceHours.objects.bulk_create(ServiceHours(schedule=made, weekday=day, **OPEN) for day in weekdays)

    schedule(drawn["regular"], valid_until=drawn["until"])
    if drawn["season"] is not None:
        first, last = drawn["season_days"]
        schedule(drawn["season"], kind="seasonal", name="Musim", valid_from=first, valid_until=last)
    for on, is_open in drawn["specials"]:
        special = SpecialDays.objects.create(office=office, first_on=on, last_on=on, reason="Khusus")
        if is_open:
            SpecialHours.objects.create(special=special, **OPEN)
    LocalDay.objects.bulk_create(LocalDay(on=on, name="Hari daerah") for on in drawn["local"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=calendars())
def test_sql_and_python_agree_on_every_service_day(kota_bandung, make_office, drawn):
    with transaction.atomic():
        office = make_office(kota_bandung, weekdays=())
        PublicDay.objects.bulk_create(PublicDay(on=on, name="Libur", kind="holiday") for on in drawn["national"])
        with mounted(kota_bandung):
            office.schedules.all().delete()
            build_calendar(office, drawn)
            rollup.refresh(tenant=kota_bandung, office_id=office.pk, at=NOW)
            fresh = offices().get(pk=office.pk)
            own = timetable(fresh, rests_around(FIRST))
        days = [FIRST + datetime.timedelta(number) for number in range(28)]
        status = OfficeStatus.objects.get(office_id=office.pk)
        above = status.hours(queries.rests(Days.on(FIRST)))

        in_python = [day for day in days if own.serves_on(day)]

        assert [day for day in days if above.serves_on(day)] == in_python
        assert [day for day in days if queries.offices(Days.on(day)).get(office_id=office.pk).serves] == in_python
        transaction.set_rollback(True)
