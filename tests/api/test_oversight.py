"""What is seen above, through the REST interface."""

import pytest

from tests import world
from tests.api.conftest import Caller


@pytest.fixture(autouse=True)
def furnished(kota_bandung, kota_cimahi, kota_jayapura, jawa_barat):
    for tenant in (kota_bandung, kota_cimahi, kota_jayapura):
        world.furnish(tenant)


def test_nation_counts_every_reporting_government(session, observer):
    answer = session(observer).read("pusat/nation").json()

    assert answer["whole"]["governments"] == 7
    assert [(place["slug"], place["equipped"]) for place in answer["provinces"]] == [
        ("jawa-barat", 2),
        ("bali", 0),
        ("papua", 1),
    ]


def test_ministry_opens_one_office_of_one_government(session, officer):
    client = session(officer)
    place = f"pusat/governments/kota-cimahi/offices/{world.OFFICE}"

    assert client.read(place).json()["name"] == "Loket kecapi"
    assert client.read("pusat/offices", {"province": "jawa-barat"}).json()["count"] == 2
    assert client.read("pusat/governments/kota-cimahi").json()["office_count"] == 1


def test_province_sees_its_own_districts_and_no_others(session, governor_staff):
    client = session(governor_staff)

    offices = client.read("jawa-barat/district-offices").json()["results"]

    assert {office["government"] for office in offices} == {"kota-bandung", "kota-cimahi"}
    assert client.read("jawa-barat/districts/kota-jayapura").status_code == 404
    assert client.read(f"jawa-barat/districts/kota-cimahi/offices/{world.OFFICE}").status_code == 200


def test_district_has_no_districts(session, head, make_key, kota_bandung, jawa_barat):
    assert session(head).read("kota-bandung/districts").status_code == 404
    assert Caller(make_key(jawa_barat, "districts.view")[1]).read("jawa-barat/districts").json()["count"] == 2


def test_names_of_staff_stay_in_the_government(session, officer):
    answer = session(officer).read(f"pusat/governments/kota-cimahi/offices/{world.OFFICE}")

    assert b"Petugas kecapi" not in answer.content
    assert answer.json()["roster"][0].keys() == {"on", "serves", "people"}
