"""Reads of the inventory and of the checks of its devices."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from equipment import ageing
from equipment.enums import Category, Condition
from equipment.facts import NEWEST
from equipment.models import Check, Item
from offices.contents import Content
from offices.enums import RoomPurpose
from offices.models import Office


def items():
    """All things that have not been written off, with their places."""
    return Item.objects.kept().select_related("office__dinas", "room", "desk")


def contents(*, desks=None, rooms=None) -> list[Content]:
    """What stands on some desks, or in some rooms (offices.contents)."""
    place = {"desk__in": desks} if desks is not None else {"room__in": rooms}
    standing = Item.objects.kept().filter(**place).order_by("kind", "name", "label")
    return [
        Content(str(item), reverse_lazy("equipment:item", args=[item.pk]), item.room_id, item.desk_id, item.purpose)
        for item in standing
    ]


# Checks -----------------------------------------------------------------------------------------------------------------------

NEWEST_OF = f"SELECT newest.* FROM unnest(%s::uuid[]) i(id) CROSS JOIN {NEWEST}"  # noqa: S608 - made of constants


def newest_checks(items: Iterable[Item]) -> dict[uuid.UUID, dict[str, Check]]:
    """The newest check of each kind of some devices: {item.pk: {kind: Check}}. One query, however many checks there are."""
    wanted = [item.pk for item in items if item.category == Category.DEVICE]
    found: dict[uuid.UUID, dict[str, Check]] = {key: {} for key in wanted}
    if wanted:
        for check in Check.objects.raw(NEWEST_OF, [wanted]):
            found[check.item_id][check.kind] = check
    return found


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
    def lapses_on(self) -> datetime.date | None:
        """The first day on which it is not ready any more, if nobody looks again."""
        days = [each.lapses_on for each in self.standings if each.lapses_on]
        return min(days) if self.is_ready and days else None


def registration_devices(office: Office, on: datetime.date) -> list[Readiness]:
    """All registration devices of an office, the ready ones first. Two queries."""
    devices = Item.objects.kept().filter(
        office=office, category=Category.DEVICE, purpose=RoomPurpose.REGISTRATION
    ).select_related("room", "desk").order_by("name", "label")  # fmt: skip
    found = list(devices)
    newest = newest_checks(found)
    all_of_them = [Readiness(item, tuple(ageing.standings(newest[item.pk], on))) for item in found]
    return sorted(all_of_them, key=lambda each: not each.is_ready)


def ready_devices(office: Office, on: datetime.date) -> list[Readiness]:
    """The devices with which the office can register on the day ``on`` (point 1a of SE 560/2821/SJ)."""
    return [each for each in registration_devices(office, on) if each.is_ready]
