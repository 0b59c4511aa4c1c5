"""What a new office begins its list of supplies with, as points 7, 15, 16 and 31 of the Kemnaker procedure name it."""

from django.utils.translation import gettext_lazy as _

from equipment.enums import SupplyKind

# kind, name, unit, minimum
START_LIST = (
    (SupplyKind.PAPER, _("Kertas A4 80 gram"), _("rim"), 5),
    (SupplyKind.PEN, _("Bolpoin hitam"), _("buah"), 24),
    (SupplyKind.SCISSORS, _("Gunting"), _("buah"), 2),
    (SupplyKind.GLUE, _("Lem kertas"), _("buah"), 4),
    (SupplyKind.STATIONERY, _("Map berkas"), _("buah"), 50),
    (SupplyKind.SANITIZER, _("Penyanitasi tangan 500 ml"), _("botol"), 6),
    (SupplyKind.DISINFECTANT, _("Disinfektan 1 liter"), _("botol"), 4),
    (SupplyKind.SOAP, _("Sabun cuci tangan 450 ml"), _("botol"), 4),
    (SupplyKind.MASK, _("Masker medis isi 50"), _("kotak"), 4),
    (SupplyKind.OTHER, _("Tisu lap meja"), _("pak"), 4),
)
# Without these no service: the written test (7), stationery (15), clean hands (16).
VITAL = (SupplyKind.PAPER, SupplyKind.PEN, SupplyKind.SANITIZER)
