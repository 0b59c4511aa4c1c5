"""The card of rooms and desks on an office's page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offices import queries_layout


def office_rooms(request, office) -> dict:
    """Two queries. Pairs under a metre and desks beyond the floor block; what is not measured or placed yet wants attention."""
    states = queries_layout.states(office)
    may_edit = request.member.may("layout.edit", dinas=office.dinas_id)
    blockers, attention = [], []
    for state in states:
        name = "offices:plan" if may_edit and state.is_measured else "offices:room"
        url = reverse(name, args=[office.pk, state.room.pk])
        blockers += [(f"{state.room.name}: {fault}", url) for fault in state.faults]
        if state.unplaced:
            count = len(state.unplaced)
            text = ngettext("%(count)s meja belum ditempatkan", "%(count)s meja belum ditempatkan", count) % {"count": count}
            attention.append((f"{state.room.name}: {text}", url))
    return {
        "office": office,
        "states": states,
        "blockers": blockers,
        "attention": attention,
        "may_edit": may_edit,
        "action": (_("Tambah ruang"), reverse("offices:room_new", args=[office.pk])) if may_edit and not states else None,
    }
