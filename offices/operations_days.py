"""
Writes of days that are not like the others: special days of offices, and the government's own days of rest.

What has passed was so for the residents who came: it is changed only by who says so (``past``), and the audit trail says why.
"""

import datetime
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac.operations import check_reach
from audit.operations import reason as audit_reason
from offices import events
from offices.hours import Span, check_day
from offices.models import LocalDay, Office, SpecialDays, SpecialHours
from offices.operations_hours import ONE_DAY, lock_hours, touch_hours
from offices.timetable import Hours
from portal.dates import plain_date
from portal.errors import DomainError, LostUpdate, check_version, explain_integrity

LONGEST = datetime.timedelta(days=366)
MOST_OFFICES = 200
PAST_REASON = "mengubah hari yang sudah lewat"


class SpecialTaken(DomainError):
    message = _("Ada hari khusus lain pada masa itu. Muat ulang halamannya.")
    field, status, code = "first_on", 409, "special-taken"


class DaysBackwards(DomainError):
    message = _("Hari terakhir tidak boleh sebelum hari pertama, dan paling lama setahun setelahnya.")
    field, code = "last_on", "days-backwards"


class SpecialReasonMissing(DomainError):
    message = _("Tulis keterangannya: warga membacanya di halaman kantor.")
    field, code = "reason", "reason-missing"


class PastDays(DomainError):
    message = _("Sebagian harinya sudah lewat. Centang pernyataannya jika riwayat itu memang harus diubah.")
    field, status, code = "past", 409, "past-days"


class NoOffices(DomainError):
    message = _("Pilih sedikitnya satu kantor, paling banyak 200.")
    field, code = "offices", "no-offices"


class LocalDayTaken(DomainError):
    message = _("Tanggal itu sudah tercatat sebagai hari daerah. Ubah hari yang sudah ada.")
    field, status, code = "on", 409, "local-day-taken"


class LocalDayUnnamed(DomainError):
    message = _("Tulis nama harinya, misalnya Hari Jadi Kota.")
    field, code = "name", "local-day-unnamed"


REASONS = {
    "offices_specialdays_no_overlap": SpecialTaken,
    "offices_specialdays_period": DaysBackwards,
    "offices_specialdays_reason": SpecialReasonMissing,
}
LOCAL_REASONS = {"offices_localday_on_key": LocalDayTaken, "offices_localday_named": LocalDayUnnamed}


# Special days -----------------------------------------------------------------------------------------------------------------


def _checked(first_on: datetime.date, last_on: datetime.date, reason: str, hours: Iterable[Hours]) -> tuple[dict, list[Hours]]:
    spans = sorted(set(hours))
    check_day(Span(1, opens, closes) for opens, closes in spans)
    check_reach(first_on=first_on, last_on=last_on)
    if not first_on <= last_on <= first_on + LONGEST:
        raise DaysBackwards
    if not reason.strip():
        raise SpecialReasonMissing
    return {"first_on": first_on, "last_on": last_on, "reason": " ".join(reason.split())}, spans


def _refuse_clash(offices: Sequence[Office], values: dict, but: UUID | None = None) -> None:
    """Name the special days that are in the way."""
    clash = SpecialDays.objects.filter(office__in=offices, first_on__lte=values["last_on"], last_on__gte=values["first_on"])
    others = clash if but is None else clash.exclude(pk=but)
    other = others.select_related("office").order_by("office__name", "first_on").first()
    if other is not None:
        raise SpecialTaken(
            _("%(office)s sudah punya hari khusus %(days)s: %(reason)s. Ubah yang itu, atau pilih hari lain."),
            office=other.office.name, days=span_text(other.first_on, other.last_on), reason=other.reason,
        )  # fmt: skip


def span_text(first: datetime.date, last: datetime.date) -> str:
    """24 Desember 2026, or 24 Desember 2026 – 2 Januari 2027"""
    return plain_date(first) if first == last else f"{plain_date(first)} – {plain_date(last)}"


def _mind_the_past(touches_past: bool, past: bool) -> None:
    if touches_past:
        if not past:
            raise PastDays
        audit_reason(PAST_REASON)


def _write_hours(special: SpecialDays, spans: list[Hours]) -> None:
    SpecialHours.objects.bulk_create(SpecialHours(special=special, opens=opens, closes=closes) for opens, closes in spans)


def add_special_days(
    *,
    offices: Iterable[Office],
    first_on: datetime.date,
    last_on: datetime.date,
    reason: str,
    hours: Iterable[Hours],
    by: Member,
    at: datetime.datetime,
    past: bool = False,
) -> list[SpecialDays]:
    """
    Let offices serve at ``hours`` from ``first_on`` to ``last_on``, or without any not at all: all of them or none.

    Raises SpecialTaken naming the office and the entry in the way; PastDays unless ``past`` says that it is meant.
    """
    values, spans = _checked(first_on, last_on, reason, hours)
    with transaction.atomic(), explain_integrity(REASONS):
        rows = [lock_hours(office, None, {}) for office in sorted(set(offices), key=lambda each: each.pk)]
        if not 0 < len(rows) <= MOST_OFFICES:
            raise NoOffices
        _mind_the_past(first_on < by.tenant.today(at), past)
        _refuse_clash(rows, values)
        made = [SpecialDays.objects.create(office=row, **values) for row in rows]
        for special, row in zip(made, rows, strict=True):
            _write_hours(special, spans)
            touch_hours(row, by=by, at=at)
        return made


def edit_special_days(
    *,
    special: SpecialDays,
    first_on: datetime.date,
    last_on: datetime.date,
    reason: str,
    hours: Iterable[Hours],
    version: int | None,
    by: Member,
    at: datetime.datetime,
    past: bool = False,
) -> SpecialDays:
    """Change special days; ``version`` is the office's ``hours_version``. To end them early touches nothing that has passed."""
    values, spans = _checked(first_on, last_on, reason, hours)
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(special.office, version, values)
        current = _current(row, special, values)
        before = [(span.opens, span.closes) for span in current.hours.all()]
        same_words = current.reason == values["reason"] and before == spans
        if same_words and (current.first_on, current.last_on) == (first_on, last_on):
            return current
        eve = by.tenant.today(at) - ONE_DAY
        was, will = _passed(current.first_on, current.last_on, eve), _passed(first_on, last_on, eve)
        _mind_the_past(was != will or (was is not None and not same_words), past)
        _refuse_clash([row], values, but=current.pk)
        for key, value in values.items():
            setattr(current, key, value)
        current.save()
        if before != spans:
            current.hours.all().delete()
            _write_hours(current, spans)
        touch_hours(row, by=by, at=at)
        return current


def _current(office: Office, special: SpecialDays, submitted: dict) -> SpecialDays:
    found = office.special_days.filter(pk=special.pk).first()
    if found is None:  # taken out by somebody else in the meantime
        raise LostUpdate(current=office, submitted=submitted)
    return found


def _passed(first: datetime.date, last: datetime.date, eve: datetime.date) -> tuple | None:
    """The part of a span that has passed by the end of ``eve``."""
    return (first, min(last, eve)) if first <= eve else None


def remove_special_days(
    *, special: SpecialDays, version: int | None, by: Member, at: datetime.datetime, past: bool = False
) -> Office:
    """Take special days out: the office serves as its schedule says."""
    with transaction.atomic():
        row = lock_hours(special.office, version, {})
        current = row.special_days.filter(pk=special.pk).first()
        if current is None:
            return row
        _mind_the_past(current.first_on < by.tenant.today(at), past)
        current.delete()
        touch_hours(row, by=by, at=at)
        return row


# Days of the government -------------------------------------------------------------------------------------------------------


def _tell_all(*, by: Member, at: datetime.datetime) -> None:
    for office_id in Office.objects.order_by("pk").values_list("pk", flat=True):
        events.office_changed(tenant=by.tenant, office_id=office_id, at=at)


def _taken(on: datetime.date, but: UUID | None = None) -> None:
    days = LocalDay.objects.filter(on=on)
    other = (days if but is None else days.exclude(pk=but)).first()
    if other is not None:
        raise LocalDayTaken(_("%(day)s sudah tercatat sebagai hari daerah: %(name)s."), day=plain_date(on), name=other.name)


def add_local_day(
    *, on: datetime.date, name: str, decree: str, by: Member, at: datetime.datetime, past: bool = False
) -> LocalDay:
    """A day on which all offices of the government rest, except where their own special days say otherwise."""
    check_reach(on=on)
    with transaction.atomic(), explain_integrity(LOCAL_REASONS):
        _mind_the_past(on < by.tenant.today(at), past)
        _taken(on)
        day = LocalDay.objects.create(on=on, name=" ".join(name.split()), decree=" ".join(decree.split()))
        _tell_all(by=by, at=at)
        return day


def edit_local_day(
    *,
    day: LocalDay,
    on: datetime.date,
    name: str,
    decree: str,
    version: int | None,
    by: Member,
    at: datetime.datetime,
    past: bool = False,
) -> LocalDay:
    """Change date, name or decree; another name on a day that has passed changes no history of what was open."""
    values = {"on": on, "name": " ".join(name.split()), "decree": " ".join(decree.split())}
    check_reach(on=on)
    with transaction.atomic(), explain_integrity(LOCAL_REASONS):
        row = LocalDay.objects.select_for_update().get(pk=day.pk)
        check_version(row, version, values)
        if all(getattr(row, key) == value for key, value in values.items()):
            return row
        _mind_the_past(on != row.on and min(on, row.on) < by.tenant.today(at), past)
        _taken(on, but=row.pk)
        for key, value in values.items():
            setattr(row, key, value)
        row.version += 1
        row.save()
        _tell_all(by=by, at=at)
        return row


def remove_local_day(*, day: LocalDay, version: int | None, by: Member, at: datetime.datetime, past: bool = False) -> None:
    """The offices serve on that day as their schedules say."""
    with transaction.atomic():
        row = LocalDay.objects.select_for_update().filter(pk=day.pk).first()
        if row is None:
            return
        check_version(row, version, {})
        _mind_the_past(row.on < by.tenant.today(at), past)
        row.delete()
        _tell_all(by=by, at=at)
