import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from equipment.enums import MovementKind, SupplyKind
from offices.models import Office


class Supply(models.Model):
    """
    A consumable of an office. ``on_hand`` is the sum of its movements, kept by a trigger and never below zero.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="supplies", verbose_name=_("kantor"))
    kind = models.CharField(_("jenis"), max_length=12, choices=SupplyKind.choices)
    name = models.CharField(_("nama barang"), max_length=100)
    unit = models.CharField(_("satuan"), max_length=20)
    minimum = models.PositiveIntegerField(_("persediaan minimum"), default=0)
    on_hand = models.IntegerField(_("persediaan"), default=0)
    retired_on = models.DateField(_("tidak dipakai lagi sejak"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint("office", Lower("name"), name="equipment_supply_name_once"),
            models.CheckConstraint(condition=Q(kind__in=SupplyKind.values), name="equipment_supply_kind"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="equipment_supply_never_below_zero"),
        ]

    def __str__(self):
        return self.name


class Movement(models.Model):
    """
    One change of a stock; append-only. ``quantity`` is what it adds: above zero for what comes in, below for what is used.

    ``on`` is the day on which it happened; ``balance`` the stock after it, written by the trigger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supply = models.ForeignKey(Supply, models.PROTECT, related_name="movements")
    kind = models.CharField(_("jenis"), max_length=10, choices=MovementKind.choices)
    quantity = models.IntegerField(_("jumlah"))
    balance = models.IntegerField(_("sisa"), default=0)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    on = models.DateField(_("tanggal"))
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MovementKind.IN, quantity__gt=0)
                | Q(kind=MovementKind.USED, quantity__lt=0)
                | Q(kind=MovementKind.CORRECTED) & ~Q(quantity=0) & ~Q(reason=""),
                name="equipment_movement_sign",
            ),
        ]
        indexes = [models.Index(fields=["supply", "-on"], name="equipment_movement_recent")]

    def __str__(self):
        return f"{self.supply_id} {self.quantity:+d}"
