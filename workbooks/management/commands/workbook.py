from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.members import load
from accounts.models import User
from offices.models import Dinas, Office
from portal.errors import DomainError
from tenants.context import as_public, mounted
from tenants.models import Tenant
from workbooks import jobs, operations, queries, scope, writing
from workbooks.enums import RunState
from workbooks.models import ImportRun


class Command(BaseCommand):
    help = "Writes the workbook of an office or a dinas to a file, or reads one back: as somebody who may do so on the pages."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["export", "import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--government", required=True, metavar="SLUG", help="as in the address: kota-bandung")
        parser.add_argument("--office", help="its id; without it the workbook of all offices of --dinas")
        parser.add_argument("--dinas", help="its id")
        parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="who acts")
        parser.add_argument("--dry-run", action="store_true", help="import: say what would change, and change nothing")

    def handle(self, *, act, file, government, office, dinas, email, dry_run, **options):
        self.at = timezone.now()
        with as_public():
            self.tenant = Tenant.objects.governments().select_related("parent").filter(slug=government).first()
            user = User.objects.filter(email=email.lower()).first()
            self.by = load(user, self.tenant, at=self.at) if self.tenant and user else None
        if self.tenant is None:
            raise CommandError(f"Pemerintah daerah {government} tidak dikenal.")
        with mounted(self.tenant):
            self.office, self.dinas = self.find(office, dinas)
            if self.by is None or not self.by.may(f"workbooks.{act}", dinas=self.dinas.pk):
                raise CommandError(f"{email} tidak berwenang atas buku kerja {self.dinas.name}.")
        try:
            self.export(file) if act == "export" else self.bring(file, dry_run)
        except DomainError as error:
            raise CommandError(str(error.message)) from None

    def find(self, office_id, dinas_id):
        try:
            if office_id:
                office = Office.objects.select_related("dinas").get(pk=office_id)
                return office, office.dinas
            return None, Dinas.objects.get(pk=dinas_id)
        except (Office.DoesNotExist, Dinas.DoesNotExist, ValueError, TypeError):
            raise CommandError("Sebut --office atau --dinas yang ada di pemerintah daerah ini.") from None
        except Exception as error:  # Django's ValidationError for what is no UUID
            raise CommandError(str(error)) from None

    def export(self, file: Path) -> None:
        with mounted(self.tenant):
            place = scope.of(dinas=self.dinas, office=self.office, tenant=self.tenant, today=self.tenant.today(self.at))
            file.write_bytes(writing.workbook(place, by=self.by, at=self.at))
        self.stdout.write(f"{file}: {place.name}")

    def bring(self, file: Path, dry_run: bool) -> None:
        given = {"dinas": self.dinas, "office": self.office, "by": self.by, "at": self.at}
        with mounted(self.tenant):
            run = operations.receive(name=file.name, content=file.read_bytes(), **given)
        jobs.checked(self.tenant, run.pk, at=self.at)
        run = self.told(run.pk)
        if run.state != RunState.CHECKED or run.faults:
            self.give_up(run)
            raise CommandError(run.reason or f"{run.faults} baris salah; tidak ada yang berubah.")
        if dry_run or not run.changes:
            self.give_up(run)
            return
        with mounted(self.tenant):
            operations.start(run=run, by=self.by, at=self.at)
        jobs.applied(self.tenant, run.pk, at=timezone.now())
        with mounted(self.tenant):
            run = ImportRun.objects.get(pk=run.pk)
        if run.state != RunState.APPLIED:
            raise CommandError(run.reason)
        self.stdout.write(f"Diterapkan: {run.changes} perubahan.")

    def told(self, pk) -> ImportRun:
        with mounted(self.tenant):
            run = ImportRun.objects.get(pk=pk)
            for notice in run.notices:
                self.stdout.write(notice)
            for tally in queries.tallies(run):
                self.stdout.write(
                    f"{tally.title}: {tally.new} baru, {tally.change} berubah, {tally.remove} dihapus, {tally.fault} salah, "
                    f"{tally.same} tetap"
                )
            for row in queries.rows(run).iterator():
                for heading, before, after in row.changes:
                    self.stdout.write(f"  {row.sheet}!{row.line} {row.title}: {heading}: {before} -> {after}")
                for cell, text in row.faults:
                    self.stdout.write(f"  SALAH {cell}: {text}")
        return run

    def give_up(self, run: ImportRun) -> None:
        if run.state == RunState.CHECKED:
            with mounted(self.tenant):
                operations.cancel(run=run, by=self.by, at=self.at)
