"""
Writes of supplies.

A stock is the sum of its movements, which never change; the trigger of the first migration keeps it, and a check constraint
keeps it from falling below zero. Here the rows are locked before anything is read, in the order of their keys, so that whoever
comes second hears what the first has left.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.members import Member
from equipment.enums import MovementKind
from equipment.models import Movement, Supply
from equipment.start_list import START_LIST
from offices.models import Office
from portal.dates import digits, plain_date
from portal.errors import DomainError, check_version, explain_integrity

MOST = 1_000_000
OLDEST = datetime.timedelta(days=366)
FACTS = ("kind", "name", "unit", "minimum")


class NameTaken(DomainError):
    message = _("Barang dengan nama ini sudah ada di kantor ini. Catat pergerakannya di sana, atau beri nama lain.")
    field = "name"
    status = 409
    code = "supply-name-taken"


class NotEnough(DomainError):
    message = _("Persediaan tidak mencukupi; muat ulang halaman untuk melihat sisanya.")
    field = "quantity"
    status = 409
    code = "not-enough"


class WrongQuantity(DomainError):
    message = _("Jumlah paling sedikit 1 dan paling banyak 1.000.000.")
    field = "quantity"
    code = "wrong-quantity"


class NoReason(DomainError):
    message = _("Tulis alasan koreksi, misalnya hasil hitung fisik atau salah catat.")
    field = "reason"
    code = "no-reason"


class NotYet(DomainError):
    message = _("Tanggal itu belum tiba. Catat setelah terjadi.")
    field = "on"
    code = "not-yet"


class TooLongAgo(DomainError):
    message = _("Tanggal itu lebih dari setahun yang lalu. Periksa tahunnya.")
    field = "on"
    code = "too-long-ago"


class Retired(DomainError):
    message = _("%(name)s tidak dipakai lagi sejak %(day)s. Pakai kembali dahulu, lalu catat.")
    status = 409
    code = "supply-retired"


class StockRemains(DomainError):
    message = _("Masih tersisa %(left)s %(unit)s. Catat dahulu ke mana sisanya, sampai persediaan nol.")
    status = 409
    code = "stock-remains"


class Refused(DomainError):
    """Several entries of one page were refused, so none was recorded; ``by_supply`` has the error of each, by id."""

    message = _("Belum ada yang dicatat. Perbaiki baris yang ditandai, lalu simpan lagi.")
    status = 409
    code = "entries-refused"

    def __init__(self, by_supply: Mapping[uuid.UUID, DomainError]):
        self.by_supply = by_supply
        super().__init__()


REASONS = {
    "equipment_supply_name_once": NameTaken,
    # Only somebody who wrote past the locks comes this far.
    "equipment_supply_never_below_zero": NotEnough,
    "equipment_movement_sign": WrongQuantity,
}


@dataclass(frozen=True)
class Entry:
    """What a day brought for one supply: how much came in, how much was used; 0 for nothing."""

    supply: uuid.UUID
    came_in: int = 0
    used: int = 0


# The list ---------------------------------------------------------------------------------------------------------------------


def _facts(*, kind, name, unit, minimum) -> dict:
    if not 0 <= minimum <= MOST:
        raise WrongQuantity(_("Minimum paling banyak 1.000.000."), field="minimum")
    return {"kind": kind, "name": name.strip(), "unit": unit.strip(), "minimum": minimum}


def add_supply(*, office: Office, by: Member, at: datetime.datetime, on_hand: int = 0, **facts) -> Supply:
    """Enter a supply of ``office`` (kind, name, unit, minimum); what is there already comes in as its first movement."""
    values = _facts(**facts)
    with transaction.atomic(), explain_integrity(REASONS):
        supply = Supply.objects.create(office=office, **values)
        if on_hand:
            _move(supply, MovementKind.IN, _amount(on_hand), _opening(), by.tenant.today(at), by, at)
        return supply


def add_start_list(*, office: Office, by: Member, at: datetime.datetime) -> list[Supply]:
    """Enter what points 7, 15, 16 and 31 ask for (equipment.start_list), less what is on the office's list by name already."""
    with transaction.atomic():
        Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        taken = set(Supply.objects.filter(office=office).values_list(Lower("name"), flat=True))
        with override("id"):
            wanted = [(kind, str(name), str(unit), minimum) for kind, name, unit, minimum in START_LIST]
        return [
            Supply.objects.create(office=office, kind=kind, name=name, unit=unit, minimum=minimum)
            for kind, name, unit, minimum in wanted
            if name.lower() not in taken
        ]


def copy_supplies(*, source: Office, target: Office, by: Member, at: datetime.datetime) -> None:
    """Give a new office the list of another: names, units and minimums, without any stock (a source of offices.copying)."""
    for supply in Supply.objects.filter(office=source, retired_on=None).order_by("kind", "name"):
        add_supply(office=target, kind=supply.kind, name=supply.name, unit=supply.unit, minimum=supply.minimum, by=by, at=at)


def edit_supply(*, supply: Supply, version: int | None, by: Member, at: datetime.datetime, **facts) -> Supply:
    values = _facts(**facts)
    with transaction.atomic():
        row = _locked(supply)
        check_version(row, version, values)
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        with explain_integrity(REASONS):
            row.save(update_fields=[*FACTS, "version"])
        return row


def retire(*, supply: Supply, version: int | None, by: Member, at: datetime.datetime) -> Supply:
    """Take a supply that is used up off the list; its history stays."""
    with transaction.atomic():
        row = _locked(supply)
        if row.retired_on is not None:
            return row
        check_version(row, version, {})
        if row.on_hand:
            raise StockRemains(left=digits(row.on_hand), unit=row.unit)
        row.retired_on, row.version = by.tenant.today(at), row.version + 1
        row.save(update_fields=["retired_on", "version"])
        return row


def restore(*, supply: Supply, by: Member, at: datetime.datetime) -> Supply:
    with transaction.atomic():
        row = _locked(supply)
        if row.retired_on is not None:
            row.retired_on, row.version = None, row.version + 1
            row.save(update_fields=["retired_on", "version"])
        return row


# Movements --------------------------------------------------------------------------------------------------------------------


def record(
    *, supply: Supply, kind: str, quantity: int, reason: str = "", on: datetime.date, by: Member, at: datetime.datetime
) -> Movement:
    """
    Write down one movement. ``quantity`` is above zero for what came in or was used; a correction may be of either sign.

    Raises NotEnough (with what is left), WrongQuantity, NoReason, NotYet, TooLongAgo, Retired.
    """
    _check_day(on, by.tenant.today(at))
    with transaction.atomic():
        row = _locked(supply)
        if kind == MovementKind.CORRECTED:
            if not reason.strip():
                raise NoReason
            signed = (1 if quantity > 0 else -1) * _amount(abs(quantity))
        else:
            signed = -_amount(quantity) if kind == MovementKind.USED else _amount(quantity)
        return _move(row, kind, signed, reason, on, by, at)


def record_day(
    *, office: Office, entries: Iterable[Entry], on: datetime.date, by: Member, at: datetime.datetime
) -> list[Movement]:
    """
    Write down what a day brought for the supplies of an office, all or nothing. What came in counts before what was used.

    Raises Refused with an error for each supply that hindered it.
    """
    _check_day(on, by.tenant.today(at))
    given = {entry.supply: entry for entry in entries if entry.came_in or entry.used}
    done: list[Movement] = []
    refused: dict[uuid.UUID, DomainError] = {}
    with transaction.atomic():
        for row in _locked_of(office, given):
            entry = given[row.pk]
            try:
                if entry.came_in:
                    done.append(_move(row, MovementKind.IN, _amount(entry.came_in, "came_in"), "", on, by, at))
                if entry.used:
                    done.append(_move(row, MovementKind.USED, -_amount(entry.used, "used"), "", on, by, at, field="used"))
            except DomainError as error:
                refused[row.pk] = error
        if refused:
            raise Refused(refused)
    return done


def count(
    *, office: Office, counted: Mapping[uuid.UUID, int], reason: str = "", by: Member, at: datetime.datetime
) -> list[Movement]:
    """
    Set stocks to what was counted: each difference becomes a correction with ``reason`` (Hitung fisik, with the date). Of a
    supply without any movement it is what was there from the start, and comes in.
    """
    today = by.tenant.today(at)
    done = []
    with transaction.atomic():
        rows = _locked_of(office, counted)
        moved = set(Movement.objects.filter(supply__in=rows).values_list("supply", flat=True).distinct())
        for row in rows:
            difference = counted[row.pk] - row.on_hand
            if not difference:
                continue
            if not 0 <= counted[row.pk] <= MOST:
                raise Refused({row.pk: WrongQuantity(_("Hasil hitung antara 0 dan 1.000.000."), field="counted")})
            opening = row.pk not in moved
            kind = MovementKind.IN if opening else MovementKind.CORRECTED
            why = _opening() if opening else reason.strip() or _counted_on(today)
            done.append(_move(row, kind, difference, why, today, by, at))
    return done


def _opening() -> str:
    with override("id"):
        return str(_("Persediaan awal"))


def _counted_on(day: datetime.date) -> str:
    with override("id"):
        return str(_("Hitung fisik %(day)s") % {"day": plain_date(day)})


def _check_day(on: datetime.date, today: datetime.date) -> None:
    if on > today:
        raise NotYet
    if on < today - OLDEST:
        raise TooLongAgo


def _amount(quantity: int, field: str = "quantity") -> int:
    if not 0 < quantity <= MOST:
        raise WrongQuantity(field=field)
    return quantity


def _locked(supply: Supply) -> Supply:
    return Supply.objects.select_for_update(no_key=True, of=("self",)).get(pk=supply.pk)


def _locked_of(office: Office, ids: Iterable[uuid.UUID]) -> list[Supply]:
    """The supplies of ``office`` among ``ids``; those of another office are not touched."""
    wanted = Supply.objects.filter(office=office, pk__in=list(ids), retired_on=None)
    return list(wanted.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _move(row: Supply, kind, quantity: int, reason: str, on, by: Member, at, *, field: str = "quantity") -> Movement:
    """``row`` is locked; its ``on_hand`` follows."""
    if row.retired_on is not None:
        raise Retired(name=row.name, day=plain_date(row.retired_on))
    if row.on_hand + quantity < 0:
        sentence = _("Tersisa %(left)s %(unit)s; %(asked)s tidak dapat dikeluarkan.")
        raise NotEnough(sentence, field=field, left=digits(row.on_hand), unit=row.unit, asked=digits(-quantity))
    with explain_integrity(REASONS):
        movement = Movement.objects.create(
            supply=row, kind=kind, quantity=quantity, reason=reason.strip(), on=on, recorded_at=at, recorded_by_name=by.name
        )
    row.on_hand += quantity
    return movement
