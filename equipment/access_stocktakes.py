"""Who may get which round: everybody of a government sees all, a dinas holds those in the rooms of its offices."""

import uuid

from django.http import Http404

from accounts.members import Member
from equipment.models import StockTake, StockTakeLine
from offices.access import check_dinas
from offices.models import Room


def get_room(member: Member, office: uuid.UUID, pk: uuid.UUID, *, right: str = "equipment.view") -> Room:
    """A room of an office; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    room = Room.objects.select_related("office__dinas").filter(pk=pk, office=office).first()
    return _allowed(member, room, right)


def get_any_room(member: Member, pk: uuid.UUID, *, right: str = "equipment.view") -> Room:
    return _allowed(member, Room.objects.select_related("office__dinas").filter(pk=pk).first(), right)


def _allowed(member: Member, room: Room | None, right: str) -> Room:
    if room is None:
        raise Http404
    check_dinas(member, room.office.dinas, right)
    return room


def get_stock_take(member: Member, pk: uuid.UUID, *, right: str = "equipment.view") -> StockTake:
    """The round with its room and office."""
    found = StockTake.objects.select_related("room__office__dinas").filter(pk=pk).first()
    if found is None:
        raise Http404
    check_dinas(member, found.room.office.dinas, right)
    return found


def get_line(stock_take: StockTake, pk: uuid.UUID) -> StockTakeLine:
    """A line of a round that the member has already got; Http404 where somebody has taken it out."""
    line = stock_take.lines.select_related("item__office__dinas").filter(pk=pk).first()
    if line is None:
        raise Http404
    return line
