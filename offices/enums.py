from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """The five sectors that point 1 of SE 560/2821/SJ names; a dinas holds one or several."""

    MANPOWER = "manpower", _("ketenagakerjaan")
    TRADE = "trade", _("perdagangan")
    INDUSTRY = "industry", _("perindustrian")
    TOURISM = "tourism", _("pariwisata")
    COOPERATIVES = "cooperatives", _("koperasi dan UKM")


class OfficeKind(models.TextChoices):
    COUNTER = "counter", _("loket")
    MOBILE = "mobile", _("loket keliling")
    PHONE = "phone", _("layanan telepon atau WhatsApp")


class OfficeState(models.TextChoices):
    """What an office is on a day; follows from its dates (Office.state_on)."""

    COMING = "coming", _("belum mulai")
    SERVING = "serving", _("aktif")
    CLOSED = "closed", _("ditutup")


class HeadStanding(models.TextChoices):
    """In what standing somebody leads a dinas."""

    DEFINITIVE = "definitive", _("kepala")
    PLT = "plt", _("Plt. kepala")
    PLH = "plh", _("Plh. kepala")


class ScheduleKind(models.TextChoices):
    REGULAR = "regular", _("jadwal biasa")
    SEASONAL = "seasonal", _("jadwal musiman")


class RoomPurpose(models.TextChoices):
    """A room has one (points 13 and 21 of the Kemnaker procedure)."""

    REGISTRATION = "registration", _("pendaftaran")
    TRAINING = "training", _("pelatihan")


class Weekday(models.IntegerChoices):
    """ISO weekdays."""

    MONDAY = 1, _("Senin")
    TUESDAY = 2, _("Selasa")
    WEDNESDAY = 3, _("Rabu")
    THURSDAY = 4, _("Kamis")
    FRIDAY = 5, _("Jumat")
    SATURDAY = 6, _("Sabtu")
    SUNDAY = 7, _("Minggu")
