from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(40, _("Jadwal piket"), "staffing:roster", "calendar-week", right="duties.view"),
    Entry(50, _("Petugas"), "staffing:staff_list", "users-group", right="staff.view"),
)
