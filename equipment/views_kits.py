"""Pages of the kits of an office's registration desks: all on one page, worked off on a phone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import requires
from equipment import kits, operations_kits
from equipment.enums import KitPart
from offices.access import get_office
from offices.access_layout import get_desk
from offices.enums import RoomPurpose
from offices.models import Desk, Office
from portal.errors import DomainError

MOST_NAMED = 3
UNPROCESSABLE = 422


def _crumbs(office: Office, *more):
    return [(_("Kantor"), reverse("offices:list")), (office.name, reverse("offices:detail", args=[office.pk])), *more]


def summary(found: list[kits.Kit]) -> str:
    """The state of all kits in a sentence."""
    if not found:
        return _("Belum ada meja pendaftaran.")
    complete, missing = sum(kit.kind == "ok" for kit in found), sum(kit.kind == "bad" for kit in found)
    text = ngettext("%(complete)s dari %(total)s meja lengkap.", "%(complete)s dari %(total)s meja lengkap.", len(found)) % {
        "complete": complete,
        "total": len(found),
    }
    if missing:
        text += " " + ngettext("%(missing)s belum lengkap.", "%(missing)s belum lengkap.", missing) % {"missing": missing}
    unsure = len(found) - complete - missing
    if unsure:
        text += " " + ngettext("%(unsure)s perlu dilihat.", "%(unsure)s perlu dilihat.", unsure) % {"unsure": unsure}
    return text


def _context(request, office: Office, found: list[kits.Kit]) -> dict:
    return {
        "office": office,
        "kits": found,
        "summary": summary(found),
        "days": kits.AGES_AFTER.days,
        "refused": "",
        "done": "",
        "may_edit": request.member.may("equipment.edit", dinas=office.dinas_id),
    }


@requires("equipment.view")
@require_safe
def office_kits(request, office):
    office = get_office(request.member, office, right="equipment.view")
    found = kits.office_kits(office, at=timezone.now(), tenant=request.tenant)
    context = _context(request, office, found) | {"crumbs": _crumbs(office, (_("Perlengkapan meja"), None)), "one": None}
    return render(request, "equipment/kits.html", context)


def _of(request, desk: Desk) -> list[kits.Kit]:
    if desk.room.purpose != RoomPurpose.REGISTRATION:
        return []
    return kits.kits([desk], at=timezone.now(), tenant=request.tenant)


@requires("equipment.view")
@require_safe
def kit(request, office, room, desk):
    desk = get_desk(request.member, desk, room=room, right="equipment.view")
    place = get_office(request.member, office, right="equipment.view")
    if desk.room.office_id != place.pk:
        return redirect("equipment:kit", desk.room.office_id, room, desk.pk)
    crumbs = _crumbs(place, (_("Perlengkapan meja"), reverse("equipment:kits", args=[place.pk])), (desk.name, None))
    context = _context(request, place, _of(request, desk)) | {"crumbs": crumbs, "one": desk}
    return render(request, "equipment/kits.html", context)


@requires("equipment.edit")
@require_POST
def answer(request, office, room, desk):
    """One tap: a part is there, or it is not. For htmx the desk's card anew, and the sentence above the cards."""
    desk = get_desk(request.member, desk, room=room, right="equipment.edit")
    office, part, refused = desk.room.office, request.POST.get("part", ""), ""
    back = request.POST.get("back", "")
    try:
        present = {"1": True, "0": False}.get(request.POST.get("present", ""))
        if present is None:
            raise operations_kits.UnknownPart
        operations_kits.answer(desk=desk, part=part, present=present, by=request.member, at=timezone.now())
    except DomainError as error:
        refused = str(error.message)
    if not request.htmx:
        if refused:
            messages.error(request, refused)
        one = reverse("equipment:kit", args=[office.pk, desk.room_id, desk.pk])
        return redirect(one if back == "one" else f"{reverse('equipment:kits', args=[office.pk])}#meja-{desk.pk}")
    everything = [] if back == "one" else kits.office_kits(office, at=timezone.now(), tenant=request.tenant)
    shown = _of(request, desk) if back == "one" else [each for each in everything if each.desk.pk == desk.pk]
    context = _context(request, office, everything or shown) | {
        "kit": shown[0] if shown else None,
        "one": desk if back == "one" else None,
        "refused": refused,
        "done": "" if refused else _spoken(part, present, desk),
    }
    return render(request, "equipment/kits.html#answered", context, status=UNPROCESSABLE if refused else 200)


def _spoken(part: str, present: bool, desk: Desk) -> str:
    named = {"desk": desk.name, "part": KitPart(part).label}
    return _("%(desk)s: %(part)s ada.") % named if present else _("%(desk)s: %(part)s tidak ada.") % named


# The card on an office's page -------------------------------------------------------------------------------------------------


def office_card(request, office) -> dict:
    """Missing parts block, parts that nobody has said or that are to be looked at again want attention."""
    found = kits.office_kits(office, at=timezone.now(), tenant=request.tenant)
    page = reverse("equipment:kits", args=[office.pk])
    missing, unsure = [kit for kit in found if kit.kind == "bad"], [kit for kit in found if kit.kind == "warn"]
    blockers = [(kit.sentence, reverse("equipment:kit", args=[office.pk, kit.desk.room_id, kit.desk.pk])) for kit in missing]
    if len(missing) > MOST_NAMED:
        count = ngettext(
            "%(count)s meja pendaftaran belum lengkap", "%(count)s meja pendaftaran belum lengkap", len(missing)
        ) % {"count": len(missing)}
        blockers = [(count, page)]
    attention = []
    if unsure:
        count = ngettext(
            "Perlengkapan %(count)s meja perlu dilihat", "Perlengkapan %(count)s meja perlu dilihat", len(unsure)
        ) % {"count": len(unsure)}
        attention = [(count, page)]
    return {"office": office, "kits": found, "summary": summary(found), "blockers": blockers, "attention": attention}


def room_card(request, room) -> dict | None:
    """The kits of one room's desks; none in a training room."""
    if room.purpose != RoomPurpose.REGISTRATION:
        return None
    found = kits.kits(kits.registration_desks(room=room), at=timezone.now(), tenant=request.tenant)
    return {"office": room.office, "kits": found, "summary": summary(found)} if found else None
