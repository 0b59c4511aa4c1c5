import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circulars.enums import Audience, CircularState
from tenants.models import Tenant


class Circular(models.Model):
    """
    A circular (surat edaran): draft until it is published, then fixed.

    ``sha256`` seals the published text (see circulars.sealing); acknowledgements name it together with ``version``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("nomor"), max_length=60)
    dated_on = models.DateField(_("tanggal surat"))
    subject = models.CharField(_("perihal"), max_length=200)
    opening = models.TextField(_("isi ringkas"), blank=True)
    signatory = models.CharField(_("ditandatangani oleh"), max_length=150, default="Menteri Dalam Negeri")
    deadline_on = models.DateField(_("tenggat"), null=True, blank=True)
    audience = models.CharField(_("ditujukan kepada"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    chosen = models.ManyToManyField(Tenant, blank=True, related_name="+", verbose_name=_("pemerintah daerah"))
    attachment_name = models.CharField(max_length=150, blank=True)
    attachment_sha256 = models.CharField(max_length=64, blank=True)
    attachment = models.BinaryField(default=b"", blank=True)
    state = models.CharField(max_length=10, choices=CircularState.choices, default=CircularState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_by_id = models.BigIntegerField(null=True)
    drafted_by_name = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)
    published_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-dated_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="circulars_circular_number_once"),
            models.CheckConstraint(
                condition=Q(state=CircularState.DRAFT, published_at=None, sha256="")
                | Q(state=CircularState.PUBLISHED, published_at__isnull=False, sha256__regex="^[0-9a-f]{64}$"),
                name="circulars_circular_published_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(deadline_on=None) | Q(deadline_on__gte=F("dated_on")), name="circulars_circular_deadline"
            ),
        ]

    def __str__(self):
        return f"SE {self.number}"

    @property
    def is_published(self) -> bool:
        return self.state == CircularState.PUBLISHED


class Point(models.Model):
    """One numbered obligation of a circular; ``number`` as the letter writes it (``1``, ``1a``)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circular = models.ForeignKey(Circular, models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(_("nomor butir"), max_length=8)
    text = models.TextField(_("isi butir"))

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "order"], name="circulars_point_order_once"),
            models.UniqueConstraint(fields=["circular", "number"], name="circulars_point_number_once"),
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"


class Copy(models.Model):
    """One office that gets the circular as a copy (tembusan)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circular = models.ForeignKey(Circular, models.CASCADE, related_name="copies")
    order = models.PositiveSmallIntegerField()
    office = models.CharField(_("tembusan"), max_length=150)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["circular", "order"], name="circulars_copy_order_once")]

    def __str__(self):
        return self.office


class Delivery(models.Model):
    """
    A circular at one government: delivered, first opened, acknowledged.

    Written by publication; the government itself sets who opened it first, and acknowledges.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circular = models.ForeignKey(Circular, models.PROTECT, related_name="deliveries")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="deliveries")
    delivered_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by_id = models.BigIntegerField(null=True)
    opened_by_name = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-delivered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "tenant"], name="circulars_delivery_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(opened_at__isnull=False), name="circulars_delivery_opened_first"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-delivered_at"], name="circulars_delivery_inbox")]

    def __str__(self):
        return f"{self.circular} → {self.tenant}"


class Acknowledgement(models.Model):
    """
    The sealed receipt: who acknowledged which text of a circular for a government, in which office, when.

    Append-only in the database. ``seal`` is the SHA-256 over all other fields (circulars.sealing), ``code`` the unguessable
    address of the public page that confirms it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="acknowledgement")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    government = models.CharField(max_length=100)
    circular_number = models.CharField(max_length=60)
    circular_subject = models.CharField(max_length=200)
    circular_version = models.PositiveIntegerField()
    circular_sha256 = models.CharField(max_length=64)
    statement = models.TextField()
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=150)
    position = models.CharField(max_length=200)
    acknowledged_at = models.DateTimeField()
    local_time = models.CharField(max_length=40)
    code = models.CharField(max_length=43, unique=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["-acknowledged_at", "id"]

    def __str__(self):
        return f"{self.circular_number} · {self.government}"
