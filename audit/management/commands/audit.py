import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import restoring, verification
from audit.verification import Head
from tenants.context import as_owner
from tenants.management.reporting import in_words
from tenants.progress import Progress


class Command(BaseCommand):
    help = (
        "verify: computes the audit trail of every schema again, names what was changed, removed, inserted or cut off, and "
        "exits with 1 on a finding. heads: prints the ends of all chains, to be kept elsewhere and handed to «verify --heads». "
        "restored: lets the trail of a schema that came from a backup go on, and notes in it that this was so."
    )

    def add_arguments(self, parser):
        commands = parser.add_subparsers(dest="command", required=True)
        verify = commands.add_parser("verify")
        verify.add_argument("--schema", action="append", help="only this schema (may be given several times)")
        verify.add_argument("--heads", type=Path, help="a file written by «audit heads» on an earlier day")
        commands.add_parser("heads")
        restored = commands.add_parser("restored")
        restored.add_argument("schema")
        restored.add_argument("--reason", required=True, help="goes into the trail: which backup, why, who decided")

    def handle(self, *args, command, **options):
        with in_words():
            if command == "heads":
                self._heads()
            elif command == "restored":
                self._restored(options["schema"], options["reason"])
            else:
                self._verify(options["schema"], options["heads"], quiet=options["verbosity"] == 0)

    def _heads(self):
        with as_owner():
            ends = {schema: [head.sequence, head.digest] for schema, head in verification.heads().items()}
        self.stdout.write(json.dumps(ends, indent=1))

    def _restored(self, schema, reason):
        try:
            lost = restoring.accept(schema=schema, reason=reason, by="manage.py audit restored", at=timezone.now())
        except restoring.NothingToAccept as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Jejak audit {schema} berlanjut dari cadangan; {lost} peristiwa setelahnya tidak ada lagi.")

    def _verify(self, chosen, file, *, quiet):
        with as_owner():
            present = verification.schemas()
        known = _read(file) if file else {}
        if unknown := sorted(set(chosen or []) - set(present)):
            raise CommandError(f"Skema tidak dikenal: {', '.join(unknown)}.")
        names = chosen or sorted(set(present) | set(known))
        events, faulty = 0, 0
        with Progress("Memeriksa jejak audit", len(names), shown=not quiet) as progress:
            for finding in verification.verify(names, known=known):
                events, faulty = events + finding.events, faulty + bool(finding.faults)
                for fault in finding.faults:
                    self.stderr.write(f"{finding.schema}: {fault}")
                progress.step()
        summary = f"{events} peristiwa dalam {len(names)} skema diperiksa"
        if faulty:
            raise CommandError(f"{summary}; {faulty} skema bermasalah.")
        if not quiet:
            self.stdout.write(f"{summary}; semuanya utuh.")


def _read(file: Path) -> dict[str, Head]:
    try:
        return {schema: Head(int(sequence), digest) for schema, (sequence, digest) in json.loads(file.read_text()).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise CommandError(f"Daftar kepala rantai {file} tidak terbaca: {error}") from error
