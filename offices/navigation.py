from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(30, _("Kantor"), "offices:list", "building-store", right="offices.view"),
    Entry(55, _("Dinas"), "offices:dinas_list", "building", right="dinas.view"),
)
