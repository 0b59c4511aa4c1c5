"""Reads of the inventory and of the checks of its devices."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Count, DateField, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThan
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from equipment import ageing, facts
from equipment.enums import Category, CheckKind, CheckState, Condition
from equipment.models import Check, Item
from offices.contents import Content
from offices.enums import RoomPurpose
from offices.models import Office


def items():
    """All things that have not been written off, with their places."""
    return Item.objects.kept().select_related("office__dinas", "room", "desk")


def every_item():
    """All things, those that were written off too."""
    return Item.objects.select_related("office__dinas", "room", "desk")


def contents(*, desks=None, rooms=None) -> list[Content]:
    """What stands on some desks, or in some rooms (offices.contents)."""
    place = {"desk__in": desks} if desks is not None else {"room__in": rooms}
    standing = Item.objects.kept().filter(**place).order_by("kind", "name", "label")
    return [
        Content(str(item), reverse_lazy("equipment:item", args=[item.pk]), item.room_id, item.desk_id, item.purpose)
        for item in standing
    ]


def tally(office: Office | None) -> dict:
    """For the sentence above a list: how many things there are, and how many of them are wrecks. One query."""
    found = Item.objects.kept() if office is None else Item.objects.kept().filter(office=office)
    return found.aggregate(total=Count("pk"), broken=Count("pk", filter=Q(condition=Condition.BROKEN)))


# Checks -----------------------------------------------------------------------------------------------------------------------

NEWEST_OF = f"SELECT newest.* FROM unnest(%s::uuid[]) i(id) CROSS JOIN {facts.newest('i.id')}"  # noqa: S608 - of constants


def newest_checks(items: Iterable[Item]) -> dict[uuid.UUID, dict[str, Check]]:
    """The newest check of each kind of some devices: {item.pk: {kind: Check}}. One query, however many checks there are."""
    wanted = [item.pk for item in items if item.category == Category.DEVICE]
    found: dict[uuid.UUID, dict[str, Check]] = {key: {} for key in wanted}
    if wanted:
        for check in Check.objects.raw(NEWEST_OF, [wanted]):
            found[check.item_id][check.kind] = check
    return found


def standings(newest: dict[uuid.UUID, dict[str, Check]], item: Item, on: datetime.date) -> list[ageing.Standing]:
    """The three checks of a device on the day; none for what is no device. ``newest`` as ``newest_checks`` gave it."""
    return ageing.standings(newest.get(item.pk, {}), on) if item.category == Category.DEVICE else []


def _exists(condition: str, *values) -> RawSQL:
    sql = f"EXISTS (SELECT FROM {facts.newest('equipment_item.id')} WHERE {condition})"
    return RawSQL(sql, values, output_field=BooleanField())  # noqa: S611 - of constants


def by_checks(found, value: str, on: datetime.date):
    """Devices of which a check is in the state ``value`` on the day ``on``; of any state but fresh for other values."""
    devices = found.filter(category=Category.DEVICE)
    answered = RawSQL(f"(SELECT count(*) FROM {facts.newest('equipment_item.id')})", ())  # noqa: S608, S611
    never = Q(GreaterThan(Value(len(CheckKind)), answered))
    failed = Q(_exists("NOT newest.ok"))
    overdue = Q(_exists("newest.ok AND newest.checked_on + k.holds <= %s", on))
    old = "newest.ok AND newest.checked_on + k.holds > %s AND (%s - newest.checked_on) * 4 >= k.holds * 3"
    ageing_now = Q(_exists(old, on, on))
    states = {
        CheckState.NEVER: never,
        CheckState.FAILED: failed,
        CheckState.OVERDUE: overdue,
        CheckState.AGEING: ageing_now,
    }
    return devices.filter(states.get(CheckState(value)) if value in states else never | failed | overdue | ageing_now)


@dataclass(frozen=True)
class Readiness:
    """A registration device on a day: ready, or why not."""

    item: Item
    standings: tuple[ageing.Standing, ...]

    @property
    def reasons(self) -> list[str]:
        """What keeps it from being ready, in words; empty for a ready one."""
        broken = [_("Rusak Berat")] if self.item.condition == Condition.BROKEN else []
        return broken + [each.sentence for each in self.standings if not each.holds]

    @property
    def is_ready(self) -> bool:
        return self.item.condition != Condition.BROKEN and all(each.holds for each in self.standings)

    @property
    def is_due(self) -> bool:
        """Whether somebody should look at it again."""
        return any(each.is_due for each in self.standings)

    @property
    def lapses_on(self) -> datetime.date | None:
        """The first day on which it is not ready any more, if nobody looks again."""
        days = [each.lapses_on for each in self.standings if each.lapses_on]
        return min(days) if self.is_ready and days else None


def _ready(found, on: datetime.date) -> list[Readiness]:
    rows = list(found.select_related("room", "desk"))
    newest = newest_checks(rows)
    return [Readiness(item, tuple(ageing.standings(newest[item.pk], on))) for item in rows]


def devices(office: Office, on: datetime.date) -> list[Readiness]:
    """All devices of an office with their checks, those that need one first. Two queries."""
    found = Item.objects.kept().filter(office=office, category=Category.DEVICE).order_by("purpose", "name", "label")
    return sorted(_ready(found, on), key=lambda each: (not each.is_due, each.is_ready))


def _registering(office: Office):
    return Item.objects.kept().filter(office=office, category=Category.DEVICE, purpose=RoomPurpose.REGISTRATION)


def registration_devices(office: Office, on: datetime.date) -> list[Readiness]:
    """All registration devices of an office, the ready ones first. Two queries."""
    return sorted(_ready(_registering(office).order_by("name", "label"), on), key=lambda each: not each.is_ready)


def device_counts(office: Office, on: datetime.date) -> tuple[int, int]:
    """How many registration devices an office has (wrecks too), and how many are ready on the day. One query, many devices."""
    lapses_on = RawSQL(facts.lapse("equipment_item.id"), (), output_field=DateField())  # noqa: S611 - of constants
    devices = _registering(office)
    ready = ~Q(condition=Condition.BROKEN) & Q(lapses_on__gt=on)
    found = devices.annotate(lapses_on=lapses_on).aggregate(total=Count("pk"), ready=Count("pk", filter=ready))
    return found["total"], found["ready"]


def unready_devices(office: Office, on: datetime.date, most: int) -> list[Readiness]:
    """The first of the registration devices that are not ready, those in working condition first. Two queries."""
    lapses_on = RawSQL(facts.lapse("equipment_item.id"), (), output_field=DateField())  # noqa: S611
    found = _registering(office).annotate(lapses_on=lapses_on, wreck=Q(condition=Condition.BROKEN))
    unready = Q(wreck=True) | Q(lapses_on=None) | Q(lapses_on__lte=on)
    return _ready(found.filter(unready).order_by("wreck", "name", "label")[:most], on)


def ready_devices(office: Office, on: datetime.date) -> list[Readiness]:
    """The devices with which the office can register on the day ``on`` (point 1a of SE 560/2821/SJ)."""
    return [each for each in registration_devices(office, on) if each.is_ready]
