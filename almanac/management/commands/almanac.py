from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from almanac import operations_filling
from portal.errors import DomainError
from tenants.context import acting, as_ministry


class Command(BaseCommand):
    help = (
        "Fills the country's calendar and the list of browser versions from what comes with Loket. "
        "What the ministry has corrected or cancelled stays; run it as often as you like."
    )

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["fill"])
        parser.add_argument("years", nargs="*", type=int, help="such as 2026 2027; without any, this year and the next")

    def handle(self, *args, action, years, **options):
        now = timezone.now()
        with acting(id=None, name="Loket", role="system"), as_ministry():
            try:
                filled = operations_filling.fill_days(years=years or (now.year, now.year + 1), at=now)
            except DomainError as error:
                raise CommandError(str(error.message)) from error
            browsers = operations_filling.fill_browsers(at=now)
        self.stdout.write(
            f"Hari: {filled.added} ditambahkan, {filled.changed} disesuaikan, {filled.dropped} dibatalkan karena tidak lagi "
            f"tercantum, {filled.kept} tetap. Peramban: {browsers} versi ditambahkan."
        )
