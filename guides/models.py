import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guides.enums import GuideKey


class GuideVersion(models.Model):
    """
    One edition of a guide. A draft has neither number nor time; a published one is never changed (guides.sql).

    ``steps`` is a list of ``{"title": …, "text": …}``; plain text, in the order in which they are done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guide = models.CharField(_("panduan"), max_length=10, choices=GuideKey.choices)
    number = models.PositiveIntegerField(_("edisi"), null=True)
    title = models.CharField(_("judul"), max_length=120)
    lead = models.TextField(_("pengantar"), max_length=600, blank=True)
    steps = models.JSONField(_("langkah"), default=list)
    change = models.CharField(_("yang berubah"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_name = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["guide", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="guides_guideversion_number_once"),
            models.UniqueConstraint(fields=["guide"], condition=Q(number=None), name="guides_guideversion_one_draft"),
            models.CheckConstraint(
                condition=Q(number=None, published_at=None) | Q(number__isnull=False, published_at__isnull=False),
                name="guides_guideversion_published",
            ),
        ]

    def __str__(self):
        return f"{self.get_guide_display()} {self.number or '–'}"


class CareContact(models.Model):
    """
    The programme's customer care as of a day (point 11): telephone, mail, weekdays and hours in WIB.

    A new contact is a new row, and rows are never changed: the one with the latest ``valid_from`` that has come counts, of
    several the last one entered. ``confirmed`` is false for the one that comes with Loket.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid_from = models.DateField(_("berlaku sejak"))
    phone = models.CharField(_("telepon"), max_length=60, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=30, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("hari layanan"), default=list)
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("dikonfirmasi"), default=True)
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["-valid_from", "-entered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="guides_carecontact_order"),
            models.CheckConstraint(condition=~Q(phone="", whatsapp="", email=""), name="guides_carecontact_reachable"),
        ]

    def __str__(self):
        return f"{self.phone or self.email} ({self.valid_from})"
