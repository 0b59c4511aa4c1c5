"""The public page of a guide: what the QR code on a print leads to."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.policy import open_to_all
from guides import queries
from guides.enums import GuideKey

KEPT = 300


@open_to_all
@require_safe
def public(request, guide: GuideKey) -> HttpResponse:
    """
    The edition that counts. ``?edisi=3`` is the number on the print in the reader's hand: the page says whether it counts.

    Runs as ``loket_app``, which sees published editions only. May be kept for five minutes.
    """
    current = queries.current(guide)
    if current is None:
        raise Http404
    given = request.GET.get("edisi", "")
    printed = int(given) if given.isdecimal() and len(given) < 6 else None
    if printed is not None and printed > (current.number or 0):
        printed = None
    contact = queries.contact(timezone.localdate(timezone=queries.CARE_CLOCKS))
    context = {
        "guide": guide,
        "current": current,
        "printed": printed,
        "stale": printed is not None and printed != current.number,
        "contact": contact,
        "contact_hours": queries.care_hours(contact) if contact else "",
    }
    response = render(request, "guides/public.html", context)
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:20])
    response["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])  # language and theme
    patch_cache_control(response, public=True, max_age=KEPT)
    return get_conditional_response(request, etag=etag, response=response) or response
