"""Pages, orders, ETags and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Dinas
from tenants.context import mounted
from tests import world


def fill(tenant, count: int) -> None:
    with mounted(tenant):
        for number in range(count):
            Dinas.objects.create(name=f"Dinas {number:02}", sectors=["trade"])


def links(response) -> dict[str, str]:
    parts = (part.split("; rel=") for part in response.headers["Link"].split(", "))
    return {name.strip('"'): url.strip("<>").partition("/api/v1/")[2] for url, name in parts}


def names(response) -> list[str]:
    return [entry["name"] for entry in response.json()["results"]]


def test_pages_lead_to_each_other(program, kota_bandung):
    fill(kota_bandung, 5)

    second = program.read("kota-bandung/dinas", {"per_page": 2, "page": 2, "order": "-name"})

    assert (second.json()["count"], names(second)) == (5, ["Dinas 02", "Dinas 01"])
    assert links(second) == {
        "first": "kota-bandung/dinas?per_page=2&page=1&order=-name",
        "prev": "kota-bandung/dinas?per_page=2&page=1&order=-name",
        "next": "kota-bandung/dinas?per_page=2&page=3&order=-name",
        "last": "kota-bandung/dinas?per_page=2&page=3&order=-name",
    }


def test_page_after_the_last_is_empty_and_leads_back(program, kota_bandung):
    fill(kota_bandung, 1)

    response = program.read("kota-bandung/dinas", {"page": 9})

    assert (names(response), set(links(response))) == ([], {"first", "last"})


def test_known_answer_is_not_sent_again(program, kota_bandung):
    fill(kota_bandung, 1)
    first = program.read("kota-bandung/dinas")

    again = program.read("kota-bandung/dinas", headers={"if-none-match": first.headers["ETag"]})
    fill_more = again.status_code
    with mounted(kota_bandung):
        Dinas.objects.create(name="Dinas baru", sectors=["trade"])
    changed = program.read("kota-bandung/dinas", headers={"if-none-match": first.headers["ETag"]})

    assert (fill_more, again.content, changed.status_code) == (304, b"", 200)


def test_answer_is_kept_by_nobody_else(program, kota_bandung):
    headers = program.read("kota-bandung/dinas").headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Authorization", "Cookie"} <= {name.strip() for name in headers["Vary"].split(",")}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_row_and_three(program, kota_bandung, rows):
    fill(kota_bandung, rows)
    program.read("kota-bandung/dinas")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        program.read("kota-bandung/dinas")

    # standing, key, count of calls, standing of the government, number of rows, rows
    assert len(queries) == 6, "\n".join(query["sql"][:120] for query in queries)


def test_refused_key_costs_one_look_and_one_count(db):
    from tests.api.conftest import Caller

    nobody = Caller("loket_aaaaaaaa_" + "a" * 43)
    nobody.read("me")

    with CaptureQueriesContext(connection) as queries:
        nobody.read("me")

    assert len(queries) == 3, "\n".join(query["sql"][:120] for query in queries)


def test_offices_cost_the_same_for_many(program, kota_bandung):
    world.furnish(kota_bandung)
    facts = {"address": "Jl.", "opened_on": "2026-11-23", "dinas": str(world.DINAS)}

    program.read("kota-bandung/offices")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            program.read("kota-bandung/offices")
        counts.append(len(queries))
        program.send("POST", "kota-bandung/offices", facts | {"name": f"Loket {number}"})

    assert counts[0] == counts[1] == 12
