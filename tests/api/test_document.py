"""The document and its pages: valid, stable, complete, open to all."""

import json
import re

import pytest
from django.urls import URLPattern, get_resolver

from circulars import reference
from config import urls_api
from portal import api_reference
from portal.api import Endpoint
from portal.openapi import document
from tests import world

DOCUMENT = document()
OPERATIONS = [(path, method, entry) for path, methods in DOCUMENT["paths"].items() for method, entry in methods.items()]


def endpoints() -> list[tuple[str, type[Endpoint]]]:
    """Address and class of every endpoint, as the resolver has them."""
    found = []
    for entry in urls_api.urlpatterns:
        if isinstance(entry, URLPattern) and hasattr(entry.callback, "cls"):
            found.append((str(entry.pattern), entry.callback.cls))
    return found


def templated(route: str) -> str:
    """``<slug:government>/offices/<uuid:pk>`` as the document writes it."""
    route = route.replace("<uuid:pk>", "{id}")
    return "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route)


def test_document_has_every_address_and_method():
    served = {
        (templated(route), method)
        for route, endpoint in endpoints()
        for method in endpoint.http_method_names
        if hasattr(endpoint, method) and method != "head"
    }

    assert {(path, method) for path, method, _entry in OPERATIONS} == served


def test_every_endpoint_is_resolved_before_one_that_would_swallow_it():
    resolver = get_resolver("config.urls_api")
    samples = {
        "<slug:government>": "kota-bandung",
        "<slug:slug>": "kota-cimahi",
        "<slug:guide>": "email",
        "<uuid:posting>": str(world.POSTING),
        "<uuid:pk>": str(world.OFFICE),
        "<str:on>": "2026-12-25",
        "<str:first_on>": "2027-02-08",
    }

    for route, endpoint in endpoints():
        path = route
        for pattern, sample in samples.items():
            path = path.replace(pattern, sample)
        assert resolver.resolve(f"/{path}").func.cls is endpoint


def test_operations_are_named_once_and_described():
    names = [entry["operationId"] for _path, _method, entry in OPERATIONS]

    assert len(names) == len(set(names))
    assert [name for name, (_p, _m, entry) in zip(names, OPERATIONS, strict=True) if not entry.get("summary")] == []


def test_operations_with_a_body_show_one():
    lacking = [
        entry["operationId"]
        for _path, _method, entry in OPERATIONS
        if "application/json" in entry.get("requestBody", {}).get("content", {})
        and "examples" not in entry["requestBody"]["content"]["application/json"]
    ]

    assert lacking == []


def letters(value) -> list[dict]:
    """Every example of the circular that the portal was made for, however deep it stands."""
    if isinstance(value, list):
        return [each for entry in value for each in letters(entry)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("number") == "560/2821/SJ" and "dated_on" in value else []
    return own + [each for entry in value.values() for each in letters(entry)]


def test_examples_invent_no_date_of_the_circular():
    said = {(letter["dated_on"], letter["day_known"]) for letter in letters(DOCUMENT)}

    assert said == {(str(reference.letter_of(reference.SE_560).dated_on), False)}


def test_document_is_the_same_each_time():
    document.cache_clear()

    assert json.dumps(document(), sort_keys=True) == json.dumps(DOCUMENT, sort_keys=True)


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_document_is_open_and_known_by_its_etag(client, db, kind):
    first = client.get(f"/api/v1/openapi.{kind}")
    again = client.get(f"/api/v1/openapi.{kind}", headers={"if-none-match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert b"listOffices" in first.content


def test_reference_shows_every_operation_and_problem(client, db):
    page = client.get("/api/v1/").content.decode()

    assert [entry["operationId"] for _p, _m, entry in OPERATIONS if f'id="{entry["operationId"]}"' not in page] == []
    assert 'id="lost-update"' in page


def test_reference_escapes_what_it_shows():
    assert api_reference.code_marked("`a<b` & c") == "<code>a&lt;b</code> &amp; c"
