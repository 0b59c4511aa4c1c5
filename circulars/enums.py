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
