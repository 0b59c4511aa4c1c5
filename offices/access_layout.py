"""Who may get which room and desk: who sees the office sees them, who has the right for its dinas changes them."""

import uuid

from django.http import Http404

from accounts.members import Member
from offices.access import check_dinas
from offices.models import Desk, Room


def get_room(member: Member, pk: uuid.UUID, *, office: uuid.UUID | None = None, right: str = "layout.view") -> Room:
    """The room with its office and dinas; Http404 where there is none such, PermissionDenied for another dinas's role."""
    found = Room.objects.select_related("office__dinas").filter(pk=pk)
    room = (found if office is None else found.filter(office=office)).first()
    if room is None:
        raise Http404
    check_dinas(member, room.office.dinas, right)
    return room


def get_desk(member: Member, pk: uuid.UUID, *, room: uuid.UUID | None = None, right: str = "layout.view") -> Desk:
    """The desk with its room, office and dinas; as ``get_room``."""
    found = Desk.objects.select_related("room__office__dinas").filter(pk=pk)
    desk = (found if room is None else found.filter(room=room)).first()
    if desk is None:
        raise Http404
    check_dinas(member, desk.room.office.dinas, right)
    return desk
