from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(
    Entry(57, _("Kalender"), "almanac:calendar", "calendar-event", right="almanac.view"),
    Entry(40, _("Kalender"), "almanac:days", "calendar-event", right="almanac.view", mount="ministry"),
    Entry(45, _("Peramban"), "almanac:browsers", "world", right="almanac.view", mount="ministry"),
)
