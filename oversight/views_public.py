"""
The portal for everyone, without signing in: which counter is near, when it serves, how to reach it.

These pages are the same for all who read them in one language, so that browsers and caches on the way may keep them.
"""

import datetime
import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.policy import open_to_all
from offices import hours
from offices.coordinates import LATITUDES, LONGITUDES
from offices.models import OfficePhoto
from oversight import lists, public, queries
from oversight.states import Days
from portal import telephones
from tenants import directory
from tenants.context import mounted

KEPT = 60  # seconds: "open until" may be a minute late
PLACES_KEPT = 3600
PHOTO_KEPT = 31_536_000
# As JSON inside a page: nothing in it can end the element it stands in.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def kept(request: HttpRequest, response: HttpResponse, seconds: int = KEPT) -> HttpResponse:
    """Let browsers and caches on the way keep an answer; 304 for whoever has it."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:24])
    response["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])  # language and theme
    patch_cache_control(response, public=True, max_age=seconds)
    return get_conditional_response(request, etag=etag, response=response) or response


@open_to_all
@require_safe
def landing(request):
    """The search for a counter, what Loket is, the way in."""
    return kept(request, render(request, "oversight/landing.html", {"provinces": lists.provinces()}))


@open_to_all
@require_safe
def counters(request):
    """Every office in service today: where, whose, and whether it is open now."""
    now = timezone.now()
    days = Days.at(now)
    listing, rests = lists.counters(request, queries.counters(days)), queries.rests(days)
    for office in listing.rows:
        opening = office.hours(rests).opening(office.tenant.local(now))
        office.opening, office.is_open = opening.sentence(office.tenant.zone_abbr), opening.is_open
        office.call = telephones.dial(office.phone) or telephones.chat(office.whatsapp)
    return kept(request, listing.respond("oversight/counters.html", {"crumbs": [(_("Cari kantor layanan"), None)]}))


def _degrees(text: str, bounds) -> float:
    value = float(text)
    if not float(bounds[0]) <= value <= float(bounds[1]):
        raise Http404
    return value


@open_to_all
@require_safe
def places(request, latitude: str, longitude: str):
    """
    The counters around a place, as JSON: the device measures the distances itself and tells nobody where it is.

    The address carries the place rounded to a tenth of a degree (eleven kilometres), the same for everybody there.
    """
    now = timezone.now()
    days = Days.at(now)
    rests = queries.rests(days)
    found = public.around(_degrees(latitude, LATITUDES), _degrees(longitude, LONGITUDES), days)
    counters = [_place(office, office.hours(rests), now) for office in found]
    return kept(request, JsonResponse({"counters": counters}))


def _place(office, timetable, now: datetime.datetime) -> dict:
    opening = timetable.opening(office.tenant.local(now))
    return {
        "name": office.name,
        "government": office.tenant.name,
        "address": office.address,
        "url": reverse("oversight:counter", args=[office.tenant.slug, office.office_id]),
        "at": [float(office.latitude), float(office.longitude)],
        "open": opening.is_open,
        "opening": opening.sentence(office.tenant.zone_abbr),
    }


@open_to_all
@require_safe
def counter(request, government: str, pk):
    """One counter: open now or when, its hours with all that is apart, the way there, what to bring."""
    office, now = public.get_counter(government, pk), timezone.now()
    local = office.tenant.local(now)
    today = local.date()
    timetable = office.hours(queries.rests(Days.at(now)))
    opening = timetable.opening(local)
    regular = next((period for period in timetable.periods if not period.seasonal and period.holds_on(today)), None)
    photo = reverse("oversight:photo", args=[government, pk, office.photo]) if office.photo else ""
    url = request.build_absolute_uri(request.path)
    data = public.linked_data(office, timetable, today, url=url, photo=request.build_absolute_uri(photo) if photo else "")
    context = {
        "office": office,
        "opening": opening,
        "sentence": opening.sentence(office.tenant.zone_abbr),
        "today": timetable.day(today),
        "closed": office.closed_on is not None and office.closed_on <= today,
        "week": hours.grouped(regular.week) if regular else [],
        "seasons": [(period, hours.grouped(period.week)) for period in public.seasons(timetable, today)],
        "days_apart": public.days_apart(timetable, today),
        "maps": public.map_links(office),
        "photo": photo,
        "printed": public.print_in_hand(request.GET.get("cetakan", "")[:20], office, timetable, today),
        "call": telephones.dial(office.phone),
        "chat": telephones.chat(office.whatsapp),
        "linked_data": mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES)),  # noqa: S308 - escaped above
        "crumbs": [(_("Cari kantor layanan"), reverse("oversight:counters")), (office.name, None)],
    }
    return kept(request, render(request, "oversight/counter.html", context))


@open_to_all
@require_safe
def photo(request, government: str, pk, digest: str):
    """The photograph of a counter; its address changes with it."""
    tenant = directory.find(government)
    if tenant is None or tenant.is_ministry:
        raise Http404
    with mounted(tenant):
        found = OfficePhoto.objects.filter(office=pk, sha256=digest).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=PHOTO_KEPT, immutable=True)
    return response
