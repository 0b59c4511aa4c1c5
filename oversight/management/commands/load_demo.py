from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from oversight.demo import loading


class Command(BaseCommand):
    help = "Enters the demonstration: invented people, offices and duties, a real circular. What is there already stays."

    def add_arguments(self, parser):
        parser.add_argument(
            "--in-production", action="store_true", help="also in production mode, where it must never be by mistake"
        )

    def handle(self, *args, in_production, **options):
        if settings.PRODUCTION and not in_production:
            raise CommandError("Data demonstrasi tidak dimuat dalam mode produksi.")
        with connection.cursor() as cursor:
            # The limits are made for pages; a slow machine may take its time here.
            cursor.execute("SET statement_timeout = 0")
        loading.load(at=timezone.now(), tell=self.stdout.write if options["verbosity"] else lambda text: None)
