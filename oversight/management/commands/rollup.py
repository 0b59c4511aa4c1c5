from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight import checks
from oversight.rollup import Drift
from tenants.context import as_owner
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Compares OfficeStatus, the table that the national pages read, with the tables of every government. "
        "--check prints what differs and fails if anything does; --rebuild mends it."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="slugs such as kota-bandung; without any: all governments that are served")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="compare only")
        what.add_argument("--rebuild", action="store_true", help="compare and mend")
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")

    def handle(self, *args, slugs, check, rebuild, jobs, **options):
        with as_owner():
            tenants = self.chosen(slugs)
            now = timezone.now()
            if not slugs:
                checks.keep_schemas(tenants, at=now)
            report = checks.rollup(tenants, mend=rebuild, jobs=jobs, at=now)
            if not slugs and not report.stopped:
                checks.keep(report)
        for slug, found in report.drifts if options["verbosity"] else ():
            self.stdout.write(f"{slug} · {found.name} ({found.office_id}): {describe(found)}")
        for slug, reason in sorted(report.failed.items()):
            self.stderr.write(f"{slug}: {reason}")
        words = f"{len(report.drifts)} {'diperbaiki' if rebuild else 'berbeda'}"
        self.stdout.write(f"{report.offices} kantor di {report.governments} pemerintah daerah diperiksa; {words}.")
        if report.stopped:
            raise CommandError(f"Belum selesai: {report.stopped}.")
        if report.failed:
            raise CommandError(f"{len(report.failed)} pemerintah daerah tidak dapat diperiksa.")
        if check and report.drifts:
            raise CommandError("Rekap tidak sama dengan data daerah. Perbaiki dengan: manage.py rollup --rebuild")

    @staticmethod
    def chosen(slugs) -> list[Tenant]:
        served = Tenant.objects.governments().served()
        if not slugs:
            return list(served)
        tenants = list(served.filter(slug__in=slugs))
        unknown = sorted(set(slugs) - {tenant.slug for tenant in tenants})
        if unknown:
            raise CommandError(f"Tidak dikenal atau belum disiapkan: {', '.join(unknown)}.")
        return tenants


def describe(drift: Drift) -> str:
    """What is wrong with one row, in words."""
    if drift.kind == "missing":
        return "tidak ada di rekap"
    if drift.kind == "surplus":
        return "tersisa di rekap, kantornya sudah tidak ada"
    return ", ".join(f"{name} tercatat {stored!r}, seharusnya {truth!r}" for name, (truth, stored) in drift.fields.items())
