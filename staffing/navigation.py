from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(
        40,
        _("Jadwal piket"),
        "staffing:roster",
        "calendar-week",
        right="duties.view",
        pages=("staffing:month", "staffing:day", "staffing:assign", "staffing:release"),
    ),
    Entry(50, _("Petugas"), "staffing:staff_list", "users-group", right="staff.view"),
)
