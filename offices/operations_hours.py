"""
Writes of an office's weekly schedules. Rights are asked by who calls (access); these keep the rules.

Whoever changes anything about when an office serves locks the office first, and counts up its ``hours_version``: two changes at
once come one after the other, and the second sees what the first has written.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac.operations import check_reach
from offices import events
from offices.enums import ScheduleKind
from offices.hours import Span, check_day
from offices.models import Office, Schedule, ServiceHours
from offices.queries import regular_on
from portal.dates import plain_date
from portal.errors import DomainError, LostUpdate, explain_integrity

ONE_DAY = datetime.timedelta(days=1)
LONGEST_SEASON = datetime.timedelta(days=366)


class ScheduleTaken(DomainError):
    message = _("Masa itu bertumpang tindih dengan jadwal lain. Muat ulang halamannya.")
    field, status, code = "valid_from", 409, "schedule-taken"


class SeasonUnclear(DomainError):
    message = _("Jadwal musiman memerlukan nama, hari pertama dan hari terakhir; paling lama setahun.")
    field, code = "valid_until", "season-unclear"


class StartMissing(DomainError):
    message = _("Tulis tanggal mulai berlakunya jadwal ini.")
    field, code = "valid_from", "start-missing"


class StartOutside(DomainError):
    message = _("Tanggal mulai harus di antara jadwal sebelum dan setelahnya.")
    field, code = "valid_from", "start-outside"


class LastRegular(DomainError):
    message = _("Ini satu-satunya jadwal biasa kantor ini. Kosongkan harinya jika kantor memang belum melayani.")
    status, code = 409, "last-regular"


REASONS = {
    "offices_schedule_no_overlap": ScheduleTaken,
    "offices_schedule_period": StartOutside,
    "offices_schedule_seasonal": SeasonUnclear,
}


def lock_hours(office: Office, version: int | None, submitted: dict) -> Office:
    """The office, ours until the transaction ends; raises LostUpdate where its hours have changed since ``version``."""
    row = Office.objects.select_for_update(no_key=True).select_related("dinas").get(pk=office.pk)
    if version is not None and version != row.hours_version:
        raise LostUpdate(current=row, submitted=submitted)
    return row


def current_of(office: Office, schedule: Schedule, submitted: dict) -> Schedule:
    """The schedule as it stands now; raises LostUpdate where somebody has taken it out."""
    found = office.schedules.filter(pk=schedule.pk).first()
    if found is None:
        raise LostUpdate(current=office, submitted=submitted)
    return found


def touch_hours(office: Office, *, by: Member, at: datetime.datetime) -> None:
    """Count the locked office's hours up and tell everybody; last in every operation on them."""
    office.hours_version += 1
    office.save(update_fields=["hours_version"])
    events.office_changed(tenant=by.tenant, office_id=office.pk, at=at)


def check_week(week: Iterable[Span]) -> set[Span]:
    """The spans as a set. Raises UnreadableHours where spans of a day overlap or end before they begin."""
    wanted = set(week)
    for weekday in {span.weekday for span in wanted}:
        check_day(span for span in wanted if span.weekday == weekday)
    return wanted


def _write_week(schedule: Schedule, wanted: set[Span]) -> bool:
    """Make ``wanted`` the whole week of the schedule, leaving alone what is there already; whether anything changed."""
    present = {Span(span.weekday, span.opens, span.closes): span.pk for span in schedule.hours.all()}
    gone = [pk for span, pk in present.items() if span not in wanted]
    if gone:
        schedule.hours.filter(pk__in=gone).delete()
    ServiceHours.objects.bulk_create(
        ServiceHours(schedule=schedule, **span._asdict()) for span in sorted(wanted - set(present))
    )
    return wanted != set(present)


def set_hours(
    *,
    office: Office,
    week: Iterable[Span],
    version: int | None,
    by: Member,
    at: datetime.datetime,
    schedule: Schedule | None = None,
) -> Office:
    """
    Make ``week`` the whole weekly hours of a schedule: by default the regular one of today, made where there is none yet.

    ``version`` is the office's ``hours_version`` that was on the screen. Raises UnreadableHours for spans that overlap or end
    before they begin.
    """
    wanted = check_week(week)
    with transaction.atomic():
        row = lock_hours(office, version, {"week": sorted(wanted)})
        if schedule is not None:
            target = current_of(row, schedule, {"week": sorted(wanted)})
        else:
            target = regular_on(row, by.tenant.today(at)) or Schedule.objects.create(office=row)
        if _write_week(target, wanted):
            touch_hours(row, by=by, at=at)
        return row


# Regular schedules follow one another without a gap: each begins where the one before ends. -----------------------------------


def _regulars(office: Office) -> list[Schedule]:
    return list(office.schedules.filter(kind=ScheduleKind.REGULAR))


def _holds(schedule: Schedule, on: datetime.date) -> bool:
    begun = schedule.valid_from is None or schedule.valid_from <= on
    return begun and (schedule.valid_until is None or on <= schedule.valid_until)


def add_regular(
    *,
    office: Office,
    valid_from: datetime.date | None,
    week: Iterable[Span],
    version: int | None,
    by: Member,
    at: datetime.datetime,
) -> Schedule:
    """A new regular schedule from ``valid_from`` on; the one that held until then ends on the eve."""
    wanted = check_week(week)
    if valid_from is None:
        raise StartMissing
    check_reach(valid_from=valid_from)
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(office, version, {"valid_from": valid_from, "week": sorted(wanted)})
        regulars = _regulars(row)
        holder = next((each for each in regulars if _holds(each, valid_from)), None)
        if holder is not None and holder.valid_from == valid_from:
            raise ScheduleTaken(
                _("Sudah ada jadwal biasa yang mulai berlaku %(day)s. Ubah jadwal itu."), day=plain_date(valid_from)
            )
        later = [each.valid_from for each in regulars if each.valid_from is not None and each.valid_from > valid_from]
        until = holder.valid_until if holder else (min(later) - ONE_DAY if later else None)
        if holder is not None:
            holder.valid_until = valid_from - ONE_DAY
            holder.save(update_fields=["valid_until"])
        fresh = Schedule.objects.create(office=row, valid_from=valid_from, valid_until=until)
        _write_week(fresh, wanted)
        touch_hours(row, by=by, at=at)
        return fresh


def _move_start(schedule: Schedule, start: datetime.date | None) -> bool:
    """Let a regular schedule begin on another day, and the one before it end on the eve; whether anything changed."""
    if start == schedule.valid_from:
        return False
    before = next(
        (
            each
            for each in _regulars(schedule.office)
            if schedule.valid_from is not None and each.valid_until == schedule.valid_from - ONE_DAY
        ),
        None,
    )
    if before is None or start is None:
        raise StartMissing if schedule.valid_from is not None else StartOutside
    too_early = before.valid_from is not None and start <= before.valid_from
    too_late = schedule.valid_until is not None and start > schedule.valid_until
    if too_early or too_late:
        raise StartOutside
    before.valid_until, schedule.valid_from, earlier = start - ONE_DAY, start, start < schedule.valid_from
    for each in (before, schedule) if earlier else (schedule, before):  # never overlapping in between
        each.save(update_fields=["valid_from", "valid_until"])
    return True


def edit_regular(
    *,
    schedule: Schedule,
    valid_from: datetime.date | None,
    week: Iterable[Span],
    version: int | None,
    by: Member,
    at: datetime.datetime,
) -> Schedule:
    """Change the week of a regular schedule, and where another goes before it the day it begins on."""
    wanted = check_week(week)
    check_reach(valid_from=valid_from)
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(schedule.office, version, {"valid_from": valid_from, "week": sorted(wanted)})
        current = current_of(row, schedule, {"valid_from": valid_from, "week": sorted(wanted)})
        moved = _move_start(current, valid_from)
        if _write_week(current, wanted) or moved:
            touch_hours(row, by=by, at=at)
        return current


# Seasons ----------------------------------------------------------------------------------------------------------------------


def _check_season(office: Office, values: dict, but: Schedule | None = None) -> None:
    first, last = values["valid_from"], values["valid_until"]
    if not values["name"] or first is None or last is None or not first <= last <= first + LONGEST_SEASON:
        raise SeasonUnclear(field="name" if not values["name"] else None)
    clash = office.schedules.filter(kind=ScheduleKind.SEASONAL, valid_from__lte=last, valid_until__gte=first)
    other = (clash.exclude(pk=but.pk) if but else clash).first()
    if other is not None and other.valid_from and other.valid_until:
        raise ScheduleTaken(
            _("Bertumpang tindih dengan %(name)s, %(first)s sampai %(last)s."),
            name=other.name, first=plain_date(other.valid_from), last=plain_date(other.valid_until),
        )  # fmt: skip


def _season(name: str, valid_from, valid_until) -> dict:
    check_reach(valid_from=valid_from, valid_until=valid_until)
    return {"name": " ".join(name.split()), "valid_from": valid_from, "valid_until": valid_until}


def add_season(
    *,
    office: Office,
    name: str,
    valid_from: datetime.date,
    valid_until: datetime.date,
    week: Iterable[Span],
    version: int | None,
    by: Member,
    at: datetime.datetime,
) -> Schedule:
    """A seasonal schedule (Ramadan); it stands before the regular ones from its first day to its last."""
    wanted, values = check_week(week), _season(name, valid_from, valid_until)
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(office, version, values | {"week": sorted(wanted)})
        _check_season(row, values)
        fresh = Schedule.objects.create(office=row, kind=ScheduleKind.SEASONAL, **values)
        _write_week(fresh, wanted)
        touch_hours(row, by=by, at=at)
        return fresh


def edit_season(
    *,
    schedule: Schedule,
    name: str,
    valid_from: datetime.date,
    valid_until: datetime.date,
    week: Iterable[Span],
    version: int | None,
    by: Member,
    at: datetime.datetime,
) -> Schedule:
    """Change name, days and week of a seasonal schedule."""
    wanted, values = check_week(week), _season(name, valid_from, valid_until)
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(schedule.office, version, values | {"week": sorted(wanted)})
        current = current_of(row, schedule, values | {"week": sorted(wanted)})
        _check_season(row, values, but=current)
        renamed = any(getattr(current, key) != value for key, value in values.items())
        for key, value in values.items():
            setattr(current, key, value)
        if renamed:
            current.save(update_fields=list(values))
        if _write_week(current, wanted) or renamed:
            touch_hours(row, by=by, at=at)
        return current


def remove_schedule(*, schedule: Schedule, version: int | None, by: Member, at: datetime.datetime) -> Office:
    """
    Take a schedule out. The days of a regular one go to the one before it, else to the one after it.

    Raises LastRegular where there is no other.
    """
    with transaction.atomic(), explain_integrity(REASONS):
        row = lock_hours(schedule.office, version, {})
        current = row.schedules.filter(pk=schedule.pk).first()
        if current is None:  # somebody was quicker
            return row
        others = [each for each in _regulars(row) if each.pk != current.pk]
        if current.kind == ScheduleKind.REGULAR and not others:
            raise LastRegular
        first, last = current.valid_from, current.valid_until
        current.delete()
        if current.kind == ScheduleKind.REGULAR:
            _close_gap(others, first, last)
        touch_hours(row, by=by, at=at)
        return row


def _close_gap(others: list[Schedule], first: datetime.date | None, last: datetime.date | None) -> None:
    before = next((each for each in others if first is not None and each.valid_until == first - ONE_DAY), None)
    after = next((each for each in others if last is not None and each.valid_from == last + ONE_DAY), None)
    if before is not None:
        before.valid_until = last
        before.save(update_fields=["valid_until"])
    elif after is not None:
        after.valid_from = first
        after.save(update_fields=["valid_from"])
