"""Two at once, and a fault in the middle. These commit, and clean up after themselves."""

import datetime

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.enums import Role
from accounts.members import load
from accounts.models import Membership, User
from audit.models import Event
from equipment import operations as equipment
from equipment.models import Item
from offices.models import Dinas, Office, Room
from tenants.context import as_owner, mounted
from tests.committed import throwaway
from tests.staffing.test_races import at_once, elsewhere
from tests.workbooks.conftest import Filled
from workbooks import jobs, operations, scope, writing
from workbooks.enums import RunState
from workbooks.models import ImportRun
from workbooks.sheets.items import ItemsSheet

pytestmark = pytest.mark.django_db
MAIL = "race.buku@contoh.test"


@pytest.fixture
def checked():
    """A government with an office and a checked run that changes one thing and adds a hundred; (tenant, by, run, content)."""
    with throwaway("kab_buku") as tenant:
        try:
            yield elsewhere(lambda: _furnish(tenant))
        finally:
            elsewhere(_forget)


def _furnish(tenant):
    now = timezone.now()
    with as_owner():
        user = User.objects.create(email=MAIL, name="Siti Rahma", password="!")
        Membership.objects.create(
            user=user, tenant=tenant, role=Role.GOVERNMENT_HEAD, position="Bupati", valid_from=datetime.date(2020, 1, 1)
        )
    by = load(user, tenant, at=now)
    with mounted(tenant):
        dinas = Dinas.objects.create(name="Dinas", sectors=["manpower"])
        office = Office.objects.create(dinas=dinas, name="Loket", address="x", opened_on=datetime.date(2026, 1, 5))
        Room.objects.create(office=office, name="Ruang", purpose="registration")
        equipment.add(office=office, kind="chair", name="Kursi", by=by, at=now)
        place = scope.of(dinas=dinas, office=office, tenant=tenant, today=tenant.today(now))
        book = Filled(writing.workbook(place, by=by, at=now)).set("Inventaris", 3, Keterangan="diperiksa")
        for _each in range(100):
            book.add("Inventaris", Jenis="kursi", Merek_dan_tipe="Kursi baru", Kondisi="Baik")
        content = book.bytes()
        run = operations.receive(dinas=dinas, office=office, name="b.xlsx", content=content, by=by, at=now)
    assert jobs.checked(tenant, run.pk, at=now) == RunState.CHECKED
    return tenant, by, run, content


def _forget():
    with as_owner():
        Membership.objects.filter(user__email=MAIL).delete()
        User.objects.filter(email=MAIL).delete()


def count(tenant) -> int:
    with mounted(tenant):
        return Item.objects.count()


def state(tenant, run):
    with mounted(tenant):
        return ImportRun.objects.get(pk=run.pk)


def test_run_applied_twice_at_once_happens_once(checked):
    tenant, by, run, _content = checked

    def decide():
        with mounted(tenant):
            operations.start(run=run, by=by, at=timezone.now())
        return jobs.apply.func(tenant.pk, str(run.pk))

    found = at_once(decide, decide)

    assert sorted(found) == ["", RunState.APPLIED]
    assert elsewhere(lambda: count(tenant)) == 101


def test_same_file_applied_by_two_at_once_happens_once(checked):
    tenant, by, run, content = checked

    def another():
        with mounted(tenant):
            again = operations.receive(
                dinas=run.dinas, office=run.office, name="b.xlsx", content=content, by=by, at=timezone.now()
            )
        jobs.checked(tenant, again.pk, at=timezone.now())
        return again

    second = elsewhere(another)

    def decide(each):
        with mounted(tenant):
            operations.start(run=each, by=by, at=timezone.now())
        return jobs.applied(tenant, each.pk, at=timezone.now())

    found = at_once(lambda: decide(run), lambda: decide(second))

    assert sorted(found) == sorted([RunState.APPLIED, RunState.CHECKED])
    assert elsewhere(lambda: count(tenant)) == 101
    loser = next(each for each, ended in zip((run, second), found, strict=True) if ended == RunState.CHECKED)
    assert "sudah diubah di Loket sejak diperiksa" in elsewhere(lambda: state(tenant, loser)).reason


def test_fault_in_the_last_sheet_leaves_nothing(checked, monkeypatch):
    tenant, by, run, _content = checked
    apply = ItemsSheet.apply

    def broken(self, rows, work):
        apply(self, rows, work)
        raise DatabaseError("no")

    monkeypatch.setattr(ItemsSheet, "apply", broken)

    def decide():
        with mounted(tenant):
            operations.start(run=run, by=by, at=timezone.now())
        return jobs.applied(tenant, run.pk, at=timezone.now())

    assert elsewhere(decide) == RunState.CHECKED
    assert elsewhere(lambda: count(tenant)) == 1
    assert "Tidak ada yang berubah" in elsewhere(lambda: state(tenant, run)).reason


def test_worker_that_died_is_followed_by_another(checked):
    """What it leaves is a state; the next worker goes on from there. The audit trail names who decided."""
    tenant, by, run, _content = checked

    def died():
        with mounted(tenant):
            operations.start(run=run, by=by, at=timezone.now())

    def events():
        with mounted(tenant):
            return set(
                Event.objects.filter(table_name="equipment_item", reason="Buku kerja Excel").values_list(
                    "actor_name", flat=True
                )
            )

    elsewhere(died)

    assert elsewhere(lambda: jobs.apply.func(tenant.pk, str(run.pk))) == RunState.APPLIED
    assert elsewhere(lambda: count(tenant)) == 101
    assert elsewhere(events) == {"Siti Rahma"}


def test_job_sent_again_while_one_is_under_way_leaves(checked, monkeypatch):
    """The first holds the run while it looks; the second does not wait for it and does nothing."""
    tenant, by, run, _content = checked
    plan = jobs.planning.plan
    seen = []

    def slow(*args, **given):
        seen.append(elsewhere(lambda: jobs.check.func(tenant.pk, str(run.pk))))
        return plan(*args, **given)

    monkeypatch.setattr(jobs.planning, "plan", slow)

    def again():
        with mounted(tenant):
            operations.check_again(run=run, by=by, at=timezone.now())
        return jobs.check.func(tenant.pk, str(run.pk))

    assert (elsewhere(again), seen) == (RunState.CHECKED, [""])


def test_dead_job_is_sent_again_once(checked):
    _tenant, _by, run, _content = checked

    def act():
        result = DBTaskResult.objects.filter(args_kwargs__args__1=str(run.pk))
        with as_owner():
            result.update(status="RUNNING", started_at=timezone.now() - datetime.timedelta(hours=1))
        sent = jobs.resume(at=timezone.now()), jobs.resume(at=timezone.now())
        with as_owner():
            states = sorted(result.values_list("status", flat=True))
            result.delete()
        return sent, states

    assert elsewhere(act) == ((1, 0), ["FAILED", "READY"])
