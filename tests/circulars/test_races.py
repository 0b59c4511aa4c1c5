"""Races as races: two connections, two threads, one barrier, rows that are really committed (and cleared away afterwards)."""

import datetime
import threading

import pytest
from django.db import connection, transaction

from accounts.enums import Role
from accounts.members import load
from accounts.models import Membership, User
from circulars import operations, operations_delivery, sealing
from circulars.models import Acknowledgement, Circular, Delivery
from circulars.operations import Letter
from tenants.context import as_ministry, as_owner, mounted
from tenants.models import Tenant

NOW = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)
TABLES = (
    "circulars_acknowledgement",
    "circulars_delivery",
    "circulars_point",
    "circulars_copy",
    "circulars_circular_chosen",
    "circulars_circular",
    "django_tasks_database_dbtaskresult",
    "accounts_membership",
    "accounts_user",
)


pytestmark = pytest.mark.django_db


def at_once(*calls):
    """Run the calls at the same moment, each on its own connection; their results or errors in order."""
    barrier, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            outcomes[place] = call()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def elsewhere(call):
    """What ``call`` gives on a connection of its own, where it commits."""
    (outcome,) = at_once(call)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@pytest.fixture
def committed():
    """Afterwards the owner clears away what the triggers would keep, and the trail goes on as if nothing was."""

    def head():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sequence, digest FROM audit_head WHERE schema_name = 'public'")
            return cursor.fetchone() or (0, "")

    def clear():
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("DELETE FROM audit_event WHERE sequence > %s", [before[0]])
            cursor.execute("UPDATE audit_head SET sequence = %s, digest = %s WHERE schema_name = 'public'", before)

    before = elsewhere(head)
    yield
    elsewhere(clear)


def member(slug, role, name):
    tenant = Tenant.objects.get(slug=slug)
    user = User.objects.create(email=f"{name}@balapan.test", name=name, password="!")
    Membership.objects.create(user=user, tenant=tenant, role=role, position=name, valid_from=datetime.date(2020, 1, 1))
    return load(user, tenant, at=NOW)


def concept(by):
    letter = Letter(number="1/BALAPAN", dated_on=datetime.date(2026, 11, 20), subject="Balapan", points=(("1", "Satu"),))
    return operations.draft(letter=letter, by=by, at=NOW)


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def published():
    officer = member("pusat", Role.MINISTRY_OFFICER, "petugas")
    return operations.publish(circular=concept(officer), by=officer, at=NOW)


def at_bandung(role, *names):
    """A delivery to Kota Bandung and its people, really there."""
    circular, people = published(), [member("kota-bandung", role, name) for name in names]
    return Delivery.objects.select_related("tenant").get(circular=circular, tenant=people[0].tenant), people


def test_two_officers_publish_at_once_one_publication(committed):
    officers = elsewhere(lambda: [member("pusat", Role.MINISTRY_OFFICER, name) for name in ("satu", "dua")])
    circular = elsewhere(lambda: concept(officers[0]))

    def press(officer):
        with as_ministry():
            return operations.publish(circular=circular, by=officer, at=NOW)

    outcomes = at_once(*(lambda officer=officer: press(officer) for officer in officers))

    assert kinds(outcomes) == ["AlreadyPublished", "Circular"]
    assert Delivery.objects.count() == Tenant.objects.governments().count()
    winner = next(outcome for outcome in outcomes if isinstance(outcome, Circular))
    assert Circular.objects.get().published_by_name == winner.published_by_name


def test_publication_and_edit_at_once_seal_what_is_delivered(committed):
    officer = elsewhere(lambda: member("pusat", Role.MINISTRY_OFFICER, "satu"))
    circular = elsewhere(lambda: concept(officer))
    other = Letter(number="1/BALAPAN", dated_on=datetime.date(2026, 11, 20), subject="Lain", points=(("1", "Lain"),))

    def publish():
        with as_ministry():
            return operations.publish(circular=circular, version=1, by=officer, at=NOW)

    def edit():
        with as_ministry():
            return operations.edit(circular=circular, letter=other, version=1, by=officer, at=NOW)

    outcomes = at_once(publish, edit)

    assert kinds(outcomes) in (["AlreadyPublished", "Circular"], ["Circular", "LostUpdate"])
    final = Circular.objects.get()
    assert final.is_published == (not isinstance(outcomes[0], Exception))
    assert not final.is_published or sealing.circular_holds(final)


def test_two_heads_acknowledge_at_once_one_receipt(committed):
    delivery, heads = elsewhere(lambda: at_bandung(Role.GOVERNMENT_HEAD, "wali", "wakil"))

    def press(head):
        with mounted(head.tenant):
            return operations_delivery.acknowledge(delivery=delivery, by=head, at=NOW)

    outcomes = at_once(*(lambda head=head: press(head) for head in heads))

    assert kinds(outcomes) == ["Acknowledgement", "AlreadyAcknowledged"]
    assert Acknowledgement.objects.count() == 1


def test_two_readers_open_at_once_one_is_first(committed):
    delivery, readers = elsewhere(lambda: at_bandung(Role.OPERATOR, "dewi", "bayu"))

    def read(reader):
        with mounted(reader.tenant):
            return operations_delivery.open(delivery=delivery, by=reader, at=NOW)

    outcomes = at_once(*(lambda reader=reader: read(reader) for reader in readers))

    assert sorted(outcomes) == [False, True]
    delivery.refresh_from_db()
    assert delivery.opened_by_name == readers[outcomes.index(True)].name
