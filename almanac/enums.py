from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What closes the country's counters on a day."""

    HOLIDAY = "holiday", _("hari libur nasional")
    LEAVE = "leave", _("cuti bersama")


class DaySource(models.TextChoices):
    """Who said so: the list that comes with Loket, or the ministry, whose word is not overwritten by a newer list."""

    LIST = "list", _("daftar bawaan")
    MINISTRY = "ministry", _("kementerian")


class Browser(models.TextChoices):
    """Browsers whose versions are followed (point 20 of the Kemnaker procedure)."""

    CHROME = "chrome", "Google Chrome"
    EDGE = "edge", "Microsoft Edge"
    FIREFOX = "firefox", "Mozilla Firefox"
    SAFARI = "safari", "Safari"
    SAMSUNG = "samsung", "Samsung Internet"
    OPERA = "opera", "Opera"
