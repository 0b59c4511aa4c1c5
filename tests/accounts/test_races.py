"""Two at once: two connections, two threads, a barrier."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts import operations
from accounts.enums import Role
from accounts.members import load
from accounts.models import Invitation, Membership, User
from portal.errors import DomainError
from tenants.context import as_public, mounted
from tenants.models import Tenant

LONG_AGO = datetime.date(2020, 1, 1)


def at_once(*acts) -> list:
    """What each act returned or raised, run in threads that begin together."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait()
            outcomes[number] = act()
        except DomainError as error:
            outcomes[number] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def open_invitation(token: str, tenant: Tenant, email="baru@balapan.test") -> None:
    now = timezone.now()
    Invitation.objects.create(
        token_digest=operations.digest(token), email=email, name="Balapan", tenant=tenant, role=Role.OPERATOR, position="Staf",
        valid_from=LONG_AGO, invited_by_id=1, invited_by_name="Penguji", invited_at=now, expires_at=now + operations.VALID_FOR,
    )  # fmt: skip


def make_officer(number: int, tenant: Tenant):
    user = User.objects.create(email=f"petugas{number}@balapan.test", name=f"Petugas {number}", password="!")
    Membership.objects.create(user=user, tenant=tenant, role=Role.MINISTRY_OFFICER, position="Petugas", valid_from=LONG_AGO)
    return load(user, tenant, at=timezone.now())


@pytest.mark.parametrize("known", [True, False])
def test_two_acceptances_of_one_link_make_one_membership(committed, known):
    bandung = Tenant.objects.get(slug="kota-bandung")
    person = {"email": "baru@balapan.test", "name": "Balapan", "password": "!"}
    user = committed(lambda: User.objects.create(**person)) if known else None
    committed(open_invitation, "satu", bandung)

    def accept():
        with as_public():
            given = {"user": user} if known else {"name": "Balapan", "password": "kata sandi balapan"}
            return operations.accept(token="satu", at=timezone.now(), **given)

    outcomes = at_once(accept, accept)

    assert [outcome for outcome in outcomes if not isinstance(outcome, Membership)] == [operations.LinkUsed]
    assert Membership.objects.filter(user__email="baru@balapan.test").count() == 1


def test_two_invitations_of_one_new_person_make_one_account(committed):
    for slug in ("kota-bandung", "kota-cimahi"):
        committed(open_invitation, slug, Tenant.objects.get(slug=slug))

    def accept(token):
        def act():
            with as_public():
                return operations.accept(token=token, at=timezone.now(), name="Balapan", password="kata sandi balapan")

        return act

    outcomes = at_once(accept("kota-bandung"), accept("kota-cimahi"))

    assert [outcome for outcome in outcomes if not isinstance(outcome, Membership)] == [operations.AccountExists]
    assert User.objects.filter(email="baru@balapan.test").count() == 1


def test_two_officers_who_end_each_other_leave_one(committed):
    pusat = Tenant.objects.get(slug="pusat")
    first, second = (committed(make_officer, number, pusat) for number in (1, 2))

    def end(by, whom):
        def act():
            with mounted(pusat):
                return operations.end_membership(membership=whom.memberships[0], reason="balapan", by=by, at=timezone.now())

        return act

    outcomes = at_once(end(first, second), end(second, first))

    assert [outcome for outcome in outcomes if not isinstance(outcome, Membership)] == [operations.LastOfficer]
    assert Membership.objects.filter(tenant=pusat, role=Role.MINISTRY_OFFICER, ended_at=None).count() == 1
