"""
The home of a government: what its counters do today, and what waits for the person who looks.

The same page for all, with other contents: a head sees all dinas, a dinas head and operator their own, a governor's staff their
districts. Inside the government names of staff are shown.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import InvitationState
from accounts.members import Member
from accounts.models import Invitation
from circulars.enums import DeliveryState
from circulars.models import Delivery
from circulars.queries import inbox
from offices.timetable import Opening
from oversight import queries
from oversight.enums import IN_SERVICE, Condition
from oversight.models import OfficeStatus
from oversight.states import Days
from portal.dates import digits, long_date, plain_date
from portal.models import Mail, MailState
from staffing.queries import duties_between

MOST_COUNTERS = 12
MOST_GAPS = 5
DAYS_AHEAD = 7
ONE_DAY = datetime.timedelta(days=1)
SEVERITY = {"bad": 0, "warn": 1, "none": 2, "ok": 3}
OWED = {DeliveryState.UNOPENED, DeliveryState.OPENED, DeliveryState.OVERDUE}


def greeting(local: datetime.datetime, name: str) -> str:
    """By the hour on the government's clocks, as people say it."""
    if 4 <= local.hour < 11:
        return _("Selamat pagi, %(name)s") % {"name": name}
    if 11 <= local.hour < 15:
        return _("Selamat siang, %(name)s") % {"name": name}
    if 15 <= local.hour < 18:
        return _("Selamat sore, %(name)s") % {"name": name}
    return _("Selamat malam, %(name)s") % {"name": name}


# Counters ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counter:
    """One office today, with the names of who is on duty."""

    office: OfficeStatus
    opening: Opening
    zone: str
    names: list[str]

    @property
    def condition(self) -> Condition:
        return Condition(self.office.condition)

    @property
    def hours(self) -> str:
        return self.opening.sentence(self.zone)


def own_dinas(member: Member) -> set | None:
    """The dinas whose affairs this person looks after; None for all of the government."""
    return member.dinas_ids("offices.edit") if member.may("offices.edit") else None


def offices(member: Member, days: Days) -> list[OfficeStatus]:
    """The offices in service (or about to be) of the person's dinas, those in trouble first. One query."""
    found = queries.offices(days).filter(tenant=member.tenant).exclude(condition=Condition.CLOSED)
    mine = own_dinas(member)
    if mine is not None:
        found = found.filter(dinas_id__in=mine)
    return sorted(found.order_by("name", "office_id"), key=lambda office: SEVERITY[Condition(office.condition).kind])


def counters(found: list[OfficeStatus], rests: dict, local: datetime.datetime, zone: str) -> list[Counter]:
    """The first of ``found`` as they stand at the local moment. One query."""
    shown = found[:MOST_COUNTERS]
    names = defaultdict(list)
    for duty in duties_between(local.date(), local.date(), office_id__in=[office.office_id for office in shown]):
        names[duty.office_id].append(duty.staff.name)
    return [Counter(office, office.hours(rests).opening(local), zone, names[office.office_id]) for office in shown]


@dataclass(frozen=True)
class Summary:
    """The counters in numbers, for the sentence at the head."""

    total: int
    ready: int
    serving: int
    staffed: int
    blocked: int


def summary(found: list[OfficeStatus]) -> Summary:
    in_service = [office for office in found if office.condition in IN_SERVICE]
    kinds = [Condition(office.condition).kind for office in in_service]
    serving = [office for office in in_service if office.serves]
    staffed = sum(office.is_staffed for office in serving)
    return Summary(len(in_service), kinds.count("ok"), len(serving), staffed, kinds.count("bad"))


# What waits -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for this person; ``action`` is what the button of the page says when it comes first."""

    label: str
    url: str
    kind: str
    word: str
    hint: str = ""
    action: str = ""


def waiting(member: Member, found: list[OfficeStatus], rests: dict, *, at: datetime.datetime) -> list[Waiting]:
    """What waits for the person, the most pressing first. At most three queries."""
    today = member.tenant.today(at)
    things = [_letter(delivery, member, today) for delivery in _letters(member, at)]
    if member.may("duties.edit"):
        things += _gaps(found, rests, today)
    if member.may("people.invite"):
        things += _invitations(member, at)
    if member.may("mail.view"):
        things += _mails(member)
    order = {"late": 0, "bad": 1, "warn": 2, "none": 3}
    return sorted(things, key=lambda each: order[each.kind])


def _letters(member: Member, at: datetime.datetime) -> list[Delivery]:
    unread = Q(state=DeliveryState.INFORMED, opened_at=None)
    return list(inbox(member.tenant, at=at).filter(Q(state__in=OWED) | unread))


def _letter(delivery: Delivery, member: Member, today: datetime.date) -> Waiting:
    letter, url = delivery.circular, reverse("circulars:detail", args=[delivery.pk])
    if delivery.state == DeliveryState.INFORMED:
        return Waiting(_("Baca %(letter)s") % {"letter": letter}, url, "none", _("baru"), letter.subject, _("Baca surat"))
    may = member.may("circulars.acknowledge")
    label = _("Akui %(letter)s") if may else _("%(letter)s menunggu pengakuan pimpinan")
    kind, word = _urgency(letter.deadline_on, today, opened=delivery.opened_at is not None)
    hint = letter.subject
    if letter.deadline_on:
        words = {"date": long_date(letter.deadline_on), "zone": member.tenant.zone_abbr}
        hint = _("tenggat %(date)s, akhir hari %(zone)s") % words
    return Waiting(label % {"letter": letter}, url, kind, word, hint, _("Akui surat edaran") if may else _("Baca surat"))


def _urgency(deadline: datetime.date | None, today: datetime.date, *, opened: bool) -> tuple[str, str]:
    if deadline is None:
        return "warn", _("belum diakui") if opened else _("baru")
    left = (deadline - today).days
    if left < 0:
        return "late", ngettext("terlambat %(days)s hari", "terlambat %(days)s hari", -left) % {"days": digits(-left)}
    if left == 0:
        return "late", _("hari ini")
    words = ngettext("%(days)s hari lagi", "%(days)s hari lagi", left) % {"days": digits(left)}
    return ("late" if left <= 2 else "warn"), words


def _gaps(found: list[OfficeStatus], rests: dict, today: datetime.date) -> list[Waiting]:
    """Offices without hours, and service days of the next week without anybody."""
    things = []
    for office in found:
        if not office.service_weekdays:
            label, url = _("Isi jam layanan %(office)s"), reverse("offices:hours", args=[office.office_id])
            things.append(Waiting(label % {"office": office.name}, url, "bad", _("kosong"), action=_("Isi jam layanan")))
            continue
        coming = office.hours(rests).days(today, today + ONE_DAY * (DAYS_AHEAD - 1))
        empty = [day.on for day in coming if day.hours and not office.people_on(day.on)]
        if empty:
            things.append(_gap(office, empty, today))
    if len(things) > MOST_GAPS:
        left = len(things) - MOST_GAPS
        words = ngettext("%(number)s kantor lain", "%(number)s kantor lain", left) % {"number": digits(left)}
        things = [*things[:MOST_GAPS], Waiting(words, reverse("staffing:roster"), "warn", _("jadwal kosong"))]
    return things


def _gap(office: OfficeStatus, empty: list[datetime.date], today: datetime.date) -> Waiting:
    return Waiting(
        label=_("Isi jadwal piket %(office)s") % {"office": office.name},
        url=reverse("staffing:month", args=[office.office_id, empty[0].replace(day=1)]),
        kind="bad" if empty[0] <= today + ONE_DAY else "warn",
        word=ngettext("%(days)s hari kosong", "%(days)s hari kosong", len(empty)) % {"days": digits(len(empty))},
        hint=_("hari ini tanpa petugas") if empty[0] == today else _("mulai %(date)s") % {"date": plain_date(empty[0])},
        action=_("Isi jadwal piket"),
    )


def _invitations(member: Member, at: datetime.datetime) -> list[Waiting]:
    found = Invitation.objects.filter(tenant=member.tenant).state_at(at)
    mine = member.dinas_ids("people.invite")
    if mine is not None:
        found = found.filter(dinas_id__in=mine)
    counts = found.aggregate(
        open=Count("pk", filter=Q(state=InvitationState.OPEN)), expired=Count("pk", filter=Q(state=InvitationState.EXPIRED))
    )
    url, things = reverse("accounts:people"), []
    if counts["expired"]:
        words = ngettext("%(number)s undangan kedaluwarsa", "%(number)s undangan kedaluwarsa", counts["expired"])
        things.append(Waiting(words % {"number": digits(counts["expired"])}, url, "warn", _("undang lagi")))
    if counts["open"]:
        words = ngettext("%(number)s undangan belum diterima", "%(number)s undangan belum diterima", counts["open"])
        things.append(Waiting(words % {"number": digits(counts["open"])}, url, "none", _("menunggu")))
    return things


def _mails(member: Member) -> list[Waiting]:
    number = Mail.objects.filter(tenant=member.tenant, state__in=(MailState.FAILED, MailState.UNCLEAR)).count()
    if not number:
        return []
    words = ngettext("%(number)s surel tidak terkirim", "%(number)s surel tidak terkirim", number) % {"number": digits(number)}
    return [Waiting(words, reverse("portal:mails"), "bad", _("periksa"), action=_("Periksa surel"))]
