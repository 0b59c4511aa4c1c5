import datetime

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from oversight import checks, system
from oversight.models import Check, OfficeStatus
from portal.models import Mail
from tenants.models import Tenant
from tests.conftest import NOW
from tests.oversight.conftest import rows, words  # noqa: F401


def job(status, **fields):
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default",
        exception_class_path="", traceback="", **({"run_after": NOW} | fields),
    )  # fmt: skip


def test_page_names_governments_that_failed_with_the_reason(look, officer, kota_cimahi):
    Tenant.objects.filter(pk=kota_cimahi.pk).update(state="failed", state_detail="relation exists")

    page = words(look(officer, "sistem/"))

    assert "Ada yang perlu diperiksa pengelola sistem." in page
    assert "Pemerintah daerah dilayani 6 / 7 1 gagal disiapkan" in page
    assert "Kota Cimahi gagal disiapkan relation exists" in page


def test_page_of_a_system_that_runs(look, officer):
    Check.objects.create(kind="rollup", checked_at=NOW, governments=7, rows=3)

    page = words(look(officer, "sistem/"))

    assert "Semua berjalan. Tidak ada yang perlu diperiksa." in page
    assert "3 kantor di 7 pemerintah daerah dibandingkan pada 23 November 2026 10.00 WIB." in page


def test_page_shows_drift_lag_and_mail(look, officer, kota_bandung):
    Check.objects.create(kind="rollup", checked_at=NOW, governments=7, rows=3, faults=1, findings=["kota-bandung · Loket"])
    Check.objects.create(kind="schemas", checked_at=NOW, governments=7, faults=1, findings=["kota-cimahi: offices.0002"])
    Mail.objects.create(
        key="a", tenant=kota_bandung, to="a@contoh.test", subject="Surel", text="…", posted_at=NOW, due_at=NOW, state="failed"
    )

    page = words(look(officer, "sistem/"))

    assert [part for part in ("kota-bandung · Loket", "kota-cimahi: offices.0002", "Surel gagal 1") if part in page] != []
    assert "Rekap kantor 1 berbeda dari data daerah" in page


def test_observer_may_not_look_at_the_system(look, observer):
    look(observer, "sistem/", status=403)


def test_queue_counts_jobs_that_are_due_and_notices_when_nobody_works(db):
    with time_machine.travel(NOW - datetime.timedelta(minutes=10), tick=False):
        job("READY", run_after=NOW - datetime.timedelta(minutes=10))
        job("READY", run_after=NOW + datetime.timedelta(hours=1))
        job("FAILED", finished_at=NOW - datetime.timedelta(hours=1))
        job("FAILED", finished_at=NOW - datetime.timedelta(days=2))

    queue = system.queue(NOW)

    assert (queue.waiting, queue.running, queue.failed, queue.is_stuck) == (1, 0, 1, True)


def test_nightly_check_is_kept_and_not_repeated_by_a_restart(kota_bandung, make_office):
    office = make_office(kota_bandung)
    OfficeStatus.objects.filter(office_id=office.pk).delete()

    checks.nightly(at=NOW)
    checks.nightly(at=NOW + datetime.timedelta(hours=1))

    kept = Check.objects.get(kind="rollup")
    assert (kept.checked_at, kept.findings) == (NOW, ["kota-bandung · Loket Cikutra"])
    with pytest.raises(Check.DoesNotExist):
        Check.objects.get(kind="rollup", checked_at__gt=NOW)
