from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

SUPPLY_PAGES = ("equipment:supplies", "equipment:supplies_day", "equipment:supplies_count", "equipment:supply_new")

register(
    Entry(45, _("Inventaris"), "equipment:items", "device-desktop", right="equipment.view", pages=("equipment:office_items",)),
    Entry(46, _("Persediaan"), "equipment:all_supplies", "clipboard-list", right="supplies.view", pages=SUPPLY_PAGES),
)
