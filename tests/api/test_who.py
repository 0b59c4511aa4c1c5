"""Who calls, and what is not theirs: keys, sessions, strangers, scopes, other governments."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from accounts import keys, policy
from accounts.enums import Role
from accounts.models import ApiKey
from audit.models import Event
from tenants import directory
from tenants.context import as_owner
from tests import world
from tests.api.conftest import Caller

NOT_THERE = (404, "not-found")


def told(response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_key_is_told_who_it_is(make_key, kota_bandung):
    _key, secret = make_key(kota_bandung, "offices.view", "duties.view")

    answer = Caller(secret).read("me").json()

    assert (answer["kind"], answer["name"]) == ("key", "SIMPEG")
    assert [(place["slug"], place["rights"]) for place in answer["governments"]] == [
        ("kota-bandung", ["duties.view", "offices.view"])
    ]


def test_person_is_told_roles_and_rights(session, observer):
    answer = session(observer).read("me").json()

    assert [(place["slug"], [role["role"] for role in place["roles"]]) for place in answer["governments"]] == [
        ("pusat", ["observer"])
    ]
    assert answer["governments"][0]["rights"] == [
        "almanac.view", "circulars.view", "guides.view", "home.view", "nation.view", "receipts.view"
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["me", "governments", "kota-bandung/offices", "tidak-ada/offices", "pusat/circulars"])
def test_nobody_is_asked_to_say_who_they_are(db, path):
    response = Caller().read(path)

    assert told(response) == (401, "not-authenticated")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Loket"'


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer x", "Basic eDp5", "Bearer loket_aaaaaaaa_", "Bearer loket_aaaaaaaa_b\x00c", "Bearer " + "a" * 5000],
)
def test_what_is_no_key_is_refused(db, header):
    assert told(Caller().read("me", headers={"authorization": header})) == (401, "not-authenticated")


def test_key_with_a_wrong_secret_is_refused(make_key, kota_bandung):
    _key, secret = make_key(kota_bandung)

    assert told(Caller(secret[:-1] + ("a" if secret[-1] != "a" else "b")).read("me")) == (401, "not-authenticated")


def test_revoked_key_opens_nothing(make_key, kota_bandung, head):
    key, secret = make_key(kota_bandung)
    with as_owner():
        keys.revoke(key=key, by=head, at=timezone.now())

    assert told(Caller(secret).read("kota-bandung/offices")) == (401, "not-authenticated")


def test_expired_key_opens_nothing(make_key, kota_bandung):
    key, secret = make_key(kota_bandung)
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    assert told(Caller(secret).read("kota-bandung/offices")) == (401, "not-authenticated")


def test_key_of_another_government_finds_nothing(make_key, kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)  # the same ids
    program = Caller(make_key(kota_cimahi)[1])

    assert told(program.read(f"kota-bandung/offices/{world.OFFICE}")) == NOT_THERE
    assert told(program.send("DELETE", f"kota-bandung/duties/{world.DUTY}")) == NOT_THERE
    assert program.read(f"kota-cimahi/offices/{world.OFFICE}").json()["name"] == "Loket kecapi"


@pytest.mark.parametrize("path", ["kota-bandung/offices", "pusat/circulars", "pusat/nation", "tidak-ada/offices"])
def test_stranger_and_unknown_government_get_the_same(session, stranger, kota_bandung, path):
    assert told(session(stranger).read(path)) == NOT_THERE


def test_key_does_what_its_scopes_say_and_no_more(make_key, kota_bandung):
    world.furnish(kota_bandung)
    program = Caller(make_key(kota_bandung, "offices.view")[1])

    assert program.read(f"kota-bandung/offices/{world.OFFICE}").status_code == 200
    assert told(program.read("kota-bandung/staff")) == (403, "forbidden")
    assert told(program.send("PUT", f"kota-bandung/offices/{world.OFFICE}", {})) == (403, "forbidden")


def test_scope_that_no_key_may_have_is_worth_nothing(make_key, kota_bandung):
    key, secret = make_key(kota_bandung, "offices.view")
    ApiKey.objects.filter(pk=key.pk).update(scopes=["people.view", "circulars.acknowledge"])

    assert told(Caller(secret).read("kota-bandung/people")) == (403, "forbidden")


def test_member_without_the_right_is_told_whom_to_ask(session, governor_staff):
    response = session(governor_staff).read("jawa-barat/staff")

    assert told(response) == (403, "forbidden")
    assert response.json()["detail"] == str(policy.REFUSED)


def test_other_dinas_of_the_same_government_is_seen_not_changed(session, make_member, kota_bandung):
    world.furnish(kota_bandung)
    other = type("Dinas", (), {"pk": world.STAFF, "name": "Dinas Lain"})
    client = session(make_member(kota_bandung, Role.OPERATOR, dinas=other))
    path = f"kota-bandung/offices/{world.OFFICE}"

    assert client.read(path).status_code == 200
    assert told(client.send("PUT", path, {}, headers={"if-match": '"1"'})) == (403, "forbidden")


def test_session_without_csrf_token_cannot_write(session, head):
    client = session(head, csrf=False)

    assert told(client.send("POST", "kota-bandung/dinas", {"name": "X", "sectors": ["trade"]})) == (403, "csrf")


def test_second_factor_is_asked_for_here_too(session, head, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    assert told(session(head).read("kota-bandung/offices")) == (403, "forbidden")


@pytest.fixture
def unfinished(kota_bandung):
    """Kota Bandung as it is after a failed provisioning; the map of the process forgets it afterwards."""
    with as_owner():
        kota_bandung.state = "failed"
        kota_bandung.save()
    yield
    directory.forget()


def test_unprovisioned_government_is_not_served(session, head, unfinished):

    response = session(head).read("kota-bandung/offices")

    assert told(response) == (503, "unavailable")
    assert response.headers["Retry-After"] == "60"


def test_audit_trail_names_the_key(program, kota_bandung):
    world.furnish(kota_bandung)
    with connection.cursor() as cursor:  # the events of a request are written at its commit, of which a test has none
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    program.send("DELETE", f"kota-bandung/duties/{world.DUTY}")

    with as_owner(kota_bandung.schema_name):
        event = Event.objects.filter(table_name="staffing_duty", action="D").get()
    assert event.actor_role == "api_key"
    assert event.actor_name.startswith("Pimpinan daerah Kota Bandung (")
