"""Pages of checks: what is due in an office, by hand, and measured by the device itself."""

import os
import time

from django.conf import settings
from django.contrib import messages
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from equipment import access, measuring, operations_checks, queries
from equipment.enums import Category
from equipment.forms_checks import CheckForm, SelfTestForm
from equipment.views import crumbs_of
from offices.access import get_office
from offices.views import crumbs_to
from portal.editing import answer, hearing
from portal.features import with_camera
from portal.throttling import spend
from tenants.context import as_public

KB = 1024
MOST_DOWN, LEAST_SENT, MOST_UP = 8 * KB * KB, 32 * KB, 2 * KB * KB
CHUNK = 64 * KB


@requires("equipment.view")
@require_safe
def checks(request, office):
    """The devices of an office with their checks, those that need one first."""
    place = get_office(request.member, office)
    found = queries.devices(place, request.today)
    context = {
        "crumbs": crumbs_to(
            place, (_("Inventaris"), reverse("equipment:office_items", args=[place.pk])), (_("Pemeriksaan"), None)
        ),
        "office": place,
        "devices": found,
        "due": sum(each.is_due for each in found),
        "may_edit": request.member.may("equipment.edit", dinas=place.dinas_id),
    }
    return render(request, "equipment/checks.html", context)


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_check(request, pk):
    device = _device(request, pk)
    form = CheckForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(device, by=request.member, at=timezone.now())
            messages.success(request, _("Pemeriksaan %(name)s tersimpan.") % {"name": device.name})
            return redirect("equipment:item", device.pk)
    title = _("Periksa dengan tangan")
    context = {"crumbs": crumbs_of(device, (title, None)), "item": device, "title": title, "verb": _("Simpan pemeriksaan")}
    return answer(request, "equipment/item_change.html", form, context)


def _device(request, pk):
    """The thing to be checked; 404 where it is no device."""
    thing = access.get_item(request.member, pk, right="equipment.edit")
    if thing.category != Category.DEVICE:
        raise Http404
    return thing


# Measured by the device itself ------------------------------------------------------------------------------------------------


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@with_camera
def self_test(request, pk):
    """
    The page that a device opens to measure itself; the browser is the one that asks.

    The picture of the camera never leaves the device: only the answer of the person before it is sent.
    """
    device = _device(request, pk)
    agent = measuring.agent(request.headers)
    form = SelfTestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            _record(request, device, form, agent)
            return redirect("equipment:item", device.pk)
    context = {
        "crumbs": crumbs_of(device, (_("Uji perangkat"), None)),
        "item": device,
        "agent": agent,
        "browser": measuring.browser(agent, request.today),
        "other_kind": measuring.is_another_kind(agent, device.kind),
        "limits": {"down": measuring.LEAST_DOWN, "up": measuring.LEAST_UP, "latency": measuring.MOST_LATENCY},
        "most_down": MOST_DOWN,
        "most_up": MOST_UP,
    }
    return answer(request, "equipment/self_test.html", form, context)


def _record(request, device, form, agent) -> None:
    found = operations_checks.record(
        item=device,
        answers=form.answers(agent, request.today),
        measured=form.cleaned_data["measured"],
        on=request.today,
        by=request.member,
        at=timezone.now(),
    )
    bad = [check for check in found if not check.ok]
    words = {"name": device.name, "faults": "; ".join(f"{check.get_kind_display()}: {check.note}" for check in bad)}
    if bad:
        messages.warning(request, _("Hasil uji %(name)s tersimpan. Perlu diperbaiki: %(faults)s.") % words)
    else:
        messages.success(request, _("Hasil uji %(name)s tersimpan: semuanya baik.") % words)


def _untouched(response):
    """Neither kept nor changed on the way: what is measured is the line, not a cache."""
    response.headers["Cache-Control"] = "no-store, no-transform"
    return response


@requires("equipment.edit")
@require_safe
def pulse(request, pk):
    """The smallest answer there is: the script takes the time of several."""
    return _untouched(JsonResponse({}))


def _refused(request) -> JsonResponse | None:
    """Counts one large transfer of this person; an answer where there were too many within a minute."""
    with as_public():
        spent = spend("measuring", str(request.user.pk), now=time.time())
    if spent.used <= settings.API_RATES["measuring"]:
        return None
    return JsonResponse({"detail": _("Tunggu sebentar, lalu uji lagi.")}, status=429, headers={"Retry-After": spent.resets_in})


@requires("equipment.edit")
@require_safe
def download(request, pk):
    """So many random bytes as asked for (``besar``), at most 8 MB, twelve times a minute for each person."""
    _device(request, pk)
    if (refused := _refused(request)) is not None:
        return refused
    asked = request.GET.get("besar", "")
    size = (
        min(max(int(asked), LEAST_SENT), MOST_DOWN) if asked.isascii() and asked.isdecimal() and len(asked) < 12 else LEAST_SENT
    )
    chunks = (os.urandom(min(CHUNK, size - start)) for start in range(0, size, CHUNK))
    response = StreamingHttpResponse(chunks, content_type="application/octet-stream", headers={"Content-Length": size})
    return _untouched(response)


@requires("equipment.edit")
@require_POST
def upload(request, pk):
    """Takes up to 2 MB and throws them away; says how much has come."""
    _device(request, pk)
    if (refused := _refused(request)) is not None:
        return refused
    came = 0
    while chunk := request.read(CHUNK):
        came += len(chunk)
        if came > MOST_UP:
            return JsonResponse({"detail": _("Terlalu besar.")}, status=413)
    return _untouched(JsonResponse({"bytes": came}))
