"""
States at reading time: what the dated facts mean on a day.

Time alone changes them: a roster runs out, a deadline passes. The day is each government's own local day, or one day asked for
all. Every expression here is for one query over all offices or governments.
"""

import datetime
import zoneinfo
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    Q,
    When,
)
from django.db.models import Value as V
from django.db.models.lookups import GreaterThan, LessThan, LessThanOrEqual

from oversight.enums import Condition
from oversight.fields import HasDay
from tenants.models import ZONES

ENDS_SOON = datetime.timedelta(days=7)
NOON = datetime.time(4, tzinfo=datetime.UTC)  # between 11.00 WIB and 13.00 WIT


@dataclass(frozen=True)
class Days:
    """
    One date per time zone. ``Days.at(moment)``: everyone's own today; ``Days.on(date)``: the same date everywhere.

    ``moment`` has these days, too; it is the full hour, so that all reads of an hour ask for the same.
    """

    by_zone: tuple[tuple[str, datetime.date], ...]
    moment: datetime.datetime

    @classmethod
    def at(cls, moment: datetime.datetime) -> "Days":
        hour = moment.replace(minute=0, second=0, microsecond=0)
        return cls(tuple((zone, hour.astimezone(zoneinfo.ZoneInfo(zone)).date()) for zone in ZONES), hour)

    @classmethod
    def on(cls, day: datetime.date) -> "Days":
        return cls(tuple((zone, day) for zone in ZONES), datetime.datetime.combine(day, NOON))

    def of(self, tenant) -> datetime.date:
        return dict(self.by_zone)[tenant.timezone]

    def _per_zone(self, value, zone: str, output_field) -> Expression:
        values = {name: value(day) for name, day in self.by_zone}
        usual = values[self.by_zone[0][0]]
        others = [When(**{zone: name}, then=V(each)) for name, each in values.items() if each != usual]
        if not others:
            return V(usual, output_field=output_field)
        return Case(*others, default=V(usual), output_field=output_field)

    def date(self, zone: str, later: datetime.timedelta = datetime.timedelta()) -> Expression:
        """The day (or one ``later``) of each row; ``zone`` is the way to the tenant's field ``timezone``."""
        return self._per_zone(lambda day: day + later, zone, DateField())

    def weekday(self, zone: str) -> Expression:
        return self._per_zone(datetime.date.isoweekday, zone, IntegerField())


class IsScheduled(Func):
    """``IsScheduled(weeks, weekday, day)``: the schedules serve on the day."""

    output_field = BooleanField()

    def as_sql(self, compiler, connection, **kwargs):
        parts, values = [], []
        for source in self.get_source_expressions():
            sql, params = compiler.compile(source)
            parts.append(sql)
            values += params
        weeks, weekday, day = parts
        return f"(({weeks})[{weekday}] @> ({day})::date)", values


class IsRest(Func):
    """``IsRest(day)``: the country rests. The days are fetched once for a statement."""

    template = '(%(expressions)s)::date = ANY (ARRAY(SELECT "on" FROM public.almanac_publicday WHERE NOT cancelled))'
    output_field = BooleanField()


def serving(days: Days, way: str = "", zone: str = "tenant__timezone") -> Q:
    """
    Whether the day is one of the office's service days: the layers of offices.timetable in SQL.

    ``way`` leads to OfficeStatus, ``zone`` to the tenant's zone.
    """
    day = days.date(zone)
    scheduled = Q(IsScheduled(F(f"{way}service_weeks"), days.weekday(zone), day)) & ~Q(IsRest(day))
    return Q(HasDay(F(f"{way}special_open"), day)) | ~Q(HasDay(F(f"{way}special_days"), day)) & scheduled


def in_service(days: Days, way: str = "", zone: str = "tenant__timezone") -> Q:
    """Whether the office has been opened by that day and not closed yet."""
    day = days.date(zone)
    standing = Q(**{f"{way}closed_on": None}) | Q(GreaterThan(F(f"{way}closed_on"), day))
    return Q(LessThanOrEqual(F(f"{way}opened_on"), day)) & standing


def staffed(days: Days, way: str = "", zone: str = "tenant__timezone") -> Q:
    """Whether somebody is on duty that day."""
    return Q(HasDay(F(f"{way}staffed_days"), days.date(zone)))


def fully_staffed(days: Days, way: str = "", zone: str = "tenant__timezone") -> Q:
    """Whether two people are on duty that day."""
    return Q(HasDay(F(f"{way}full_days"), days.date(zone)))


def condition(days: Days, way: str = "", zone: str = "tenant__timezone") -> Case:
    """The Condition of an office on the day."""
    day = days.date(zone)
    through, unrostered = F(f"{way}rostered_through"), Q(**{f"{way}rostered_through": None})
    nothing = Q(**{f"{way}service_weekdays": []})
    return Case(
        When(Q(LessThanOrEqual(F(f"{way}closed_on"), day)), then=V(Condition.CLOSED.value)),
        When(Q(GreaterThan(F(f"{way}opened_on"), day)), then=V(Condition.PLANNED.value)),
        When(nothing & unrostered, then=V(Condition.EMPTY.value)),
        When(nothing, then=V(Condition.NO_HOURS.value)),
        When(serving(days, way, zone) & ~staffed(days, way, zone), then=V(Condition.NOBODY.value)),
        When(Q(**{f"{way}crowded_desks__gt": 0}), then=V(Condition.CROWDED.value)),
        When(serving(days, way, zone) & ~fully_staffed(days, way, zone), then=V(Condition.ALONE.value)),
        When(unrostered | Q(LessThan(through, days.date(zone, ENDS_SOON))), then=V(Condition.ENDING.value)),
        default=V(Condition.READY.value),
        output_field=CharField(),
    )
