"""Rooms, desks and what lies on them in the offices of the demonstration; one of them with desks too near to each other."""

import datetime

from accounts.members import Member
from equipment.enums import KitPart
from equipment.models import KitAnswer
from offices.arrangement import arrange
from offices.enums import OfficeKind, RoomPurpose
from offices.models import Desk, Office, Room
from offices.queries_layout import floor

CROWDED = "Loket Gedebage"
UNFINISHED = "Loket Wisata Braga"
LACKING = (CROWDED, KitPart.PAPER)
SIZE = (120, 60)
ASKED = (KitPart.SANITIZER, KitPart.PAPER, KitPart.STATIONERY)


def furnish(office: Office, *, by: Member, at: datetime.datetime) -> None:
    """A registration and a training room; of a mobile counter its tent, of a telephone line nothing."""
    if office.kind == OfficeKind.PHONE:
        return
    if office.kind == OfficeKind.MOBILE:
        rooms = [Room(office=office, name="Tenda Layanan", purpose=RoomPurpose.REGISTRATION, width=500, depth=400)]
    else:
        rooms = [
            Room(office=office, name="Ruang Pelatihan", purpose=RoomPurpose.TRAINING, width=600, depth=500),
            Room(office=office, name="Ruang Pendaftaran", purpose=RoomPurpose.REGISTRATION, width=800, depth=650),
        ]
    Room.objects.bulk_create(rooms)
    desks = [desk for room in rooms for desk in _desks(room, office.name)]
    Desk.objects.bulk_create(desks)
    KitAnswer.objects.bulk_create(
        KitAnswer(desk=desk, part=part, present=(office.name, part) != LACKING, seen_at=at, seen_by_name=by.name)
        for desk in desks
        if desk.room.purpose == RoomPurpose.REGISTRATION and office.name != UNFINISHED
        for part in ASKED
    )


def _desks(room: Room, office: str) -> list[Desk]:
    size = floor(room)
    if size is None:  # never in the demonstration: its rooms are measured, and only a measured one has a plan
        return []
    count = 2 if size[0] < 600 else 3 if room.purpose == RoomPurpose.TRAINING else 4
    places = arrange(*size, [SIZE] * count).places
    desks = [
        Desk(room=room, name=f"Meja {number}", **(place._asdict() if place else {}))
        for number, place in enumerate(places, start=1)
    ]
    if room.purpose == RoomPurpose.REGISTRATION and office == CROWDED and places[0]:
        desks[1].x = places[0].x + SIZE[0] + 62
    if room.purpose == RoomPurpose.REGISTRATION and office == UNFINISHED:
        desks[-1].x = desks[-1].y = None
    return desks
