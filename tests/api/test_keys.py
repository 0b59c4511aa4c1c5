"""Keys through the REST interface: made, read and revoked by people, never by a key."""

import pytest
import time_machine

from accounts.models import ApiKey
from portal.models import IdempotencyKey
from portal.openapi import document
from tests.api.conftest import Caller
from tests.conftest import NOW

ENTRIES = {"name": "SIMPEG", "scopes": ["offices.view", "duties.view"], "expires_on": "2027-06-30"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mayor(session, head):
    return session(head)


def test_key_is_made_told_once_opens_and_is_revoked(mayor, head):
    made = mayor.send("POST", "kota-bandung/keys", ENTRIES)
    path = made.headers["Location"].removeprefix("/api/v1/")
    program = Caller(made.json()["secret"])

    seen = mayor.read(path).json()
    opened = program.read("kota-bandung/offices").status_code
    gone = mayor.send("DELETE", path)

    assert (made.status_code, made.headers["Cache-Control"], opened) == (201, "private, no-store", 200)
    assert seen == {
        "id": path.rpartition("/")[2],
        "name": "SIMPEG",
        "prefix": made.json()["prefix"],
        "scopes": ["duties.view", "offices.view"],
        "state": "valid",
        "expires_on": "2027-06-30",
        "expires_at": "2027-06-30T17:00:00Z",
        "created_at": "2026-11-23T03:00:00Z",
        "created_by": head.name,
        "revoked_at": None,
        "last_used_on": None,
    }
    assert (gone.status_code, gone.json()["state"]) == (200, "revoked")
    assert program.read("kota-bandung/offices").status_code == 401
    assert mayor.send("DELETE", path).status_code == 409


def test_repetition_makes_one_key_and_is_not_told_it_again(mayor):
    headers = {"idempotency-key": "sekali"}

    first = mayor.send("POST", "kota-bandung/keys", ENTRIES, headers=headers)
    second = mayor.send("POST", "kota-bandung/keys", ENTRIES, headers=headers)

    assert (first.status_code, second.status_code, ApiKey.objects.count()) == (201, 201, 1)
    assert second.json() == {**first.json(), "secret": None}
    assert first.json()["secret"].encode() not in bytes(IdempotencyKey.objects.get().body)


def test_keys_of_this_government_only(mayor, make_key, kota_bandung, kota_cimahi):
    own, theirs = make_key(kota_bandung, name="Kunci rambutan")[0], make_key(kota_cimahi, name="Kunci kecapi")[0]

    assert [entry["name"] for entry in mayor.read("kota-bandung/keys").json()["results"]] == ["Kunci rambutan"]
    assert mayor.read(f"kota-bandung/keys/{own.pk}").status_code == 200
    assert mayor.read(f"kota-bandung/keys/{theirs.pk}").status_code == 404
    assert mayor.send("DELETE", f"kota-bandung/keys/{theirs.pk}").status_code == 404
    assert mayor.send("POST", "kota-cimahi/keys", ENTRIES).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.revoked_at, ApiKey.objects.count()) == (None, 2)


@pytest.mark.parametrize("way", [("GET", ""), ("POST", ""), ("GET", "/{id}"), ("DELETE", "/{id}")])
def test_key_makes_shows_and_revokes_no_key(program, way):
    method, rest = way
    path = f"kota-bandung/keys{rest}".format(id=ApiKey.objects.get().pk)

    response = program.send(method, path, ENTRIES) if method != "GET" else program.read(path)

    assert (response.status_code, response.json()["code"]) == (403, "forbidden")
    assert (ApiKey.objects.count(), ApiKey.objects.get().revoked_at) == (1, None)


def test_scope_that_would_let_a_key_make_keys_is_none(mayor, make_key, kota_bandung):
    assert mayor.send("POST", "kota-bandung/keys", ENTRIES | {"scopes": ["keys.manage"]}).status_code == 400
    key, secret = make_key(kota_bandung)
    ApiKey.objects.filter(pk=key.pk).update(scopes=["keys.manage"])

    assert Caller(secret).send("POST", "kota-bandung/keys", ENTRIES).status_code == 403


def test_who_may_not_manage_keys_is_refused(session, make_member, kota_bandung):
    response = session(make_member(kota_bandung, "dinas_head")).send("POST", "kota-bandung/keys", ENTRIES)

    assert (response.status_code, ApiKey.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"scopes": []}, 400, "scopes"),
        ({"scopes": ["districts.view"]}, 422, "scopes"),
        ({"expires_on": "2026-11-22"}, 422, "expires_on"),
        ({"expires_on": "2027-12-31"}, 422, "expires_on"),
    ],
)
def test_key_that_cannot_be_is_refused_by_field(mayor, change, status, field):
    response = mayor.send("POST", "kota-bandung/keys", ENTRIES | change)

    assert (response.status_code, list(response.json()["errors"])) == (status, [field])
    assert ApiKey.objects.count() == 0


def test_document_says_that_keys_are_for_sessions_only():
    paths = document()["paths"]
    found = [paths[path][method] for path in paths if "/keys" in path for method in paths[path]]

    assert [entry["security"] for entry in found] == [[{"session": []}]] * 4
