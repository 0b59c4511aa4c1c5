"""
Where prints belong: the entrance of an office, the doors of its rooms, its desks; and which of them must hang there.

Points 22 (hours at the doors of both rooms), 23 and 24 (guides at each registration desk) of the Kemnaker procedure are duties;
cards and signs are offered.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from offices.enums import OfficeKind, RoomPurpose
from offices.models import Desk, Office, Room
from offices.queries_layout import in_order
from prints.enums import PrintKind

GUIDES = (PrintKind.EMAIL_GUIDE, PrintKind.ACCOUNT_GUIDE)


@dataclass(frozen=True)
class Place:
    """The entrance (no room), a door (no desk) or a desk; desks carry their room."""

    office: Office
    room: Room | None = None
    desk: Desk | None = None

    @property
    def key(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        return (self.room.pk if self.room else None, self.desk.pk if self.desk else None)

    @property
    def name(self) -> str:
        if self.desk:
            return _("%(desk)s, %(room)s") % {"desk": self.desk.name, "room": self.room and self.room.name}
        if self.room:
            return _("Pintu %(room)s") % {"room": self.room.name}
        return _("Pintu masuk kantor")

    @property
    def word(self) -> str:
        """The place in the key of a sheet: empty for the entrance."""
        return str(self.desk.pk if self.desk else self.room.pk if self.room else "")


@dataclass(frozen=True)
class Slot:
    """One print at one place; ``point`` is that of the procedure which asks for it, 0 where it is only offered."""

    place: Place
    kind: PrintKind
    point: int = 0

    @property
    def key(self) -> str:
        """What forms, addresses and the REST interface call it: ``hours``, ``hours~<room>``, ``email-guide~<desk>``."""
        word = self.place.word
        return f"{self.kind.value}~{word}" if word else self.kind.value

    @property
    def required(self) -> bool:
        return bool(self.point)

    @property
    def is_guide(self) -> bool:
        return self.kind in GUIDES


def slots(office: Office, rooms: Sequence[Room], desks: Sequence[Desk]) -> list[Slot]:
    """All prints of an office in the order in which one walks: entrance, room by room the door and then its desks."""
    return list(_walk(office, rooms, desks))


def _walk(office: Office, rooms: Sequence[Room], desks: Sequence[Desk]) -> Iterator[Slot]:
    entrance = Place(office)
    # A telephone counter has no door; an office whose rooms are not recorded yet has at least its own.
    if not rooms and office.kind != OfficeKind.PHONE:
        yield Slot(entrance, PrintKind.HOURS, 22)
    if office.kind != OfficeKind.PHONE:
        yield Slot(entrance, PrintKind.QUEUE_SIGN)
    for room in sorted(rooms, key=lambda each: (each.purpose != RoomPurpose.REGISTRATION, each.name, str(each.pk))):
        yield Slot(Place(office, room), PrintKind.HOURS, 22)
        for desk in in_order(desk for desk in desks if desk.room_id == room.pk):
            place = Place(office, room, desk)
            if room.purpose == RoomPurpose.REGISTRATION:
                yield Slot(place, PrintKind.EMAIL_GUIDE, 23)
                yield Slot(place, PrintKind.ACCOUNT_GUIDE, 24)
                yield Slot(place, PrintKind.CARE_CARD)
            yield Slot(place, PrintKind.DESK_CARD)
