"""What is said of a stock and its forecast, in words and states: pages, prints and the command say the same."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from equipment.forecast import Forecast, Outlook
from portal.dates import digits, long_date

KINDS = {
    Outlook.OUT: "bad",
    Outlook.SOON: "warn",
    Outlook.UNDER_MINIMUM: "warn",
    Outlook.THIN: "none",
    Outlook.IDLE: "ok",
    Outlook.ENOUGH: "ok",
}


def state(told: Forecast) -> tuple[str, str]:
    """The colour and the word of a state."""
    words = {
        Outlook.OUT: pgettext("stock", "habis"),
        Outlook.SOON: pgettext("stock", "hampir habis"),
        Outlook.UNDER_MINIMUM: pgettext("stock", "di bawah minimum"),
        Outlook.THIN: pgettext("stock", "belum dapat dihitung"),
        Outlook.IDLE: pgettext("stock", "cukup"),
        Outlook.ENOUGH: pgettext("stock", "cukup"),
    }
    return KINDS[told.outlook], words[told.outlook]


def sentence(told: Forecast) -> str:
    """cukup untuk 6 hari layanan, sampai Selasa, 1 Desember 2026"""
    if told.outlook == Outlook.OUT:
        return _("Tidak ada sisa.")
    if told.days is None and not told.used and told.outlook == Outlook.IDLE:
        return _("Tidak terpakai selama 30 hari layanan terakhir.")
    if told.days is None:
        return _("Catatan pemakaian belum cukup untuk memperkirakan.")
    if told.beyond:
        return _("Cukup untuk lebih dari setahun.")
    if not told.days:
        return _("Tidak cukup untuk satu hari layanan.")
    lasts = ngettext("Cukup untuk %(days)s hari layanan", "Cukup untuk %(days)s hari layanan", told.days)
    lasts = lasts % {"days": digits(told.days)}
    return _("%(lasts)s, sampai %(day)s.") % {"lasts": lasts, "day": long_date(told.until)} if told.until else f"{lasts}."


def usage(told: Forecast) -> str:
    """What the forecast is reckoned from: 24 terpakai dalam 20 hari layanan."""
    if not told.observed:
        return ""
    text = ngettext(
        "%(used)s terpakai dalam %(days)s hari layanan terakhir",
        "%(used)s terpakai dalam %(days)s hari layanan terakhir",
        told.observed,
    )
    return text % {"used": digits(told.used), "days": digits(told.observed)}
