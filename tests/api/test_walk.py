"""Every operation as everyone: nobody, a stranger, another government's key, the government's own."""

import pytest

from portal.openapi import document
from tests import world
from tests.api.conftest import Caller

EVERYTHING = [(path, method.upper(), each) for path, methods in document()["paths"].items() for method, each in methods.items()]
OPEN = [(path, method) for path, method, each in EVERYTHING if each["security"] == [{}]]
OPERATIONS = [(path, method) for path, method, each in EVERYTHING if each["security"] != [{}]]
OUTSIDE = ("/api/v1/me", "/api/v1/governments")
IDS = {
    "offices": world.OFFICE,
    "dinas": world.DINAS,
    "staff": world.STAFF,
    "duties": world.DUTY,
    "rooms": world.ROOM,
    "desks": world.DESK,
    "items": world.ITEM,
    "imports": world.RUN,
}
IDS |= {"schedules": world.SCHEDULE, "special-days": world.SPECIAL, "local-days": world.LOCAL_DAY}
IDS |= {"heads": world.HEAD}
IDS |= {"supplies": world.SUPPLY, "stock-takes": world.ROUND}
VERSION = {"if-match": '"1"'}
NAMED = {
    "{slug}": "kota-cimahi", "{posting}": str(world.POSTING), "{guide}": "surel", "{on}": "2026-12-25",
    "{first_on}": "2027-02-08",
}  # fmt: skip


@pytest.fixture(autouse=True)
def two_governments(kota_bandung, kota_cimahi):
    """The same ids in both, and one circular at both."""
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    letter = world.circular()
    IDS["circulars"] = world.deliver(kota_bandung, letter, acknowledged=True).pk
    world.deliver(kota_cimahi, letter, acknowledged=True)


def addressed(path: str, government="kota-bandung") -> str:
    parts = path.removeprefix("/api/v1/").split("/")
    for number, part in enumerate(parts):
        if part == "{id}":
            parts[number] = str(IDS.get(parts[number - 1], world.OFFICE))
    named = NAMED | {"{government}": government}
    return "/".join(named.get(part, part) for part in parts)


def walk(client, operations=OPERATIONS) -> dict[str, int]:
    return {
        f"{method} {path}": client.send(method, addressed(path), headers=VERSION).status_code for path, method in operations
    }


def inside() -> list[tuple[str, str]]:
    return [(path, method) for path, method in OPERATIONS if not path.startswith(OUTSIDE)]


def test_nobody_is_asked_who_they_are_everywhere(settings):
    settings.API_RATES = settings.API_RATES | {"address": len(OPERATIONS)}

    assert set(walk(Caller()).values()) == {401}


def test_what_is_open_is_reads_and_the_same_for_everyone(session, stranger, head):
    assert {method for _path, method in OPEN} == {"GET"}
    for path, _method in OPEN:
        answers = {client.read(addressed(path)).content for client in (Caller(), session(stranger), session(head))}
        assert len(answers) == 1, path


def test_stranger_finds_nothing_anywhere(session, stranger):
    statuses = walk(session(stranger), inside())

    assert {where: status for where, status in statuses.items() if status != 404} == {}


def test_key_of_another_government_finds_nothing_anywhere(make_key, kota_cimahi):
    statuses = walk(Caller(make_key(kota_cimahi)[1]), inside())

    assert {where: status for where, status in statuses.items() if status != 404} == {}


def test_key_sees_nothing_of_its_neighbour(make_key, kota_bandung):
    program = Caller(make_key(kota_bandung)[1])

    answers = {path: program.read(addressed(path)) for path, method in OPERATIONS if method == "GET"}

    assert {path for path, answer in answers.items() if b"kecapi" in answer.content} == set()
    assert {path for path, answer in answers.items() if b"rambutan" in answer.content} == {
        "/api/v1/{government}/circulars/{id}/acknowledgement",
        "/api/v1/{government}/circulars/{id}/receipt.pdf",
        "/api/v1/{government}/desks",
        "/api/v1/{government}/desks/{id}/kit",
        "/api/v1/{government}/dinas",
        "/api/v1/{government}/dinas/{id}",
        "/api/v1/{government}/dinas/{id}/heads",
        "/api/v1/{government}/heads/{id}",
        "/api/v1/{government}/offices/{id}/photo",
        "/api/v1/{government}/sectors",
        "/api/v1/{government}/duties",
        "/api/v1/{government}/duties/{id}",
        "/api/v1/{government}/offices",
        "/api/v1/{government}/items",
        "/api/v1/{government}/items/{id}",
        "/api/v1/{government}/items/{id}/checks",
        "/api/v1/{government}/offices/{id}",
        "/api/v1/{government}/offices/{id}/prints",
        "/api/v1/{government}/offices/{id}/prints.pdf",
        "/api/v1/{government}/offices/{id}/kits",
        "/api/v1/{government}/rooms",
        "/api/v1/{government}/rooms/{id}",
        "/api/v1/{government}/rooms/{id}/plan",
        "/api/v1/{government}/offices/{id}/schedules",
        "/api/v1/{government}/offices/{id}/special-days",
        "/api/v1/{government}/schedules/{id}",
        "/api/v1/{government}/special-days/{id}",
        "/api/v1/{government}/imports/{id}",
        "/api/v1/{government}/imports/{id}/rows",
        "/api/v1/{government}/local-days",
        "/api/v1/{government}/local-days/{id}",
        "/api/v1/{government}/staff",
        "/api/v1/{government}/staff/{id}",
        "/api/v1/{government}/stock-takes",
        "/api/v1/{government}/stock-takes/{id}",
        "/api/v1/{government}/supplies",
        "/api/v1/{government}/supplies/{id}",
        "/api/v1/{government}/supplies/{id}/movements",
    }


def test_session_without_token_writes_nowhere(session, head):
    writing = [(path, method) for path, method in inside() if method != "GET"]

    assert set(walk(session(head, csrf=False), writing).values()) == {403}


def test_government_of_no_ones_name_is_like_one_that_is_not_yours(session, head):
    client = session(head)
    statuses = {path: client.read(addressed(path, "tidak-ada")).status_code for path, method in inside() if method == "GET"}

    assert {path: status for path, status in statuses.items() if status != 404} == {}
