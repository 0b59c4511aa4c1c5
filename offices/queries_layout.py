"""Reads of rooms, desks and the distances between desks: for the pages, the REST interface and the rooms above."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from offices import distances
from offices.distances import MINIMUM, Rect
from offices.measures import metres
from offices.models import Desk, Office, Room


def rect(desk: Desk) -> Rect | None:
    """The place of a desk on its plan; None while it has none."""
    if desk.x is None or desk.y is None:
        return None
    return Rect(desk.x, desk.y, desk.width, desk.depth)


def floor(room: Room) -> tuple[int, int] | None:
    """Width and depth of a room; None until somebody has measured it."""
    return None if room.width is None or room.depth is None else (room.width, room.depth)


@dataclass(frozen=True)
class Pair:
    """Two desks of one room and the gap between them, in whole centimetres."""

    first: Desk
    second: Desk
    distance: int
    overlaps: bool

    @property
    def missing(self) -> int:
        """How much is missing to the metre that point 27 asks for."""
        return max(0, MINIMUM - self.distance)

    @property
    def sentence(self) -> str:
        named = {"first": self.first.name, "second": self.second.name, "distance": self.distance, "missing": self.missing}
        if self.overlaps:
            return _("%(first)s dan %(second)s: bertumpuk") % named
        return _("%(first)s dan %(second)s: %(distance)s cm, kurang %(missing)s cm") % named


def pairs(desks: Iterable[Desk]) -> list[Pair]:
    """The distance between every two desks of one room that stand on its plan."""
    placed = [(desk, at) for desk in desks if (at := rect(desk))]
    return [
        Pair(first, second, distances.gap(one, other), distances.overlap(one, other))
        for (first, one), (second, other) in combinations(placed, 2)
    ]


@dataclass(frozen=True)
class RoomState:
    """What a room's plan says: pairs under a metre, desks beyond the floor, desks that have no place yet."""

    room: Room
    desks: tuple[Desk, ...]
    close: tuple[Pair, ...]
    stray: tuple[Desk, ...]
    unplaced: tuple[Desk, ...]

    @property
    def kind(self) -> str:
        """The sign it is shown with, see ``c-state``."""
        if self.close or self.stray:
            return "bad"
        if not self.desks or not self.is_measured:
            return "none"
        return "warn" if self.unplaced else "ok"

    @property
    def word(self) -> str:
        if self.close:
            return _("terlalu rapat")
        if self.stray:
            return _("di luar ruang")
        if not self.desks:
            return _("belum ada meja")
        if not self.is_measured:
            return _("belum diukur")
        return _("belum ditempatkan") if self.unplaced else _("jarak cukup")

    @property
    def is_measured(self) -> bool:
        return self.room.width is not None

    @property
    def size(self) -> str:
        """4,5 × 6 m"""
        return _("%(width)s × %(depth)s m") % {"width": metres(self.room.width), "depth": metres(self.room.depth)}

    @property
    def faults(self) -> list[str]:
        """What must be mended before the room is in order, in words."""
        return [pair.sentence for pair in self.close] + [
            _("%(desk)s berada di luar lantai ruang") % {"desk": desk.name} for desk in self.stray
        ]


def state_of(room: Room, desks: Iterable[Desk]) -> RoomState:
    """``desks`` as they stand, or as somebody has typed them."""
    desks = tuple(desks)
    placed = [(desk, at) for desk in desks if (at := rect(desk))]
    size = floor(room)
    return RoomState(
        room,
        desks,
        tuple(pair for pair in pairs(desks) if pair.distance < MINIMUM),
        tuple(desk for desk, at in placed if size and not distances.is_inside(at, *size)),
        tuple(desk for desk in desks if rect(desk) is None),
    )


def _natural(name: str) -> tuple:
    """Meja 2 before Meja 10."""
    digits = "".join(letter if letter.isdecimal() else " " for letter in name).split()
    words = "".join(" " if letter.isdecimal() else letter for letter in name).casefold().split()
    return words, [int(each) for each in digits], name


def in_order(desks: Iterable[Desk]) -> list[Desk]:
    """Desks by name, as people count them."""
    return sorted(desks, key=lambda desk: _natural(desk.name))


def rooms(**of):
    """Rooms with their desks, and ``desk_count``."""
    desks = Prefetch("desks", Desk.objects.order_by("name", "id"))
    return Room.objects.filter(**of).prefetch_related(desks).annotate(desk_count=Count("desks")).order_by("name", "id")


def states(office: Office) -> list[RoomState]:
    """Every room of an office with what its plan says; two queries."""
    return [state_of(room, in_order(room.desks.all())) for room in rooms(office=office)]


def crowded(office: Office) -> list[Pair]:
    """All pairs of desks of an office that stand less than a metre apart; two queries."""
    return [pair for state in states(office) for pair in state.close]


def desks_of(office_ids: Iterable[uuid.UUID]):
    """The desks of some offices with their rooms."""
    return Desk.objects.filter(room__office__in=office_ids).select_related("room").order_by("room__name", "name", "id")
