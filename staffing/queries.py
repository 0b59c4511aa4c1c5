"""Reads of staff and roster: for the pages, the REST interface and the rooms above."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.access import dinas_for
from offices.first_day import Step
from offices.models import Office
from offices.queries import CALENDAR, offices, own_rests, timetable
from offices.timetable import Timetable
from staffing import access
from staffing.days import next_month
from staffing.models import Duty, Staff
from staffing.roster import ONE_DAY, RosterDay, RosterMonth, days, span_of_month

AHEAD = 21 * ONE_DAY  # how far "the next days" look: three weeks


# Staff ------------------------------------------------------------------------------------------------------------------------


def staff(member: Member, on: datetime.date):
    """The people whom ``member`` may see, each with ``next_on``: the next day on duty from ``on`` on."""
    coming = Min("duties__on", filter=Q(duties__on__gte=on))
    return access.staff_for(member).annotate(next_on=coming).order_by("name", "id")


@dataclass(frozen=True)
class Muster:
    """How many people are in their term on a day, and how many of these are not in the roster from that day on."""

    serving: int
    idle: int


def muster(member: Member, on: datetime.date) -> Muster:
    planned = Exists(Duty.objects.filter(staff=OuterRef("pk"), on__gte=on))
    serving = access.staff_for(member).serving_on(on)
    return Muster(**serving.aggregate(serving=Count("pk"), idle=Count("pk", filter=~planned)))


def coming_duties(person: Staff, on: datetime.date, most: int = 10) -> list[Duty]:
    """The next days on duty from ``on`` on."""
    return list(person.duties.filter(on__gte=on).select_related("office").order_by("on")[:most])


@dataclass(frozen=True)
class Candidate:
    """
    Somebody who serves on a day.

    ``elsewhere`` names the other office where the person is on duty then; ``hint`` is the position, and between people of the
    same name the end of the NIP.
    """

    staff: Staff
    month_count: int
    elsewhere: str = ""
    hint: str = ""


def candidates(office: Office, on: datetime.date) -> list[Candidate]:
    """
    Who of the office's dinas serves on ``on`` and is not on duty here yet; one query.

    First who is free, and among these who has the fewest days on duty in that month; last who is busy elsewhere.
    """
    first = on.replace(day=1)
    in_month = Q(duties__on__gte=first, duties__on__lt=next_month(first))
    here = Duty.objects.filter(staff=OuterRef("pk"), on=on, office=office)
    elsewhere = Duty.objects.filter(staff=OuterRef("pk"), on=on).exclude(office=office)
    people = (
        Staff.objects.filter(~Exists(here), dinas=office.dinas_id)
        .serving_on(on)
        .annotate(month_count=Count("duties", filter=in_month), elsewhere=Subquery(elsewhere.values("office__name")[:1]))
        .order_by("name", "id")
    )
    names = Counter(person.name for person in people)
    found = [
        Candidate(person, person.month_count, person.elsewhere or "", _hint(person, twice=names[person.name] > 1))
        for person in people
    ]
    return sorted(found, key=lambda each: (bool(each.elsewhere), each.month_count))


def _hint(person: Staff, *, twice: bool) -> str:
    nip = f"NIP {person.masked_nip}" if twice and person.nip else ""
    return " · ".join(filter(None, [person.position, nip]))


# Roster -----------------------------------------------------------------------------------------------------------------------


def duties_between(first: datetime.date, last: datetime.date, **office):
    """Duties from ``first`` to ``last`` with their people, in the order of days and slots."""
    return Duty.objects.filter(on__range=(first, last), **office).select_related("staff").order_by("on", "office_id", "slot")


def month(office: Office, first: datetime.date, today: datetime.date) -> RosterMonth:
    """The month beginning on ``first``; four queries where the office's calendar was fetched with it."""
    start, end = span_of_month(first)
    duties = duties_between(start, end, office=office)
    own = timetable(office, own_rests(start, end))
    found = days(own, duties, first=start, last=end, today=today, month=first)
    return RosterMonth(first, [found[number : number + 7] for number in range(0, len(found), 7)])


def day(office: Office, on: datetime.date, today: datetime.date) -> RosterDay:
    """One day of the roster; four queries where the office's calendar was fetched with it."""
    own = timetable(office, own_rests(on, on))
    (found,) = days(own, duties_between(on, on, office=office), first=on, last=on, today=today)
    return found


@dataclass(frozen=True)
class Outlook:
    """The three weeks from a day on: that day, the service days after it, and the first day that needs somebody."""

    today: RosterDay
    coming: list[RosterDay]

    @property
    def gap(self) -> RosterDay | None:
        """The first service day with nobody, today included."""
        return next((day for day in [self.today, *self.coming] if day.gap), None)

    @property
    def through(self) -> datetime.date | None:
        """The last day before the first gap on which somebody is on duty."""
        through = None
        for day in [self.today, *self.coming]:
            if day.gap:
                break
            through = day.on if day.duties else through
        return through


def _outlook(own: Timetable, duties, today: datetime.date) -> Outlook:
    found = days(own, duties, first=today, last=today + AHEAD, today=today)
    return Outlook(found[0], [day for day in found[1:] if day.serves or day.duties])


def outlook(office: Office, today: datetime.date) -> Outlook:
    """Four queries where the office's calendar was fetched with it."""
    own = timetable(office, own_rests(today, today + AHEAD))
    return _outlook(own, duties_between(today, today + AHEAD, office=office), today)


def next_open(office: Office, after: datetime.date, today: datetime.date) -> RosterDay | None:
    """The first service day with a free place in the three weeks after a day; for whoever fills one day after the other."""
    first, last = after + ONE_DAY, after + AHEAD
    duties = duties_between(first, last, office=office)
    coming = days(timetable(office, own_rests(first, last)), duties, first=first, last=last, today=today)
    return next((day for day in coming if day.free), None)


def roster_offices(today: datetime.date):
    """The offices that are not closed, with dinas and hours: the rows of the roster's list."""
    return offices().not_closed_on(today)


def outlooks(page: list[Office], today: datetime.date) -> dict:
    """The outlook of each of some offices whose calendars were fetched with them, by office id; three queries."""
    by_office: dict = {office.pk: [] for office in page}
    for duty in duties_between(today, today + AHEAD, office__in=page):
        by_office[duty.office_id].append(duty)
    rests = own_rests(today, today + AHEAD)
    return {office.pk: _outlook(timetable(office, rests), by_office[office.pk], today) for office in page}


@dataclass(frozen=True)
class Coverage:
    """How many offices serve on a day, and how many of these have somebody on duty."""

    serving: int
    staffed: int


def coverage(on: datetime.date) -> Coverage:
    """Over all offices of the government, with their calendars: seven queries whatever their number."""
    somebody = Exists(Duty.objects.filter(office=OuterRef("pk"), on=on))
    rests = own_rests(on, on)
    standing = Office.objects.open_on(on).annotate(has_somebody=somebody).prefetch_related(*CALENDAR)
    serving = [office for office in standing if timetable(office, rests).serves_on(on)]
    return Coverage(serving=len(serving), staffed=sum(office.has_somebody for office in serving))


def on_duty(office: Office, on: datetime.date) -> list[Staff]:
    """Who is on duty on ``on``, by slot."""
    return [duty.staff for duty in duties_between(on, on, office=office)]


# The first day ----------------------------------------------------------------------------------------------------------------


def own_steps(member: Member, on: datetime.date) -> list[Step]:
    """Staff and roster; two queries."""
    mine = dinas_for(member, "duties.edit")
    people = Staff.objects.filter(dinas__in=mine).filter(Q(serves_until=None) | Q(serves_until__gte=on)).count()
    coming = Duty.objects.filter(on__gte=on, office=OuterRef("pk"))
    office = (
        Office.objects.filter(dinas__in=mine)
        .not_closed_on(on)
        .annotate(has_duty=Exists(coming))
        .order_by("-has_duty", "opened_on", "name", "id")
        .first()
    )
    return [
        Step(
            "staff",
            _("Daftarkan petugas"),
            _("Nama dan masa tugasnya; NIP boleh menyusul."),
            reverse("staffing:staff_list") if people else reverse("staffing:staff_new"),
            people > 0,
        ),
        Step(
            "duty",
            _("Isi jadwal piket"),
            _("Paling banyak dua petugas sehari, sesuai prosedur."),
            reverse("staffing:month", args=[office.pk, max(on, office.opened_on)]) if office else "",
            office is not None and office.has_duty,
        ),
    ]
