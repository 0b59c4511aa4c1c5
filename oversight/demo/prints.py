"""Prints of the demonstration: in one office all hang and hold, in one the hours at the doors are old, elsewhere none hang."""

import datetime

from django.db import transaction

from accounts.members import Member
from offices import events
from offices.models import Office
from prints import queries
from prints.enums import PrintKind
from prints.models import Posting
from prints.queries import Standing
from tenants.context import acting, mounted
from tenants.models import Tenant

COMPLETE, OUTDATED = "Loket Cikutra", "Loket Gedebage"
POSTED, CHANGED = datetime.timedelta(days=20), datetime.timedelta(days=4)
OLD_WEEK = [[day, "08:00", "14:00"] for day in range(1, 6)]


def furnish(tenant: Tenant, *, by: Member, at: datetime.datetime) -> None:
    today = tenant.today(at)
    with mounted(tenant), acting(id=by.user.pk, name=by.name), transaction.atomic():
        for office in Office.objects.filter(name__in=(COMPLETE, OUTDATED)).select_related("dinas"):
            board = queries.board(office, today - POSTED)
            chosen = [each for each in board.standings if each.edition and (each.slot.required or office.name == COMPLETE)]
            Posting.objects.bulk_create(_posting(each, today, by) for each in chosen)
            events.office_changed(tenant=tenant, office_id=office.pk, at=at)


def _posting(standing: Standing, today: datetime.date, by: Member) -> Posting:
    slot, edition = standing.slot, standing.edition
    assert edition is not None  # noqa: S101 chosen for having one
    room, desk = slot.place.key
    posting = Posting(
        office=slot.place.office,
        room_id=room,
        desk_id=desk,
        kind=slot.kind,
        edition=edition.code,
        says=edition.says,
        laminated=slot.is_guide,
        posted_on=today - POSTED,
        posted_by_name=by.name,
    )
    if slot.kind == PrintKind.HOURS and slot.place.office.name == OUTDATED:
        posting.says = edition.says | {"periods": [[False, "", None, None, OLD_WEEK]]}
        posting.changed_on = today - CHANGED
    return posting
