"""
Dinas, offices, hours, staff and this month's duties of one government, in one transaction; closings follow by themselves.

Governments with a story go through the operations, as a person would; of the others whole tables are written at once. Duties
are many, and written at once for all. The roll-up is told in either case.
"""

import datetime
import itertools
from decimal import Decimal

from django.db import transaction

from accounts.members import Member
from almanac.queries import public_days
from offices import events, operations
from offices.enums import Weekday
from offices.hours import Span
from offices.models import Dinas, Office, Schedule, ServiceHours
from offices.operations_hours import set_hours
from oversight.demo import facts, inventory, layout, names, stock
from oversight.demo.places import Agency, Plan
from staffing import operations as staffing
from staffing.models import Duty, Staff
from tenants.context import acting, mounted
from tenants.models import Tenant

AHEAD = datetime.timedelta(days=14)
SOON = datetime.timedelta(days=3)
DAY = datetime.timedelta(days=1)
MORNING, CLOSING = datetime.time(8), datetime.time(15)
FRIDAY_CLOSING = datetime.time(11, 30)
WITHOUT_HOURS, WITHOUT_ROSTER = ("no_hours", "empty"), ("bare", "empty")


def furnish(tenant: Tenant, agencies: tuple[Agency, ...], *, by: Member, at: datetime.datetime, by_hand: bool) -> None:
    today, number = tenant.today(at), 1
    # Every day on duty is an event of the audit trail: whole months only where somebody will look at them.
    first = today.replace(day=1) if by_hand else today - datetime.timedelta(days=today.weekday())
    opened_on = datetime.date(today.year, 1, 2) if today.month > 1 else datetime.date(today.year - 1, 7, 1)
    things, closings = itertools.count(1), []
    with mounted(tenant), acting(id=by.user.pk, name=by.name):
        with transaction.atomic():
            for order, agency in enumerate(agencies):
                enter = _by_hand if by_hand else _at_once
                dinas, offices = enter(agency, opened_on, by, at)
                facts.furnish(tenant.slug, dinas, offices, number=order, on=today)
                for plan, office in zip(agency.offices, offices, strict=True):
                    staff = _staff(plan, dinas, tenant.slug, number, opened_on, by, at, by_hand=by_hand)
                    number += len(staff)
                    Duty.objects.bulk_create(_duties(plan, office, staff, first=first, today=today))
                    if by_hand:
                        layout.furnish(office, by=by, at=at)
                    inventory.furnish(office, by=by, at=at, numbers=things)
                    if by_hand:
                        stock.furnish(office, by=by, at=at)
                    events.office_changed(tenant=tenant, office_id=office.pk, at=at)
                    closings += [(office, plan)] if plan.closed else []
        # Apart: the reason of a closing goes into every event of its transaction.
        for office, plan in closings:
            _close(office, plan, by, at)


def lengthen(tenant: Tenant, agencies: tuple[Agency, ...], *, at: datetime.datetime) -> None:
    """Carry the rosters on to two weeks from today, where an earlier loading of the demonstration has left them behind."""
    today = tenant.today(at)
    plans = {plan.name: plan for agency in agencies for plan in agency.offices if not plan.closed}
    with mounted(tenant), transaction.atomic():
        for office in Office.objects.filter(name__in=plans, closed_on=None):
            last = office.duties.order_by("-on").values_list("on", flat=True).first()
            if last is None or last >= today:
                continue
            staff = list(Staff.objects.filter(duties__office=office, serves_until=None).distinct().order_by("name", "pk"))
            Duty.objects.bulk_create(_duties(plans[office.name], office, staff, first=last + DAY, today=today))
            inventory.renew(office, on=today, at=at)
            events.office_changed(tenant=tenant, office_id=office.pk, at=at)


def week(plan: Plan) -> list[Span]:
    if plan.roster in WITHOUT_HOURS:
        return []
    days = list(Weekday) if plan.every_day else list(Weekday)[:5]
    return [Span(int(day), MORNING, FRIDAY_CLOSING if day == Weekday.FRIDAY else CLOSING) for day in days]


def _facts(plan: Plan, opened_on: datetime.date) -> dict:
    latitude, longitude = (Decimal(each) for each in plan.place) if plan.place else (None, None)
    return {
        "name": plan.name,
        "kind": plan.kind,
        "address": plan.address,
        "latitude": latitude,
        "longitude": longitude,
        "phone": plan.phone,
        "opened_on": opened_on,
    }


def _by_hand(agency: Agency, opened_on, by, at) -> tuple[Dinas, list[Office]]:
    dinas = operations.create_dinas(name=agency.name, sectors=agency.sectors, by=by, at=at)
    offices = []
    for plan in agency.offices:
        office = operations.create_office(dinas=dinas, by=by, at=at, **_facts(plan, opened_on))
        offices.append(set_hours(office=office, week=week(plan), version=None, by=by, at=at))
    return dinas, offices


def _at_once(agency: Agency, opened_on, by, at) -> tuple[Dinas, list[Office]]:
    dinas = Dinas.objects.create(name=agency.name, sectors=list(agency.sectors))
    offices = Office.objects.bulk_create(Office(dinas=dinas, **_facts(plan, opened_on)) for plan in agency.offices)
    schedules = Schedule.objects.bulk_create(Schedule(office=office) for office in offices)
    ServiceHours.objects.bulk_create(
        ServiceHours(schedule=schedule, **span._asdict())
        for plan, schedule in zip(agency.offices, schedules, strict=True)
        for span in week(plan)
    )
    return dinas, offices


def _staff(plan: Plan, dinas, slug, number, serves_from, by, at, *, by_hand: bool) -> list[Staff]:
    if plan.roster == "empty":
        return []
    people = [
        {
            "name": names.person(slug, each),
            "nip": names.nip(each),
            "position": "Pendamping pendaftaran",
            "phone": "",
            "serves_from": serves_from,
            "serves_until": None,
        }
        for each in range(number, number + plan.staff)
    ]
    if by_hand:
        return [staffing.add_staff(dinas=dinas, by=by, at=at, **facts) for facts in people]
    return Staff.objects.bulk_create(Staff(dinas=dinas, **facts) for facts in people)


def _duties(plan: Plan, office: Office, staff: list[Staff], *, first: datetime.date, today: datetime.date) -> list[Duty]:
    """Pairs in turn on the service days from ``first`` to two weeks from today, less what the plan leaves out."""
    if plan.roster in WITHOUT_ROSTER or not staff:
        return []
    last = today + (SOON if plan.roster == "ending" else AHEAD)
    slots = 1 if plan.roster == "alone" else 2
    days = [first + n * DAY for n in range((last - first).days + 1)]
    rests = public_days(first, last)
    days = [day for day in days if day not in rests and (plan.every_day or day.isoweekday() <= 5)]
    if plan.roster == "gap":
        days = [day for day in days if not today - DAY <= day <= today + 5 * DAY]
    return [
        Duty(office=office, staff=staff[(turn * slots + slot) % len(staff)], on=day, slot=slot + 1)
        for turn, day in enumerate(days)
        for slot in range(min(slots, len(staff)))
    ]


def _close(office: Office, plan: Plan, by: Member, at: datetime.datetime) -> None:
    office.refresh_from_db()
    today = by.tenant.today(at)
    operations.close_office(office=office, closed_on=today, closed_reason=plan.closed, version=None, by=by, at=at)
