"""How often one may call."""

from tests.api.conftest import Caller


def test_caller_is_told_where_it_stands(program, settings):
    settings.API_RATES = {"key": 3, "person": 3, "address": 3}
    program.read("me")

    headers = program.read("me").headers

    assert headers["RateLimit-Policy"] == '"key";q=3;w=60'
    assert headers["RateLimit"].startswith('"key";r=1;t=')


def test_one_too_many_waits_and_others_do_not(program, session, head, settings):
    settings.API_RATES = {"key": 2, "person": 2, "address": 2}
    answers = [program.read("me") for _each in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "throttled"
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].headers["RateLimit"].startswith('"key";r=0;')
    assert session(head).read("me").status_code == 200


def test_guessing_keys_is_counted_against_the_address(db, settings):
    settings.API_RATES = {"key": 9, "person": 9, "address": 2}

    statuses = [Caller(f"loket_aaaaaaaa_{number}").read("me").status_code for number in range(3)]

    assert statuses == [401, 401, 429]


def test_next_minute_begins_anew(program, settings):
    from portal import throttling

    assert throttling.spend("key", "x", now=60.0).used == 1
    assert throttling.spend("key", "x", now=119.9).used == 2
    assert throttling.spend("key", "x", now=120.0).used == 1
    assert throttling.forget_before(60.0 * 10) >= 1
