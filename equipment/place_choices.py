"""Every place in which a thing may be put, as one choice of a form: an office without a room, a room, a desk of a room."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from offices.models import Desk, Office, Room

UNPLACED = "kantor"
ROOM, DESK = "ruang", "meja"


@dataclass(frozen=True)
class Place:
    office: Office
    room: Room | None = None
    desk: Desk | None = None

    @property
    def key(self) -> str:
        if self.desk is not None:
            return f"{DESK}:{self.desk.pk}"
        return f"{ROOM}:{self.room.pk}" if self.room is not None else f"{UNPLACED}:{self.office.pk}"

    @property
    def label(self) -> str:
        if self.room is None:
            return _("belum ditempatkan")
        if self.desk is None:
            return _("%(room)s (ruang %(purpose)s)") % {"room": self.room.name, "purpose": self.room.get_purpose_display()}
        return _("%(room)s – %(desk)s") % {"room": self.room.name, "desk": self.desk.name}


def key_of(item) -> str:
    """The place of a thing, as a choice."""
    return Place(item.office, item.room, item.desk).key


class Places:
    """The places of some offices; two queries. ``desks`` False leaves the desks out (for many things at once)."""

    def __init__(self, offices: Iterable[Office], *, desks: bool = True):
        self.offices = {office.pk: office for office in offices}
        rooms = Room.objects.filter(office__in=self.offices).order_by("name", "pk")
        self.by_office: dict[uuid.UUID, list[Place]] = {key: [Place(office)] for key, office in self.offices.items()}
        standing: dict[uuid.UUID, list[Desk]] = {}
        if desks:
            for desk in Desk.objects.filter(room__office__in=self.offices).order_by("name", "pk"):
                standing.setdefault(desk.room_id, []).append(desk)
        for room in rooms:
            office = self.offices[room.office_id]
            found = [Place(office, room), *(Place(office, room, desk) for desk in standing.get(room.pk, []))]
            self.by_office[room.office_id] += found
        self.by_key = {place.key: place for places in self.by_office.values() for place in places}

    @property
    def choices(self) -> list:
        """For a select: one office's places as they are, those of several in groups."""
        groups = [
            (self.offices[key].name, [(place.key, place.label) for place in places]) for key, places in self.by_office.items()
        ]
        return groups[0][1] if len(groups) == 1 else groups
