"""An office in Kota Bandung with hours, two rooms, desks and published guides."""

import datetime

import pytest

from guides import reference
from offices.enums import RoomPurpose
from offices.models import Desk, Room
from tenants.context import as_owner, mounted
from tests.offices.conftest import (  # noqa: F401 fixtures
    WEEK,
    again,
    dinas,
    dinas_head,
    here,
    make_office,
    office,
    operator,
    other_dinas,
    other_head,
    query_count,
)

NOON = datetime.datetime(2026, 11, 23, 5, 0, tzinfo=datetime.UTC)


@pytest.fixture
def first_editions(db, now):
    with as_owner():
        reference.load(at=now)


@pytest.fixture
def counter(make_office, kota_bandung, first_editions):  # noqa: F811
    """``counter(rooms=1, desks=2)``: an office with hours, registration rooms, desks in each, and a training room."""

    def make(*, rooms=1, desks=2, training=True, **facts):
        made = make_office(week=WEEK, **facts)
        with mounted(kota_bandung):
            for number in range(rooms):
                room = Room.objects.create(office=made, name=f"Ruang {number + 1}", purpose=RoomPurpose.REGISTRATION)
                for desk in range(desks):
                    Desk.objects.create(room=room, name=f"Meja {desk + 1}")
            if training:
                Room.objects.create(office=made, name="Aula", purpose=RoomPurpose.TRAINING)
        return made

    return make
