"""The rooms of an office and the desks in them, in centimetres."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.enums import RoomPurpose
from offices.models.office import Office


class Room(models.Model):
    """
    A room with one purpose (points 13 and 21 of the Kemnaker procedure: registration apart from training).

    ``width`` and ``depth`` are its floor in centimetres, as the plan draws it; unknown until somebody measures.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.CASCADE, related_name="rooms")
    name = models.CharField(_("nama ruang"), max_length=80)
    purpose = models.CharField(_("kegunaan"), max_length=12, choices=RoomPurpose.choices)
    width = models.PositiveIntegerField(_("lebar (cm)"), null=True, blank=True)
    depth = models.PositiveIntegerField(_("panjang (cm)"), null=True, blank=True)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="offices_room_name_once"),
            models.CheckConstraint(condition=Q(purpose__in=RoomPurpose.values), name="offices_room_purpose"),
            models.CheckConstraint(
                condition=Q(width=None, depth=None)
                | Q(width__isnull=False, width__range=(100, 10_000)) & Q(depth__isnull=False, depth__range=(100, 10_000)),
                name="offices_room_floor",
            ),
            # What stands in a room refers to both, so that it can neither be of another office nor of the other purpose.
            models.UniqueConstraint(fields=["id", "office"], name="offices_room_of_office"),
            models.UniqueConstraint(fields=["id", "purpose"], name="offices_room_of_purpose"),
        ]

    def __str__(self):
        return self.name


class Desk(models.Model):
    """
    A desk; ``x`` and ``y`` are its corner next to the room's upper left, ``width`` and ``depth`` its top, in centimetres.

    Without a position it has not been put on the plan yet. A turned desk is one with width and depth exchanged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="desks")
    name = models.CharField(_("nama meja"), max_length=40)
    x = models.PositiveIntegerField(_("dari kiri (cm)"), null=True, blank=True)
    y = models.PositiveIntegerField(_("dari atas (cm)"), null=True, blank=True)
    width = models.PositiveIntegerField(_("lebar (cm)"), default=120)
    depth = models.PositiveIntegerField(_("panjang (cm)"), default=60)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["room", "name"], name="offices_desk_name_once"),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | Q(x__isnull=False, y__isnull=False, x__lte=10_000, y__lte=10_000),
                name="offices_desk_position",
            ),
            models.CheckConstraint(condition=Q(width__range=(20, 500), depth__range=(20, 500)), name="offices_desk_size"),
            models.UniqueConstraint(fields=["id", "room"], name="offices_desk_in_room"),
        ]

    def __str__(self):
        return self.name
