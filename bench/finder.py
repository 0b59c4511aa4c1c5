"""
The public finder over 5,520 offices of 552 governments: search, near me, one counter.

Through the whole of Django with its middleware, as somebody who has not signed in and whose browser has nothing yet; the peer
is a page of the same project that reads no office. No target: the aim is that a counter costs little more than an empty page.
"""

import gzip
import logging
from unittest import mock

from bench import country, table
from bench.national import WARM, monday_morning, timed


def measure() -> list[table.Row]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from oversight.models import OfficeStatus
    from tenants.context import as_owner

    logging.disable(logging.CRITICAL)
    with as_owner():
        office = OfficeStatus.objects.select_related("tenant").order_by("tenant__slug", "name").first()
    rows = []
    with mock.patch.object(timezone, "now", return_value=monday_morning(timezone.now())):
        client = Client(SERVER_NAME="127.0.0.1")
        peer = table.percentiles(_times(client, "/masuk/"))[1]
        for name, path in (
            ("first page", "/"),
            ("all counters", "/kantor/"),
            ("search by district", "/kantor/?cari=surabaya"),
            ("search by address", "/kantor/?cari=jl+loket+05"),
            ("near me", "/kantor/sekitar/-7.2,112.7.json"),
            ("one counter", f"/kantor/{office.tenant.slug}/{office.office_id}/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
                asked = len(queries)
            assert response.status_code == 200, (path, response.status_code)
            p50, p95 = table.percentiles(_times(client, path))
            sizes = f"{len(response.content):,}, {len(gzip.compress(response.content)):,}"
            rows += [
                table.Row(f"{name}: server time p50 / p95", f"{p50:.1f} / {p95:.1f} ms", f"{peer:.1f} ms", f"{p95 / peer:.2f}"),
                table.Row(f"{name}: queries; bytes, compressed", f"{asked}; {sizes}"),
            ]
    return rows


def _times(client, path: str) -> list[float]:
    for _ in range(WARM):
        client.get(path)
    return timed(lambda: client.get(path))


def main() -> None:
    options = country.options(__doc__)
    with country.country(options.keep):
        table.show("The public finder over 5,520 offices (peer: p95 of the sign-in page)", measure())


if __name__ == "__main__":
    main()
