from django.core.management.base import BaseCommand, CommandError

from tenants import provisioning, regions
from tenants.context import as_owner
from tenants.management.reporting import in_words, report
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Makes the schemas of the governments that have none yet: all 552, or those named (one that is there gets its role and "
        "privileges again). One transaction each; run it again after an interruption and it goes on where it stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="slugs such as kota-bandung; without any: all governments")
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")

    def handle(self, *args, slugs, jobs, **options):
        with in_words(), as_owner():
            regions.load()
            wanted = self._named(slugs) if slugs else provisioning.wanting()
            outcome = provisioning.provision(wanted, jobs=jobs, progress=options["verbosity"] > 0)
        quiet, nothing = options["verbosity"] == 0, "Skema semua pemerintah daerah sudah siap."
        report(self, outcome, done="disiapkan", nothing=nothing, again="provision", quiet=quiet)

    @staticmethod
    def _named(slugs):
        tenants = {tenant.slug: tenant for tenant in Tenant.objects.governments().filter(slug__in=slugs)}
        if unknown := sorted(set(slugs) - set(tenants)):
            raise CommandError(f"Tidak dikenal: {', '.join(unknown)}.")
        return list(tenants.values())
