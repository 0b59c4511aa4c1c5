from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(45, _("Inventaris"), "equipment:items", "device-desktop", right="equipment.view", pages=("equipment:office_items",))
)
