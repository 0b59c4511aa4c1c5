"""
Writes of rounds through rooms.

A round is held by the lock of its row: two people who read at once are taken one after the other, and whoever reads what the
other has read already hears so. What was expected is frozen when it begins; a finished round never changes (trigger).
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment import labelling
from equipment import operations as inventory
from equipment.enums import StockTakeOutcome
from equipment.models import Item, StockTake, StockTakeLine
from offices.models import Room
from portal.dates import plain_date
from portal.errors import DomainError
from tenants.models import Tenant

LONGEST = 40
STICKER = "/inventaris/label/"


class RoundFinished(DomainError):
    message = _("Sensus ruang ini sudah selesai dan tidak dapat diubah. Mulai sensus baru jika masih ada yang perlu dihitung.")
    status = 409
    code = "round-finished"


class NothingRead(DomainError):
    message = _("Pindai atau ketik label barang dahulu.")
    field = "text"
    code = "nothing-read"


class RoundNotEmpty(DomainError):
    message = _("Sudah ada label yang dibaca dalam sensus ini, jadi tidak dapat dibatalkan. Selesaikan saja.")
    status = 409
    code = "round-not-empty"


class PlaceAlreadyRight(DomainError):
    message = _("Tempat barang ini tidak perlu dibetulkan.")
    status = 409
    code = "place-already-right"


class NoSuchThing(DomainError):
    message = _("Label ini tidak dikenal, jadi tidak ada barang yang dapat dinilai kondisinya.")
    status = 409
    code = "no-such-thing"


@dataclass(frozen=True)
class Reading:
    """``again``: the label had been read in this round before, and nothing changed."""

    line: StockTakeLine
    again: bool


def start(*, room: Room, by: Member, at: datetime.datetime) -> StockTake:
    """
    Begin a round through ``room`` with what stands there by the books; where one is going on already, join it.
    """
    with transaction.atomic():
        Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        going_on = StockTake.objects.filter(room=room, finished_at=None).first()
        if going_on is not None:
            return going_on
        expected = list(Item.objects.kept().filter(room=room).order_by("pk").values_list("pk", flat=True))
        return StockTake.objects.create(room=room, expected=expected, started_at=at, started_by_name=by.name)


def understood(text: str, tenant: Tenant) -> str:
    """
    The label in what was scanned or typed, as it is kept; for what is none of ours, the text itself, without blanks around it.

    A sticker of another government leads to that one's address, and is none of ours whatever its label.
    """
    text = " ".join(text.replace("\x00", "").split())
    before, found, _label = text.partition(STICKER)
    if found and before.rstrip("/").rpartition("/")[2] != tenant.slug:
        return text[-LONGEST:]
    return labelling.read(text) or text.upper()[-LONGEST:]


def _open(stock_take: StockTake) -> StockTake:
    row = StockTake.objects.select_for_update(no_key=True, of=("self",)).select_related("room__office").get(pk=stock_take.pk)
    if row.finished_at is not None:
        raise RoundFinished
    return row


def place_name(item: Item) -> str:
    """Where the books have a thing, in words that hold when it has moved on."""
    if item.removed_on is not None:
        return str(_("dihapus dari inventaris %(day)s") % {"day": plain_date(item.removed_on)})
    if item.room is None:
        return str(_("%(office)s, tanpa ruang") % {"office": item.office.name})
    return f"{item.room.name}, {item.office.name}"


def read(*, stock_take: StockTake, text: str, by: Member, at: datetime.datetime) -> Reading:
    """
    Write down a label that was scanned or typed.

    What stands in this room by the books is confirmed; what belongs elsewhere is noted with its place (``correct_place`` puts
    it right); what nobody knows is noted as unknown. Read again, nothing changes. Raises RoundFinished, NothingRead.
    """
    label = understood(text, by.tenant)
    if not label:
        raise NothingRead
    with transaction.atomic():
        row = _open(stock_take)
        known = row.lines.select_related("item").filter(label=label).first()
        if known is not None:
            return Reading(known, again=True)
        item = Item.objects.select_related("room", "office").filter(label=label).first()
        here = item is not None and item.removed_on is None and item.room_id == row.room_id
        outcome = StockTakeOutcome.UNKNOWN if item is None else StockTakeOutcome.CONFIRMED if here else StockTakeOutcome.MOVED
        line = StockTakeLine.objects.create(
            stock_take=row,
            label=label,
            item=item,
            outcome=outcome,
            came_from_name="" if item is None or here else place_name(item),
            read_at=at,
            read_by_name=by.name,
        )
        return Reading(line, again=False)


def correct_place(*, line: StockTakeLine, by: Member, at: datetime.datetime) -> StockTakeLine:
    """
    Put what was found here into this room by the books too. Whoever calls has asked for the right in both offices.

    Raises what ``equipment.operations.move`` raises: a device of the other purpose stays where it is by the books.
    """
    with transaction.atomic():
        row = _open(line.stock_take)
        own = row.lines.select_related("item").get(pk=line.pk)
        if own.place_corrected:
            return own
        if own.outcome != StockTakeOutcome.MOVED or own.item is None:
            raise PlaceAlreadyRight
        inventory.move(item=own.item, room=row.room, by=by, at=at, reason=_found_here(row, by, at))
        own.place_corrected = True
        own.save(update_fields=["place_corrected"])
        return own


def _found_here(row: StockTake, by: Member, at: datetime.datetime) -> str:
    return str(_("Ditemukan di %(room)s pada sensus %(day)s") % {"room": row.room.name, "day": plain_date(by.tenant.today(at))})


def grade(*, line: StockTakeLine, condition: str, reason: str, by: Member, at: datetime.datetime) -> StockTakeLine:
    """Grade a thing as it is seen in the round; see ``equipment.operations.set_condition``."""
    with transaction.atomic():
        row = _open(line.stock_take)
        own = row.lines.select_related("item").get(pk=line.pk)
        if own.item is None:
            raise NoSuchThing
        inventory.set_condition(items=[own.item], condition=condition, on=by.tenant.today(at), reason=reason, by=by, at=at)
        own.item.refresh_from_db()
        return own


def withdraw(*, line: StockTakeLine, by: Member, at: datetime.datetime) -> None:
    """Take back a label that was read by mistake. A place that was put right in the meantime stays so."""
    with transaction.atomic():
        _open(line.stock_take).lines.filter(pk=line.pk).delete()


def finish(*, stock_take: StockTake, by: Member, at: datetime.datetime) -> StockTake:
    """Close the round; from here on it is a record. Finished already, it stays as it was."""
    with transaction.atomic():
        try:
            row = _open(stock_take)
        except RoundFinished:
            return StockTake.objects.get(pk=stock_take.pk)
        row.finished_at, row.finished_by_name = at, by.name
        row.save(update_fields=["finished_at", "finished_by_name"])
        return row


def abandon(*, stock_take: StockTake, by: Member, at: datetime.datetime) -> None:
    """Undo a round that was begun by mistake, as long as nothing was read in it."""
    with transaction.atomic():
        row = _open(stock_take)
        if row.lines.exists():
            raise RoundNotEmpty
        row.delete()
