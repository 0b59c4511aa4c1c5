"""People and invitations through the REST interface."""

import pytest

from accounts.enums import Role
from accounts.models import Membership
from portal.models import Mail
from tests import world

ENTRIES = {
    "name": "Dewi Lestari",
    "email": "dewi@contoh.test",
    "role": "dinas_head",
    "position": "Kepala Dinas",
    "valid_from": "2026-12-01",
}


@pytest.fixture
def mayor(session, head):
    return session(head)


def test_people_of_this_government_only(mayor, kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)

    names = [entry["name"] for entry in mayor.read("kota-bandung/people", {"role": "operator"}).json()["results"]]

    assert names == ["Orang rambutan"]


def test_invitation_is_mailed_sent_again_and_withdrawn(mayor):
    made = mayor.send("POST", "kota-bandung/invitations", ENTRIES)
    path = made.headers["Location"].removeprefix("/api/v1/")

    again = mayor.send("POST", f"{path}/sending")
    gone = mayor.send("DELETE", path)

    assert (made.status_code, again.status_code, gone.status_code) == (201, 200, 200)
    assert gone.json()["state"] == "withdrawn"
    assert Mail.objects.filter(to="dewi@contoh.test").count() == 2


def test_role_that_is_not_the_callers_to_give_is_refused(mayor):
    response = mayor.send("POST", "kota-bandung/invitations", ENTRIES | {"role": "government_head"})

    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_ministry_invites_a_head_elsewhere(session, officer, kota_cimahi):
    entries = ENTRIES | {"role": "government_head", "government": "kota-cimahi"}
    client = session(officer)

    made = client.send("POST", "pusat/invitations", entries)

    assert (made.status_code, made.json()["government"]) == (201, "kota-cimahi")
    assert client.read("pusat/head-invitations").json()["count"] == 1


def test_ended_membership_opens_no_door(mayor, session, make_member, kota_bandung):
    operator = make_member(kota_bandung, Role.OPERATOR)
    membership = Membership.objects.get(user=operator.user)

    response = mayor.send("POST", f"kota-bandung/people/{membership.pk}/ending", {"reason": "Mutasi."})

    assert (response.status_code, response.json()["standing"]) == (200, "ended")
    assert session(operator).read("kota-bandung/offices").status_code == 404
