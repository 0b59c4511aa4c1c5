import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world


@pytest.fixture
def two_counters(kota_bandung, kota_jayapura):
    for tenant in (kota_bandung, kota_jayapura):
        world.furnish(tenant)


def offices_on(page):
    return set(re.findall(r'<th scope="row"[^>]*>(Loket \w+)<', page.content.decode()))


def test_anybody_finds_the_way_in_and_a_counter(client, db):
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/masuk/"' in page.content.decode()
    assert 'action="/kantor/"' in page.content.decode()


def test_counters_show_place_and_hours_but_nothing_of_the_roster(client, two_counters):
    page = client.get("/kantor/")

    assert offices_on(page) == {"Loket rambutan", "Loket matoa"}
    assert "Petugas" not in page.content.decode()


def test_search_finds_a_counter_by_its_government(client, two_counters):
    page = client.get("/kantor/", {"cari": "jayapura"})

    assert offices_on(page) == {"Loket matoa"}


def test_counters_cost_the_same_for_one_and_two(client, kota_bandung, kota_jayapura):
    counts = []
    for tenant in (kota_bandung, kota_jayapura):
        world.furnish(tenant)
        client.get("/kantor/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/kantor/")
        counts.append(len(queries))

    assert counts == [5, 5]
