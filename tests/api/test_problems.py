"""Faults of ours, seen from outside: a problem, no trace, nothing half done."""

import pytest
from django.db import OperationalError
from rest_framework.exceptions import ErrorDetail

from offices import queries
from portal.problems import KINDS, by_field


def test_fault_is_a_problem_without_a_trace(program, kota_bandung, monkeypatch):
    program.raise_request_exception = False
    monkeypatch.setattr(queries, "offices", lambda: 1 / 0)

    response = program.read("kota-bandung/offices")

    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["code"]) == (500, "fault")
    assert response.json()["reference"] == response.headers["X-Request-ID"]
    assert b"ZeroDivisionError" not in response.content


def test_database_that_is_away_is_told_with_when_to_come_again(program, kota_bandung, monkeypatch):
    program.raise_request_exception = False

    def away():
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(queries, "offices", away)

    response = program.read("kota-bandung/offices")

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")
    assert int(response.headers["Retry-After"]) > 0


def test_every_problem_has_all_its_members(program, kota_bandung):
    problem = program.read("kota-bandung/nothing").json()

    assert problem == {
        "type": "/api/v1/#not-found",
        "title": "Tidak ditemukan",
        "status": 404,
        "detail": "Alamat ini tidak ada, atau tidak terbuka bagi Anda.",
        "instance": "/api/v1/kota-bandung/nothing",
        "code": "not-found",
        "errors": {},
    }


def test_kinds_have_one_code_each():
    assert all(400 <= kind.status < 600 and kind.detail for kind in KINDS.values())


@pytest.mark.parametrize(
    ("detail", "flat"),
    [
        ({"a": [ErrorDetail("x")]}, {"a": ["x"]}),
        ({"a": {"b": ["x"]}}, {"a.b": ["x"]}),
        ({"a": [{}, {"b": ["x"]}]}, {"a.1.b": ["x"]}),
        ({"non_field_errors": ["x"]}, {"": ["x"]}),
        (["x"], {"": ["x"]}),
    ],
)
def test_errors_are_flat(detail, flat):
    assert by_field(detail) == flat
