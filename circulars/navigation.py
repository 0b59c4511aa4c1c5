from django.utils.translation import gettext_lazy as _

from circulars import queries
from portal.navigation import Entry, register

register(
    Entry(
        15,
        _("Surat edaran"),
        "circulars:inbox",
        "mail",
        right="circulars.view",
        count=lambda request: queries.unread(request.tenant),
    ),
    Entry(20, _("Surat edaran"), "circulars:list", "mail", right="circulars.view", mount="ministry"),
)
