from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a thing is kept in the inventory for."""

    DEVICE = "device", _("perangkat")
    FURNITURE = "furniture", _("mebel")
    OTHER = "other", _("perlengkapan lain")


class ItemKind(models.TextChoices):
    """Kinds of things, as points 14 to 21 of the Kemnaker procedure name them. Devices come first (``DEVICES``)."""

    DESKTOP = "desktop", _("komputer meja")
    LAPTOP = "laptop", _("laptop")
    TABLET = "tablet", _("tablet")
    SMARTPHONE = "smartphone", _("ponsel")
    DESK = "desk", _("meja")
    CHAIR = "chair", _("kursi")
    LAMP = "lamp", _("lampu")
    CABINET = "cabinet", _("lemari")
    PRINTER = "printer", _("pencetak")
    ROUTER = "router", _("router internet")
    CABLE_REEL = "cable-reel", _("gulungan kabel")
    SOCKET = "socket", _("stopkontak")
    CAMERA = "camera", _("kamera")
    THERMOMETER = "thermometer", _("termometer inframerah")
    WASHBASIN = "washbasin", _("tempat cuci tangan")
    OTHER = "other", _("lainnya")


DEVICES = (ItemKind.DESKTOP, ItemKind.LAPTOP, ItemKind.TABLET, ItemKind.SMARTPHONE)
FURNITURE = (ItemKind.DESK, ItemKind.CHAIR, ItemKind.LAMP, ItemKind.CABINET)


def category_of(kind: str) -> Category:
    """What a thing of ``kind`` is kept for; its category follows from it."""
    if kind in DEVICES:
        return Category.DEVICE
    return Category.FURNITURE if kind in FURNITURE else Category.OTHER


class Condition(models.TextChoices):
    """The three official grades of a government's inventory."""

    GOOD = "good", _("Baik")
    FAIR = "fair", _("Kurang Baik")
    BROKEN = "broken", _("Rusak Berat")


class CheckKind(models.TextChoices):
    """What is looked at in a device (points 19 and 20)."""

    CAMERA = "camera", _("kamera")
    INTERNET = "internet", _("internet")
    BROWSER = "browser", _("peramban")


class StockTakeOutcome(models.TextChoices):
    CONFIRMED = "confirmed", _("ada di tempatnya")
    MOVED = "moved", _("ditemukan di ruang lain")
    UNKNOWN = "unknown", _("label tidak dikenal")


class SupplyKind(models.TextChoices):
    """Consumables of points 7, 15 and 16, and masks (31)."""

    PAPER = "paper", _("kertas A4")
    PEN = "pen", _("bolpoin")
    SCISSORS = "scissors", _("gunting")
    GLUE = "glue", _("lem")
    STATIONERY = "stationery", _("alat tulis lain")
    SANITIZER = "sanitizer", _("penyanitasi tangan")
    DISINFECTANT = "disinfectant", _("disinfektan")
    SOAP = "soap", _("sabun cuci tangan")
    MASK = "mask", _("masker")
    OTHER = "other", _("lainnya")


class MovementKind(models.TextChoices):
    """Why a stock changes: what comes in adds, what is used takes away, a correction does either."""

    IN = "in", _("masuk")
    USED = "used", _("terpakai")
    CORRECTED = "corrected", _("dikoreksi")


class KitPart(models.TextChoices):
    """What belongs to a registration desk (point 26), item by item."""

    DEVICE = "device", _("perangkat")
    SANITIZER = "sanitizer", _("penyanitasi tangan")
    PAPER = "paper", _("kertas")
    STATIONERY = "stationery", _("alat tulis")
    EMAIL_GUIDE = "email-guide", _("panduan surel berlaminasi")
    ACCOUNT_GUIDE = "account-guide", _("panduan akun berlaminasi")


class CheckState(models.TextChoices):
    """What a device's newest answer means on a day (equipment.ageing)."""

    FRESH = "fresh", _("baik")
    AGEING = "ageing", _("segera periksa lagi")
    OVERDUE = "overdue", _("lewat waktu")
    NEVER = "never", _("belum diperiksa")
    FAILED = "failed", _("bermasalah")
