"""What must never become a fault: each of these is a problem with a status below 500."""

import json

import pytest

from tests import world

OFFICE = {"name": "Loket", "address": "Jl. 1", "opened_on": "2026-11-23", "dinas": str(world.DINAS)}


@pytest.fixture(autouse=True)
def furnished(kota_bandung):
    world.furnish(kota_bandung)


def told(response) -> tuple[int, str]:
    assert response.headers["Content-Type"].startswith("application/problem+json")
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "",
        "[1",
        '{"name": NaN}',
        '{"a": 1, "a": 2}',
        '{"name": "\\ud800"}',
        '{"name": "x\\u0000y"}',
        b"\xff\xfe",
        b'\xef\xbb\xbf{"name": "x"}',
        "[" * 100_000,
        '{"a":' * 50 + "1" + "}" * 50,
    ],
    ids=range(11),
)
def test_unreadable_body_is_malformed_or_incomplete(program, body):
    status, code = told(program.send("POST", "kota-bandung/offices", body))

    assert (status, code) in {(400, "malformed"), (400, "invalid")}


@pytest.mark.parametrize("body", ["[]", '"x"', "1", "null", "true"])
def test_body_that_is_no_object_is_refused(program, body):
    assert program.send("POST", "kota-bandung/offices", body).status_code == 400


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"]
)
def test_other_content_types_are_refused(program, session, head, kind):
    body = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n"
    for client in (program, session(head)):
        response = client.send("POST", "kota-bandung/offices", body, content_type=kind)

        assert told(response) == (415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", "text/plain", "nonsense", ""])
def test_empty_body_of_any_type_is_no_fault(program, session, head, kind):
    for client in (program, session(head)):
        response = client.send("POST", "kota-bandung/offices", b"", content_type=kind)
        assert told(response)[0] in (400, 415)


def test_huge_body_is_refused_before_it_is_read(program):
    assert told(program.send("POST", "kota-bandung/offices", b"x" * 1_000_001)) == (413, "too-large")


def test_body_without_a_length_is_refused(program):
    response = program.send("POST", "kota-bandung/offices", "{}", headers={"transfer-encoding": "chunked"}, CONTENT_LENGTH="")

    assert told(response) == (411, "length-required")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 1),
        ("name", ""),
        ("name", "  "),
        ("name", "a\nb"),
        ("name", "x" * 151),
        ("name", None),
        ("name", ["x"]),
        ("name", {"x": 1}),
        ("opened_on", "2026-13-01"),
        ("opened_on", "2026-02-30"),
        ("opened_on", "26-1-1"),
        ("opened_on", 20261123),
        ("opened_on", "9999-12-31"),
        ("dinas", "not-a-uuid"),
        ("dinas", 5),
        ("kind", "castle"),
        ("kind", ["counter"]),
        ("kind", True),
        ("latitude", "abc"),
        ("latitude", 91),
        ("latitude", True),
        ("version", 3),
        ("id", str(world.OFFICE)),
        ("tenant", 1),
    ],
)
def test_wrong_entry_is_named(program, field, value):
    response = program.send("POST", "kota-bandung/offices", OFFICE | {field: value})

    assert told(response) == (400, "invalid")
    assert list(response.json()["errors"]) == [field]


def test_infinite_number_is_no_number(program):
    body = json.dumps(OFFICE).removesuffix("}") + ', "latitude": 1e999}'

    assert told(program.send("POST", "kota-bandung/offices", body)) == (400, "invalid")


def test_entry_deep_inside_is_named_by_its_path(program):
    week = {"hours": [{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 9, "opens": "8", "closes": "25:00"}]}

    response = program.send("PUT", f"kota-bandung/offices/{world.OFFICE}/hours", week, headers={"if-match": '"1"'})

    assert list(response.json()["errors"]) == ["hours.1.weekday", "hours.1.opens", "hours.1.closes"]


@pytest.mark.parametrize(
    "params",
    [
        {"page": "0"},
        {"page": "x"},
        {"page": "9" * 40},
        {"page": "1.5"},
        {"per_page": "201"},
        {"order": "password"},
        {"order": ""},
        {"dinas": "x"},
        {"dinas": "\x00"},
        {"q": "\x00"},
        {"q": "x" * 101},
        {"q": " "},
        {"state": "nonsense"},
        {"has_hours": "perhaps"},
        {"unknown": "1"},
        {"dinas__name": "x"},
        {"format": "api"},
        {"page": ["1", "2"]},
    ],
    ids=str,
)
def test_wrong_parameter_is_named(program, params):
    response = program.read("kota-bandung/offices", params)

    assert told(response) == (400, "invalid")
    assert list(response.json()["errors"]) == list(params)


@pytest.mark.parametrize(
    "path",
    [
        "kota-bandung/offices/not-a-uuid",
        "kota-bandung/nothing",
        "kota-bandung/offices/",
        "Kota-Bandung/offices",
        "%00/offices",
        "x" * 3000,
    ],
)
def test_unknown_address_is_a_problem(program, path):
    assert told(program.read(path)) == (404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_method_that_is_not_there_names_those_that_are(program, method):
    response = program.send(method, "kota-bandung/circulars")

    assert told(response) == (405, "method-not-allowed")
    assert response.headers["Allow"] == "GET, HEAD"


def test_other_answers_than_json_are_not_to_be_had(program):
    assert told(program.read("me", headers={"accept": "application/xml"})) == (406, "not-acceptable")


@pytest.mark.parametrize("tag", ['"x"', "1", '"1', "W/", '"99999999999"', '"1", "2"', "\x00"])
def test_etag_that_names_no_version_is_refused(program, tag):
    response = program.send("PUT", f"kota-bandung/offices/{world.OFFICE}", {}, headers={"if-match": tag})

    assert told(response)[0] in (400, 412)


@pytest.mark.parametrize(
    ("language", "title"), [("id", "Tidak ditemukan"), ("en", "Not found"), ("xx, *;q=0", "Tidak ditemukan")]
)
def test_problem_speaks_the_callers_language(program, language, title):
    response = program.read("nowhere", headers={"accept-language": language})

    assert response.headers["Content-Language"] == language[:2].replace("xx", "id")
    assert response.json()["title"] in {title, "Tidak ditemukan"}  # until the catalogue is complete
