import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from offices.enums import OfficeKind
from offices.hours import Span
from oversight.enums import CheckKind
from oversight.fields import DateMultiRangeField
from tenants.models import Tenant


class OfficeStatus(models.Model):
    """
    What is known above a government about one of its offices: facts with dates, written in the transaction that changes them.

    States (ready, blocked …) are computed from the facts when they are read, for the local day asked (oversight.states),
    because time alone changes them. ``week`` holds the service hours as [ISO weekday, "08:00", "15:00"]; ``staffed_days`` and
    ``full_days`` the days with at least one person, and with two, from oversight.facts.DAYS_BACK days before the change on;
    ``staff_count`` the number of people on duty in these days.
    """

    office_id = models.UUIDField()
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="office_statuses")
    dinas_id = models.UUIDField()
    dinas_name = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=OfficeKind.choices)
    address = models.TextField()
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    phone = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    service_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    week = models.JSONField(default=list)
    staff_count = models.PositiveIntegerField(default=0)
    rostered_through = models.DateField(null=True)
    staffed_days = DateMultiRangeField()
    full_days = DateMultiRangeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "office_id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "office_id"], name="oversight_officestatus_once"),
        ]

    def __str__(self):
        return self.name

    def people_on(self, day) -> int:
        """How many people are on duty on ``day``: 0, 1 or 2 (also for more than two, which the database refuses)."""
        return sum(any(start <= day < end for start, end in spans) for spans in (self.staffed_days, self.full_days))

    @property
    def spans(self) -> list[Span]:
        """The service hours of the week."""
        time = datetime.time.fromisoformat
        return [Span(weekday, time(opens), time(closes)) for weekday, opens, closes in self.week]

    def serves_on(self, day) -> bool:
        """Whether ``day`` is a service day inside the office's time of service."""
        return day.isoweekday() in self.service_weekdays and self.is_in_service(day)

    def needs_people_on(self, day) -> bool:
        """Whether ``day`` is a service day with nobody on duty."""
        return self.serves_on(day) and not self.people_on(day)

    def is_in_service(self, day) -> bool:
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


class Check(models.Model):
    """The last result of a check that a command ran over all governments (oversight.checks)."""

    kind = models.CharField(max_length=10, choices=CheckKind.choices, unique=True)
    checked_at = models.DateTimeField()
    governments = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["kind"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.faults}"
