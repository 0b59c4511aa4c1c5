"""The portal for everyone, without signing in: what Loket is, and which counter is near and open."""

import datetime

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.policy import open_to_all
from offices.hours import Opening, Span, opening
from oversight import lists, queries
from oversight.models import OfficeStatus
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
    listing = lists.counters(request, queries.counters(Days.at(now)))
    for office in listing.rows:
        hours = opening_of(office, now)
        office.opening, office.is_open = hours.sentence(office.tenant.zone_abbr), hours.is_open
    return listing.respond("oversight/counters.html", {"crumbs": [(_("Cari kantor layanan"), None)]})


def opening_of(office: OfficeStatus, at: datetime.datetime) -> Opening:
    """Whether an office is open at the moment ``at`` on its government's clocks, from the hours the roll-up keeps."""
    read = datetime.time.fromisoformat
    week = [Span(weekday, read(opens), read(closes)) for weekday, opens, closes in office.week]
    return opening(week, office.tenant.local(at), opened_on=office.opened_on, closed_on=office.closed_on)
