"""Pages of the rooms of an office and of their plans."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import requires
from offices import access, contents, operations_layout, panels, queries_layout
from offices.access_layout import get_room
from offices.arrangement import capacity
from offices.drawing import drawing
from offices.forms_layout import NEW_DEPTH, NEW_WIDTH, DeskRows, PlanForm, RoomForm, plan_differences
from offices.models import Office, Room
from offices.operations_layout import MOST_DESKS
from portal.editing import UNPROCESSABLE, VersionedForm, answer, hearing
from portal.errors import DomainError, LostUpdate
from portal.forms import faults, refuse


def _crumbs_to(office: Office, *more):
    return [
        (_("Kantor"), reverse("offices:list")),
        (office.name, reverse("offices:detail", args=[office.pk])),
        *more,
    ]


def _crumbs_in(room: Room, *more):
    office = room.office
    rooms = (_("Ruang"), reverse("offices:rooms", args=[office.pk]))
    return _crumbs_to(office, rooms, (room.name, reverse("offices:room", args=[office.pk, room.pk])), *more)


# Rooms ------------------------------------------------------------------------------------------------------------------------


@requires("layout.view")
@require_safe
def room_list(request, pk):
    office = access.get_office(request.member, pk, right="layout.view")
    states = queries_layout.states(office)
    context = {
        "crumbs": _crumbs_to(office, (_("Ruang"), None)),
        "office": office,
        "states": states,
        "desk_count": sum(len(state.desks) for state in states),
        "crowded": [(pair, state.room) for state in states for pair in state.close],
        "may_edit": request.member.may("layout.edit", dinas=office.dinas_id),
    }
    return render(request, "offices/room_list.html", context)


@requires("layout.view")
@require_safe
def room_detail(request, pk, room):
    room = get_room(request.member, room, office=pk)
    state = queries_layout.state_of(room, queries_layout.in_order(room.desks.all()))
    context = {
        "crumbs": _crumbs_to(room.office, (_("Ruang"), reverse("offices:rooms", args=[pk])), (room.name, None)),
        "office": room.office,
        "room": room,
        "state": state,
        "plan": drawing(state),
        "nearest": _nearest(state),
        "things": [content for content in contents.in_room(room) if not content.holds],
        "panels": panels.shown("room", request, room),
        "may_edit": request.member.may("layout.edit", dinas=room.office.dinas_id),
    }
    return render(request, "offices/room_detail.html", context)


def _nearest(state):
    """Each desk with the pair that it forms with its nearest neighbour, or None."""
    found = queries_layout.pairs(state.desks)
    return [
        (desk, min((pair for pair in found if desk in (pair.first, pair.second)), key=lambda each: each.distance, default=None))
        for desk in state.desks
    ]


@requires("layout.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def room_new(request, pk):
    office = access.get_office(request.member, pk, right="layout.edit")
    form = RoomForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            room = form.save(by=request.member, at=timezone.now())
            if room.width is None:
                messages.success(request, _("%(name)s tersimpan. Ukur ruangnya untuk menggambar denah.") % {"name": room.name})
                return redirect("offices:room", office.pk, room.pk)
            messages.success(request, _("%(name)s tersimpan. Berikutnya: mejanya.") % {"name": room.name})
            return redirect("offices:plan", office.pk, room.pk)
    crumbs = _crumbs_to(office, (_("Ruang"), reverse("offices:rooms", args=[pk])), (_("Tambah ruang"), None))
    return answer(request, "offices/room_form.html", form, {"crumbs": crumbs, "office": office, "room": None})


@requires("layout.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def room_edit(request, pk, room):
    room = get_room(request.member, room, office=pk, right="layout.edit")
    form = RoomForm(request.POST or None, office=room.office, room=room)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("offices:room", pk, room.pk)
    context = {"crumbs": _crumbs_in(room, (_("Ubah"), None)), "office": room.office, "room": room}
    return answer(request, "offices/room_form.html", form, context)


@requires("layout.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def room_remove(request, pk, room):
    room = get_room(request.member, room, office=pk, right="layout.edit")
    form = VersionedForm(request.POST or None, initial={"version": room.version})
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            version = form.cleaned_data["version"]
            operations_layout.remove_room(room=room, version=version, by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s dihapus.") % {"name": room.name})
            return redirect("offices:rooms", pk)
    found = contents.in_room(room)
    context = {
        "crumbs": _crumbs_in(room, (_("Hapus"), None)),
        "office": room.office,
        "room": room,
        "desks": list(room.desks.all()),
        "things": [thing for thing in found if not thing.holds],
        "past": [thing for thing in found if thing.holds],
    }
    return answer(request, "offices/room_remove.html", form, context)


# The plan ---------------------------------------------------------------------------------------------------------------------


@requires("layout.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, pk, room):
    """The plan and the table below it are one form: what is dragged lands in the table, what is typed on the drawing."""
    room = get_room(request.member, room, office=pk, right="layout.edit")
    floor = queries_layout.floor(room)
    if floor is None:
        messages.info(request, _("Isi dahulu lebar dan panjang ruang ini, agar denahnya dapat digambar."))
        return redirect("offices:room_edit", pk, room.pk)
    saved = DeskRows.of(queries_layout.in_order(room.desks.all()))
    if request.method != "POST":
        return _plan(request, room, PlanForm(initial={"version": room.version}), saved)
    typed = PlanForm(initial={"version": request.POST.get("version", "")})
    if "susun" in request.POST:
        rows, found = DeskRows.arranged(request.POST, floor)
        return _plan(request, room, typed, rows, said=_arranged(found, floor, rows))
    if (rows := DeskRows.moved(request.POST, floor)) is not None:
        return _plan(request, room, typed, rows)
    form, rows = PlanForm(request.POST), DeskRows.typed(request.POST)
    if form.is_valid() and rows.is_valid():
        version = form.cleaned_data["version"]
        try:
            operations_layout.lay_out(room=room, desks=rows.placed, version=version, by=request.member, at=timezone.now())
        except DomainError as error:
            refuse(form, error)
            if isinstance(error, LostUpdate):
                form.lost = plan_differences(error)
        else:
            messages.success(request, _("Denah %(room)s tersimpan.") % {"room": room.name})
            return redirect("offices:room", pk, room.pk)
    return _plan(request, room, form, rows, status=UNPROCESSABLE)


def _plan(request, room, form, rows, *, said="", status=200):
    state = queries_layout.state_of(room, rows.desks)
    context = {
        "crumbs": _crumbs_in(room, (_("Denah"), None)),
        "office": room.office,
        "room": room,
        "form": form,
        "faults": [*(faults(form) if form.is_bound else []), *rows.faults],
        "rows": rows,
        "state": state,
        "plan": drawing(state),
        "said": said,
        "most": MOST_DESKS,
    }
    return render(request, "offices/plan.html", context, status=status)


def _arranged(found, floor: tuple[int, int], rows: DeskRows) -> str:
    """What laying out by itself came to, in words."""
    total = len(found.places)
    size = (rows.desks[-1].width, rows.desks[-1].depth) if rows.desks else (NEW_WIDTH, NEW_DEPTH)
    fits = max(capacity(*floor, size), found.placed)
    if found.placed < total:
        text = ngettext(
            "%(placed)s dari %(total)s meja muat dengan jarak 1 m; %(left)s belum ditempatkan.",
            "%(placed)s dari %(total)s meja muat dengan jarak 1 m; %(left)s belum ditempatkan.",
            total,
        ) % {"placed": found.placed, "total": total, "left": total - found.placed}
    else:
        text = ngettext(
            "%(total)s meja ditempatkan dengan jarak 1 m.", "%(total)s meja ditempatkan dengan jarak 1 m.", total
        ) % {"total": total}
    wall = {
        100: _("Jarak ke dinding 1 m."),
        50: _("Jarak ke dinding setengah meter, karena ruangnya tidak cukup untuk 1 m."),
        0: _("Meja merapat ke dinding, karena ruangnya tidak cukup untuk jarak ke dinding."),
    }[found.margin]
    most = ngettext("Ruang ini memuat sampai %(fits)s meja.", "Ruang ini memuat sampai %(fits)s meja.", fits) % {"fits": fits}
    return f"{text} {wall if found.placed else ''} {most}".replace("  ", " ")
