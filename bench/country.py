"""
A whole country to measure in: 552 governments, 5,520 offices with a year of duties, one circular, in a cluster of its own.

Made by bulk SQL with the triggers off, then rolled up the ordinary way. The cluster is gone afterwards, unless it is told to
stay (``--keep FOLDER``), which spares the next run the two minutes of building.
"""

import argparse
import datetime
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OFFICES = 10  # per government: 5,520 in all
STAFF_PER_OFFICE = 2

DUTIES = """
INSERT INTO staffing_duty (id, "on", slot, office_id, staff_id)
SELECT gen_random_uuid(), day::date, slot, office.id, staff.id
FROM (SELECT id, row_number() OVER (ORDER BY name) AS n, abs(hashtext(id::text)) AS dice FROM offices_office) office
CROSS JOIN generate_series(%(today)s::date - 365, %(today)s::date + 45, interval '1 day') day
CROSS JOIN generate_series(1, 2) slot
JOIN (SELECT id, row_number() OVER (ORDER BY name) AS n FROM staffing_staff) staff ON staff.n = office.n * 2 - 2 + slot
WHERE extract(isodow FROM day) < 6
    AND day <= %(today)s::date + CASE WHEN dice %% 10 = 0 THEN -3 WHEN dice %% 10 = 1 THEN 4 ELSE 30 + dice %% 15 END
    AND (slot = 1 OR dice %% 7 > 0)
"""


def options(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--keep", metavar="FOLDER", help="build the country there, or use the one that stands there")
    return parser.parse_args()


@contextmanager
def country(keep: str | None = None, *, only: tuple[str, ...] = ()) -> Iterator[None]:
    """
    Django set up on a cluster that holds the country; no settings may have been read before.

    ``only`` builds these governments instead of all, for figures that need no more.
    """
    home = Path(keep) if keep else Path(tempfile.gettempdir()) / f"loket-bench-{os.getpid()}"
    os.environ |= {"LOKET_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from config import embedded

    try:
        embedded.start(home)
        import django

        django.setup()
        _build(only)
        yield
    finally:
        embedded.stop(home)
        if not keep:
            shutil.rmtree(home, ignore_errors=True)


def _build(only: tuple[str, ...]) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from oversight import checks
    from oversight.models import OfficeStatus
    from tenants import fleet
    from tenants.context import as_owner
    from tenants.models import Tenant

    call_command("migrate", verbosity=0)
    call_command("provision", *only, verbosity=0)
    now = timezone.now()
    with as_owner():
        if OfficeStatus.objects.exists():
            return
        governments = list(Tenant.objects.governments().served())
        fleet.over(governments, lambda tenant: _fill(tenant, tenant.today(now)), label="Offices and duties")
        report = checks.rollup(governments, mend=True, at=now)
        assert report.offices == len(governments) * OFFICES, report.failed
        _circular(governments, now)
        _analyze()


def _fill(tenant, today: datetime.date) -> None:
    from django.db import connection

    from offices.models import Dinas, Office, Schedule, ServiceHours
    from staffing.models import Staff

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        dinas = Dinas.objects.create(name="Dinas Tenaga Kerja", sectors=["manpower"])
        since, names = today - datetime.timedelta(400), [f"Loket {number:02}" for number in range(OFFICES)]
        # Ten offices of a government within a few kilometres, the governments over the whole of the country.
        south, east = -10 + (tenant.pk * 7 % 140) / 10, 96 + (tenant.pk * 11 % 440) / 10
        offices = [
            Office(
                dinas=dinas,
                name=name,
                address=f"Jl. {name}",
                opened_on=since,
                latitude=f"{south + number / 100:.6f}",
                longitude=f"{east + number / 130:.6f}",
            )
            for number, name in enumerate(names)
        ]
        Office.objects.bulk_create(offices)
        span = {"opens": datetime.time(8), "closes": datetime.time(15)}
        schedules = Schedule.objects.bulk_create(Schedule(office=office) for office in offices if office.pk.int % 19)
        ServiceHours.objects.bulk_create(
            ServiceHours(schedule=schedule, weekday=weekday, **span) for schedule in schedules for weekday in range(1, 6)
        )
        Staff.objects.bulk_create(
            Staff(dinas=dinas, name=f"Petugas {number:02}", serves_from=since) for number in range(OFFICES * STAFF_PER_OFFICE)
        )
        cursor.execute(DUTIES, {"today": today})


def _circular(governments, now) -> None:
    from django.db import connection, transaction

    from circulars.models import Circular, Delivery

    week = datetime.timedelta(days=7)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        circular = Circular.objects.create(
            number="560/2821/SJ",
            subject="Pelayanan Pendaftaran Kartu Prakerja",
            dated_on=(now - 2 * week).date(),
            deadline_on=(now - week).date(),
            state="published",
            sha256="0" * 64,
            published_at=now - 2 * week,
        )
        Delivery.objects.bulk_create(
            Delivery(
                circular=circular,
                tenant=tenant,
                delivered_at=now - 2 * week,
                opened_at=now - week if number % 40 else None,
                acknowledged_at=now - week if number % 40 and number % 9 else None,
            )
            for number, tenant in enumerate(governments)
        )


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE oversight_officestatus, circulars_delivery, tenants_tenant, tenants_region")


def member(slug: str, role: str, position: str):
    """A user with this role in that government."""
    from accounts.models import Membership, User
    from tenants.context import as_owner
    from tenants.models import Tenant

    with as_owner():
        email = f"{role}.{slug}@contoh.test".replace("_", "-")
        user, _ = User.objects.get_or_create(email=email, defaults={"name": position, "password": "!"})
        who = {"user": user, "tenant": Tenant.objects.get(slug=slug), "role": role}
        since = {"position": position, "valid_from": datetime.date(2020, 1, 1)}
        Membership.objects.get_or_create(**who, defaults=since)
    return user
