import csv
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from equipment import queries_supplies as queries
from equipment import words_supplies
from offices.models import Office
from tenants import directory
from tenants.context import mounted


class Command(BaseCommand):
    help = (
        "list: the supplies of the offices of a government that are not closed, as CSV, and how long they last. "
        "With --low only what runs out; it then exits with 1 where there is any, so that it can be scheduled."
    )

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["list"])
        parser.add_argument("--government", required=True, help="its slug, such as kota-bandung")
        parser.add_argument("--low", action="store_true", help="only what runs out or is below its minimum")

    def handle(self, *args, action, government, low, **options):
        tenant = directory.find(government)
        if tenant is None or tenant.is_ministry:
            raise CommandError(f"Tidak ada pemerintah daerah dengan alamat {government}.")
        with mounted(tenant):
            found = self._write(tenant.today(timezone.now()), low=low)
        if low and found:
            sys.exit(1)

    def _write(self, today, *, low: bool) -> int:
        writer = csv.writer(self.stdout)
        writer.writerow(["kantor", "barang", "sisa", "satuan", "minimum", "hari layanan", "sampai", "perlu dibeli", "keadaan"])
        offices = list(Office.objects.not_closed_on(today).order_by("name", "id"))
        rows = [(each.office, row) for each in queries.stocks(offices, today) for row in (each.warned if low else each.rows)]
        for office, row in rows:
            told, supply = row.forecast, row.supply
            facts = [office.name, supply.name, supply.on_hand, supply.unit, supply.minimum]
            days = "" if told.days is None else told.days
            writer.writerow([*facts, days, told.until or "", row.buy, words_supplies.state(told)[1]])
        return len(rows)
