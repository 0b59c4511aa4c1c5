"""Pages of rounds through rooms: begin, read labels on a phone, finish, look up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from equipment import access, stocktake_report
from equipment import access_stocktakes as rounds_access
from equipment import operations_stocktakes as operations
from equipment import queries_stocktakes as queries
from equipment.enums import StockTakeOutcome
from equipment.forms_stocktakes import GradeForm
from offices.access import get_office
from offices.views import crumbs_to
from portal.documents import pdf_response
from portal.editing import UNPROCESSABLE, hearing
from portal.errors import DomainError
from portal.features import with_camera

PAGE, PART = "equipment/stock_take.html", "equipment/stock_take.html#sensus"


def _may_edit(request, office) -> bool:
    return request.member.may("equipment.edit", dinas=office.dinas_id)


def _crumbs(office, *more):
    return crumbs_to(office, (_("Sensus barang"), reverse("equipment:stock_takes", args=[office.pk]) if more else None), *more)


# An office --------------------------------------------------------------------------------------------------------------------


@requires("equipment.view")
@require_safe
def stock_takes(request, office):
    """Its rooms, and which of them were counted when in a year."""
    place = get_office(request.member, office, right="equipment.view")
    years = queries.years_of(place, request.today)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else request.today.year
    rows = queries.year_of(place, year, request.tenant)
    context = {
        "crumbs": _crumbs(place),
        "office": place,
        "rows": rows,
        "counted": sum(1 for row in rows if row.rounds),
        "year": year,
        "years": years,
        "this_year": request.today.year,
        "may_edit": _may_edit(request, place),
    }
    return render(request, "equipment/stock_takes.html", context)


@requires("equipment.edit")
@require_POST
def stock_take_start(request, office, room):
    place = rounds_access.get_room(request.member, office, room, right="equipment.edit")
    begun = operations.start(room=place, by=request.member, at=timezone.now())
    return redirect("equipment:stock_take", begun.pk)


# A round ----------------------------------------------------------------------------------------------------------------------


def _line(stock_take, wanted: str):
    """The line that the page speaks of, if it is still there."""
    return next(
        (line for line in stock_take.lines.select_related("item__office", "item__room") if str(line.pk) == wanted), None
    )


def _context(request, stock_take, line=None, **said) -> dict:
    office = stock_take.room.office
    found = queries.round_of(stock_take)
    may_edit = _may_edit(request, office)
    away = line is not None and line.outcome == StockTakeOutcome.MOVED and not line.place_corrected
    open_here = stock_take.finished_at is None
    return {
        "crumbs": _crumbs(office, (stock_take.room.name, None)),
        "office": office,
        "stock_take": stock_take,
        "round": found,
        "line": line,
        "may_edit": may_edit,
        "may_correct": away and may_edit and open_here and line.item.removed_on is None,
        "grade": GradeForm(line=line) if line is not None and line.item and may_edit and open_here else None,
        "again": False,
        "done": "",
        "refused": "",
    } | said


def _answer(request, stock_take, line=None, **said):
    """After a change: the round anew for htmx, the page where something was refused, else back to the page."""
    if not request.htmx and not said.get("refused"):
        if said.get("done"):
            messages.success(request, said["done"])
        if said.get("again"):
            messages.info(request, _("Label ini sudah dibaca sebelumnya; tidak ada yang berubah."))
        where = reverse("equipment:stock_take", args=[stock_take.pk])
        return redirect(f"{where}?baris={line.pk}" if line is not None else where)
    context = _context(request, stock_take, line, **said)
    status = UNPROCESSABLE if said.get("refused") else 200
    return render(request, PART if request.htmx else PAGE, context, status=status)


@requires("equipment.view")
@require_http_methods(["GET", "HEAD", "POST"])
@with_camera
def stock_take(request, pk):
    """A round: going on, it takes labels; finished, it is a report."""
    posting = request.method == "POST"
    found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit" if posting else "equipment.view")
    if posting:
        return _read(request, found)
    if found.finished_at is not None:
        context = _context(request, found) | {"at_work": False}
        return render(request, "equipment/stock_take_report.html", context)
    context = _context(request, found, _line(found, request.GET.get("baris", "")))
    return render(request, PAGE, context)


def _read(request, found):
    try:
        reading = operations.read(stock_take=found, text=request.POST.get("text", ""), by=request.member, at=timezone.now())
    except operations.RoundFinished as error:
        return _over(request, found, error)
    except DomainError as error:
        return _answer(request, found, refused=str(error.message))
    return _answer(request, found, _line(found, str(reading.line.pk)), again=reading.again)


def _over(request, found, error):
    """Somebody has finished the round: its report says so, and a device that sends what it has kept hears it by the status."""
    if request.htmx:
        return render(request, "equipment/stock_take_over.html", {"text": error.message, "stock_take": found}, status=409)
    messages.error(request, str(error.message))
    return redirect("equipment:stock_take", found.pk)


@requires("equipment.view")
@require_safe
def stock_take_lists(request, pk):
    """The lists alone: what two people in one room see of each other's work."""
    found = rounds_access.get_stock_take(request.member, pk)
    status = 200 if found.finished_at is None else 409
    return render(request, "equipment/stock_take.html#lists", _context(request, found), status=status)


def _own_line(request, pk, line):
    found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit")
    return found, rounds_access.get_line(found, line)


@requires("equipment.edit")
@require_POST
def line_place(request, pk, line):
    """Put right where the books have what was found here; asks for the right in the office that it leaves, too."""
    found, own = _own_line(request, pk, line)
    if own.item is None:
        raise Http404
    access.get_item(request.member, own.item_id, right="equipment.edit")
    try:
        operations.correct_place(line=own, by=request.member, at=timezone.now())
    except operations.RoundFinished as error:
        return _over(request, found, error)
    except DomainError as error:
        return _answer(request, found, _line(found, str(own.pk)), refused=str(error.message))
    done = _("%(item)s sekarang tercatat di %(room)s.") % {"item": own.item, "room": found.room.name}
    return _answer(request, found, _line(found, str(own.pk)), done=done)


@requires("equipment.edit")
@require_POST
def line_condition(request, pk, line):
    found, own = _own_line(request, pk, line)
    if own.item is None:
        raise Http404
    access.get_item(request.member, own.item_id, right="equipment.edit")
    form = GradeForm(request.POST, line=own)
    if form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            grade = saved.item.get_condition_display()
            done = _("%(item)s: %(condition)s.") % {"item": own.item, "condition": grade}
            return _answer(request, found, _line(found, str(own.pk)), done=done)
    faults = "; ".join(str(error) for errors in form.errors.values() for error in errors)
    return _answer(request, found, _line(found, str(own.pk)), refused=faults, grade=form)


@requires("equipment.edit")
@require_POST
def line_withdraw(request, pk, line):
    found, own = _own_line(request, pk, line)
    try:
        operations.withdraw(line=own, by=request.member, at=timezone.now())
    except operations.RoundFinished as error:
        return _over(request, found, error)
    return _answer(request, found, done=_("Catatan label %(label)s dihapus.") % {"label": own.label})


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def stock_take_finish(request, pk):
    """What is still missing, before it is closed."""
    found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit")
    if request.method == "POST":
        operations.finish(stock_take=found, by=request.member, at=timezone.now())
        messages.success(request, _("Sensus %(room)s selesai.") % {"room": found.room.name})
        return redirect("equipment:stock_take", found.pk)
    if found.finished_at is not None:
        return redirect("equipment:stock_take", found.pk)
    here = reverse("equipment:stock_take", args=[found.pk])
    context = _context(request, found)
    context["crumbs"] = _crumbs(found.room.office, (found.room.name, here), (_("Selesaikan"), None))
    return render(request, "equipment/stock_take_finish.html", context)


@requires("equipment.edit")
@require_POST
def stock_take_abandon(request, pk):
    found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit")
    try:
        operations.abandon(stock_take=found, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("equipment:stock_take", found.pk)
    messages.success(request, _("Sensus %(room)s dibatalkan.") % {"room": found.room.name})
    return redirect("equipment:stock_takes", found.room.office_id)


@requires("equipment.view")
@require_safe
def stock_take_pdf(request, pk):
    found = rounds_access.get_stock_take(request.member, pk)
    content = stocktake_report.pdf(found, tenant=request.tenant, at=timezone.now())
    return pdf_response(content, stocktake_report.file_name(found))
