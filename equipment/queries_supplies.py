"""Reads of supplies: the stock of offices with what is foretold of it, and what is to be bought."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min, Sum, prefetch_related_objects
from django.db.models.functions import Lower

from equipment.enums import MovementKind, SupplyKind
from equipment.forecast import Forecast, balances, forecast, to_buy, window
from equipment.models import Movement, Supply
from equipment.start_list import VITAL
from offices.models import Office
from offices.queries import CALENDAR, rests_around, timetable

KIND_ORDER = {kind: number for number, kind in enumerate(SupplyKind.values)}


@dataclass(frozen=True)
class Stock:
    """One supply as it stands on a day: ``days`` are the last service days, ``levels`` the stock at the end of each."""

    supply: Supply
    forecast: Forecast
    days: list[datetime.date]
    levels: list[int]
    used: dict[datetime.date, int] = field(default_factory=dict)
    came_in: dict[datetime.date, int] = field(default_factory=dict)

    @property
    def buy(self) -> int:
        """How much brings it to its minimum and thirty service days of use."""
        supply = self.supply
        return to_buy(on_hand=supply.on_hand, minimum=supply.minimum, per_day=self.forecast.per_day)


@dataclass(frozen=True)
class OfficeStock:
    """The supplies of one office in the order of their kinds."""

    office: Office
    rows: list[Stock]

    @property
    def warned(self) -> list[Stock]:
        return [row for row in self.rows if row.forecast.warns]

    @property
    def lacking(self) -> list[SupplyKind]:
        """Kinds without which there is no service (points 7, 15, 16) and of which nothing is left, however many are listed."""
        left: dict[str, int] = defaultdict(int)
        for row in self.rows:
            left[row.supply.kind] += row.supply.on_hand
        return [kind for kind in VITAL if kind in left and not left[kind]]

    @property
    def unlisted(self) -> list[SupplyKind]:
        """Kinds without which there is no service and which are not on the list at all."""
        kinds = {row.supply.kind for row in self.rows}
        return [kind for kind in VITAL if self.rows and kind not in kinds]

    @property
    def shopping(self) -> list[Stock]:
        return [row for row in self.rows if row.buy]


def supplies():
    """All supplies with their offices, those that are not used any more included."""
    return Supply.objects.select_related("office__dinas").order_by("office__name", "kind", Lower("name"), "id")


def kept(office: Office):
    """The supplies of an office that are in use, in the order of its list."""
    rows = Supply.objects.filter(office=office, retired_on=None).order_by(Lower("name"), "id")
    return sorted(rows, key=lambda row: KIND_ORDER[row.kind])


def retired(office: Office):
    return Supply.objects.filter(office=office).exclude(retired_on=None).order_by(Lower("name"), "id")


def history(supply: Supply):
    """The movements of a supply, the newest first."""
    return supply.movements.order_by("-recorded_at", "id")


def movements():
    return Movement.objects.select_related("supply__office__dinas").order_by("-recorded_at", "id")


def office_stock(office: Office, today: datetime.date) -> OfficeStock:
    """The stock of one office; four queries where its calendar was fetched with it, up to eight otherwise."""
    return stocks([office], today)[0]


def stock(supply: Supply, today: datetime.date) -> Stock:
    """One supply."""
    (found,) = _foretold([supply.office], {supply.office_id: [supply]}, today)
    return found.rows[0]


def told(rows: Iterable[Supply], today: datetime.date) -> dict[uuid.UUID, Stock]:
    """Some supplies of any offices, fetched with them, by id; those that are not used any more are left out."""
    by_office: dict = defaultdict(list)
    offices: dict = {}
    for row in rows:
        if row.retired_on is None:
            by_office[row.office_id].append(row)
            offices.setdefault(row.office_id, row.office)
    found = _foretold(list(offices.values()), by_office, today)
    return {each.supply.pk: each for office in found for each in office.rows}


def stocks(offices: Sequence[Office], today: datetime.date) -> list[OfficeStock]:
    """The stock of some offices, in their order; as many queries for many offices as for one."""
    rows: dict = defaultdict(list)
    for supply in Supply.objects.filter(office__in=offices, retired_on=None).order_by(Lower("name"), "id"):
        rows[supply.office_id].append(supply)
    for found in rows.values():
        found.sort(key=lambda row: KIND_ORDER[row.kind])
    return _foretold(offices, rows, today)


def _foretold(offices: Sequence[Office], rows: dict, today: datetime.date) -> list[OfficeStock]:
    if not any(rows.values()):
        return [OfficeStock(office, []) for office in offices]
    prefetch_related_objects(list(offices), *CALENDAR)
    rests = rests_around(today)
    serving = {office.pk: timetable(office, rests) for office in offices}
    days = {pk: window(own.serves_on, today) for pk, own in serving.items()}
    first = min((found[0] for found in days.values() if found), default=today)
    ledger = _ledger([supply for found in rows.values() for supply in found], first)
    return [
        OfficeStock(
            office,
            [
                _stock(supply, ledger[supply.pk], days[office.pk], serving[office.pk], today)
                for supply in rows.get(office.pk, [])
            ],
        )
        for office in offices
    ]


@dataclass
class _Sums:
    since: datetime.date | None = None
    used: dict[datetime.date, int] = field(default_factory=dict)
    came_in: dict[datetime.date, int] = field(default_factory=dict)


def _ledger(rows: Iterable[Supply], first: datetime.date) -> dict:
    """What came in and was used by supply and day since ``first``, and the day of each first movement. Two queries."""
    found: dict = {row.pk: _Sums() for row in rows}
    for pk, since in Movement.objects.filter(supply__in=found).values_list("supply").annotate(Min("on")).order_by():
        found[pk].since = since
    sums = (
        Movement.objects.filter(supply__in=found, on__gte=first).values_list("supply", "on", "kind").annotate(Sum("quantity"))
    )
    for pk, on, kind, quantity in sums.order_by():
        own = found[pk]
        if kind == MovementKind.IN:
            own.came_in[on] = own.came_in.get(on, 0) + quantity
        else:  # a correction makes good what was counted as used, or was used and not counted
            own.used[on] = own.used.get(on, 0) - quantity
    return found


def _stock(supply: Supply, sums: _Sums, days, serving, today) -> Stock:
    told = forecast(
        on_hand=supply.on_hand,
        minimum=supply.minimum,
        uses=sums.used,
        since=sums.since,
        days=days,
        serves=serving.serves_on,
        today=today,
    )
    changes = {on: sums.came_in.get(on, 0) - sums.used.get(on, 0) for on in {*sums.came_in, *sums.used}}
    known = [day for day in days if sums.since is not None and day >= sums.since]
    return Stock(supply, told, known, balances(known, supply.on_hand, changes), sums.used, sums.came_in)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on, as the table beside the drawing tells them."""

    first: datetime.date
    came_in: int
    used: int
    left: int


def weeks(row: Stock) -> list[Week]:
    """What the drawing of a stock shows, week by week, the newest first."""
    by_monday: dict[datetime.date, list[int]] = {}
    days = dict(zip(row.days, row.levels, strict=True))
    for day in sorted({*row.days, *(on for on in [*row.used, *row.came_in] if row.days and on >= row.days[0])}):
        monday = day - datetime.timedelta(days=day.weekday())
        sums = by_monday.setdefault(monday, [0, 0, 0])
        sums[0] += row.came_in.get(day, 0)
        sums[1] += row.used.get(day, 0)
        sums[2] = days.get(day, sums[2])
    return [Week(monday, *sums) for monday, sums in sorted(by_monday.items(), reverse=True)]


def low(today: datetime.date) -> list[Stock]:
    """What runs out in the offices that are not closed, by office."""
    standing = list(Office.objects.select_related("dinas").not_closed_on(today).order_by("name", "id"))
    return [row for each in stocks(standing, today) for row in each.warned]
