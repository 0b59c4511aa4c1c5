"""The portal for everyone, without signing in: what Loket is, and which counter is near and open."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.policy import open_to_all
from oversight import lists, queries
from oversight.states import Days


@open_to_all
@require_safe
def landing(request):
    """What Loket is, the way in, and the search for a counter."""
    return render(request, "oversight/landing.html")


@open_to_all
@require_safe
def counters(request):
    """Every office in service today: where, whose, and whether it is open now."""
    now = timezone.now()
    days = Days.at(now)
    listing, rests = lists.counters(request, queries.counters(days)), queries.rests(days)
    for office in listing.rows:
        hours = office.hours(rests).opening(office.tenant.local(now))
        office.opening, office.is_open = hours.sentence(office.tenant.zone_abbr), hours.is_open
    return listing.respond("oversight/counters.html", {"crumbs": [(_("Cari kantor layanan"), None)]})
