import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from offices.enums import HeadStanding, OfficeKind, OfficeState, Sector
from offices.models.spans import DaySpan
from portal import telephones
from portal.images import LARGEST_KEPT


class Dinas(models.Model):
    """An agency of the government; holds one or several of the five sectors."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nama dinas"), max_length=150)
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), verbose_name=_("bidang"), default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="offices_dinas_name_once"),
            models.CheckConstraint(
                condition=Q(sectors__contained_by=[sector.value for sector in Sector]), name="offices_dinas_sectors"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def sector_labels(self) -> list[str]:
        return [Sector(sector).label for sector in self.sectors]


class DinasHead(models.Model):
    """
    Who leads a dinas, and who acts for the head, from when until when; with or without an account of Loket.

    At a time one head, and one who acts (Plt. or Plh.).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dinas = models.ForeignKey(Dinas, models.CASCADE, related_name="heads", verbose_name=_("dinas"))
    name = models.CharField(_("nama"), max_length=150)
    standing = models.CharField(_("kedudukan"), max_length=10, choices=HeadStanding.choices, default=HeadStanding.DEFINITIVE)
    serves_from = models.DateField(_("menjabat sejak"))
    serves_until = models.DateField(_("menjabat sampai"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("pimpinan")
        ordering = ["-serves_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(serves_until=None) | Q(serves_until__gte=F("serves_from")), name="offices_dinashead_period"
            ),
            models.CheckConstraint(condition=Q(standing__in=HeadStanding.values), name="offices_dinashead_standing"),
            ExclusionConstraint(
                name="offices_dinashead_one_head",
                expressions=[
                    ("dinas", RangeOperators.EQUAL),
                    (DaySpan("serves_from", "serves_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(standing=HeadStanding.DEFINITIVE),
            ),
            ExclusionConstraint(
                name="offices_dinashead_one_acting",
                expressions=[
                    ("dinas", RangeOperators.EQUAL),
                    (DaySpan("serves_from", "serves_until"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(standing=HeadStanding.DEFINITIVE),
            ),
        ]

    def __str__(self):
        return self.name

    def serves_on(self, day) -> bool:
        return self.serves_from <= day and (self.serves_until is None or day <= self.serves_until)


class OfficeQuerySet(models.QuerySet["Office"]):
    def open_on(self, day):
        """Those in service on ``day``: opened by then and not closed yet."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def in_state(self, state, day):
        """Those in the ``OfficeState`` on ``day``; the same rule as ``Office.state_on``."""
        if state == OfficeState.CLOSED:
            return self.filter(closed_on__lte=day)
        return self.open_on(day) if state == OfficeState.SERVING else self.not_closed_on(day).filter(opened_on__gt=day)

    def not_closed_on(self, day):
        """Those in service on ``day`` or to be opened later."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))


class Office(models.Model):
    """A place (or a telephone line) where a dinas helps residents."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dinas = models.ForeignKey(Dinas, models.PROTECT, related_name="offices", verbose_name=_("dinas"))
    name = models.CharField(_("nama kantor"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=10, choices=OfficeKind.choices, default=OfficeKind.COUNTER)
    address = models.TextField(_("alamat"), max_length=300)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=30, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    bring = models.TextField(_("yang perlu dibawa"), max_length=500, blank=True)
    opened_on = models.DateField(_("melayani sejak"))
    closed_on = models.DateField(_("ditutup sejak"), null=True, blank=True)
    closed_reason = models.CharField(_("alasan penutupan"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Apart from ``version``: who mends the address does not stand in the way of who sets the hours.
    hours_version = models.PositiveIntegerField(default=1)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("dinas", Lower("name"), name="offices_office_name_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")) & ~Q(closed_reason=""),
                name="offices_office_closing",
            ),
            models.CheckConstraint(
                # Indonesia lies between 6°N and 11°S, 95°E and 141°E; a little slack around it.
                # Half a pair would make the comparison NULL, which a check lets pass.
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, latitude__range=(-11.5, 6.5))
                & Q(longitude__isnull=False, longitude__range=(94.5, 141.5)),
                name="offices_office_coordinates",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OfficeKind.PHONE) | ~Q(phone="") | ~Q(whatsapp=""), name="offices_office_phone_counter"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def coordinates(self) -> str:
        """``-6.914744, 107.609810``, empty where nobody has said."""
        return f"{self.latitude}, {self.longitude}" if self.latitude is not None else ""

    @property
    def geo(self) -> str:
        """The link that opens the device's own map; empty where nobody has said where the office is."""
        return f"geo:{self.latitude},{self.longitude}" if self.latitude is not None else ""

    @property
    def map_page(self) -> str:
        """A map in the browser, for devices that know no ``geo:``."""
        if self.latitude is None:
            return ""
        return (
            f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{self.latitude}/{self.longitude}"
        )

    @property
    def dial(self) -> str:
        """The link that calls the office; empty where its number is not one."""
        return telephones.dial(self.phone)

    @property
    def chat(self) -> str:
        """The link that opens WhatsApp with the office; empty where its number is not one."""
        return telephones.chat(self.whatsapp)

    @property
    def to_bring(self) -> list[str]:
        """What to bring along, one thing a line."""
        return [line.strip() for line in self.bring.splitlines() if line.strip()]

    def serves_on(self, day) -> bool:
        """Whether the office is in service on ``day``: opened by then and not closed yet."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)

    def state_on(self, day) -> OfficeState:
        if self.closed_on is not None and self.closed_on <= day:
            return OfficeState.CLOSED
        return OfficeState.COMING if self.opened_on > day else OfficeState.SERVING


class OfficePhoto(models.Model):
    """The photograph that helps residents find an office: re-encoded as JPEG, without place and time of its taking."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="photo", primary_key=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(_("diunggah"))

    class Meta:
        verbose_name = _("foto kantor")
        constraints = [
            models.CheckConstraint(condition=LessThanOrEqual(Length("content"), LARGEST_KEPT), name="offices_officephoto_size"),
            models.CheckConstraint(
                condition=Q(sha256=Func(Func("content", function="sha256"), Value("hex"), function="encode")),
                name="offices_officephoto_is_its_hash",
            ),
        ]

    def __str__(self):
        return f"{self.width} × {self.height}"
