"""
Pages of a government against a bare Django view with one query: requests per second, on the same gunicorn and database.

One worker process with one thread each, one client on loopback that keeps its connection; the servers take turns.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from bench import country, table

SLUG = "kota-bandung"
ROUNDS, SECONDS = 4, 3.0
PAGES = {"home": f"/{SLUG}/", "list of offices": f"/{SLUG}/kantor/", "inbox": f"/{SLUG}/surat/"}


@contextmanager
def gunicorn(application: str, **environment: str):
    """The port of a gunicorn that serves ``application``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", "1", "-k", "gthread", "--threads", "1"]
    command += ["--keep-alive", "30", "--no-control-socket", "--log-level", "error", application]
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def served(port: int, path: str, cookie: str = "", seconds: float = SECONDS) -> float:
    """Requests per second of one client."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    count, start = 0, time.perf_counter()
    while (taken := time.perf_counter() - start) < seconds:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        assert response.status == 200, (path, response.status)
        count += 1
    connection.close()
    return count / taken


def session() -> str:
    """The cookie of a head of the government who has signed in."""
    from django.conf import settings
    from django.test import Client

    from accounts.enums import Role

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(country.member(SLUG, Role.GOVERNMENT_HEAD, "Wali Kota"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def median(figures: list[float]) -> float:
    return sorted(figures)[len(figures) // 2]


def measure() -> list[table.Row]:
    from config import embedded, environment

    cookie = session()
    with (
        gunicorn("config.wsgi:application") as ours,
        gunicorn("bench.bare:application", BENCH_SOCKET=embedded.socket(environment.HOME)) as bare,
    ):
        served(bare, "/", seconds=1)
        for path in PAGES.values():
            served(ours, path, cookie, seconds=1)
        found: dict[str, list[float]] = {name: [] for name in ("bare", *PAGES)}
        for _ in range(ROUNDS):
            found["bare"].append(served(bare, "/"))
            for name, path in PAGES.items():
                found[name].append(served(ours, path, cookie))
    peer = median(found["bare"])
    return [
        table.Row(
            f"{name}: requests per second", f"{median(found[name]):.0f}", f"{peer:.0f}", f"{median(found[name]) / peer:.3f}"
        )
        for name in PAGES
    ]


def main() -> None:
    options = country.options(__doc__)
    with country.country(options.keep, only=() if options.keep else (SLUG,)):
        table.show("Pages of a government (peer: a bare Django view with one query)", measure())


if __name__ == "__main__":
    main()
