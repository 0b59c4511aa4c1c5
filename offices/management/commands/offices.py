import csv
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from offices import queries
from offices.enums import OfficeState
from offices.models import Office
from tenants import directory
from tenants.context import mounted

FIELDS = (
    "id", "dinas", "name", "kind", "state", "address", "latitude", "longitude", "phone", "whatsapp", "email", "bring",
    "opened_on", "closed_on", "closed_reason",
)  # fmt: skip
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    help = "list: the offices of a government with what residents are told of them, as CSV or JSON."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["list"])
        parser.add_argument("--government", required=True, help="its slug, such as kota-bandung")
        parser.add_argument("--state", choices=OfficeState.values, help="only offices in this state today")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")

    def handle(self, *args, action, government, state, format, **options):
        tenant = directory.find(government)
        if tenant is None or tenant.is_ministry:
            raise CommandError(f"Tidak ada pemerintah daerah dengan alamat {government}.")
        today = tenant.today(timezone.now())
        with mounted(tenant):
            found = queries.offices()
            rows = [row(office, today) for office in (found.in_state(state, today) if state else found)]
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        writer = csv.DictWriter(self.stdout, FIELDS)
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in each.items()} for each in rows)


def row(office: Office, today) -> dict[str, str]:
    """One office as text; empty for what is not known."""
    values = {name: getattr(office, name, None) for name in FIELDS}
    values |= {"dinas": office.dinas.name, "state": office.state_on(today).value}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not compute; numbers below zero stay numbers."""
    is_number = text[:1] == "-" and text[1:].replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
