"""
Opening an office that is set up like another one.

What can come along is a register: this room offers contact, hours and rooms, higher rooms add theirs at start-up.

    copying.register(40, _("Daftar persediaan, tanpa stoknya"), copy_supplies)   # copy_supplies(*, source, target, by, at)

People, their duties, things that stand somewhere and what was put up on a wall belong to one place: they never come along.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import events, operations
from offices.models import Desk, Office, Room, Schedule, ServiceHours

LEFT_OUT = _("Tidak ikut disalin: petugas dan jadwal piketnya, inventaris, foto, dan cetakan yang terpasang.")
# Goes in with the office itself: a telephone counter is nothing without its number.
CONTACT = "contact"


@dataclass(frozen=True)
class Part:
    """Something that can come along; ``key`` names it in forms and the REST interface."""

    key: str
    order: int
    label: str | Promise
    copy: Callable


_parts: list[Part] = []


def register(order: int, label: str | Promise, function: Callable, *, key: str = "") -> None:
    """Offer what ``function(*, source, target, by, at)`` copies; its key is the function's name without "copy_"."""
    part = Part(key or function.__name__.removeprefix("copy_"), order, label, function)
    if part.key not in {each.key for each in _parts}:
        _parts.append(part)


def parts() -> list[Part]:
    return sorted(_parts, key=lambda part: (part.order, part.key))


def choices() -> list[tuple[str, str]]:
    return [(part.key, str(part.label)) for part in parts()]


def copy_office(
    *,
    source: Office,
    chosen: Collection[str],
    name: str,
    address: str,
    latitude,
    longitude,
    opened_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Office:
    """
    A new office of the same dinas and kind with the ``chosen`` parts of ``source``; all of it or nothing.

    Raises what ``operations.create_office`` raises, and what the parts refuse.
    """
    contact = ("phone", "whatsapp", "email", "bring")
    facts = {field: getattr(source, field) if CONTACT in chosen else "" for field in contact}
    with transaction.atomic():
        target = operations.create_office(
            dinas=source.dinas,
            name=name,
            kind=source.kind,
            address=address,
            latitude=latitude,
            longitude=longitude,
            opened_on=opened_on,
            by=by,
            at=at,
            **facts,
        )
        for part in parts():
            if part.key in chosen:
                part.copy(source=source, target=target, by=by, at=at)
        events.office_changed(tenant=by.tenant, office_id=target.pk, at=at)
        return target


def copy_contact(*, source: Office, target: Office, by: Member, at: datetime.datetime) -> None:
    """Nothing is left to do: the office was opened with it."""


def copy_hours(*, source: Office, target: Office, by: Member, at: datetime.datetime) -> None:
    """The schedules that hold on or after the new office's first day, with their hours."""
    holding = Q(valid_until=None) | Q(valid_until__gte=target.opened_on)
    for schedule in source.schedules.filter(holding).prefetch_related("hours"):
        made = Schedule.objects.create(
            office=target,
            kind=schedule.kind,
            name=schedule.name,
            valid_from=schedule.valid_from,
            valid_until=schedule.valid_until,
        )
        ServiceHours.objects.bulk_create(
            ServiceHours(schedule=made, weekday=span.weekday, opens=span.opens, closes=span.closes)
            for span in schedule.hours.all()
        )


def copy_rooms(*, source: Office, target: Office, by: Member, at: datetime.datetime) -> None:
    """The rooms with their measures, and the desks where they stand on the plan."""
    for room in source.rooms.prefetch_related("desks"):
        made = Room.objects.create(
            office=target, name=room.name, purpose=room.purpose, width=room.width, depth=room.depth, note=room.note
        )
        Desk.objects.bulk_create(
            Desk(room=made, name=desk.name, x=desk.x, y=desk.y, width=desk.width, depth=desk.depth) for desk in room.desks.all()
        )


register(10, _("Telepon, WhatsApp, surel, dan yang perlu dibawa"), copy_contact)
register(20, _("Jam layanan, termasuk jadwal musiman"), copy_hours)
register(30, _("Ruang, meja, dan denahnya"), copy_rooms)
