"""Sent twice, happens once: calls of programs, forms of people, also when both arrive together."""

import datetime
import threading
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpResponse
from django.utils import timezone

from accounts.enums import Role
from accounts.members import load
from accounts.models import Membership, User
from offices.models import Dinas
from portal import idempotency
from portal.models import IdempotencyKey
from tenants.context import as_owner, mounted
from tenants.models import Tenant
from tests.api.conftest import Caller

DINAS = {"name": "Dinas Perdagangan", "sectors": ["trade"]}
PATH = "kota-bandung/dinas"
FORM = "/kota-bandung/dinas/baru/"


@pytest.fixture
def mayor(session, head):
    return session(head)


def post(client, data=DINAS, key="k-1"):
    return client.send("POST", PATH, data, headers={"idempotency-key": key})


def number_of(tenant) -> int:
    with mounted(tenant):
        return Dinas.objects.count()


# Calls ------------------------------------------------------------------------------------------------------------------------


def test_repeated_call_gets_the_same_answer_and_happens_once(mayor, kota_bandung):
    first, second = post(mayor), post(mayor)

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert number_of(kota_bandung) == 1


def test_key_with_another_body_is_refused(mayor, kota_bandung):
    post(mayor)

    response = post(mayor, DINAS | {"name": "Dinas Lain"})

    assert (response.status_code, response.json()["code"]) == (422, "key-reused")
    assert number_of(kota_bandung) == 1


def test_refusal_is_not_kept(mayor, kota_bandung):
    refused = post(mayor, {"name": "Dinas"})

    assert refused.status_code == 400
    assert post(mayor).status_code == 201


def test_keys_of_two_callers_do_not_meet(mayor, session, make_member, kota_bandung):
    other = session(make_member(kota_bandung, Role.GOVERNMENT_HEAD))
    post(mayor)

    response = post(other, DINAS | {"name": "Dinas Lain"})

    assert response.status_code == 201
    assert number_of(kota_bandung) == 2


def test_key_ends_after_its_hours(mayor, kota_bandung, settings):
    post(mayor)
    IdempotencyKey.objects.update(created_at=timezone.now() - datetime.timedelta(hours=settings.IDEMPOTENCY_HOURS, seconds=1))

    response = post(mayor, DINAS | {"name": "Dinas Lain"})

    assert response.status_code == 201
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 101, "é"])
def test_key_that_is_none_is_refused(mayor, kota_bandung, key):
    assert post(mayor, key=key).status_code == 400


def test_operation_that_fails_leaves_no_answer(mayor, kota_bandung, monkeypatch):
    from offices import operations

    mayor.raise_request_exception = False
    create = operations.create_dinas

    def break_off(**entries):
        create(**entries)
        raise RuntimeError("cut off")

    monkeypatch.setattr(operations, "create_dinas", break_off)
    broken = post(mayor)
    monkeypatch.setattr(operations, "create_dinas", create)

    assert (broken.status_code, number_of(kota_bandung)) == (500, 0)
    assert post(mayor).status_code == 201


def test_refusal_undoes_what_was_written_before_it(kota_bandung):
    def half():
        Dinas.objects.create(name="Dinas", sectors=["trade"])
        return HttpResponse(status=422)

    with mounted(kota_bandung):
        idempotency.answered(
            half, tenant=kota_bandung, scope="x", key="x", body="x", at=timezone.now(), wait=True, keeps=lambda response: True
        )

    assert (number_of(kota_bandung), IdempotencyKey.objects.count()) == (0, 0)


def test_kept_answers_are_seen_by_their_government_alone(mayor, kota_bandung, kota_cimahi):
    post(mayor)

    with mounted(kota_cimahi):
        elsewhere = IdempotencyKey.objects.count()
    with mounted(kota_bandung):
        here = IdempotencyKey.objects.count()
    assert (here, elsewhere) == (1, 0)


def test_old_answers_are_forgotten(mayor, kota_bandung):
    post(mayor)

    with as_owner():
        assert idempotency.forget_before(timezone.now()) == 0
        assert idempotency.forget_before(timezone.now() + datetime.timedelta(hours=25)) == 1


# Forms ------------------------------------------------------------------------------------------------------------------------


def submit(client, key, **entries):
    data = {"name": "Dinas Perdagangan", "sectors": ["trade"], "idempotency_key": key} | entries
    return client.post(FORM, data)


def test_form_sent_twice_leads_to_the_same_page(mayor, kota_bandung):
    first, second = submit(mayor, "f-1"), submit(mayor, "f-1")

    assert (first.status_code, second.status_code) == (302, 302)
    assert second.headers["Location"] == first.headers["Location"]
    assert number_of(kota_bandung) == 1


def test_form_that_comes_back_with_other_entries_is_another_form(mayor, kota_bandung):
    submit(mayor, "f-1")

    response = submit(mayor, "f-1", name="Dinas Lain")

    assert response.status_code == 302
    assert number_of(kota_bandung) == 2


def test_form_that_was_refused_can_be_sent_again(mayor, kota_bandung):
    refused = submit(mayor, "f-1", sectors=[])

    assert refused.status_code in (200, 422)
    assert IdempotencyKey.objects.count() == 0


# At once ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A head of Kota Cimahi, really there; afterwards really gone, with all it made."""
    with django_db_blocker.unblock():
        with as_owner():
            tenant = Tenant.objects.select_related("parent").get(slug="kota-cimahi")
            person = User.objects.create(email=f"{uuid.uuid4()}@contoh.test", name="Wali Kota", password="!")
            Membership.objects.create(
                user=person,
                tenant=tenant,
                role=Role.GOVERNMENT_HEAD,
                position="Wali Kota",
                valid_from=datetime.date(2020, 1, 1),
            )
            by = load(person, tenant, at=timezone.now())
        yield by
        with as_owner(tenant.schema_name):
            Dinas.objects.all().delete()
        with as_owner():
            IdempotencyKey.objects.all().delete()
            Session.objects.all().delete()
            Membership.objects.filter(user=person).delete()
            person.delete()


def at_once(act, number=2) -> list:
    """What ``act`` answered in so many threads that begin together, each with a connection of its own."""
    barrier, answers = threading.Barrier(number), []

    def run():
        try:
            barrier.wait(10)
            answers.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_double_click_has_one_effect(committed, session):
    client = session(committed)

    def click():
        browser = Caller()
        browser.cookies = client.cookies.copy()
        return browser.post(
            "/kota-cimahi/dinas/baru/", {"name": "Dinas Perdagangan", "sectors": ["trade"], "idempotency_key": "click"}
        )

    answers = at_once(click, 3)

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert number_of(committed.tenant) == 1


def test_two_calls_at_once_have_one_effect(committed, session):
    client = session(committed)
    token = client.defaults["HTTP_X_CSRFTOKEN"]

    def call():
        program = Caller(HTTP_X_CSRFTOKEN=token)
        program.cookies = client.cookies.copy()
        return program.send("POST", "kota-cimahi/dinas", DINAS, headers={"idempotency-key": "race"})

    answers = at_once(call)
    codes = sorted(answer.status_code for answer in answers)
    last = call()

    assert codes in ([201, 201], [201, 409])
    assert all(answer.json()["code"] == "in-flight" for answer in answers if answer.status_code == 409)
    assert (last.status_code, last.headers["Idempotency-Replayed"]) == (201, "true")
    assert number_of(committed.tenant) == 1
