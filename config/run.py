"""
``make run`` and ``make serve``: bring everything up to date, then web, job worker and scheduler together until Ctrl-C.

In mode "demo" with the embedded database and the demonstration. Whatever was killed last time is taken up where it stood: the
database is joined or repaired, unfinished governments are finished, processes left over have ended by themselves.
"""

import fcntl
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from config import embedded, environment, tryout
from config.environment import BASE, BIND, HOME, PORT, PRODUCTION
from config.supervisor import Child, Stopping, keep_running, leave_interrupt_to_supervisor, say
from oversight.demo import cast

MANAGE = [sys.executable, str(BASE / "manage.py")]
LEFT_OVER_SECONDS = 6.0
READY_SECONDS = 90.0


class Refused(Exception):
    """Loket cannot start here and now; the message says why and what to do."""


def main() -> int:
    stopping = Stopping()
    try:
        with only_run(), database() as is_ours:
            with_settings(is_ours)
            prepare(stopping)
            if not stopping:
                serve(stopping, watch_database if is_ours else lambda: None)
    except (Refused, embedded.DatabaseFailed) as refusal:
        say("loket", str(refusal))
        return 0 if stopping else 1
    say("loket", "Semua sudah berhenti. Data tersimpan di " + str(HOME) if is_ours else "Semua sudah berhenti.")
    return 0


@contextmanager
def only_run() -> Iterator[None]:
    """One run for each data folder, and a port that is free. The lock goes with the process, however it ends."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "running").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Refused(f"Loket sudah berjalan: {file.read().strip()}. Hentikan dahulu dengan Ctrl-C di sana.") from None
        give_port_time()
        file.truncate(0)
        file.write(f"{address()} (proses {os.getpid()})\n")
        file.flush()
        yield


def give_port_time() -> None:
    """Processes of a run that was killed end by themselves, but not at once."""
    until = time.monotonic() + LEFT_OVER_SECONDS
    while not is_free(PORT):
        if time.monotonic() > until:
            free = next((port for port in range(PORT + 1, PORT + 100) if is_free(port)), None)
            hint = f", atau pakai port lain: make {'serve' if PRODUCTION else 'run'} PORT={free}" if free else ""
            raise Refused(f"Port {PORT} sedang dipakai program lain. Hentikan program itu{hint}")
        time.sleep(0.3)


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in BIND else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((BIND, port))
        except PermissionError:
            raise Refused(f"Port {port} hanya untuk administrator; pilih PORT di atas 1023.") from None
        except OSError:
            return False
    return True


@contextmanager
def database() -> Iterator[bool]:
    """The embedded database, unless DATABASE_URL names another; whether it is ours. Stopped at the end."""
    is_ours = not environment.text("DATABASE_URL") and (not PRODUCTION or tryout.is_wanted())
    if is_ours:
        say("loket", "Menyalakan PostgreSQL …" if embedded.folder(HOME).exists() else "Membuat basis data PostgreSQL …")
    with embedded.running(HOME) if is_ours else nullcontext():
        try:
            yield is_ours
        finally:
            if is_ours:
                say("loket", "Menyimpan dan menghentikan PostgreSQL …")


def with_settings(is_ours: bool) -> None:
    """What the started programs find in their environment."""
    if is_ours and PRODUCTION:
        os.environ.update(tryout.settings(HOME))
        say("loket", "Percobaan mode produksi di mesin ini: rahasia dan sertifikat dibuat di folder data. Bukan untuk umum.")
    measures = HOME / "metrics"
    shutil.rmtree(measures, ignore_errors=True)
    measures.mkdir()
    os.environ |= {"LOKET_SUPERVISOR": str(os.getpid()), "PROMETHEUS_MULTIPROC_DIR": str(measures), "LOKET_HOME": str(HOME)}


def prepare(stopping: Stopping) -> None:
    """Migrations, governments, demonstration; in production the settings' check and static files. Cut off, it goes on later."""
    is_tryout = bool(environment.text("LOKET_TLS_CERT"))
    with_demo = [] if PRODUCTION and not is_tryout else ["--demo"]
    steps = [[*MANAGE, "prepare", "--with-parent", str(os.getpid()), *with_demo]]
    if PRODUCTION:
        steps.insert(0, [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"])
        steps.insert(1, [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"])
    for step in steps:
        process = subprocess.Popen(step, stdin=subprocess.DEVNULL, preexec_fn=leave_interrupt_to_supervisor)
        while process.poll() is None and not stopping:
            stopping.wait(0.1)
        if stopping:
            process.terminate()
            process.wait()
            return
        if process.returncode:
            raise Refused(f"Persiapan gagal pada langkah “{step[2]}”; lihat pesan di atas.")


def serve(stopping: Stopping, watch) -> None:
    with_parent = ["--with-parent", str(os.getpid())]
    children = [
        Child("web", [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application"]),
        Child("tugas", [*MANAGE, "worker", *with_parent]),
        Child("jadwal", [*MANAGE, "scheduler", *with_parent]),
    ]
    until, announced = time.monotonic() + READY_SECONDS, False

    def once_a_second():
        nonlocal announced
        watch()
        if not announced and answers():
            announced = True
            announce()
        elif not announced and time.monotonic() > until:
            announced = True
            say("loket", f"{address()} belum juga menjawab; lihat pesan di atas.")

    keep_running(children, stopping, once_a_second)


_again_at = 0.0


def watch_database() -> None:
    """PostgreSQL mends what a killed process of its own leaves; when it is gone as a whole, it is started again here."""
    global _again_at
    if embedded.is_running(HOME) or time.monotonic() < _again_at:
        return
    say("loket", "PostgreSQL berhenti; dimulai lagi …")
    try:
        embedded.start(HOME)
        say("loket", "PostgreSQL berjalan lagi.")
    except embedded.DatabaseFailed as failure:
        _again_at = time.monotonic() + 10
        say("loket", str(failure))


def address() -> str:
    secure = bool(environment.text("LOKET_TLS_CERT")) or tryout.is_wanted()
    host = "localhost" if secure else ("127.0.0.1" if BIND in ("0.0.0.0", "::") else BIND)  # noqa: S104
    return f"{'https' if secure else 'http'}://{host}:{PORT}/"


def answers() -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(f"{address()}readyz", timeout=2, context=context) as response:  # noqa: S310
            return response.status == 200
    except OSError:
        return False


def announce() -> None:
    """The address and, where there are any, the accounts of the demonstration: one block."""
    lines = [f"Loket siap: {address()}"]
    if not PRODUCTION or environment.text("LOKET_TLS_CERT"):
        lines += ["", f"Akun demonstrasi (kata sandi semua akun: {cast.PASSWORD})", ""]
        wide = max(len(account.email) for account in cast.ACCOUNTS)
        lines += [f"  {account.email:<{wide}}  {account.says}" for account in cast.ACCOUNTS]
    lines += ["", "Berhenti: Ctrl-C"]
    for line in ["─" * 100, *lines, "─" * 100]:
        say("loket", line)


if __name__ == "__main__":
    sys.exit(main())
