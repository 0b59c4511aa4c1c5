"""An office in Kota Bandung with a registration and a training room, desks, and what is put there."""

import pytest

from equipment import operations
from offices.enums import RoomPurpose
from offices.models import Desk, Room
from tenants.context import mounted
from tests.offices.conftest import (  # noqa: F401 - fixtures
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


@pytest.fixture
def make_room(kota_bandung, office):  # noqa: F811
    """``make_room(name, purpose="registration", desks=("Meja 1",), of=office)``"""

    def make(name, purpose=RoomPurpose.REGISTRATION, *, desks=("Meja 1",), of=None) -> Room:
        with mounted(kota_bandung):
            room = Room.objects.create(office=of or office, name=name, purpose=purpose)
            Desk.objects.bulk_create(Desk(room=room, name=desk) for desk in desks)
            return room

    return make


@pytest.fixture
def room(make_room):
    return make_room("Ruang Pendaftaran", desks=("Meja 1", "Meja 2"))


@pytest.fixture
def training_room(make_room):
    return make_room("Ruang Pelatihan", RoomPurpose.TRAINING)


@pytest.fixture
def add_item(kota_bandung, office, dinas_head, now):  # noqa: F811
    """``add_item(kind="laptop", name="…", of=office, **facts)`` -> one thing, by the operation."""

    def add(kind="laptop", name="Laptop 14 inci", *, of=None, **facts):
        devices = {"purpose": "registration"} if kind in ("laptop", "desktop", "tablet", "smartphone") else {}
        with mounted(kota_bandung):
            (item,) = operations.add(office=of or office, kind=kind, name=name, by=dinas_head, at=now, **(devices | facts))
            return item

    return add
