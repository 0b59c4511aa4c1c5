from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from almanac.enums import Browser, DayKind, DaySource


class PublicDayQuerySet(models.QuerySet["PublicDay"]):
    def standing(self):
        """Those that count: entered and not cancelled."""
        return self.filter(cancelled=False)


class PublicDay(models.Model):
    """
    A national holiday or a day of collective leave, on which no counter serves unless its own calendar says so.

    Filled from the package ``holidays`` and corrected by the ministry. ``provisional``: the decree is not out yet.
    ``cancelled`` keeps a day that is no holiday after all, so that the next filling does not bring it back.
    """

    on = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama hari"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=10, choices=DayKind.choices)
    provisional = models.BooleanField(_("menunggu keputusan"), default=False)
    cancelled = models.BooleanField(_("dibatalkan"), default=False)
    source = models.CharField(_("sumber"), max_length=10, choices=DaySource.choices, default=DaySource.LIST)
    decree = models.CharField(_("dasar"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PublicDayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="almanac_publicday_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="almanac_publicday_named"),
        ]

    def __str__(self):
        return f"{self.on} {self.name}"


class Season(models.Model):
    """
    A time of the year with working hours of its own: Ramadan (article 4 of Perpres 21/2023).

    Both ends are included. ``provisional``: estimated, until the government has seen the moon.
    """

    name = models.CharField(_("nama musim"), max_length=80)
    first_on = models.DateField(_("hari pertama"))
    last_on = models.DateField(_("hari terakhir"))
    provisional = models.BooleanField(_("menunggu keputusan"), default=False)
    source = models.CharField(_("sumber"), max_length=10, choices=DaySource.choices, default=DaySource.LIST)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="almanac_season_period"),
            models.CheckConstraint(condition=~Q(name=""), name="almanac_season_named"),
            ExclusionConstraint(
                name="almanac_season_no_overlap",
                expressions=[
                    (
                        Func("first_on", "last_on", RangeBoundary(inclusive_upper=True), function="daterange"),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self):
        return self.name


class BrowserVersion(models.Model):
    """The newest version of a browser that the ministry knows of, and since when: what a device's check is compared with."""

    browser = models.CharField(_("peramban"), max_length=10, choices=Browser.choices)
    major = models.PositiveIntegerField(_("versi"))
    released_on = models.DateField(_("terbit pada"))
    source = models.CharField(_("sumber"), max_length=10, choices=DaySource.choices, default=DaySource.LIST)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["browser", "-major"]
        constraints = [models.UniqueConstraint(fields=["browser", "major"], name="almanac_browserversion_once")]

    def __str__(self):
        return f"{self.get_browser_display()} {self.major}"
