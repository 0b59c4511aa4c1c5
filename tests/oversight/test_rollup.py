import datetime
import threading
import time

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from offices.events import office_changed
from offices.models import Dinas, Office
from oversight import rollup
from oversight.models import OfficeStatus
from staffing.models import Duty
from tenants.context import as_owner, mounted
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY, build_office, days, put_on_duty


def stored(tenant, office):
    with as_owner():
        return OfficeStatus.objects.get(tenant=tenant, office_id=office.pk)


def test_refresh_writes_the_facts_with_their_dates(kota_bandung, make_office):
    far, tuesday = MONDAY - datetime.timedelta(36), MONDAY + datetime.timedelta(1)
    oldest = MONDAY - datetime.timedelta(35)

    office = make_office(kota_bandung, weekdays=(1, 3), duties={far: 2, oldest: 1, MONDAY: 2, tuesday: 1})

    row = stored(kota_bandung, office)
    assert (row.name, row.dinas_name, row.opened_on) == ("Loket Cikutra", "Dinas Tenaga Kerja", datetime.date(2026, 1, 5))
    assert row.service_weekdays == [1, 3]
    assert row.timetable["periods"] == [["regular", "", None, None, [[1, "08:00", "15:00"], [3, "08:00", "15:00"]]]]
    assert row.rostered_through == tuesday
    assert row.staffed_days == [(oldest, oldest + datetime.timedelta(1)), (MONDAY, MONDAY + datetime.timedelta(2))]
    assert row.full_days == [(MONDAY, tuesday)]
    assert row.staff_count == 4
    assert row.changed_at == NOW


def test_office_without_hours_and_duties_has_empty_facts(kota_bandung, make_office):
    office = make_office(kota_bandung, weekdays=())

    row = stored(kota_bandung, office)

    assert (row.service_weekdays, row.rostered_through, row.staffed_days, row.full_days) == ([], None, [], [])


def test_a_change_is_heard_and_a_gone_office_loses_its_row(kota_bandung, make_office):
    office = make_office(kota_bandung)

    with mounted(kota_bandung), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(name="Loket Gedebage")
        office_changed(tenant=kota_bandung, office_id=office.pk, at=NOW)
    assert stored(kota_bandung, office).name == "Loket Gedebage"

    with mounted(kota_bandung), transaction.atomic():
        office.schedules.all().delete()
        Office.objects.filter(pk=office.pk).delete()
        office_changed(tenant=kota_bandung, office_id=office.pk, at=NOW)
    assert not OfficeStatus.objects.filter(office_id=office.pk).exists()


def test_same_office_id_in_two_governments_makes_two_rows(kota_bandung, kota_cimahi, make_office):
    office = make_office(kota_bandung, name="Loket Pisang")
    make_office(kota_cimahi, name="Loket Durian", id=office.pk)

    rows = OfficeStatus.objects.filter(office_id=office.pk).order_by("name").values_list("name", "tenant__slug")

    assert list(rows) == [("Loket Durian", "kota-cimahi"), ("Loket Pisang", "kota-bandung")]


def test_refresh_outside_a_transaction_is_refused(scratch):
    with mounted(scratch), pytest.raises(TransactionManagementError):
        rollup.refresh(tenant=scratch, office_id="00000000-0000-0000-0000-000000000001", at=NOW)


def test_row_falls_with_the_change_that_fails(kota_bandung, make_office):
    office = make_office(kota_bandung)

    with mounted(kota_bandung), transaction.atomic():
        put_on_duty(office, MONDAY)
        office_changed(tenant=kota_bandung, office_id=office.pk, at=NOW)
        transaction.set_rollback(True)

    assert stored(kota_bandung, office).rostered_through is None


# Two writers at once ----------------------------------------------------------------------------------------------------------


def add_duty(tenant, office, on, refreshed: threading.Event, go_on: threading.Event):
    """One writer: a duty and its refresh; the transaction stays open until ``go_on``."""
    with mounted(tenant), transaction.atomic():
        put_on_duty(office, on)
        rollup.refresh(tenant=tenant, office_id=office.pk, at=NOW)
        refreshed.set()
        assert go_on.wait(10)


def until_somebody_waits_for_a_lock():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock')")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the second writer never waited for the first")


def race(tenant, office, elsewhere):
    """Two overlapping writers put people on duty on Monday and on Tuesday; returns the days the row knows afterwards."""
    refreshed, go_on, at_once = threading.Event(), threading.Event(), threading.Event()
    monday, tuesday = days(MONDAY, 2)
    at_once.set()
    with elsewhere(lambda: add_duty(tenant, office, monday, refreshed, go_on)):
        assert refreshed.wait(10)
        with elsewhere(lambda: add_duty(tenant, office, tuesday, threading.Event(), at_once)):
            until_somebody_waits_for_a_lock()
            go_on.set()
    with mounted(tenant):
        row = OfficeStatus.objects.get(tenant=tenant, office_id=office.pk)
        assert sorted(Duty.objects.filter(office=office).values_list("on", flat=True)) == [monday, tuesday]
    return row.staffed_days


BOTH_DAYS = [(MONDAY, MONDAY + datetime.timedelta(2))]
TUESDAY_ALONE = [(MONDAY + datetime.timedelta(1), MONDAY + datetime.timedelta(2))]


def test_overlapping_writers_lose_no_update(scratch, elsewhere):
    office = build_office(scratch)

    assert race(scratch, office, elsewhere) == BOTH_DAYS


def test_recomputing_in_the_statement_that_waits_would_lose_one(scratch, elsewhere, monkeypatch):
    """Shows that the test above sees what it is there for: without the lock beforehand Monday is lost."""
    office = build_office(scratch)
    monkeypatch.setattr(rollup, "LOCK", "SELECT %(tenant)s, %(offices)s")

    assert race(scratch, office, elsewhere) == TUESDAY_ALONE


def test_overlapping_writers_that_both_make_the_row_lose_no_update(scratch, elsewhere):
    office = build_office(scratch)
    with as_owner():
        OfficeStatus.objects.filter(tenant=scratch).delete()

    assert race(scratch, office, elsewhere) == BOTH_DAYS


def test_making_the_row_only_once_would_lose_one(scratch, elsewhere, monkeypatch):
    office = build_office(scratch)
    with as_owner():
        OfficeStatus.objects.filter(tenant=scratch).delete()
    monkeypatch.setattr(rollup, "LOCK", "SELECT %(tenant)s, %(offices)s")

    assert race(scratch, office, elsewhere) == TUESDAY_ALONE


def test_drift_names_each_office_that_differs(kota_bandung, make_office):
    true, stale, missing = (make_office(kota_bandung, name=f"Loket {word}") for word in ("Benar", "Basi", "Hilang"))
    OfficeStatus.objects.filter(office_id=stale.pk).update(name="Loket Lama", staff_count=7)
    OfficeStatus.objects.filter(office_id=missing.pk).delete()
    surplus = stored(kota_bandung, true)
    surplus.pk, surplus.office_id, surplus.name = None, "00000000-0000-0000-0000-000000000001", "Loket Sisa"
    surplus.save()

    with mounted(kota_bandung):
        found = {each.name: (each.kind, each.fields) for each in rollup.drift(kota_bandung, at=NOW)}
        rollup.rebuild(kota_bandung, at=NOW)
        left = rollup.drift(kota_bandung, at=NOW)

    assert found == {
        "Loket Basi": ("stale", {"name": ("Loket Basi", "Loket Lama"), "staff_count": (0, 7)}),
        "Loket Hilang": ("missing", {}),
        "Loket Sisa": ("surplus", {}),
    }
    assert left == []


def test_time_alone_makes_no_drift(kota_jayapura, make_office, rostered):
    make_office(kota_jayapura, duties=rostered(2))

    with mounted(kota_jayapura):
        assert rollup.drift(kota_jayapura, at=NOW + datetime.timedelta(200)) == []


def test_dinas_of_another_name_is_drift_until_each_office_is_told(kota_bandung, make_office):
    office = make_office(kota_bandung)

    with mounted(kota_bandung), transaction.atomic():
        Dinas.objects.update(name="Dinas Ketenagakerjaan")
        assert [each.fields.keys() for each in rollup.drift(kota_bandung, at=NOW)] == [{"dinas_name"}]
        office_changed(tenant=kota_bandung, office_id=office.pk, at=NOW)
        assert rollup.drift(kota_bandung, at=NOW) == []
