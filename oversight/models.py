from django.contrib.postgres.fields import ArrayField
from django.db import models

from offices.enums import OfficeKind
from offices.timetable import Timetable
from oversight.enums import CheckKind
from oversight.fields import DateMultiRangeField, WeeksField
from tenants.models import Tenant


class OfficeStatus(models.Model):
    """
    What is known above a government about one of its offices: facts with dates, written in the transaction that changes them.

    States (ready, blocked …) are computed from the facts when they are read, for the local day asked (oversight.states),
    because time alone changes them.

    ``timetable`` holds the schedules, special days and local days (offices.timetable.Timetable.from_facts), ``service_weeks``
    for each weekday the dates on which it is served by schedule; ``special_days`` are the days with a rule of their own, which
    goes before schedules and national holidays, ``special_open`` those of them with hours. ``staffed_days`` and ``full_days``
    are the days with at least one person, and with two; ``staff_count`` is the number of people on duty. These reach back to
    oversight.facts.DAYS_BACK days before the change. ``photo`` is the hash under which the photograph is served.

    ``crowded_desks`` counts the pairs of desks less than a metre apart and the desks beyond their floor (point 27);
    ``registration_devices`` the devices for registration that are no wreck, ``device_lapses`` the first day without for each of
    them that passed all its checks (equipment.facts).
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
    whatsapp = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    bring = models.TextField(blank=True)
    photo = models.CharField(max_length=64, blank=True)
    service_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    service_weeks = WeeksField()
    special_days = DateMultiRangeField(default=list)
    special_open = DateMultiRangeField(default=list)
    timetable = models.JSONField(default=dict)
    crowded_desks = models.PositiveIntegerField(default=0)
    registration_devices = models.PositiveIntegerField(default=0)
    device_lapses = ArrayField(models.DateField(), default=list)
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

    def hours(self, rests) -> Timetable:
        """When the office serves; ``rests`` are the national days of rest (oversight.queries.rests)."""
        return Timetable.from_facts(self.timetable, rests, opened_on=self.opened_on, closed_on=self.closed_on)

    def ready_devices(self, day) -> int:
        """How many devices one can register with on ``day``: every check passed, and none too old by then."""
        return sum(lapse > day for lapse in self.device_lapses)

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
