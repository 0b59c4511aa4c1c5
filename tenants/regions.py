"""The reference data: the 552 governments of ``data/regions.csv`` (Kepmendagri 300.2.2-2138/2025), the ministry above them."""

import csv
import datetime
from pathlib import Path

from django.db import connection, transaction

from tenants import directory
from tenants.enums import Level, State
from tenants.models import Region, Tenant

SOURCE = Path(__file__).parent / "data" / "regions.csv"
VALID_FROM = datetime.date(2025, 4, 25)  # Kepmendagri 300.2.2-2138/2025, the list the file follows
MINISTRY = {"slug": "pusat", "name": "Kementerian Dalam Negeri", "timezone": "Asia/Jakarta", "autonomous": False}


def read() -> list[dict[str, str]]:
    """The rows of the file, provinces before their districts; every value is text, codes above all."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda row: (row["level"] != Level.PROVINCE, row["code"]))


@transaction.atomic
def load(slugs: set[str] | None = None) -> int:
    """
    Enter the ministry and the governments that are not there yet; return how many were new. Idempotent.

    ``slugs`` limits it to these and their provinces.
    """
    with connection.cursor() as cursor:  # two at once: the second waits, then finds all there
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tenants.regions'))")
    ministry, _ = Tenant.objects.get_or_create(
        level=Level.NATION, defaults={"schema_name": "public", "state": State.READY, **MINISTRY}
    )
    rows = read()
    if slugs is not None:
        above = {row["parent_code"] for row in rows if row["slug"] in slugs}
        rows = [row for row in rows if row["slug"] in slugs or row["code"] in above]
    known = {region.code: region.tenant for region in Region.objects.filter(valid_until=None).select_related("tenant")}
    rows = [row for row in rows if row["code"] not in known]
    provinces = [row for row in rows if not row["parent_code"]]
    known |= _enter(provinces, lambda row: ministry)
    districts = [row for row in rows if row["parent_code"]]
    _enter(districts, lambda row: known[row["parent_code"]])
    directory.forget()
    return len(rows)


def _enter(rows, parent_of) -> dict[str, Tenant]:
    """Tenants and their regions for ``rows``, by code, in two statements."""
    tenants = {
        row["code"]: Tenant(
            slug=row["slug"],
            schema_name=row["slug"].replace("-", "_"),
            name=row["name"],
            level=row["level"],
            parent=parent_of(row),
            timezone=row["timezone"],
            autonomous=row["autonomous"] == "true",
        )
        for row in rows
    }
    Tenant.objects.bulk_create(tenants.values())
    Region.objects.bulk_create(
        Region(code=row["code"], name=row["name"], tenant=tenants[row["code"]], valid_from=VALID_FROM) for row in rows
    )
    return tenants
