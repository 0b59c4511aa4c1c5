import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from equipment.enums import DEVICES, Category, CheckKind, Condition, ItemKind
from offices.enums import RoomPurpose
from offices.models import Desk, Office, Room


class ItemQuerySet(models.QuerySet["Item"]):
    def kept(self):
        """Those that have not been written off."""
        return self.filter(removed_on=None)


class Item(models.Model):
    """
    One thing of an office's inventory: a device, furniture, the rest.

    Where it stands: a room of the same office and, for what has a purpose, of the same purpose; a desk of that room. The
    database holds all three by composite keys (migration 0001). Nothing is deleted: it is written off (``removed_on``).
    ``label`` is what its sticker says, once in a government; ``item_code`` and ``register_number`` are the official kode barang
    and NUP. ``condition_on`` is the day on which somebody graded it, with the reason; empty where nobody has since then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="items", verbose_name=_("kantor"))
    label = models.CharField(_("label"), max_length=12, unique=True)
    category = models.CharField(_("golongan"), max_length=10, choices=Category.choices)
    kind = models.CharField(_("jenis"), max_length=12, choices=ItemKind.choices)
    name = models.CharField(_("merek dan tipe"), max_length=150)
    purpose = models.CharField(_("kegunaan"), max_length=12, choices=RoomPurpose.choices, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="items", null=True, blank=True, verbose_name=_("ruang"))
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="items", null=True, blank=True, verbose_name=_("meja"))
    condition = models.CharField(_("kondisi"), max_length=10, choices=Condition.choices, default=Condition.GOOD)
    condition_on = models.DateField(_("kondisi dilihat pada"), null=True, blank=True)
    condition_reason = models.CharField(_("alasan kondisi"), max_length=200, blank=True)
    has_camera = models.BooleanField(_("berkamera"), default=False)
    item_code = models.CharField(_("kode barang"), max_length=30, blank=True)
    register_number = models.CharField(_("nomor register (NUP)"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("tahun perolehan"), null=True, blank=True)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    removed_on = models.DateField(_("dihapus dari inventaris pada"), null=True, blank=True)
    removed_reason = models.CharField(_("alasan penghapusan"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "label"]
        constraints = [
            models.CheckConstraint(condition=Q(category__in=Category.values), name="equipment_item_category"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="equipment_item_kind"),
            models.CheckConstraint(condition=Q(condition__in=Condition.values), name="equipment_item_condition"),
            models.CheckConstraint(
                # A device serves one purpose (point 21), and its kind says that it is one.
                condition=Q(category=Category.DEVICE, kind__in=DEVICES, purpose__in=RoomPurpose.values)
                | ~Q(category=Category.DEVICE) & ~Q(kind__in=DEVICES),
                name="equipment_item_device_has_purpose",
            ),
            models.CheckConstraint(condition=Q(desk=None) | Q(room__isnull=False), name="equipment_item_desk_in_room"),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(room=None, desk=None) & ~Q(removed_reason=""), name="equipment_item_removed"
            ),
            models.CheckConstraint(condition=Q(year=None) | Q(year__range=(1950, 2100)), name="equipment_item_year"),
            models.UniqueConstraint(
                fields=["item_code", "register_number"],
                condition=~Q(item_code="") & ~Q(register_number=""),
                name="equipment_item_register_once",
            ),
        ]
        indexes = [models.Index(fields=["office", "kind"], name="equipment_item_of_office")]

    def __str__(self):
        return f"{self.name} ({self.label})"


class Check(models.Model):
    """
    One look at a device: append-only, the newest of a kind counts, and it ages (equipment.ageing).

    ``result`` holds what was measured: ``down`` and ``up`` in Mbit/s and ``latency`` in ms for the internet, ``browser`` and
    ``major`` for the browser, nothing for the camera. ``ok`` is what followed from it on the local day ``checked_on``;
    ``checked_at`` is when it was written down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="checks")
    kind = models.CharField(_("yang diperiksa"), max_length=10, choices=CheckKind.choices)
    ok = models.BooleanField(_("baik"))
    result = models.JSONField(default=dict)
    measured = models.BooleanField(_("diukur oleh perangkat itu sendiri"), default=False)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    checked_on = models.DateField(_("diperiksa pada"))
    checked_at = models.DateTimeField()
    checked_by_id = models.BigIntegerField(null=True)
    checked_by_name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("pemeriksaan")
        ordering = ["-checked_on", "-checked_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=CheckKind.values), name="equipment_check_kind")]
        indexes = [models.Index(fields=["item", "kind", "-checked_on", "-checked_at"], name="equipment_check_newest")]

    def __str__(self):
        return self.get_kind_display()
