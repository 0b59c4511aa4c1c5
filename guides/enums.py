from django.db import models
from django.utils.translation import gettext_lazy as _


class GuideKey(models.TextChoices):
    """The guides of the Kemnaker procedure: points 23 and 24 for the desks, points 1 to 11 for the assistant."""

    EMAIL = "email", _("Panduan membuat surel")
    ACCOUNT = "account", _("Panduan membuat akun")
    SERVICE = "service", _("Panduan pendampingan")


# What the guides are called in addresses, which are printed and typed.
ADDRESSES = {GuideKey.EMAIL: "surel", GuideKey.ACCOUNT: "akun", GuideKey.SERVICE: "pendampingan"}
