"""
An office with 1,000 devices, 12,000 checks and 500 other things: its page, its lists and its export.

Against the plainest Django list of the same rows (one query that counts, one that reads 25, a table without any look), in the
same process, by turns: queries, 95th percentile of the time, bytes.
"""

import datetime
import time
from collections.abc import Callable

from bench import country, table

SLUG = "kota-bandung"
DEVICES, OTHERS, LOOKS, TURNS = 1000, 500, 4, 20
PLAIN = """<!doctype html><title>Items</title><p>{{ total }}</p><table>{% for item in rows %}<tr><td>{{ item.name }}</td>
<td>{{ item.label }}</td><td>{{ item.office.name }}</td><td>{{ item.room.name }}</td><td>{{ item.desk.name }}</td>
<td>{{ item.get_purpose_display }}</td><td>{{ item.get_condition_display }}</td></tr>{% endfor %}</table>"""


def fill(tenant) -> str:
    """The id of the office that holds all of it."""
    from django.db import connection, transaction
    from django.utils import timezone

    from equipment import labelling
    from equipment.enums import CheckKind
    from equipment.models import Check, Item
    from offices.models import Desk, Office, Room
    from tenants.context import as_owner

    today, now = tenant.today(timezone.now()), timezone.now()
    with as_owner(tenant.schema_name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        office = Office.objects.order_by("name").first()
        rooms = Room.objects.bulk_create(Room(office=office, name=f"Ruang {n:02}", purpose="registration") for n in range(20))
        desks = Desk.objects.bulk_create(Desk(room=room, name=f"Meja {n}") for room in rooms for n in range(2))
        labels = iter({labelling.make() for _ in range(2 * (DEVICES + OTHERS))})
        devices = [
            Item(
                office=office, room=rooms[n % 20], label=next(labels), category="device",
                kind="laptop", name=f"Laptop {n:04}", purpose="registration", condition="broken" if n % 50 == 0 else "good",
            )
            for n in range(DEVICES)
        ]  # fmt: skip
        for device, desk in zip(devices, desks, strict=False):
            device.room, device.desk = desk.room, desk
        chairs = [
            Item(
                office=office, room=rooms[n % 20], label=next(labels), category="furniture", kind="chair", name=f"Kursi {n:03}"
            )
            for n in range(OTHERS)
        ]
        Item.objects.bulk_create(devices + chairs)
        Check.objects.bulk_create(
            Check(
                item=device, kind=kind, ok=number % 9 > 0, note="x", checked_on=today - datetime.timedelta(number % 12 + look),
                checked_at=now, checked_by_name="x",
            )
            for number, device in enumerate(devices)
            for kind in CheckKind
            for look in range(LOOKS)
        )  # fmt: skip
        cursor.execute("ANALYZE equipment_item, equipment_check")
    return str(office.pk)


def timed(act: Callable[[], bytes]) -> tuple[int, float, int]:
    """Queries, 95th percentile in ms, and bytes of ``act``, called once before."""
    from django.db import connection

    queries = []

    def count(execute, sql, *others):
        queries.append(sql)
        return execute(sql, *others)

    act()
    with connection.execute_wrapper(count):
        size = len(act())
    seconds = []
    for _turn in range(TURNS):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return len(queries), table.percentiles(seconds)[1], size


def plain(tenant, office: str) -> Callable[[], bytes]:
    """The peer: count, the first 25 rows with their places, the barest table."""
    from django.template import engines

    from equipment.models import Item
    from tenants.context import mounted

    template = engines["django"].from_string(PLAIN)

    def act() -> bytes:
        with mounted(tenant):
            found = Item.objects.filter(office=office).select_related("office", "room", "desk").order_by("name")
            return template.render({"total": found.count(), "rows": list(found[:25])}).encode()

    return act


def measure() -> list[table.Row]:
    from django.test import Client

    from accounts.enums import Role
    from tenants import directory

    tenant = directory.find(SLUG)
    office = fill(tenant)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(country.member(SLUG, Role.GOVERNMENT_HEAD, "Wali Kota"))

    def page(path: str) -> Callable[[], bytes]:
        def act() -> bytes:
            response = client.get(f"/{SLUG}/{path}")
            assert response.status_code == 200, (path, response.status_code)
            return response.getvalue()

        return act

    pages = {
        "page of the office": f"kantor/{office}/",
        "its inventory": f"kantor/{office}/inventaris/",
        "its inventory, 100 rows": f"kantor/{office}/inventaris/?per=100",
        "devices with a check that is due": f"kantor/{office}/inventaris/?periksa=perlu",
        "search for a word": f"kantor/{office}/inventaris/?cari=laptop+09",
        "inventory of the government": "inventaris/",
        "export of 1,500 rows as CSV": f"kantor/{office}/inventaris/unduh.csv",
    }
    queries, peer, size = timed(plain(tenant, office))
    rows = [table.Row("(peer: a plain list of 25 rows)", "", f"{peer:.1f} ms, {queries} queries, {size / 1024:.1f} KB")]
    for name, path in pages.items():
        queries, ours, size = timed(page(path))
        rows.append(
            table.Row(
                f"{name}: p95",
                f"{ours:.0f} ms, {queries} queries, {size / 1024:.0f} KB",
                f"{peer:.1f} ms",
                f"{ours / peer:.1f}",
            )
        )
    return rows


def main() -> None:
    options = country.options(__doc__)
    with country.country(options.keep, only=() if options.keep else (SLUG,)):
        table.show("An office with 1,000 devices and 12,000 checks", measure())


if __name__ == "__main__":
    main()
