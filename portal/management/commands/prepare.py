import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from portal.supervised import end_with
from tenants.checks import check_server
from tenants.context import as_owner
from tenants.enums import State
from tenants.models import Tenant
from tenants.privileges import apply_grants


class Command(BaseCommand):
    help = (
        "Brings the database to what this version of Loket needs: shared tables, the schemas of all governments, "
        "and with --demo the demonstration. Does only what is missing; run it again after an interruption."
    )

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demonstration if it is not there yet")
        parser.add_argument("--jobs", type=int, default=2, help="connections at work at the same time (default 2)")

        parser.add_argument("--with-parent", type=int, default=0, help="end when this process is not the parent any more")

    def handle(self, *args, demo, jobs, with_parent, **options):
        end_with(with_parent)
        self.check_server()
        upgrading = self.is_upgrade()
        self.step("Tabel bersama", self.migrate)
        self.step("Panduan", call_command, "load_guides", verbosity=0)
        self.step("Skema pemerintah daerah", self.fleet, "provision", jobs)
        self.step("Pemutakhiran skema", self.fleet, "migrate_tenants", jobs)
        if upgrading:
            # What is known above may have got new columns, which only the governments' own tables can fill.
            self.step("Rekap kantor", call_command, "rollup", "--rebuild", verbosity=0)
        if demo:
            self.step("Data demonstrasi", call_command, "load_demo", in_production=True)

    def step(self, name, act, *args, **options):
        began = time.monotonic()
        act(*args, **options)
        self.stdout.write(f"{name}: selesai ({time.monotonic() - began:.1f} detik)")

    def check_server(self):
        found = check_server(databases=["default"])
        for message in found:
            self.stderr.write(f"{message.msg} {message.hint or ''}".strip())
        if any(message.is_serious() for message in found):
            raise CommandError("Basis data ini belum dapat dipakai Loket.")

    @staticmethod
    def is_upgrade() -> bool:
        """Whether governments are at work already, and migrations wait."""
        with as_owner():
            executor = MigrationExecutor(connection)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            at_work = ("tenants", "0001_initial") in executor.loader.applied_migrations
            return bool(waiting) and at_work and Tenant.objects.filter(state=State.READY).exists()

    def migrate(self):
        """Always sets the roles' privileges; the migrations themselves only where one is missing, as asking costs a second."""
        with as_owner():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0)
            else:
                apply_grants(import_string(settings.GRANTS))

    def fleet(self, command, jobs):
        """A government that fails is not served and says so to the ministry; the others are, and the next run tries again."""
        try:
            call_command(command, jobs=jobs)
        except CommandError as failure:
            self.stderr.write(str(failure))
