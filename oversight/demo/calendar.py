"""The country's calendar, and beside it what the governments with a story have put into theirs: invented."""

import datetime

from accounts.members import Member
from almanac import operations_filling
from almanac.models import Season
from almanac.queries import seasons
from offices import operations_days, operations_hours
from offices.enums import OfficeState
from offices.forms_hours import RAMADAN
from offices.hours import read_day
from offices.models import LocalDay, Office
from tenants.context import acting, mounted
from tenants.models import Tenant

YEAR = datetime.timedelta(days=400)
ANNIVERSARY, MEETING, CLEANING = datetime.timedelta(days=45), datetime.timedelta(days=9), datetime.timedelta(days=16)
MORNING = [(datetime.time(9), datetime.time(12))]
SATURDAY, SUNDAY = 6, 7


def enter(*, at: datetime.datetime) -> None:
    """This year and the next, as the scheduler does at its first start."""
    operations_filling.fill_ahead(at=at)


def furnish(tenant: Tenant, *, by: Member, at: datetime.datetime) -> None:
    """A day of the government, special days and a Ramadan schedule; nothing where there is a day of the government already."""
    today = tenant.today(at)
    with mounted(tenant), acting(id=by.user.pk, name=by.name):
        offices = [each for each in Office.objects.order_by("name", "pk") if each.state_on(today) == OfficeState.SERVING]
        if not offices or LocalDay.objects.exists():
            return
        named = f"Hari Jadi {tenant.name} (contoh)"
        operations_days.add_local_day(on=_workday(today + ANNIVERSARY), name=named, decree="Keputusan contoh 1", by=by, at=at)
        meeting = _workday(today + MEETING)
        operations_days.add_special_days(
            offices=offices, first_on=meeting, last_on=meeting, reason="Rapat kerja dinas", hours=MORNING, by=by, at=at
        )
        cleaning = _workday(today + CLEANING)
        operations_days.add_special_days(
            offices=offices[:1], first_on=cleaning, last_on=cleaning, reason="Pembersihan gedung", hours=[], by=by, at=at
        )
        season = seasons(today, today + YEAR).first()
        if season is not None:
            _ramadan(offices[0], season, by=by, at=at)


def _ramadan(office: Office, season: Season, *, by: Member, at: datetime.datetime) -> None:
    week = [span for weekday, text in RAMADAN.items() for span in read_day(weekday, text)]
    operations_hours.add_season(
        office=office,
        name=season.name,
        valid_from=season.first_on,
        valid_until=season.last_on,
        week=week,
        version=None,
        by=by,
        at=at,
    )


def _workday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days={SATURDAY: 2, SUNDAY: 1}.get(day.isoweekday(), 0))
