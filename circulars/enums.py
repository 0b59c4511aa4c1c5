from django.db import models
from django.utils.translation import gettext_lazy as _


class CircularState(models.TextChoices):
    DRAFT = "draft", _("konsep")
    PUBLISHED = "published", _("terbit")


class Audience(models.TextChoices):
    """Whom a circular is addressed to."""

    ALL = "all", _("semua provinsi dan kabupaten/kota")
    PROVINCES = "provinces", _("semua provinsi")
    DISTRICTS = "districts", _("semua kabupaten/kota")
    CHOSEN = "chosen", _("pemerintah daerah yang dipilih")


class DeliveryState(models.TextChoices):
    """How far a circular is at one government on a day; derived, never stored (circulars.models.DeliveryQuerySet.standing)."""

    UNOPENED = "unopened", _("belum dibuka")
    OPENED = "opened", _("belum diakui")
    OVERDUE = "overdue", _("terlambat")
    ACKNOWLEDGED = "acknowledged", _("diakui")
    ACKNOWLEDGED_LATE = "acknowledged-late", _("diakui terlambat")
    INFORMED = "informed", _("untuk diketahui")

    @property
    def kind(self) -> str:
        """The look of the state, as in ``<c-state kind="…">``."""
        return KINDS[self]


KINDS = {
    DeliveryState.UNOPENED: "none",
    DeliveryState.OPENED: "warn",
    DeliveryState.OVERDUE: "late",
    DeliveryState.ACKNOWLEDGED: "ok",
    DeliveryState.ACKNOWLEDGED_LATE: "ok",
    DeliveryState.INFORMED: "none",
}
