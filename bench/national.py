"""
The national page with 552 governments, 5,520 offices and a year of duties: server time, queries, bytes.

Target for the national page: p95 under 40 ms.

Through the whole of Django with its middleware, on a service day; the client and the drawing of the answer are in the time.
"""

import datetime
import gzip
import logging
import time
from unittest import mock

from bench import country, table

TARGET = 40.0
WARM, TIMES = 20, 200


def monday_morning(now: datetime.datetime) -> datetime.datetime:
    """Ten in the morning (WIB) of today, or of the Monday after a weekend: a moment at which all offices serve."""
    day = now.date()
    while day.isoweekday() > 5:
        day += datetime.timedelta(days=1)
    return datetime.datetime.combine(day, datetime.time(3, tzinfo=datetime.UTC))


def timed(call, times: int = TIMES) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken


def measure() -> list[table.Row]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    logging.disable(logging.CRITICAL)
    rows = []
    with mock.patch.object(timezone, "now", return_value=monday_morning(timezone.now())):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(country.member("pusat", "observer", "Pengamat"))
        for name, path in (
            ("national page", "/pusat/"),
            ("all governments", "/pusat/wilayah/"),
            ("all offices", "/pusat/kantor/"),
            ("offices without people", "/pusat/kantor/?keadaan=nobody&otonom=ya"),
            ("one province", "/pusat/wilayah/jawa-timur/"),
            ("one government", "/pusat/wilayah/kota-surabaya/"),
        ):
            rows += _page(client, name, path, CaptureQueriesContext(connection))
        tag = client.get("/pusat/")["ETag"]
        known = timed(lambda: client.get("/pusat/", headers={"If-None-Match": tag}))
        assert client.get("/pusat/", headers={"If-None-Match": tag}).status_code == 304
        p50, p95 = table.percentiles(known)
        rows.append(table.Row("national page, known already (304): p50 / p95", f"{p50:.1f} / {p95:.1f} ms"))
    return rows


def _page(client, name, path, capture) -> list[table.Row]:
    for _ in range(WARM):
        response = client.get(path)
    assert response.status_code == 200, response.status_code
    with capture as queries:
        client.get(path)
        asked = len(queries)
    p50, p95 = table.percentiles(timed(lambda: client.get(path)))
    size = len(response.content)
    return [
        table.Row(f"{name}: server time p50", f"{p50:.1f} ms"),
        table.Row(f"{name}: server time p95", f"{p95:.1f} ms", f"< {TARGET:.0f} ms", f"{p95 / TARGET:.2f}"),
        table.Row(f"{name}: queries", str(asked)),
        table.Row(f"{name}: bytes, compressed", f"{size:,}, {len(gzip.compress(response.content)):,}"),
    ]


def main() -> None:
    options = country.options(__doc__)
    with country.country(options.keep):
        table.show("The national page with 552 governments, 5,520 offices, a year of duties", measure())


if __name__ == "__main__":
    main()
