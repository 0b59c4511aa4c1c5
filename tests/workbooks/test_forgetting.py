"""What is kept of an import, and how long."""

import datetime

import pytest

from tenants.context import mounted
from workbooks import jobs
from workbooks.models import ImportFile, ImportRow, ImportRun

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_file_goes_after_a_day_and_rows_after_a_month(furnished, export, fill, upload, kota_bandung, now):
    upload(fill(export(furnished)).set("Ruang", 3, Keterangan="x").bytes(), furnished)

    def left():
        with mounted(kota_bandung):
            run = ImportRun.objects.get()
            return run.state, ImportFile.objects.get().content is not None, ImportRow.objects.count()

    jobs.forget(at=now + 23 * HOUR)
    soon = left()
    jobs.forget(at=now + 25 * HOUR)
    later = left()
    jobs.forget(at=now + 31 * 24 * HOUR)

    assert (soon, later, left()) == (("checked", True, 1), ("cancelled", False, 1), ("cancelled", False, 0))
