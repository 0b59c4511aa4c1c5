from django.utils.translation import gettext_lazy as _

from portal.navigation import Entry, register

register(Entry(60, _("Panduan"), "guides:list", "file-text", right="guides.view", mount="ministry"))
