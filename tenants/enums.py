from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of a government in the tree: the ministry, a province, or a kabupaten/kota."""

    NATION = "nation", _("Pusat")
    PROVINCE = "province", _("Provinsi")
    KABUPATEN = "kabupaten", _("Kabupaten")
    KOTA = "kota", _("Kota")


class State(models.TextChoices):
    """How far a government's schema is. Only READY is served."""

    NEW = "new", _("belum disiapkan")
    READY = "ready", _("siap")
    FAILED = "failed", _("gagal disiapkan")
