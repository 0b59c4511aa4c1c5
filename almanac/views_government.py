"""The calendar as a government reads it: the country's days of rest and its own, for a year."""

import datetime

from django.http import Http404
from django.shortcuts import render
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from almanac import queries, sheets
from almanac.own_days import list_url, own_days

OWN = "local"


@requires("almanac.view")
@require_safe
def calendar(request, year=None):
    year = year or request.today.year
    if not sheets.in_reach(year):
        raise Http404
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    national, own = queries.public_days(first, last), {day.on: day for day in own_days(first, last)}

    def tell(on):
        if on in own:
            day = own[on]
            return sheets.Cell(on, mark=OWN, words=day.name, note=day.name, url=day.url)
        day = national.get(on)
        return sheets.Cell(on, mark=day.kind, words=day.name, note=day.name) if day else sheets.Cell(on)

    coming = [
        (on, own.get(on) or national[on], on in own) for on in sorted(national.keys() | own.keys()) if on >= request.today
    ]
    context = {
        "crumbs": [(_("Kalender"), None)],
        "year": year,
        "before": year - 1 if sheets.in_reach(year - 1) else None,
        "after": year + 1 if sheets.in_reach(year + 1) else None,
        "months": sheets.year(year, tell),
        "weekdays": list(WEEKDAYS_ABBR.values()),
        "next": coming[0] if coming else None,
        "count": len(national.keys() | own.keys()),
        "own_count": len(own),
        "provisional": any(day.provisional for day in national.values()),
        "seasons": queries.seasons(first, last),
        "filled": bool(national),
        "own_url": list_url(),
    }
    return render(request, "almanac/calendar.html", context)
