"""Reads of rounds: what was found, what is missing, which rooms were counted when."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.enums import StockTakeOutcome
from equipment.models import Item, StockTake, StockTakeLine
from offices.contents import Content
from offices.models import Office, Room
from portal.dates import plain_date
from tenants.models import Tenant


@dataclass(frozen=True)
class Seen:
    """When and where a thing was last read in a round."""

    at: datetime.datetime
    room: str


@dataclass(frozen=True)
class Missing:
    """
    A thing that should be in the room and has not been read. ``elsewhere`` is its place by the books where that has changed
    since the round began.
    """

    item: Item
    seen: Seen | None
    elsewhere: str = ""


@dataclass(frozen=True)
class Round:
    """A round with its lines by outcome, the newest first, and what is missing in the order of kinds and names."""

    stock_take: StockTake
    found: list[StockTakeLine] = field(default_factory=list)
    moved: list[StockTakeLine] = field(default_factory=list)
    unknown: list[StockTakeLine] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return len(self.stock_take.expected)

    @property
    def seen(self) -> int:
        """How many of those expected were read."""
        return self.expected - len(self.missing)

    @property
    def lines(self) -> int:
        return len(self.found) + len(self.moved) + len(self.unknown)


def stock_takes():
    return StockTake.objects.select_related("room__office__dinas").order_by("-started_at", "id")


def round_of(stock_take: StockTake) -> Round:
    """Three queries."""
    lines = list(stock_take.lines.select_related("item__room", "item__office").order_by("-read_at", "id"))
    read = {line.item_id for line in lines if line.item_id}
    by_outcome: dict = {outcome: [] for outcome in StockTakeOutcome}
    for line in lines:
        by_outcome[StockTakeOutcome(line.outcome)].append(line)
    return Round(
        stock_take,
        by_outcome[StockTakeOutcome.CONFIRMED],
        by_outcome[StockTakeOutcome.MOVED],
        by_outcome[StockTakeOutcome.UNKNOWN],
        _missing(stock_take, [pk for pk in stock_take.expected if pk not in read]),
    )


def _missing(stock_take: StockTake, ids: list[uuid.UUID]) -> list[Missing]:
    items = list(Item.objects.filter(pk__in=ids).select_related("room", "office").order_by("kind", "name", "label"))
    seen = last_seen(ids)
    return [Missing(item, seen.get(item.pk), _elsewhere(item, stock_take.room_id)) for item in items]


def _elsewhere(item: Item, room_id: uuid.UUID) -> str:
    if item.removed_on is not None:
        return _("dihapus dari inventaris")
    if item.room_id == room_id:
        return ""
    return item.room.name if item.room else _("tanpa ruang")


def last_seen(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    """The newest reading of each of some things, in any round. One query."""
    rows = (
        StockTakeLine.objects.filter(item__in=list(ids))
        .order_by("item", "-read_at")
        .distinct("item")
        .values_list("item", "read_at", "stock_take__room__name")
    )
    return {item: Seen(at, room) for item, at, room in rows}


@dataclass(frozen=True)
class Tally:
    """How a round went, in numbers."""

    stock_take: StockTake
    expected: int
    seen: int
    moved: int
    unknown: int

    @property
    def missing(self) -> int:
        return self.expected - self.seen

    @property
    def complete(self) -> bool:
        return not self.missing


def tallies(rounds: Iterable[StockTake]) -> list[Tally]:
    """Each round in numbers; one query for all."""
    rounds = list(rounds)
    lines: dict = {each.pk: [] for each in rounds}
    for pk, item, outcome in StockTakeLine.objects.filter(stock_take__in=rounds).values_list("stock_take", "item", "outcome"):
        lines[pk].append((item, outcome))
    return [
        Tally(
            each,
            len(each.expected),
            len(set(each.expected) & {item for item, _outcome in lines[each.pk]}),
            sum(outcome == StockTakeOutcome.MOVED for _item, outcome in lines[each.pk]),
            sum(outcome == StockTakeOutcome.UNKNOWN for _item, outcome in lines[each.pk]),
        )
        for each in rounds
    ]


@dataclass(frozen=True)
class RoomYear:
    """A room and its finished rounds of a year, the newest first; ``going_on`` is the round that is not finished."""

    room: Room
    items: int
    rounds: list[Tally]
    going_on: StockTake | None = None

    @property
    def last(self) -> Tally | None:
        return self.rounds[0] if self.rounds else None


def year_of(office: Office, year: int, tenant: Tenant) -> list[RoomYear]:
    """Which rooms of an office were counted when in a year of the local calendar. Four queries."""
    rooms = list(Room.objects.filter(office=office).order_by("name", "id"))
    counts: dict = dict.fromkeys((room.pk for room in rooms), 0)
    for room in Item.objects.kept().filter(room__in=rooms).values_list("room", flat=True):
        counts[room] += 1
    first = datetime.datetime(year, 1, 1, tzinfo=tenant.zone)
    last = datetime.datetime(year + 1, 1, 1, tzinfo=tenant.zone)
    going_on, done = {}, []
    for each in StockTake.objects.filter(room__in=rooms).order_by(F("finished_at").desc(nulls_first=True), "id"):
        if each.finished_at is None:
            going_on[each.room_id] = each
        elif first <= each.finished_at < last:
            done.append(each)
    found = tallies(done)
    return [
        RoomYear(
            room, counts[room.pk], [tally for tally in found if tally.stock_take.room_id == room.pk], going_on.get(room.pk)
        )
        for room in rooms
    ]


def years_of(office: Office, today: datetime.date) -> list[int]:
    """The years there is something to say about, this one first."""
    first = StockTake.objects.filter(room__office=office).order_by("started_at").values_list("started_at", flat=True).first()
    return list(range(today.year, (first.year if first else today.year) - 1, -1))


def contents(*, desks=None, rooms=None) -> list[Content]:
    """Rounds hold their room: it has a past that must stay readable (offices.contents)."""
    if rooms is None:
        return []
    found = StockTake.objects.filter(room__in=rooms).order_by("-started_at", "id")
    return [
        Content(
            _("Sensus barang %(day)s") % {"day": plain_date(each.started_at)},
            reverse("equipment:stock_take", args=[each.pk]),
            each.room_id,
            holds=True,
        )
        for each in found
    ]
