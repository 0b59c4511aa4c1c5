import signal

from django_tasks_db.management.commands import db_worker

from portal.supervised import end_with
from tenants.context import as_public


class Command(db_worker.Command):
    help = "Runs the jobs of the queue, mail among them, with the rights of the public part of the portal."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False, startup_delay=False)
        parser.add_argument("--with-parent", type=int, default=0, help="end when this process is not the parent any more")

    def handle(self, *args, with_parent, **options):
        end_with(with_parent)
        if with_parent:
            # Ctrl-C reaches the whole process group; a second signal would cut the job at hand.
            db_worker.Worker.configure_signals = lambda worker: signal.signal(signal.SIGTERM, worker.shutdown)
        with as_public():
            super().handle(**options)
