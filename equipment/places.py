"""Where a thing may stand: the rules that the database holds by its composite keys, in words, before it has to."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from equipment.models import Item
from offices.models import Desk, Room
from portal.errors import DomainError


class WrongPurpose(DomainError):
    """A thing of one purpose, a room of the other (point 21)."""

    message = _(
        "%(item)s dipakai untuk %(purpose)s, sedangkan %(room)s ruang %(room_purpose)s. Pilih ruang %(purpose)s, atau ubah"
        " dahulu kegunaan barang ini."
    )
    field = "room"
    status = 409
    code = "wrong-purpose"


class RoomElsewhere(DomainError):
    message = _("%(room)s bukan ruang kantor ini. Pilih ruang dari %(office)s.")
    field = "room"
    code = "room-elsewhere"


class DeskElsewhere(DomainError):
    message = _("%(desk)s tidak berada di %(room)s. Pilih meja dari ruang itu, atau kosongkan.")
    field = "desk"
    code = "desk-elsewhere"


class DeskWithoutRoom(DomainError):
    message = _("Pilih dahulu ruangnya, lalu mejanya.")
    field = "room"
    code = "desk-without-room"


class PlaceGone(DomainError):
    message = _("Ruang atau meja itu baru saja diubah orang lain. Muat ulang halaman, lalu pilih tempatnya lagi.")
    field = "room"
    status = 409
    code = "place-gone"


class PurposeJustChanged(PlaceGone):
    message = _("Kegunaan ruang itu baru saja diubah orang lain. Muat ulang halaman, lalu pilih ruang yang sesuai.")


REASONS = {
    "equipment_item_room_of_office": PlaceGone,
    "equipment_item_room_of_purpose": PurposeJustChanged,
    "equipment_item_desk_of_room": PlaceGone,
}


def check_desk(room: Room | None, desk: Desk | None) -> None:
    """Refuse a desk of another room, and one without a room."""
    if desk is not None and room is None:
        raise DeskWithoutRoom
    if desk is not None and room is not None and desk.room_id != room.pk:
        raise DeskElsewhere(desk=desk.name, room=room.name)


def check_purpose(item: Item, room: Room | None) -> None:
    """Refuse a room of the other purpose; what has no purpose may stand in any."""
    if room is not None and item.purpose and item.purpose != room.purpose:
        raise WrongPurpose(
            item=str(item), purpose=item.get_purpose_display(), room=room.name, room_purpose=room.get_purpose_display()
        )


def refusals(items: Sequence[Item], room: Room | None) -> dict:
    """Why which of ``items`` cannot stand in ``room``: {item.pk: sentence}, for a preview."""
    found = {}
    for item in items:
        try:
            check_purpose(item, room)
        except WrongPurpose as error:
            found[item.pk] = str(error.message)
    return found
