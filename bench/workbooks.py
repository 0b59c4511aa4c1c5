"""
The workbook of an office with 10,000 things against django-import-export on the same table: export, import of 10,000 changed
rows, and import of the same file again. Both with the audit trail; both check everything first and apply then.

The peer takes many minutes for all of them: it is measured on 500 and its total estimated from these, unless ``--peer`` says
more.

    python -m bench.workbooks [--rows 10000] [--peer 500]
"""

import argparse
import io
import sys
import time
from contextlib import contextmanager

from bench import country, peers, table

SLUG = "kota-bandung"
GOALS = {"export": 5.0, "import": 20.0, "again": 10.0}


def filled(number: int):
    """The scope of an office with ``number`` things in two rooms, and a member who may import."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from accounts.enums import Role
    from accounts.members import load
    from equipment import labelling
    from equipment.enums import category_of
    from equipment.models import Item
    from offices.models import Office, Room
    from tenants.context import mounted
    from tenants.models import Tenant
    from workbooks import scope

    user, now = country.member(SLUG, Role.GOVERNMENT_HEAD, "Wali Kota"), timezone.now()
    assert isinstance(user, get_user_model())
    tenant = Tenant.objects.select_related("parent").get(slug=SLUG)
    by = load(user, tenant, at=now)
    with mounted(tenant):
        office = Office.objects.select_related("dinas").order_by("name").first()
        rooms = [Room.objects.create(office=office, name=f"Ruang {letter}", purpose="registration") for letter in "AB"]
        labels = set()
        while len(labels) < number:
            labels.add(labelling.make())
        kinds = ("laptop", "chair", "desk", "printer", "lamp")
        Item.objects.bulk_create(
            Item(
                office=office, label=label, kind=kinds[place % 5], category=category_of(kinds[place % 5]),
                room=rooms[place % 2],
                name=f"Barang {place:05}", purpose="registration" if place % 5 == 0 else "", item_code="3.10.01.02",
                register_number=f"{place:06}", year=2015 + place % 10,
            )
            for place, label in enumerate(sorted(labels))
        )  # fmt: skip
        return scope.of(dinas=office.dinas, office=office, tenant=tenant, today=tenant.today(now)), by


def noted(content: bytes, heading: str, sheet: str, row: int) -> bytes:
    """The same workbook with a note on every row, as somebody types it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet] if sheet else book.worksheets[0]
    place = next(cell.column for cell in page[row] if cell.value == heading)
    for line in range(row + 1, page.max_row + 1):
        page.cell(line, place).value = f"diperiksa {line}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def clock(found: dict[str, float], name: str):
    start = time.perf_counter()
    yield
    found[name] = time.perf_counter() - start


def ours(place, by) -> dict[str, float]:
    from django.utils import timezone

    from tenants.context import mounted
    from workbooks import jobs, operations, writing
    from workbooks.models import ImportRun

    found: dict[str, float] = {}
    tenant = place.tenant
    with mounted(tenant), clock(found, "export"):
        content = writing.workbook(place, by=by, at=timezone.now())
    changed = noted(content, "Keterangan", "Inventaris", 2)
    given = {"dinas": place.dinas, "office": place.office, "name": "b.xlsx", "content": changed, "by": by, "at": timezone.now()}
    with clock(found, "import"):
        with clock(found, "  of which checking"):
            with mounted(tenant):
                run = operations.receive(**given)
            assert jobs.checked(tenant, run.pk, at=timezone.now()) == "checked"
        with mounted(tenant):
            run = ImportRun.objects.get(pk=run.pk)
            assert not run.faults, list(run.rows.values_list("faults", flat=True)[:3])
            operations.start(run=run, by=by, at=timezone.now())
        assert jobs.applied(tenant, run.pk, at=timezone.now()) == "applied"
    with clock(found, "again"):
        with mounted(tenant):
            run = operations.receive(**given)
        jobs.checked(tenant, run.pk, at=timezone.now())
    with mounted(tenant):
        assert ImportRun.objects.get(pk=run.pk).changes == 0
    return found


def peer(place, number: int) -> dict[str, float]:
    """A ModelResource as its documentation recommends for many rows; a dry run and then the import, as its pages do."""
    import tablib
    from django.db import transaction
    from import_export import resources

    from equipment.models import Item
    from tenants.context import mounted

    class ItemResource(resources.ModelResource):
        class Meta:
            model = Item
            use_bulk = True
            skip_unchanged = True
            report_skipped = False
            skip_diff = True
            batch_size = 1000

    found: dict[str, float] = {}
    resource = ItemResource()
    with mounted(place.tenant):
        with clock(found, "export"):
            content = resource.export(Item.objects.filter(office=place.office)[:number]).export("xlsx")
        changed = noted(content, "note", "", 1)
        for name in ("import", "again"):
            with clock(found, name), transaction.atomic():
                for dry_run in (True, False):
                    data = tablib.Dataset().load(changed, format="xlsx")
                    result = resource.import_data(data, dry_run=dry_run, use_transactions=True)
                    assert not result.has_errors(), result.row_errors()[:1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--peer", type=int, default=500, help="how many things the peer gets")
    options = parser.parse_args()
    number, share = options.rows, min(1.0, options.peer / options.rows)
    compared = peers.at_hand("import_export")
    with country.country(only=(SLUG,)):
        place, by = filled(number)
        us = ours(place, by)
        sys.stdout.write(f"ours: {us}\n")
        sys.stdout.flush()
        them = peer(place, min(options.peer, number)) if compared else {}
        them = {name: seconds / share for name, seconds in them.items()}
    names = {"export": "export", "import": "import, all rows changed", "again": "import of the same file again"}
    rows = []
    for key, label in names.items():
        ratio = f"{them[key] / us[key]:.1f} times quicker" if them else ""
        goal = f"{ratio} (ours below {GOALS[key]:.0f} s wanted)".strip()
        rows.append(table.Row(label, f"{us[key]:.1f} s", f"{them[key]:.1f} s" if them else "", goal))
    rows.append(table.Row("  of which checking and rehearsing", f"{us['  of which checking']:.1f} s"))
    table.show(f"A workbook with {number} things (peer: django-import-export, from {options.peer})", rows)


if __name__ == "__main__":
    main()
