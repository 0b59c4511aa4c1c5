from django.core.management.base import BaseCommand, CommandError

from tenants import fleet, upgrading
from tenants.management.reporting import in_words, report
from tenants.script import UnsuitableMigration


class Command(BaseCommand):
    help = (
        "Brings the schema of every government to the newest migration. Finds those behind with one query, "
        "replays what was recorded on the first, each in its own transaction; exits with 1 if any failed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")
        parser.add_argument("--lock-timeout", default=fleet.LOCK_TIMEOUT, help="how long one waits for a lock (default 5s)")

    def handle(self, *args, jobs, lock_timeout, **options):
        try:
            with in_words():
                outcome = upgrading.migrate_tenants(jobs=jobs, lock_timeout=lock_timeout, progress=options["verbosity"] > 0)
        except upgrading.PublicBehind as lacks:
            raise CommandError(f"Skema bersama belum mutakhir ({lacks}). Jalankan «migrate» lebih dahulu.") from lacks
        except UnsuitableMigration as unsuitable:
            raise CommandError(str(unsuitable)) from unsuitable
        quiet = options["verbosity"] == 0
        report(self, outcome, done="dimutakhirkan", nothing="Semua skema sudah mutakhir.", again="migrate_tenants", quiet=quiet)
