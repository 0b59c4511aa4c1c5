import datetime
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from portal import jobs
from portal.supervised import end_with
from tenants.context import as_public

# One scheduler at a time for each database; the lock goes with the connection.
LOCK = "SELECT pg_try_advisory_lock(hashtext('loket.scheduler'))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('loket.scheduler'))"
TICK = 5.0


class Command(BaseCommand):
    help = "Runs what happens by the clock. Several may be started: one works, the others wait to take its place."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run what is due and end")
        parser.add_argument("--at", type=datetime.datetime.fromisoformat, help="with --once: as 2026-11-23T02:00+07:00")
        parser.add_argument("--with-parent", type=int, default=0, help="end when this process is not the parent any more")

    def handle(self, *args, once, at, with_parent, **options):
        self.timetable, self.leading, self.told = jobs.Timetable(), False, ""
        if once:
            self.tick(at or timezone.now())
            self.give_way()
            return
        stopped = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stopped.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN if with_parent else lambda *_: stopped.set())
        end_with(with_parent)
        while not stopped.is_set():
            try:
                self.tick(timezone.now())
            except DatabaseError as error:
                self.leading = False
                connection.close()
                self.tell(f"Basis data tidak menjawab; dicoba lagi. {error}".strip())
            stopped.wait(TICK)

    def tick(self, at) -> list[str]:
        """Run what is due if this is the scheduler that works; the names of what ran."""
        if not self.leading:
            with as_public(), connection.cursor() as cursor:
                cursor.execute(LOCK)
                self.leading = cursor.fetchone()[0]
        if not self.leading:
            self.tell("Penjadwal lain sedang bekerja; menunggu.")
            return []
        self.told = ""
        return self.timetable.run(at)

    def give_way(self):
        if self.leading:
            self.leading = False
            with as_public(), connection.cursor() as cursor:
                cursor.execute(UNLOCK)

    def tell(self, text):
        """Once, not at every tick."""
        if text != self.told:
            self.told = text
            self.stdout.write(text)
