"""
Writes of rooms, desks and floor plans. Rights are asked by who calls (access); these keep the rules.

A room's row is the lock of its plan: its ``version`` covers the room's facts and all its desks.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.members import Member
from offices import contents, events
from offices.contents import Content
from offices.models import Desk, Office, Room
from portal.errors import DomainError, check_version, explain_integrity

MOST_NAMED = 4
MOST_DESKS = 100


class RoomNameTaken(DomainError):
    message = _("Kantor ini sudah punya ruang dengan nama itu. Tambahkan pembedanya, misalnya lantai atau nomor.")
    field = "name"
    status = 409
    code = "room-name-taken"


class RoomPurposeMissing(DomainError):
    message = _("Ruang dipakai untuk pendaftaran atau untuk pelatihan; pilih salah satu, tidak keduanya.")
    field = "purpose"
    code = "room-purpose-missing"


class RoomFloorWrong(DomainError):
    message = _("Tulis lebar dan panjang ruang keduanya, antara 1 dan 100 meter; atau kosongkan keduanya.")
    field = "width"
    code = "room-floor-wrong"


class RoomPurposeHeld(DomainError):
    message = _(
        "Masih ada perangkat %(purpose)s di ruang ini: %(things)s. Pindahkan dahulu perangkat itu ke ruang lain, lalu ubah"
        " kegunaan ruang ini."
    )
    field = "purpose"
    status = 409
    code = "room-purpose-held"


class DevicesStandHere(RoomPurposeHeld):
    """The same from the database: somebody put a device there in the same moment."""

    message = _("Perangkat dengan kegunaan lain baru saja ditempatkan di ruang ini. Muat ulang halaman, lalu pindahkan dahulu.")


class RoomInUse(DomainError):
    message = _("%(room)s belum kosong: %(things)s. Pindahkan dahulu ke ruang lain.")
    status = 409
    code = "room-in-use"


class RoomHasPast(DomainError):
    message = _("%(room)s tidak dapat dihapus karena riwayatnya: %(things)s. Ubah saja nama atau kegunaannya.")
    status = 409
    code = "room-has-past"


class DeskInUse(DomainError):
    message = _("Masih ada barang di %(desks)s: %(things)s. Pindahkan dahulu, lalu hapus mejanya.")
    status = 409
    code = "desk-in-use"


class StillReferred(DomainError):
    message = _("Masih ada catatan yang menunjuk ke sini, sehingga tidak dapat dihapus. Ubah saja namanya.")
    status = 409
    code = "still-referred"


class DeskNameTaken(DomainError):
    message = _("Dua meja di satu ruang tidak boleh bernama sama: %(name)s.")
    field = "name"
    status = 409
    code = "desk-name-taken"


class DeskNameHeld(DeskNameTaken):
    message = _("Sudah ada meja dengan nama itu di ruang ini.")


class DeskSizeWrong(DomainError):
    message = _("Lebar dan panjang meja antara 20 dan 500 cm.")
    field = "width"
    code = "desk-size-wrong"


class DeskPlaceWrong(DomainError):
    message = _("Letak meja ditulis lengkap (dari kiri dan dari atas, 0 sampai 10.000 cm), atau dikosongkan keduanya.")
    field = "x"
    code = "desk-place-wrong"


class UnknownDesk(DomainError):
    message = _("Salah satu meja sudah tidak ada di ruang ini. Muat ulang halaman, lalu susun lagi.")
    status = 409
    code = "unknown-desk"


class TooManyDesks(DomainError):
    message = _("Satu ruang menampung paling banyak %(most)s meja di sini.")
    code = "too-many-desks"


ROOM_REASONS = {
    "offices_room_name_once": RoomNameTaken,
    "offices_room_purpose": RoomPurposeMissing,
    "offices_room_floor": RoomFloorWrong,
    "equipment_item_room_of_purpose": DevicesStandHere,
}
DESK_REASONS = {
    "offices_desk_size": DeskSizeWrong,
    "offices_desk_position": DeskPlaceWrong,
    "offices_desk_name_once": DeskNameHeld,
}


@dataclass(frozen=True)
class Placed:
    """A desk as a plan has it: ``id`` of one that exists, None for a new one; ``x`` and ``y`` both or neither."""

    name: str
    x: int | None = None
    y: int | None = None
    width: int = 120
    depth: int = 60
    id: uuid.UUID | None = None

    @property
    def facts(self) -> dict:
        return {"name": self.name, "x": self.x, "y": self.y, "width": self.width, "depth": self.depth}


def _named(things: Sequence[Content]) -> str:
    text = ", ".join(thing.name for thing in things[:MOST_NAMED])
    rest = len(things) - MOST_NAMED
    if rest <= 0:
        return text
    more = ngettext("%(things)s dan %(count)s lainnya", "%(things)s dan %(count)s lainnya", rest)
    return more % {"things": text, "count": rest}


def _locked(room: Room) -> Room:
    """The room as it stands now, and its desks with it, ours until the transaction ends."""
    return Room.objects.select_for_update().select_related("office").get(pk=room.pk)


def _floor(width: int | None, depth: int | None) -> None:
    if (width is None) != (depth is None):
        raise RoomFloorWrong(field="width" if width is None else "depth")


# Rooms ------------------------------------------------------------------------------------------------------------------------


def add_room(*, office: Office, by: Member, at: datetime.datetime, **facts) -> Room:
    """Record a room of an office. ``facts``: name, purpose (RoomPurpose), width and depth in cm (both or neither), note."""
    _floor(facts["width"], facts["depth"])
    with transaction.atomic():
        with explain_integrity(ROOM_REASONS):
            room = Room.objects.create(office=office, **facts)
        events.office_changed(tenant=by.tenant, office_id=office.pk, at=at)
        return room


def edit_room(*, room: Room, version: int | None, by: Member, at: datetime.datetime, **facts) -> Room:
    """
    Change the facts of a room (see ``add_room``).

    Another purpose is refused while devices of the old one stand in it (RoomPurposeHeld names them). A floor that has become
    too small for a desk is taken: the plan shows it.
    """
    _floor(facts["width"], facts["depth"])
    with transaction.atomic():
        row = _locked(room)
        check_version(row, version, facts)
        if all(getattr(row, name) == value for name, value in facts.items()):
            return row
        held = [thing for thing in contents.in_room(row) if thing.purpose and thing.purpose != facts["purpose"]]
        if facts["purpose"] != row.purpose and held:
            raise RoomPurposeHeld(purpose=row.get_purpose_display(), things=_named(held))
        for name, value in facts.items():
            setattr(row, name, value)
        row.version += 1
        with explain_integrity(ROOM_REASONS):
            row.save()
        events.office_changed(tenant=by.tenant, office_id=row.office_id, at=at)
        return row


def remove_room(*, room: Room, version: int | None, by: Member, at: datetime.datetime) -> None:
    """Remove a room in which nothing stands, desks included; RoomInUse and RoomHasPast say what is in the way."""
    with transaction.atomic():
        row = _locked(room)
        check_version(row, version, {})
        found = contents.in_room(row)
        desks = [Content(desk.name, "", row.pk) for desk in row.desks.order_by("name")]
        standing = desks + [thing for thing in found if not thing.holds]
        if standing:
            raise RoomInUse(room=row.name, things=_named(standing))
        if found:
            raise RoomHasPast(room=row.name, things=_named(found))
        _delete(Room.objects.filter(pk=row.pk))
        events.office_changed(tenant=by.tenant, office_id=row.office_id, at=at)


def _delete(rows) -> None:
    """Delete what has been found empty. Nothing can arrive in between: a foreign key waits for the lock on the room."""
    try:
        rows.delete()
    except ProtectedError as error:
        raise StillReferred from error


# Desks and plan ---------------------------------------------------------------------------------------------------------------


def lay_out(*, room: Room, desks: Iterable[Placed], version: int | None, by: Member, at: datetime.datetime) -> Room:
    """
    Make ``desks`` all the desks of a room, each where it says: one save for the whole plan.

    Desks that are not named go, unless something stands on them (DeskInUse). Desks too near to each other, or beyond the floor,
    are taken as they are: a plan may be drawn in steps, and what is wrong with it is shown on it and above.
    """
    wanted = list(desks)
    _check(wanted)
    with transaction.atomic():
        row = _locked(room)
        present = {desk.pk: desk for desk in row.desks.all()}
        check_version(row, version, {"desks": wanted})
        if any(placed.id is not None and placed.id not in present for placed in wanted):
            raise UnknownDesk
        kept = {placed.id for placed in wanted}
        gone = [desk for pk, desk in present.items() if pk not in kept]
        changed = [
            (present[placed.id], placed)
            for placed in wanted
            if placed.id is not None and any(getattr(present[placed.id], name) != value for name, value in placed.facts.items())
        ]
        new = [placed for placed in wanted if placed.id is None]
        if not (gone or changed or new):
            return row
        _clear_off(gone)
        _put_down(row, changed, new)
        row.version += 1
        row.save(update_fields=["version"])
        events.office_changed(tenant=by.tenant, office_id=row.office_id, at=at)
        return row


def _check(wanted: list[Placed]) -> None:
    if len(wanted) > MOST_DESKS:
        raise TooManyDesks(most=MOST_DESKS)
    seen = set()
    for placed in wanted:
        if placed.name in seen:
            raise DeskNameTaken(name=placed.name)
        if (placed.x is None) != (placed.y is None):
            raise DeskPlaceWrong
        seen.add(placed.name)


def _clear_off(gone: list[Desk]) -> None:
    standing = contents.on_desks(gone)
    if standing:
        names = {desk.pk: desk.name for desk in gone}
        held = sorted({names[thing.desk_id] for thing in standing if thing.desk_id in names})
        raise DeskInUse(desks=", ".join(held), things=_named(standing))
    if gone:
        _delete(Desk.objects.filter(pk__in=[desk.pk for desk in gone]))


def _put_down(room: Room, changed: list[tuple[Desk, Placed]], new: list[Placed]) -> None:
    with explain_integrity(DESK_REASONS):
        # Names that are handed on from one desk to another would meet for a moment.
        taken = {desk.name for desk, placed in changed if desk.name != placed.name}
        for desk, placed in changed:
            if placed.name in taken and placed.name != desk.name:
                Desk.objects.filter(pk=desk.pk).update(name=str(desk.pk))
        for desk, placed in changed:
            for name, value in placed.facts.items():
                setattr(desk, name, value)
            desk.version += 1
            desk.save()
        Desk.objects.bulk_create(Desk(room=room, **placed.facts) for placed in new)


def add_desk(*, room: Room, placed: Placed, by: Member, at: datetime.datetime) -> Desk:
    """Put one more desk into a room, with or without a place on the plan."""
    with transaction.atomic():
        row = _locked(room)
        present = [Placed(desk.name, desk.x, desk.y, desk.width, desk.depth, desk.pk) for desk in row.desks.all()]
        lay_out(room=row, desks=[*present, placed], version=None, by=by, at=at)
        return row.desks.get(name=placed.name)
