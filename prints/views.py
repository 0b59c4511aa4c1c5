"""The page of an office's prints: what must hang where, one file with all that is missing, and one tap when it hangs."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import requires
from offices.access import get_office
from offices.models import Office
from portal.error_pages import too_many
from portal.errors import DomainError
from prints import access, operations, printing, queries
from prints.queries import Board

SHEET = "lembar"


def _crumbs(office: Office) -> list:
    to_office = reverse("offices:detail", args=[office.pk])
    return [(_("Kantor"), reverse("offices:list")), (office.name, to_office), (_("Cetakan"), None)]


@requires("prints.view")
@require_safe
def prints(request, pk: uuid.UUID) -> HttpResponse:
    """Every place of the office with its prints, in walking order."""
    office = get_office(request.member, pk, right="prints.view")
    board = queries.board(office, request.today)
    context = {
        "office": office,
        "board": board,
        "places": _places(board),
        "due_guides": any(each.slot.is_guide for each in board.due),
        "offered": [each for each in board.standings if each.state == "none"],
        "may_post": request.member.may("prints.post", dinas=office.dinas_id),
        "may_lay_out": request.member.may("layout.edit", dinas=office.dinas_id),
        "has_rooms": any(standing.slot.place.room for standing in board.standings),
        "crumbs": _crumbs(office),
    }
    return render(request, "prints/prints.html", context)


def _places(board: Board) -> list[dict]:
    """What must hang, or hangs, by place; what is only offered stands by itself."""
    found: dict = {}
    for standing in board.standings:
        if standing.state == "none":
            continue
        place = standing.slot.place
        found.setdefault(place.key, {"place": place, "standings": []})["standings"].append(standing)
    return list(found.values())


@requires("prints.view")
@require_safe
def pdf(request, pk: uuid.UUID) -> HttpResponse:
    """The prints named by ``lembar``, else all that are missing or out of date, as one file in walking order."""
    office = get_office(request.member, pk, right="prints.view")
    board = queries.board(office, request.today)
    asked = request.GET.getlist(SHEET)
    chosen = [each for each in board.of(asked) if each.edition] if asked else board.due
    if not chosen and asked:
        raise Http404
    if not chosen:
        messages.info(request, _("Tidak ada yang perlu dicetak: semua yang wajib sudah terpasang dan masih berlaku."))
        return redirect("prints:prints", pk)
    spent = printing.spend_one(f"user:{request.user.pk}")
    if spent.used > spent.limit:
        response = too_many(request)
        response["Retry-After"] = str(spent.resets_in)
        return response
    return printing.response(request, chosen, request.tenant, at=timezone.now())


@requires("prints.post")
@require_POST
def post(request, pk: uuid.UUID) -> HttpResponse:
    """
    ``lembar`` hang now. With ``semua`` it is all that is missing or out of date. ``edisi`` are the codes the page showed, in
    the order of ``lembar``.
    """
    office = get_office(request.member, pk, right="prints.post")
    sheets, codes = request.POST.getlist(SHEET), request.POST.getlist("edisi")
    try:
        posted = operations.post(
            office=office,
            sheets=sheets,
            printed=dict(zip(sheets, codes, strict=False)),
            laminated="laminasi" in request.POST,
            by=request.member,
            at=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("prints:prints", pk)
    text = ngettext("%(count)s cetakan tercatat terpasang.", "%(count)s cetakan tercatat terpasang.", len(posted))
    messages.success(request, text % {"count": len(posted)})
    return redirect(_back(request, pk))


@requires("prints.post")
@require_POST
def take_down(request, pk: uuid.UUID, posting: uuid.UUID) -> HttpResponse:
    office = get_office(request.member, pk, right="prints.post")
    try:
        operations.take_down(posting=access.get_posting(office, posting), by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Cetakan tercatat diturunkan."))
    return redirect(_back(request, pk))


def _back(request, pk: uuid.UUID) -> str:
    """To the place on the page where the button was pressed."""
    place = request.POST.get("tempat", "")
    anchor = f"#tempat-{place}" if place and all(sign.isalnum() or sign == "-" for sign in place[:40]) else ""
    return reverse("prints:prints", args=[pk]) + anchor[:48]
