from django.core.management.base import BaseCommand, CommandError

from tenants import provisioning, regions
from tenants.context import as_owner
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Makes the schemas of the governments that have none yet: all 552, or those named. "
        "One transaction each; run it again after an interruption and it goes on where it stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="slugs such as kota-bandung; without any: all governments")
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")

    def handle(self, *args, slugs, jobs, **options):
        with as_owner():
            regions.load()
            wanting = provisioning.wanting()
            if slugs:
                unknown = set(slugs) - set(Tenant.objects.governments().values_list("slug", flat=True))
                if unknown:
                    raise CommandError(f"Tidak dikenal: {', '.join(sorted(unknown))}.")
                wanting = [tenant for tenant in wanting if tenant.slug in slugs]
            outcome = provisioning.provision(wanting, jobs=jobs)
        for slug, reason in sorted(outcome.failed.items()):
            self.stderr.write(f"{slug}: {reason}")
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} pemerintah daerah gagal disiapkan.")
        if options["verbosity"]:
            self.stdout.write(f"{len(outcome.done)} skema baru; semua pemerintah daerah yang diminta siap.")
