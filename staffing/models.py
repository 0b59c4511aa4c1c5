import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from offices.models import Dinas, Office

MASK = "\N{BULLET}" * 4 + " "
SLOTS = (1, 2)  # point 12 of the Kemnaker procedure: at most two staff on duty per day


class StaffQuerySet(models.QuerySet["Staff"]):
    def serving_on(self, day):
        return self.filter(serves_from__lte=day).filter(Q(serves_until=None) | Q(serves_until__gte=day))


class Staff(models.Model):
    """A person of a dinas who can be put on duty. NIP and telephone never leave the tenant's schema."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dinas = models.ForeignKey(Dinas, models.PROTECT, related_name="staff", verbose_name=_("dinas"))
    name = models.CharField(_("nama"), max_length=150)
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    position = models.CharField(_("jabatan"), max_length=150, blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    serves_from = models.DateField(_("bertugas sejak"))
    serves_until = models.DateField(_("bertugas sampai"), null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StaffQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            # At a time: who moves to another dinas, or comes back, gets a second entry with the same NIP.
            ExclusionConstraint(
                name="staffing_staff_nip_once_at_a_time",
                expressions=[
                    ("nip", RangeOperators.EQUAL),
                    (Func("serves_from", "serves_until", Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(nip=""),
            ),
            models.CheckConstraint(condition=Q(nip="") | Q(nip__regex=r"^\d{18}$"), name="staffing_staff_nip"),
            models.CheckConstraint(
                condition=Q(serves_until=None) | Q(serves_until__gte=F("serves_from")), name="staffing_staff_period"
            ),
        ]

    def __str__(self):
        return self.name

    def serves_on(self, day) -> bool:
        return self.serves_from <= day and (self.serves_until is None or day <= self.serves_until)

    @property
    def masked_nip(self) -> str:
        """The last four digits: the rest tells birth date and sex."""
        return f"{MASK}{self.nip[-4:]}" if self.nip else ""


class Duty(models.Model):
    """
    One person on duty at one office on one day, in slot 1 or 2.

    Two slots, each once per office and day: a third person is refused by the unique index, also between two connections. That
    the day lies in the person's term and in the office's service is held by triggers (migration 0001), from both sides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="duties")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="duties", verbose_name=_("petugas"))
    on = models.DateField(_("tanggal"))
    slot = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["on", "office_id", "slot"]
        constraints = [
            models.CheckConstraint(condition=Q(slot__in=SLOTS), name="staffing_duty_two_slots"),
            models.UniqueConstraint(fields=["office", "on", "slot"], name="staffing_duty_slot_once"),
            models.UniqueConstraint(fields=["staff", "on"], name="staffing_duty_person_once_a_day"),
        ]
        indexes = [models.Index(fields=["on", "office"], name="staffing_duty_day")]

    def __str__(self):
        return f"{self.on} {self.office} {self.staff}"
