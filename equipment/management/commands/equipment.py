import csv
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from equipment import queries
from equipment.models import Item
from tenants import directory
from tenants.context import mounted


class Command(BaseCommand):
    help = (
        "list: the inventory of a government as CSV. check-due: its devices of which a check is missing, "
        "bad or due, with the reasons; exits with 1 where there are any, so that it can be scheduled."
    )

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["list", "check-due"])
        parser.add_argument("--government", required=True, help="its slug, such as kota-bandung")
        parser.add_argument("--office", help="only the office with this id")

    def handle(self, *args, action, government, office, **options):
        tenant = directory.find(government)
        if tenant is None or tenant.is_ministry:
            raise CommandError(f"Tidak ada pemerintah daerah dengan alamat {government}.")
        with mounted(tenant):
            found = queries.items().order_by("office__name", "name", "label")
            if office:
                found = found.filter(office=office)
            if action == "list":
                self._list(found)
            elif self._due(found, tenant.today(timezone.now())):
                sys.exit(1)

    def _list(self, found) -> None:
        writer = csv.writer(self.stdout)
        writer.writerow(["label", "kantor", "jenis", "nama", "kegunaan", "ruang", "meja", "kondisi", "kode", "nup", "tahun"])
        for item in found.iterator(2000):
            place = [item.room.name if item.room else "", item.desk.name if item.desk else ""]
            facts = [item.label, item.office.name, item.kind, item.name, item.purpose, *place, item.get_condition_display()]
            writer.writerow([*facts, item.item_code, item.register_number, item.year or ""])

    def _due(self, found, on) -> int:
        due: list[Item] = list(queries.by_checks(found, "", on))
        newest = queries.newest_checks(due)
        for item in due:
            reasons = "; ".join(each.sentence for each in queries.standings(newest, item, on) if each.is_due)
            self.stdout.write(f"{item.office.name} · {item}: {reasons}")
        self.stdout.write(f"{len(due)} perangkat perlu diperiksa.")
        return len(due)
