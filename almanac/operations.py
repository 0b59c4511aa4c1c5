"""
Writes of the country's calendar by the ministry. Rights are asked by who calls; these keep the rules.

The date is what tells days apart: a day that is moved leaves a cancelled one behind, which no filling brings back.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac.enums import DaySource
from almanac.models import PublicDay
from portal.dates import plain_date
from portal.errors import DomainError, check_version, explain_integrity

EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)


class DayTaken(DomainError):
    message = _("Tanggal itu sudah tercatat. Muat ulang daftarnya, lalu ubah hari yang sudah ada.")
    field, status, code = "on", 409, "day-taken"


class DayOutOfReach(DomainError):
    message = _("Kalender memuat tahun 2000 sampai 2099.")
    field, code = "on", "day-out-of-reach"


def _taken(day: PublicDay) -> DayTaken:
    return DayTaken(_("%(day)s sudah tercatat sebagai %(name)s. Ubah hari itu."), day=plain_date(day.on), name=day.name)


def check_reach(**days: datetime.date | None) -> None:
    """Refuse days (by the name of their field) of which the calendar knows nothing, before anything is counted from them."""
    for field, on in days.items():
        if on is not None and not EARLIEST <= on <= LATEST:
            raise DayOutOfReach(field=field)


def _at(on: datetime.date) -> PublicDay | None:
    return PublicDay.objects.select_for_update().filter(on=on).first()


def _write(on: datetime.date, **values) -> PublicDay:
    """Put a day of the ministry's on a date that is free or whose day was cancelled. Raises DayTaken."""
    check_reach(on=on)
    row = _at(on)
    if row is None:
        with explain_integrity({"almanac_publicday_on_key": DayTaken}):
            return PublicDay.objects.create(on=on, source=DaySource.MINISTRY, **values)
    if not row.cancelled:
        raise _taken(row)
    return _change(row, cancelled=False, **values)


def _change(row: PublicDay, **values) -> PublicDay:
    """Write ``values`` on a locked row as the ministry's word, where anything differs."""
    values["source"] = DaySource.MINISTRY
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def _cleaned(name: str, kind: str, decree: str, provisional: bool) -> dict:
    return {
        "name": " ".join(name.split()),
        "kind": kind,
        "decree": " ".join(decree.split()),
        "provisional": provisional,
    }


def add_day(
    *, on: datetime.date, name: str, kind: str, decree: str, provisional: bool, by: Member, at: datetime.datetime
) -> PublicDay:
    """Enter a holiday or a day of collective leave (``kind``: DayKind); a cancelled day of that date stands again."""
    with transaction.atomic():
        return _write(on, **_cleaned(name, kind, decree, provisional))


def correct_day(
    *,
    day: PublicDay,
    on: datetime.date,
    name: str,
    kind: str,
    decree: str,
    provisional: bool,
    version: int | None,
    by: Member,
    at: datetime.datetime,
) -> PublicDay:
    """Say it as the decree has it. Moved to another date, the day is cancelled on the old one; the new one comes back."""
    values = _cleaned(name, kind, decree, provisional)
    with transaction.atomic():
        row = PublicDay.objects.select_for_update().get(pk=day.pk)
        check_version(row, version, values | {"on": on})
        if on == row.on:
            return _change(row, **values)
        moved = _write(on, **values)
        _change(row, cancelled=True)
        return moved


def cancel_day(*, day: PublicDay, version: int | None, by: Member, at: datetime.datetime) -> PublicDay:
    """It is no holiday after all. The row stays, so that no list brings it back."""
    return _set_cancelled(day, version, cancelled=True)


def restore_day(*, day: PublicDay, version: int | None, by: Member, at: datetime.datetime) -> PublicDay:
    """Take a cancelling back."""
    return _set_cancelled(day, version, cancelled=False)


def _set_cancelled(day: PublicDay, version: int | None, *, cancelled: bool) -> PublicDay:
    with transaction.atomic():
        row = PublicDay.objects.select_for_update().get(pk=day.pk)
        check_version(row, version, {})
        return row if row.cancelled == cancelled else _change(row, cancelled=cancelled)


def confirm_year(*, year: int, decree: str, by: Member, at: datetime.datetime) -> int:
    """The decree of ``year`` is out: its provisional days stand for good. Returns how many did."""
    with transaction.atomic():
        waiting: Iterable[PublicDay] = (
            PublicDay.objects.select_for_update().standing().filter(on__year=year, provisional=True).order_by("on")
        )
        rows = list(waiting)
        for row in rows:
            _change(row, provisional=False, decree=" ".join(decree.split()) or row.decree)
        return len(rows)
