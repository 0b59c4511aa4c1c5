"""Every address carries an access mark, and answers everyone as the policy table says."""

import uuid

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from accounts import policy
from accounts.access import mark_of
from accounts.enums import MINISTRY_ROLES, Role
from tests import world

ROOTS = (settings.ROOT_URLCONF, settings.GOVERNMENT_URLCONF, settings.MINISTRY_URLCONF)
# What stands for a part of an address when the walk has no object of its own for it.
SAMPLES = {
    "slug": "kota-cimahi",
    "month": "2026-11",
    "day": "2026-11-23",
    "on": "2026-11-23",
    "year": "2026",
    "code": "tidak-ada",
    "sheet": "rooms",
    "token": "x",
    "guide": "surel",
}


def patterns(urlconf):
    """All (route, view) of a URL configuration, with the routes of what it includes."""

    def walk(entries, prefix):
        for entry in entries:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield route, entry
            else:
                yield from walk(entry.url_patterns, route)

    return list(walk(get_resolver(urlconf).url_patterns, ""))


EVERY = [(urlconf, route, entry) for urlconf in ROOTS for route, entry in patterns(urlconf)]


@pytest.mark.parametrize(("urlconf", "route", "entry"), EVERY, ids=lambda value: value if isinstance(value, str) else "")
def test_address_carries_an_access_mark(urlconf, route, entry):
    mark = mark_of(entry.callback)

    assert mark in {"open", "signed-in", "signed_in"} or mark in policy.RULES


def address(route: str, delivery, office=world.OFFICE) -> str:
    """``route`` with its parts filled in: the objects of the world where the name of the part says which."""
    known = {
        "offices": office, "kantor": office, "inventaris": world.ITEM, "dinas": world.DINAS, "petugas": world.STAFF,
        "staff": world.STAFF, "surat": delivery.pk, "duty": world.DUTY, "head": world.HEAD, "room": world.ROOM,
        "desk": world.DESK, "excel": world.RUN, "schedule": world.SCHEDULE, "special": world.SPECIAL,
        "hari-daerah": world.LOCAL_DAY, "posting": world.POSTING, "persediaan": world.SUPPLY, "sensus": world.ROUND,
        "line": world.LINE,
    }  # fmt: skip
    parts = []
    for part in route.split("/"):
        if part.startswith("<"):
            kind, _, name = part.strip("<>").rpartition(":")
            before = next((word for word in reversed(parts) if word in known), "")
            if name in SAMPLES:
                part = SAMPLES[name]
            elif kind == "uuid":
                part = str(known.get(name.removesuffix("_id").removesuffix("_pk"), known.get(before, uuid.uuid4())))
            else:
                part = SAMPLES.get(name, "1")
        parts.append(part)
    return "/".join(parts)


@pytest.fixture
def two_governments(kota_bandung, kota_cimahi, pusat):
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    letter = world.circular()
    world.circular(id=world.DRAFT, number="2/TEST/2026", published=False)
    return world.deliver(kota_bandung, letter, acknowledged=True), world.deliver(kota_cimahi, letter, acknowledged=True)


def expected(member, mark: str, status: int, method: str) -> bool:
    """
    Whether an answer with ``status`` fits what the policy says of ``member`` and an address with ``mark``.

    A page that many may see can hold a form that fewer may send.
    """
    if method == "post" and status == 403:
        return True
    if mark in policy.RULES and not member.may(mark):
        return status in (403, 405)
    return status in (200, 302, 303, 304, 400, 404, 405, 409, 422)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", sorted(set(Role) - MINISTRY_ROLES))
def test_government_answers_each_role_by_the_table(client, two_governments, kota_bandung, make_member, role, method):
    dinas = type("Dinas", (), {"pk": world.DINAS, "name": "Dinas"}) if role in (Role.DINAS_HEAD, Role.OPERATOR) else None
    member = make_member(kota_bandung, role, dinas=dinas)
    client.force_login(member.user)
    wrong, leaks = {}, {}

    for route, entry in patterns(settings.GOVERNMENT_URLCONF):
        path = f"/kota-bandung/{address(route, two_governments[0])}"
        response = getattr(client, method)(path)
        if not expected(member, mark_of(entry.callback), response.status_code, method):
            wrong[path] = response.status_code
        if b"kecapi" in response.getvalue():
            leaks[path] = role

    assert (wrong, leaks) == ({}, {})


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", sorted(MINISTRY_ROLES))
def test_ministry_answers_each_role_by_the_table(client, two_governments, pusat, make_member, role, method):
    member = make_member(pusat, role)
    client.force_login(member.user)
    wrong = {}

    for route, entry in patterns(settings.MINISTRY_URLCONF):
        path = f"/pusat/{address(route, two_governments[0])}"
        response = getattr(client, method)(path)
        if not expected(member, mark_of(entry.callback), response.status_code, method):
            wrong[path] = response.status_code

    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("urlconf", [settings.GOVERNMENT_URLCONF, settings.MINISTRY_URLCONF])
def test_stranger_gets_404_everywhere(client, two_governments, stranger, urlconf, method):
    client.force_login(stranger)
    mount = "pusat" if urlconf == settings.MINISTRY_URLCONF else "kota-bandung"

    statuses = {
        route: getattr(client, method)(f"/{mount}/{address(route, two_governments[0])}").status_code
        for route, _ in patterns(urlconf)
    }

    assert {route: status for route, status in statuses.items() if status != 404} == {}


@pytest.mark.parametrize("urlconf", [settings.GOVERNMENT_URLCONF, settings.MINISTRY_URLCONF])
def test_signed_out_is_led_to_the_sign_in(client, two_governments, urlconf):
    mount = "pusat" if urlconf == settings.MINISTRY_URLCONF else "kota-bandung"

    for route, _ in patterns(urlconf):
        response = client.get(f"/{mount}/{address(route, two_governments[0])}")
        assert (response.status_code, response.headers["Location"][:7]) == (302, "/masuk/"), route
