from django.core.management.base import BaseCommand, CommandError

from tenants import fleet, upgrading


class Command(BaseCommand):
    help = (
        "Brings the schema of every government to the newest migration. Finds those behind with one query, "
        "replays what was recorded on the first, each in its own transaction; exits with 1 if any failed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")
        parser.add_argument("--lock-timeout", default=fleet.LOCK_TIMEOUT, help="how long one waits for a lock (default 5s)")

    def handle(self, *args, jobs, lock_timeout, **options):
        outcome = upgrading.migrate_tenants(jobs=jobs, lock_timeout=lock_timeout)
        for slug, reason in sorted(outcome.failed.items()):
            self.stderr.write(f"{slug}: {reason}")
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} skema gagal dimutakhirkan, {len(outcome.done)} berhasil.")
        if options["verbosity"]:
            self.stdout.write(f"{len(outcome.done)} skema dimutakhirkan." if outcome.done else "Semua skema sudah mutakhir.")
