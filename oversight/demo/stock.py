"""Supplies with the use of the last weeks, and a round through the first room, for offices that somebody will look at."""

import datetime

from accounts.members import Member
from equipment import operations_stocktakes as rounds
from equipment import operations_supplies as supplies
from equipment.enums import MovementKind
from equipment.enums import SupplyKind as Kind
from equipment.models import Item, Movement, Supply
from offices.models import Office, Room
from oversight.demo.correspondence import chance

DAY = datetime.timedelta(days=1)
WEEKS = 7
# kind: what came in at first, and how much is used every so many days of service
USE = {
    Kind.PAPER: (24, 1, 2),
    Kind.PEN: (72, 4, 3),
    Kind.SCISSORS: (4, 0, 1),
    Kind.GLUE: (12, 1, 7),
    Kind.STATIONERY: (300, 9, 2),
    Kind.SANITIZER: (14, 1, 4),
    Kind.DISINFECTANT: (12, 1, 5),
    Kind.SOAP: (12, 1, 6),
    Kind.MASK: (20, 1, 2),
    Kind.OTHER: (16, 1, 4),
}
LEFT_OUT = 13  # of a hundred offices, those that have written nothing down yet
RAN_OUT = 20


def furnish(office: Office, *, by: Member, at: datetime.datetime) -> None:
    luck = chance(f"{by.tenant.slug}/{office.name}/persediaan")
    if luck < LEFT_OUT:
        return
    today = by.tenant.today(at)
    rows = supplies.add_start_list(office=office, by=by, at=at)
    Movement.objects.bulk_create(_movements(rows, today, at, by, ran_out=luck < RAN_OUT))
    _go_round(office, by, at)


def _movements(rows: list[Supply], today: datetime.date, at, by: Member, *, ran_out: bool) -> list[Movement]:
    days = [today - DAY * ago for ago in range(WEEKS * 7, 0, -1)]
    days = [day for day in days if day.isoweekday() <= 5]
    found = []
    for row in rows:
        first, amount, every = USE[Kind(row.kind)]
        found.append(_moved(row, MovementKind.IN, first, days[0], at, by, "Persediaan awal"))
        left = first
        for number, day in enumerate(days[1:]):
            if amount and number % every == 0 and left >= amount:
                left -= amount
                found.append(_moved(row, MovementKind.USED, -amount, day, at, by))
        if left and row.kind == Kind.SANITIZER and ran_out:
            found.append(_moved(row, MovementKind.USED, -left, days[-1], at, by))
    return found


def _moved(row, kind, quantity, on, at, by, reason="") -> Movement:
    recorded = at - DAY * (by.tenant.today(at) - on).days
    return Movement(
        supply=row, kind=kind, quantity=quantity, reason=reason, on=on, recorded_at=recorded, recorded_by_name=by.name
    )


def _go_round(office: Office, by: Member, at: datetime.datetime) -> None:
    """A finished round twelve days ago: one thing was not found, one label was none of ours."""
    room = Room.objects.filter(office=office).order_by("name").first()
    if room is None:
        return
    things = list(Item.objects.kept().filter(room=room).order_by("label"))
    if len(things) < 3:
        return
    then = at - DAY * 12
    taken = rounds.start(room=room, by=by, at=then)
    for number, text in enumerate([*(thing.label for thing in things[1:]), "BMD 0042"]):
        rounds.read(stock_take=taken, text=text, by=by, at=then + datetime.timedelta(seconds=20 * number))
    rounds.finish(stock_take=taken, by=by, at=then + datetime.timedelta(minutes=30))
