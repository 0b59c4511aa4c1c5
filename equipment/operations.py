"""
Writes of the inventory. Rights are asked by who calls (access); these keep the rules.

Rooms are locked before things, and things in the order of their ids, so that nobody waits for one another. Nothing is deleted.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from audit import operations as audit
from equipment import labelling, places
from equipment.enums import Category, Condition, category_of
from equipment.models import Item
from offices import events
from offices.models import Desk, Office, Room
from portal.errors import DomainError, check_version, explain_integrity

MOST_AT_ONCE = 200
TRIES = 5
LABEL_TAKEN = "equipment_item_label_key"


class ItemRemoved(DomainError):
    message = _("%(item)s sudah dihapus dari inventaris. Kembalikan dahulu, lalu ubah.")
    status = 409
    code = "item-removed"


class NotRemoved(DomainError):
    message = _("%(item)s masih ada di inventaris; tidak ada yang perlu dikembalikan.")
    status = 409
    code = "item-not-removed"


class RegisterTaken(DomainError):
    message = _("Kode barang dan NUP ini sudah dipakai barang lain. Periksa kedua angkanya.")
    field = "register_number"
    status = 409
    code = "register-taken"


class RegisterOfMany(DomainError):
    message = _("NUP dilanjutkan untuk setiap barang hanya jika berupa angka. Tulis angka NUP yang pertama, atau kosongkan.")
    field = "register_number"
    code = "register-of-many"


class PurposeMissing(DomainError):
    message = _("Perangkat dipakai untuk pendaftaran atau untuk pelatihan; pilih salah satu, tidak keduanya.")
    field = "purpose"
    code = "purpose-missing"


class YearWrong(DomainError):
    message = _("Tahun perolehan antara 1950 dan 2100.")
    field = "year"
    code = "year-wrong"


class WrongCount(DomainError):
    message = _("Tulis jumlah antara 1 dan %(most)s.")
    field = "count"
    code = "wrong-count"


class ReasonMissing(DomainError):
    message = _("Tulis alasannya; dibaca lagi saat inventaris diperiksa.")
    field = "reason"
    code = "reason-missing"


class DayAhead(DomainError):
    message = _("Tanggalnya hari ini atau sebelumnya.")
    field = "on"
    code = "day-ahead"


REASONS = places.REASONS | {"equipment_item_register_once": RegisterTaken, "equipment_item_year": YearWrong}


def _locked(items: Iterable[Item]) -> list[Item]:
    """The things as they stand now, in the order in which they were given, ours until the transaction ends."""
    wanted = [item.pk for item in items]
    rows = Item.objects.select_for_update(no_key=True, of=("self",)).select_related("office", "room", "desk")
    found = {row.pk: row for row in rows.filter(pk__in=wanted).order_by("pk")}
    return [found[pk] for pk in wanted]


def _locked_room(room: Room | None) -> Room | None:
    if room is None:
        return None
    found = Room.objects.select_for_update(no_key=True, of=("self",)).select_related("office").filter(pk=room.pk).first()
    if found is None:
        raise places.PlaceGone
    return found


def _refuse_removed(items: Iterable[Item]) -> None:
    for item in items:
        if item.removed_on is not None:
            raise ItemRemoved(item=str(item))


def _explain(reason: str) -> None:
    if reason:
        audit.reason(reason)


def _tell(by: Member, at: datetime.datetime, *office_ids) -> None:
    for office_id in sorted(set(office_ids)):
        events.office_changed(tenant=by.tenant, office_id=office_id, at=at)


# New things and their facts ---------------------------------------------------------------------------------------------------


def add(
    *,
    office: Office,
    kind: str,
    name: str,
    by: Member,
    at: datetime.datetime,
    count: int = 1,
    room: Room | None = None,
    desk: Desk | None = None,
    register_number: str = "",
    **facts,
) -> list[Item]:
    """
    Record ``count`` things that are alike, each with its own label; ``register_number`` (NUP) is the first one's and counts on.

    ``facts``: purpose (RoomPurpose; a device without one takes that of its room), condition, has_camera, item_code, year, note.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise WrongCount(most=MOST_AT_ONCE)
    with transaction.atomic():
        place = _locked_room(room)
        if place is not None and place.office_id != office.pk:
            raise places.RoomElsewhere(room=place.name, office=office.name)
        places.check_desk(place, desk)
        values = _facts(kind=kind, name=name, room=place, **facts)
        numbers = _numbers(register_number, count)
        sample = Item(office=office, room=place, desk=desk, label="", **values)
        places.check_purpose(sample, place)
        _refuse_register(values["item_code"], numbers)
        found = _inserted(office=office, room=place, desk=desk, numbers=numbers, **values)
        _tell(by, at, office.pk)
        return found


def _facts(*, kind, name, room=None, purpose="", has_camera=False, **others) -> dict:
    category = category_of(kind)
    device = category == Category.DEVICE
    if device and not purpose:
        purpose = room.purpose if room is not None else ""
    if device and not purpose:
        raise PurposeMissing
    values = {"condition": Condition.GOOD, "item_code": "", "year": None, "note": ""} | others
    if values["year"] is not None and not 1950 <= values["year"] <= 2100:
        raise YearWrong
    return {"category": category, "kind": kind, "name": name, "purpose": purpose, "has_camera": device and has_camera} | values


def _numbers(first: str, count: int) -> list[str]:
    """The register numbers of ``count`` things: one each, counted on with the zeros that the first begins with."""
    if not first or count == 1:
        return [first] * count
    if not (first.isascii() and first.isdecimal()):
        raise RegisterOfMany
    return [str(int(first) + step).zfill(len(first)) for step in range(count)]


def _refuse_register(item_code: str, numbers: Sequence[str], besides: Item | None = None) -> None:
    """Say which thing has one of these numbers already, written off or not: a register number is never given twice."""
    wanted = [number for number in numbers if number]
    if not item_code or not wanted:
        return
    others = Item.objects.filter(item_code=item_code, register_number__in=wanted).order_by("register_number")
    taken = (others.exclude(pk=besides.pk) if besides else others).first()
    if taken is not None:
        sentence = _("NUP %(number)s dari kode barang ini sudah dipakai %(item)s. Periksa kedua angkanya.")
        raise RegisterTaken(sentence, number=taken.register_number, item=str(taken))


def _inserted(*, numbers: Sequence[str], **values) -> list[Item]:
    """Insert with labels at random; where somebody else has drawn one of them in the same moment, draw again."""
    for left in reversed(range(TRIES)):
        things = [Item(label=labelling.make(), register_number=number, **values) for number in numbers]
        try:
            with explain_integrity(REASONS):
                return Item.objects.bulk_create(things)
        except IntegrityError as error:
            broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)  # as the database names it
            if left == 0 or broken != LABEL_TAKEN:
                raise
    raise AssertionError("unreachable")


def edit(*, item: Item, version: int | None, by: Member, at: datetime.datetime, **facts) -> Item:
    """
    Change the facts of a thing: kind, name, purpose, has_camera, item_code, register_number, year, note.

    Its place and condition have operations of their own. Another purpose is refused while it stands in a room of the old one.
    """
    with transaction.atomic():
        (row,) = _locked([item])
        _refuse_removed([row])
        check_version(row, version, facts)
        values = _facts(room=row.room, **({"condition": row.condition} | facts))
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        places.check_purpose(row, row.room)
        _refuse_register(row.item_code, [row.register_number], besides=row)
        row.version += 1
        with explain_integrity(REASONS):
            row.save()
        _tell(by, at, row.office_id)
        return row


# Place ------------------------------------------------------------------------------------------------------------------------


def move(
    *,
    item: Item,
    room: Room | None,
    by: Member,
    at: datetime.datetime,
    desk: Desk | None = None,
    office: Office | None = None,
    version: int | None = None,
    reason: str = "",
) -> Item:
    """
    Put a thing into ``room`` and there, if so, on ``desk``; with ``room`` None it belongs to its office without a place.

    A room of another office takes the thing over to that office (``office`` says so where there is no room): whoever calls has
    asked for the right in both. Raises WrongPurpose, DeskElsewhere.
    """
    (row,) = move_all(items=[item], room=room, desk=desk, office=office, versions=[version], reason=reason, by=by, at=at)
    return row


def move_all(
    *,
    items: Sequence[Item],
    room: Room | None,
    by: Member,
    at: datetime.datetime,
    desk: Desk | None = None,
    office: Office | None = None,
    versions: Sequence[int | None] = (),
    reason: str = "",
) -> list[Item]:
    """``move`` for several things, all or none. Those that are there already stay untouched."""
    with transaction.atomic():
        place = _locked_room(room)
        places.check_desk(place, desk)
        rows = _locked(items)
        _refuse_removed(rows)
        for row, version in zip(rows, versions, strict=False):
            check_version(row, version, {"room": place, "desk": desk})
        _explain(reason)
        touched = set()
        for row in rows:
            target = place.office if place is not None else office or row.office
            wanted = (target.pk, place and place.pk, desk and desk.pk)
            if (row.office_id, row.room_id, row.desk_id) == wanted:
                continue
            places.check_purpose(row, place)
            touched |= {row.office_id, target.pk}
            row.office, row.room, row.desk = target, place, desk
            row.version += 1
            with explain_integrity(REASONS):
                row.save(update_fields=["office", "room", "desk", "version"])
        _tell(by, at, *touched)
        return rows


# Condition, writing off -------------------------------------------------------------------------------------------------------


def set_condition(
    *, items: Sequence[Item], condition: str, on: datetime.date, reason: str, by: Member, at: datetime.datetime,
    version: int | None = None,
) -> list[Item]:  # fmt: skip
    """
    Grade things as they were seen on the day ``on``. A reason is asked for what is not good; all or none.

    Seen again in the same condition, the day moves on. ``version`` is that of the only one.
    """
    reason = reason.strip()
    if condition != Condition.GOOD and not reason:
        raise ReasonMissing
    _refuse_ahead(on, by, at)
    with transaction.atomic():
        rows = _locked(items)
        _refuse_removed(rows)
        if version is not None:
            check_version(rows[0], version, {"condition": condition})
        _explain(reason)
        graded = (condition, on, reason)
        changed = [row for row in rows if (row.condition, row.condition_on, row.condition_reason) != graded]
        for row in changed:
            row.condition, row.condition_on, row.condition_reason = graded
            row.version += 1
        Item.objects.bulk_update(changed, ["condition", "condition_on", "condition_reason", "version"])
        _tell(by, at, *(row.office_id for row in changed))
        return rows


def _refuse_ahead(on: datetime.date, by: Member, at: datetime.datetime) -> None:
    if on > by.tenant.today(at):
        raise DayAhead


def write_off(
    *,
    items: Sequence[Item],
    on: datetime.date,
    reason: str,
    by: Member,
    at: datetime.datetime,
    version: int | None = None,
) -> list[Item]:
    """
    Take things out of the inventory since ``on``: they leave their place and keep label and history. All or none.

    One that is written off already is refused (ItemRemoved): the first reason stays. ``version`` is that of the only one.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    _refuse_ahead(on, by, at)
    with transaction.atomic():
        rows = _locked(items)
        _refuse_removed(rows)
        if version is not None:
            check_version(rows[0], version, {"on": on, "reason": reason})
        _explain(reason)
        for row in rows:
            row.room = row.desk = None
            row.removed_on, row.removed_reason = on, reason
            row.version += 1
        Item.objects.bulk_update(rows, ["room", "desk", "removed_on", "removed_reason", "version"])
        _tell(by, at, *(row.office_id for row in rows))
        return rows


def take_back(*, item: Item, version: int | None, by: Member, at: datetime.datetime) -> Item:
    """Bring a thing that was written off back into the inventory of its office, without a place."""
    with transaction.atomic():
        (row,) = _locked([item])
        if row.removed_on is None:
            raise NotRemoved(item=str(row))
        check_version(row, version, {})
        row.removed_on, row.removed_reason = None, ""
        row.version += 1
        row.save(update_fields=["removed_on", "removed_reason", "version"])
        _tell(by, at, row.office_id)
        return row
