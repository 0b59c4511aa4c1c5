"""What somebody says of prints: put up, laminated, taken down."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import events
from offices.access import check_dinas
from offices.models import Office
from portal.errors import DomainError
from prints import editions, queries
from prints.editions import Edition
from prints.enums import PrintKind
from prints.models import Posting


class UnknownPlace(DomainError):
    message = _("Tempat ini tidak ada lagi di kantor ini. Muat ulang halamannya.")
    field, code = "sheets", "unknown-place"


class NothingChosen(DomainError):
    message = _("Pilih paling sedikit satu cetakan.")
    field, code = "sheets", "nothing-chosen"


class NotPrintable(DomainError):
    message = _("%(print)s belum dapat dicetak. %(reason)s")
    field, code = "sheets", "not-printable"


class OtherEdition(DomainError):
    message = _("Isi %(print)s berubah sejak Anda membuka halaman ini. Cetak lagi sebelum memasangnya.")
    field, status, code = "editions", 409, "other-edition"


class AlreadyDown(DomainError):
    message = _("Cetakan ini sudah diturunkan.")
    status, code = 409, "already-down"


def _locked(office: Office) -> Office:
    return Office.objects.select_for_update(of=("self",)).select_related("dinas").get(pk=office.pk)


def post(
    *,
    office: Office,
    sheets: Iterable[str],
    laminated: bool,
    by: Member,
    at: datetime.datetime,
    printed: Mapping[str, str] | None = None,
) -> list[Posting]:
    """
    Say that today's print hangs at each of ``sheets`` (keys of prints.places); what hung there before is down.

    ``laminated`` is for the guides among them. ``printed`` gives for a sheet the code that stands on it: where another would be
    printed by now, it is refused. Saying it twice is saying it once. Raises NothingChosen, UnknownPlace, NotPrintable,
    OtherEdition.
    """
    check_dinas(by, office.dinas, "prints.post")
    wanted, today = set(sheets), by.tenant.today(at)
    if not wanted:
        raise NothingChosen
    with transaction.atomic():
        row = _locked(office)
        chosen = queries.board(row, today).of(wanted)
        if len(chosen) != len(wanted):
            raise UnknownPlace
        postings = [_put_up(each, laminated, (printed or {}).get(each.slot.key), today, by) for each in chosen]
        events.office_changed(tenant=by.tenant, office_id=row.pk, at=at)
    return postings


def _put_up(standing: queries.Standing, laminated: bool, printed: str | None, today: datetime.date, by: Member) -> Posting:
    slot, now, hanging = standing.slot, standing.edition, standing.posting
    if now is None:
        raise NotPrintable(print=slot.kind.label, reason=standing.matter.obstacle(slot))
    if printed:
        now = _as_printed(standing, now, printed, today)
    laminated = laminated and slot.is_guide
    if hanging is not None:
        same = hanging.posted_on == today and hanging.says == now.says
        if same and hanging.laminated == laminated:
            return hanging
        Posting.objects.filter(pk=hanging.pk).update(removed_on=max(today, hanging.posted_on))
    room, desk = slot.place.key
    return Posting.objects.create(
        office=slot.place.office,
        room_id=room,
        desk_id=desk,
        kind=slot.kind,
        edition=now.code,
        says=now.says,
        laminated=laminated,
        posted_on=today,
        posted_by_name=by.name,
    )


def _as_printed(standing: queries.Standing, now: Edition, printed: str, today: datetime.date) -> Edition:
    """The edition with the code ``printed``, which may have come from the printer some days ago. Raises OtherEdition."""
    if printed == now.code:
        return now
    matter = standing.matter
    if standing.slot.kind == PrintKind.HOURS:
        verdict = editions.judge(printed, matter.counter, matter.timetable, today)
        if verdict and verdict.holds and today - editions.HORIZON <= verdict.printed_on <= today:
            return Edition(editions.hours_says(matter.counter, matter.timetable, verdict.printed_on), printed)
    raise OtherEdition(print=standing.slot.kind.label)


def take_down(*, posting: Posting, by: Member, at: datetime.datetime) -> Posting:
    """Say that a print hangs no more. Raises AlreadyDown."""
    check_dinas(by, posting.office.dinas, "prints.post")
    with transaction.atomic():
        _locked(posting.office)
        row = Posting.objects.select_for_update().get(pk=posting.pk)
        if row.removed_on is not None:
            raise AlreadyDown
        row.removed_on = max(by.tenant.today(at), row.posted_on)
        row.save()
        events.office_changed(tenant=by.tenant, office_id=row.office_id, at=at)
    return row


def note_changes(*, tenant, office_id, at: datetime.datetime) -> None:
    """
    Keep the day from which on a print that hangs says something else: the reader asks "since when?".

    Heard inside the transaction of every change of an office. Nothing is read but the prints where none hangs.
    """
    hanging = Posting.objects.filter(office=office_id, removed_on=None)
    if not hanging.exists():
        return
    today = tenant.today(at)
    office = Office.objects.select_related("dinas").get(pk=office_id)
    stale = {each.posting.pk for each in queries.stale(office, today) if each.posting}
    hanging.filter(pk__in=stale, changed_on=None).update(changed_on=today)
    hanging.exclude(pk__in=stale).exclude(changed_on=None).update(changed_on=None)
