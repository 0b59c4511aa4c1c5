"""The reference data: the 552 governments of ``data/regions.csv`` (Kepmendagri 300.2.2-2138/2025) and the ministry above them."""

import csv
import datetime
from pathlib import Path

from django.db import transaction

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
    ministry, _ = Tenant.objects.get_or_create(
        level=Level.NATION, defaults={"schema_name": "public", "state": State.READY, **MINISTRY}
    )
    known = {region.code: region.tenant for region in Region.objects.filter(valid_until=None).select_related("tenant")}
    rows, new = read(), 0
    if slugs is not None:
        parents = {row["parent_code"] for row in rows if row["slug"] in slugs}
        rows = [row for row in rows if row["slug"] in slugs or row["code"] in parents]
    for row in rows:
        if row["code"] in known:
            continue
        tenant = Tenant(
            slug=row["slug"],
            schema_name=row["slug"].replace("-", "_"),
            name=row["name"],
            level=row["level"],
            parent=known[row["parent_code"]] if row["parent_code"] else ministry,
            timezone=row["timezone"],
            autonomous=row["autonomous"] == "true",
        )
        Tenant.objects.bulk_create([tenant])
        known[row["code"]] = tenant
        Region.objects.create(code=row["code"], name=row["name"], tenant=tenant, valid_from=VALID_FROM)
        new += 1
    directory.forget()
    return new
