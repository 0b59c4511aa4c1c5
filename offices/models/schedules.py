"""
When an office serves: weekly schedules with the time in which they hold, days of their own, and the days of the government.

A day is answered from the most particular to the general: special days of the office, days of the government, national holidays
and collective leave (almanac), the seasonal schedule that holds, the regular one (offices.timetable).
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offices.enums import ScheduleKind, Weekday
from offices.models.office import Office
from offices.models.spans import DaySpan, TimeSpan


class Schedule(models.Model):
    """
    A week of service hours and the days on which it holds, ends included; without an end, until further notice.

    Regular schedules follow one another; a seasonal one (Ramadan) stands before them as long as it holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.CASCADE, related_name="schedules")
    kind = models.CharField(_("jenis"), max_length=10, choices=ScheduleKind.choices, default=ScheduleKind.REGULAR)
    name = models.CharField(_("nama"), max_length=80, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        ordering = ["-kind", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="offices_schedule_period",
            ),
            models.CheckConstraint(
                condition=Q(kind=ScheduleKind.REGULAR)
                | Q(kind=ScheduleKind.SEASONAL, valid_from__isnull=False, valid_until__isnull=False) & ~Q(name=""),
                name="offices_schedule_seasonal",
            ),
            ExclusionConstraint(
                name="offices_schedule_no_overlap",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DaySpan("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return self.name or str(self.get_kind_display())


class ServiceHours(models.Model):
    """One span of a weekday in which an office serves; the spans of a day may not overlap. What lies between is the break."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=Weekday.choices)
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="offices_servicehours_order"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="offices_servicehours_weekday"),
            ExclusionConstraint(
                name="offices_servicehours_no_overlap",
                expressions=[
                    ("schedule", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TimeSpan("opens", "closes"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class SpecialDays(models.Model):
    """
    Days on which an office serves otherwise than its schedule says: at the hours given, or, without any, not at all.

    They go before everything else, so that a counter can also be opened on a holiday.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.CASCADE, related_name="special_days")
    first_on = models.DateField(_("dari tanggal"))
    last_on = models.DateField(_("sampai tanggal"))
    reason = models.CharField(_("keterangan"), max_length=200)

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="offices_specialdays_period"),
            models.CheckConstraint(condition=~Q(reason=""), name="offices_specialdays_reason"),
            ExclusionConstraint(
                name="offices_specialdays_no_overlap",
                expressions=[("office", RangeOperators.EQUAL), (DaySpan("first_on", "last_on"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self):
        return f"{self.first_on}–{self.last_on} {self.reason}"


class SpecialHours(models.Model):
    """One span of the hours on special days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    special = models.ForeignKey(SpecialDays, models.CASCADE, related_name="hours")
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))

    class Meta:
        ordering = ["opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="offices_specialhours_order"),
            ExclusionConstraint(
                name="offices_specialhours_no_overlap",
                expressions=[("special", RangeOperators.EQUAL), (TimeSpan("opens", "closes"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self):
        return f"{self.opens:%H.%M}–{self.closes:%H.%M}"


class LocalDay(models.Model):
    """A day on which all offices of the government rest, by its own decision: an anniversary, an election, a flood."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama hari"), max_length=150)
    decree = models.CharField(_("dasar"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="offices_localday_named")]

    def __str__(self):
        return f"{self.on} {self.name}"
