from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintKind(models.TextChoices):
    """What is printed and put up at its place."""

    HOURS = "hours", _("Jam layanan")
    EMAIL_GUIDE = "email-guide", _("Panduan surel")
    ACCOUNT_GUIDE = "account-guide", _("Panduan akun")
    DESK_CARD = "desk-card", _("Kartu meja")
    QUEUE_SIGN = "queue-sign", _("Tanda antrean")
    CARE_CARD = "care-card", _("Kartu layanan pelanggan")
