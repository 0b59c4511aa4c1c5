"""Two people who say at the same moment that a print hangs. These commit, and clean up after themselves."""

import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.members import Member
from accounts.models import User
from guides.models import GuideVersion
from offices import events
from offices.enums import RoomPurpose
from offices.models import Desk, Dinas, Office, Room
from prints import operations, queries
from prints.models import Posting
from tenants.context import as_owner, mounted
from tests.staffing.test_races import at_once, elsewhere

pytestmark = pytest.mark.django_db


class Anybody(Member):
    """A member who may do everything; who that is in truth is tested elsewhere."""

    def may(self, right, dinas=None) -> bool:
        return True


@pytest.fixture
def desk(kota_cimahi, monkeypatch):
    """An office of Kota Cimahi with a desk, really there; afterwards really gone."""
    monkeypatch.setattr(events, "_listeners", [])
    monkeypatch.setattr(queries.guides, "current_editions", _editions)

    def furnish():
        with as_owner(kota_cimahi.schema_name):
            dinas = Dinas.objects.create(name=f"Dinas {uuid.uuid4()}", sectors=["manpower"])
            office = Office.objects.create(dinas=dinas, name="A", address="x", opened_on=datetime.date(2026, 1, 5))
            room = Room.objects.create(office=office, name="Ruang A", purpose=RoomPurpose.REGISTRATION)
            return Desk.objects.create(room=room, name="Meja 1")

    made = elsewhere(furnish)

    def clear():
        with as_owner(kota_cimahi.schema_name):
            Posting.objects.filter(office=made.room.office).delete()
            made.delete()
            made.room.delete()
            made.room.office.delete()
            made.room.office.dinas.delete()

    yield made
    elsewhere(clear)


def _editions():
    """As if the guides had been loaded: other connections do not see what this test has not committed."""
    return {key: GuideVersion(guide=key, number=1, published_at=timezone.now()) for key in ("email", "account")}


@pytest.mark.parametrize("moments", [2, 4])
def test_print_that_several_put_up_at_once_hangs_once(desk, kota_cimahi, moments):
    by = Anybody(user=User(pk=7, name="Ani"), tenant=kota_cimahi, memberships=())

    def post():
        with mounted(kota_cimahi):
            office = Office.objects.select_related("dinas").get(pk=desk.room.office_id)
            return operations.post(office=office, sheets=[f"email-guide~{desk.pk}"], laminated=True, by=by, at=timezone.now())

    outcomes = at_once(*[post] * moments)

    assert {posting.pk for outcome in outcomes for posting in outcome} == {outcomes[0][0].pk}
