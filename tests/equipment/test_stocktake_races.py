"""Two people in one room at once. These commit, and clean up after themselves."""

import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from equipment import operations as inventory
from equipment import operations_stocktakes as operations
from equipment.models import Item, StockTake, StockTakeLine
from offices import events
from offices.models import Dinas, Office, Room
from tenants.context import as_owner, mounted
from tests.staffing.test_races import elsewhere, inside, race

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(kota_cimahi, monkeypatch):
    """A room of Kota Cimahi with two things, really there; afterwards really gone."""
    monkeypatch.setattr(events, "_listeners", [])
    member = Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi)

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            office = Office.objects.create(dinas=dinas, name="A", address="x", opened_on=datetime.date(2026, 1, 5))
            room = Room.objects.create(office=office, name="R", purpose="registration")
            act = {"office": office, "kind": "chair", "by": member, "at": timezone.now()}
            return room, inventory.add(name="Kursi", count=2, room=room, **act)

    def clear():
        from django.db import connection

        with as_owner(kota_cimahi.schema_name), connection.cursor() as cursor:
            for table in ("equipment_stocktakeline", "equipment_stocktake"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER fixed")
            StockTake.objects.filter(room=room).delete()
            for table in ("equipment_stocktakeline", "equipment_stocktake"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER fixed")
            Item.objects.filter(office=room.office_id).delete()
            dinas = room.office.dinas
            room.office.delete()
            dinas.delete()

    room, things = elsewhere(furnish)
    yield member, room, things
    elsewhere(clear)


def test_two_who_begin_at_once_share_one_round(committed):
    member, room, _things = committed

    found = race(member, *[lambda: operations.start(room=room, by=member, at=timezone.now())] * 2)

    assert isinstance(found[0], StockTake)
    assert found[0] == found[1]


def test_two_who_read_the_same_label_at_once_leave_one_line(committed):
    member, room, (chair, _) = committed
    taken = elsewhere(inside(member, lambda: operations.start(room=room, by=member, at=timezone.now())))

    found = race(member, *[lambda: operations.read(stock_take=taken, text=chair.label, by=member, at=timezone.now())] * 2)

    assert sorted(each.again for each in found) == [False, True]
    with mounted(member.tenant):
        assert StockTakeLine.objects.filter(stock_take=taken).count() == 1


def test_reading_while_somebody_finishes_is_in_or_refused(committed):
    member, room, (chair, _) = committed
    taken = elsewhere(inside(member, lambda: operations.start(room=room, by=member, at=timezone.now())))

    reading, closed = race(
        member,
        lambda: operations.read(stock_take=taken, text=chair.label, by=member, at=timezone.now()),
        lambda: operations.finish(stock_take=taken, by=member, at=timezone.now()),
    )

    assert isinstance(closed, StockTake)
    with mounted(member.tenant):
        lines = StockTakeLine.objects.filter(stock_take=taken).count()
    assert (type(reading).__name__, lines) in {("Reading", 1), ("RoundFinished", 0)}
