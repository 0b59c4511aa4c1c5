"""What a command over many governments says when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from tenants import fleet

ON_CTRL_C = 130  # as a shell reports it


@contextmanager
def in_words() -> Iterator[None]:
    """An unreachable database in one sentence, instead of where in the program it was noticed."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise CommandError(f"Basis data tidak terjangkau: {fleet.said(error)}") from error


def report(command: BaseCommand, outcome: fleet.Outcome, *, done: str, nothing: str, again: str, quiet: bool) -> None:
    """Name the failures and raise CommandError where there are any; else say how many were ``done``, or ``nothing``."""
    for slug, reason in sorted(outcome.failed.items()):
        command.stderr.write(f"{slug}: {reason}")
    counts = f"{len(outcome.done)} skema {done}, {len(outcome.failed)} gagal"
    repeat = f"Jalankan lagi «{again}» untuk melanjutkan."
    if outcome.stopped == fleet.INTERRUPTED:
        raise CommandError(f"Dihentikan: {counts}. {repeat}", returncode=ON_CTRL_C)
    if outcome.stopped:
        raise CommandError(f"Basis data tidak terjangkau ({outcome.stopped}): {counts}. {repeat}")
    if outcome.failed:
        raise CommandError(f"{counts}. Perbaiki penyebabnya, lalu jalankan lagi «{again}».")
    if not quiet:
        command.stdout.write(f"{len(outcome.done)} skema {done}." if outcome.done else nothing)
