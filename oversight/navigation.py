from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(10, _("Beranda"), "oversight:home", "home", right="home.view"),
    Entry(20, _("Kabupaten/kota"), "oversight:districts", "map", right="districts.view", mount="province"),
    Entry(10, _("Beranda"), "oversight:nation", "home", right="nation.view", mount="ministry"),
    Entry(30, _("Wilayah"), "oversight:governments", "map", right="nation.view", mount="ministry"),
    Entry(40, _("Kantor"), "oversight:offices", "building-store", right="nation.view", mount="ministry"),
    Entry(90, _("Sistem"), "oversight:system", "settings", right="system.view", mount="ministry"),
)
