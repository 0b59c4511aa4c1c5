from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckKind(models.TextChoices):
    ROLLUP = "rollup", _("rekap kantor sama dengan data daerah")
    SCHEMAS = "schemas", _("skema daerah mutakhir")
