"""
The document is what the interface does: schemathesis calls every operation with what the document allows and forbids.

Twice: as a program of Kota Bandung with every scope, and as an officer of the ministry. Deterministic and bounded.
"""

from collections import Counter

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, strategies
from hypothesis import settings as bounds
from schemathesis.specs.openapi.checks import ignored_auth

from portal.openapi import document
from tests import world

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSALS = [400, 401, 403, 404, 405, 406, 409, 411, 412, 413, 415, 422, 428, 429]
CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 20261123,
        "generation": {"deterministic": True, "no-shrink": True, "max-examples": 2, "with-security-parameters": False},
        "phases": {"stateful": {"enabled": False}, "fuzzing": {"enabled": False}},
        "checks": {
            "negative_data_rejection": {"expected-statuses": REFUSALS},
            "missing_required_header": {"expected-statuses": REFUSALS},
            # What the document allows may still be refused by the domain (422) or be an edit of another version (412).
            "positive_data_acceptance": {"expected-statuses": ["2xx", 304, 401, 403, 404, 406, 409, 412, 422]},
        },
    }
)
SCHEMA = schemathesis.openapi.from_dict(document(), config=CONFIG)
SCHEMA.app = WSGIHandler()
MINISTRY = SCHEMA.include(path_regex="^/api/v1/(me|governments|pusat|.government./people|.government./invitations)")
# Of about 6,000 cases every so-manieth is sent, to stay within seconds; 1 sends them all.
EVERY = 4
seen: Counter = Counter()
IDS = {
    "offices": world.OFFICE,
    "dinas": world.DINAS,
    "staff": world.STAFF,
    "duties": world.DUTY,
    "rooms": world.ROOM,
    "desks": world.DESK,
    "items": world.ITEM,
    "imports": world.RUN,
}
IDS |= {"schedules": world.SCHEDULE, "special-days": world.SPECIAL, "local-days": world.LOCAL_DAY}
IDS |= {"heads": world.HEAD}
IDS |= {"supplies": world.SUPPLY, "stock-takes": world.ROUND}
BOUNDED = bounds(suppress_health_check=list(HealthCheck), deadline=None, derandomize=True, database=None, max_examples=2)

schemathesis.openapi.media_type("application/pdf", strategies.binary(max_size=50).map(lambda body: b"%PDF-1.7" + body))
for each in ("image/jpeg", "image/png", "image/webp"):
    schemathesis.openapi.media_type(each, strategies.binary(max_size=50))
schemathesis.openapi.media_type(XLSX, strategies.binary(max_size=50).map(lambda body: b"PK\x03\x04" + body))


@schemathesis.serializer("application/pdf", "image/jpeg", "image/png", "image/webp", XLSX)
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(autouse=True)
def one_connection(db):
    """The handler would close the connection after each request, and with it the test's transaction."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bandung(kota_bandung, settings):
    """Kota Bandung with one of everything, and a circular that reached it."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)
    world.furnish(kota_bandung)
    delivery = world.deliver(kota_bandung, world.circular())
    world.circular(id=world.DRAFT, number="2/TEST/2026", published=False)
    return {**IDS, "circulars": delivery.pk}


@pytest.fixture
def key(bandung, make_key, kota_bandung):
    return {"headers": {"Authorization": f"Bearer {make_key(kota_bandung)[1]}"}}


@pytest.fixture
def desk(bandung, session, officer):
    client = session(officer)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"headers": {"X-CSRFToken": cookies["csrf"]}, "cookies": cookies}


def aim(case, government: str, ids: dict) -> None:
    """Point the case at things that are there: made-up ids would only ever find nothing."""
    parts = case.path.split("/")
    for name in case.path_parameters or {}:
        if name == "government":
            case.path_parameters[name] = government
        elif name == "id":
            case.path_parameters[name] = str(ids.get(parts[parts.index("{id}") - 1], world.OFFICE))


def is_due(who: str, case) -> bool:
    """Whether this case is among those that are sent."""
    label = f"{who} {case.operation.label}"
    seen[label] += 1
    return seen[label] % EVERY == 1 % EVERY


@SCHEMA.parametrize()
@BOUNDED
def test_program_finds_what_the_document_says(case, key, bandung):
    if is_due("program", case):
        aim(case, "kota-bandung", bandung)
        case.call_and_validate(**key)


@MINISTRY.parametrize()
@BOUNDED
def test_officer_finds_what_the_document_says(case, desk, bandung):
    if is_due("officer", case):
        aim(case, "pusat", bandung | {"circulars": world.DRAFT})
        # That a session is needed is tested in test_who: schemathesis takes the cookie from its own case, not from the call.
        case.call_and_validate(**desk, excluded_checks=[ignored_auth])
