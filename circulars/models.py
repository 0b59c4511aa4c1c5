import datetime
import uuid

from django.db import models
from django.db.models import Case, DateField, F, Func, Q, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circulars.enums import Audience, CircularState, DeliveryState
from portal.dates import plain_date
from tenants.models import Tenant

LARGEST_ATTACHMENT = 5 * 1024 * 1024


class Circular(models.Model):
    """
    A circular (surat edaran): draft until it is published, then fixed.

    ``version`` counts the edits of the draft; ``edition`` is the version of the published text that acknowledgements name
    together with ``sha256``, the seal over that text (circulars.sealing).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("nomor"), max_length=60)
    dated_on = models.DateField(_("tanggal surat"))
    day_known = models.BooleanField(default=True)
    subject = models.CharField(_("perihal"), max_length=200)
    opening = models.TextField(_("isi ringkas"), blank=True)
    signatory = models.CharField(_("ditandatangani oleh"), max_length=150, default="Menteri Dalam Negeri")
    deadline_on = models.DateField(_("tenggat pengakuan"), null=True, blank=True)
    audience = models.CharField(_("ditujukan kepada"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    chosen = models.ManyToManyField(Tenant, blank=True, related_name="+", verbose_name=_("pemerintah daerah"))
    attachment_name = models.CharField(max_length=150, blank=True)
    attachment_size = models.PositiveIntegerField(default=0)
    attachment_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=CircularState.choices, default=CircularState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                condition=Q(attachment_name="", attachment_sha256="", attachment_size=0)
                | Q(attachment_sha256__regex="^[0-9a-f]{64}$", attachment_size__gt=0) & ~Q(attachment_name=""),
                name="circulars_circular_attachment_whole",
            ),
        ]

    def __str__(self):
        return f"SE {self.number}"

    @property
    def is_published(self) -> bool:
        return self.state == CircularState.PUBLISHED

    @property
    def dated(self) -> str:
        """The date of the letter as it can be said: ``27 November 2026``, or ``April 2020`` where the day is not known."""
        return plain_date(self.dated_on) if self.day_known else formats.date_format(self.dated_on, "F Y")

    @property
    def dated_phrase(self) -> str:
        """The same within a sentence: ``tanggal 27 November 2026``, ``bulan April 2020``."""
        return (gettext("tanggal %(date)s") if self.day_known else gettext("bulan %(date)s")) % {"date": self.dated}

    @property
    def copy_lines(self) -> str:
        """The copies as the form shows them, one office a line. One query unless prefetched."""
        return "\n".join(copy.office for copy in self.copies.all())


class Attachment(models.Model):
    """
    The PDF beside a circular.

    Apart from it, so that neither a list nor the audit trail carries the bytes; name, size and SHA-256 stand on the
    circular, and are part of its seal.
    """

    circular = models.OneToOneField(Circular, models.CASCADE, primary_key=True, related_name="attachment")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("content"), LARGEST_ATTACHMENT), name="circulars_attachment_size"
            )
        ]

    def __str__(self):
        return self.sha256


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

    @property
    def is_part(self) -> bool:
        """Whether this is a part of the point above it: ``1a`` below ``1``."""
        return not self.number.rstrip(".)").isdigit()


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


class LocalDay(Func):
    """The date on a government's clocks at a moment: ``LocalDay(zone, moment)``."""

    function = "timezone"
    template = "(%(function)s(%(expressions)s))::date"
    output_field = DateField()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def owed(self) -> "DeliveryQuerySet":
        """Those that must be acknowledged: the denominator of every rate (governments of their own; design, section 2)."""
        return self.filter(tenant__autonomous=True)

    def standing(self, at: datetime.datetime):
        """With ``state`` (a DeliveryState) at the moment ``at``: a deadline is the end of the government's local day."""
        zone, deadline = F("tenant__timezone"), F("circular__deadline_on")
        return self.annotate(
            today=LocalDay(zone, Value(at)),
            acknowledged_on=LocalDay(zone, F("acknowledged_at")),
            state=Case(
                When(tenant__autonomous=False, then=Value(DeliveryState.INFORMED)),
                When(acknowledged_on__gt=deadline, then=Value(DeliveryState.ACKNOWLEDGED_LATE)),
                When(acknowledged_at__isnull=False, then=Value(DeliveryState.ACKNOWLEDGED)),
                When(today__gt=deadline, then=Value(DeliveryState.OVERDUE)),
                When(opened_at__isnull=False, then=Value(DeliveryState.OPENED)),
                default=Value(DeliveryState.UNOPENED),
                output_field=models.CharField(max_length=20),
            ),
        )


class Delivery(models.Model):
    """
    A circular at one government: delivered, first opened, acknowledged.

    Written by publication; the government itself sets who opened it first, and acknowledges. What is set stays (circulars.sql).
    ``state`` is there after ``standing``.
    """

    state: DeliveryState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circular = models.ForeignKey(Circular, models.PROTECT, related_name="deliveries")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="deliveries")
    delivered_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by_id = models.BigIntegerField(null=True)
    opened_by_name = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-delivered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["circular", "tenant"], name="circulars_delivery_once"),
            models.UniqueConstraint(fields=["id", "tenant"], name="circulars_delivery_of_tenant"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(opened_at__isnull=False), name="circulars_delivery_opened_first"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-delivered_at"], name="circulars_delivery_inbox")]

    def __str__(self):
        return f"{self.circular} → {self.tenant}"

    @property
    def for_information(self) -> bool:
        """Whether nothing is owed: a territory without a government of its own is addressed through its province (ADR 0026)."""
        return not self.tenant.autonomous


class Acknowledgement(models.Model):
    """
    The sealed receipt: who acknowledged which text of a circular for a government, in which office, when.

    Append-only in the database. ``seal`` is the SHA-256 over all other fields (circulars.sealing), ``code`` the unguessable
    address of the public page that confirms it. ``circular_version`` is the ``edition`` of the circular.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="acknowledgement")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    government = models.CharField(max_length=120)
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
