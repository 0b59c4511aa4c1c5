"""Staff and duties through the REST interface."""

import pytest

from tests import world
from tests.api.conftest import Caller

FACTS = {"name": "Siti Aminah", "nip": "198001012005012001", "phone": "0812", "serves_from": "2026-01-05"}


@pytest.fixture(autouse=True)
def furnished(kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)


def add(client, **facts) -> dict:
    return client.send("POST", "kota-bandung/staff", FACTS | {"dinas": str(world.DINAS)} | facts).json()


def assignment(staff: str, on="2026-11-24") -> dict:
    return {"office": str(world.OFFICE), "staff": staff, "on": on}


def test_third_person_is_refused_with_the_names_of_the_two(program):
    for number in range(1, 4):
        person = add(program, name=f"Petugas {number}", nip="")
        response = program.send("POST", "kota-bandung/duties", assignment(person["id"]))

    assert (response.status_code, response.json()["code"]) == (409, "office-full")
    assert "Petugas 1 dan Petugas 2" in response.json()["detail"]


def test_duties_of_a_period(program):
    def days(**period):
        return [entry["on"] for entry in program.read("kota-bandung/duties", period).json()["results"]]

    assert days(**{"from": "2026-11-23", "until": "2026-11-23"}) == ["2026-11-23"]
    assert days(**{"from": "2026-11-24", "until": "2026-11-30"}) == []


def test_released_duty_is_gone(program):
    first = program.send("DELETE", f"kota-bandung/duties/{world.DUTY}")
    second = program.send("DELETE", f"kota-bandung/duties/{world.DUTY}")

    assert (first.status_code, second.status_code) == (204, 404)


def test_nip_and_telephone_are_masked_without_the_right_to_edit(program, make_key, kota_bandung):
    person = add(program)
    reader = Caller(make_key(kota_bandung, "staff.view")[1])

    seen = reader.read(f"kota-bandung/staff/{person['id']}").json()

    assert (person["nip"], person["phone"]) == ("198001012005012001", "0812")
    assert (seen["nip"], seen["phone"]) == ("•••• 2001", "")


def test_writer_without_the_right_to_read_gets_an_answer(make_key, kota_bandung):
    writer = Caller(make_key(kota_bandung, "staff.edit")[1])

    assert add(writer)["name"] == "Siti Aminah"


def test_last_day_releases_later_duties_only_when_told(program):
    person = add(program)
    program.send("POST", "kota-bandung/duties", assignment(person["id"], "2026-12-24"))
    path = f"kota-bandung/staff/{person['id']}"
    tag = {"if-match": program.read(path).headers["ETag"]}

    refused = program.send("PUT", f"{path}/term", {"serves_until": "2026-12-01"}, headers=tag)
    done = program.send("PUT", f"{path}/term", {"serves_until": "2026-12-01", "release_rest": True}, headers=tag)

    assert (refused.status_code, refused.json()["code"]) == (409, "duties-remain")
    assert (done.status_code, done.json()["serves_until"]) == (200, "2026-12-01")
