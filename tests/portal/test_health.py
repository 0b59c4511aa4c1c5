import json
import logging

import pytest
from django.db import OperationalError

from portal import health, metrics
from portal.requestlog import path_of


@pytest.fixture
def no_database(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(health, "applied_migrations", fail)
    monkeypatch.setattr(metrics.FromDatabase, "collect", fail)


def test_healthz_asks_no_database(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/healthz", headers={"host": "10.1.2.3"})

    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_readyz_is_ready(client, db, django_assert_num_queries):
    with django_assert_num_queries(2):  # role and search_path, migrations
        response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"database": "ok", "migrations": "ok"})


def test_readyz_says_that_the_database_is_away(client, db, no_database):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


def test_readyz_says_that_migrations_are_missing(client, db, monkeypatch):
    monkeypatch.setattr(health, "known_migrations", lambda: frozenset({("portal", "0001_initial"), ("portal", "9999_later")}))

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "ok", "migrations": "1 not applied"})


def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(
    ("addresses", "token", "given", "status"),
    [
        ([], "", "", 404),
        ([], "", "Bearer ", 404),
        (["127.0.0.1"], "", "", 200),
        ([], "rahasia", "Bearer rahasia", 200),
        ([], "rahasia", "Bearer salah", 404),
        ([], "rahasia", "", 404),
    ],
)
def test_metrics_are_for_named_addresses_and_the_token(client, db, settings, addresses, token, given, status):
    settings.METRICS_ADDRESSES, settings.METRICS_TOKEN = addresses, token

    assert client.get("/metrics", headers={"authorization": given}).status_code == status


def test_metrics_count_requests_and_states(client, db, settings, kota_bandung):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]
    client.get("/tidak-ada/")

    text = client.get("/metrics").content.decode()

    assert 'loket_requests_total{code="404",method="GET",route="none"}' in text
    assert 'loket_governments{state="ready"} ' in text


def test_metrics_go_on_without_the_database(client, db, settings, no_database):
    settings.METRICS_ADDRESSES = ["127.0.0.1"]

    response = client.get("/metrics")

    assert response.status_code == 200
    assert b"loket_governments" not in response.content


# The log ----------------------------------------------------------------------------------------------------------------------


def test_request_has_one_line_with_government_and_user_but_no_words_of_theirs(client, head, kota_bandung, caplog):
    client.force_login(head.user)
    with caplog.at_level(logging.INFO, logger="portal.requestlog"), caplog.at_level(logging.INFO):
        response = client.get(kota_bandung.url("portal:mails"), {"cari": "Budi"})

    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict) and "path" in record.msg]
    assert [(line["event"], line["path"], line["tenant"], line["user_id"]) for line in lines] == [
        ("request_finished", "/kota-bandung/surel/", "kota-bandung", head.user.pk)
    ]
    assert "Budi" not in json.dumps(lines, default=str)
    assert head.user.email not in json.dumps(lines, default=str)
    assert response["X-Request-ID"] == lines[0]["request_id"]


def test_secret_part_of_an_address_is_not_logged(rf):
    request = rf.get("/undangan/abc123/")
    request.resolver_match = type("Match", (), {"kwargs": {"token": "abc123"}})()

    assert path_of(request) == "/undangan/…/"
