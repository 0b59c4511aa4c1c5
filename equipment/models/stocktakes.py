import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from equipment.enums import StockTakeOutcome
from equipment.models.inventory import Item
from offices.models import Room


class StockTake(models.Model):
    """
    One round through a room: what should be there when it begins (``expected``, ids of items), what is found, what is missing.

    One at a time in a room. A finished one is never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="stock_takes")
    expected = ArrayField(models.UUIDField(), default=list)
    started_at = models.DateTimeField()
    started_by_name = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    finished_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-started_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(finished_at=None), name="equipment_stocktake_one_open"),
        ]

    def __str__(self):
        return f"{self.room_id} {self.started_at:%Y-%m-%d}"


class StockTakeLine(models.Model):
    """
    One label read in a round. The same label read again changes nothing.

    ``place_corrected`` says of what was found away from its place whether the inventory was put right in the round.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stock_take = models.ForeignKey(StockTake, models.CASCADE, related_name="lines")
    label = models.CharField(_("label"), max_length=40)
    item = models.ForeignKey(Item, models.PROTECT, related_name="stock_take_lines", null=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=StockTakeOutcome.choices)
    came_from_name = models.CharField(_("tercatat di"), max_length=240, blank=True)
    place_corrected = models.BooleanField(_("tempat sudah dibetulkan"), default=False)
    read_at = models.DateTimeField()
    read_by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["-read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stock_take", "label"], name="equipment_stocktakeline_once"),
            models.CheckConstraint(
                condition=Q(outcome=StockTakeOutcome.UNKNOWN, item=None)
                | Q(outcome__in=[StockTakeOutcome.CONFIRMED, StockTakeOutcome.MOVED], item__isnull=False),
                name="equipment_stocktakeline_outcome",
            ),
            models.CheckConstraint(
                condition=Q(place_corrected=False) | Q(outcome=StockTakeOutcome.MOVED),
                name="equipment_stocktakeline_corrected",
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.outcome}"


class LabelPrint(models.Model):
    """When the sticker of a thing was last printed; what has none is new on the page of labels."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.OneToOneField(Item, models.CASCADE, related_name="label_print")
    printed_at = models.DateTimeField()
    printed_by_name = models.CharField(max_length=150)

    def __str__(self):
        return f"{self.item_id} {self.printed_at:%Y-%m-%d}"
