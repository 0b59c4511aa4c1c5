"""
What the measurements of provisioning and migrating share: a cluster of their own, databases in it, and a process for each side.

A side (ours, the peer's) is a module of its own run with its settings; it prints one line of JSON at the end.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[1]


class Cluster:
    """An embedded cluster with the settings of the demonstration, gone afterwards."""

    def __init__(self, home: Path):
        self.home = home

    def sql(self, statement: str, database: str = "postgres") -> None:
        import psycopg2

        from config import embedded

        with closing(psycopg2.connect(host=embedded.socket(self.home), user="postgres", dbname=database)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)

    def run(self, database: str, *arguments: str, settings: str = "config.settings", **environment: str) -> dict:
        """``python …`` on this database; the JSON of its last line. What it says before goes to our own output."""
        from config import embedded

        place = quote(embedded.socket(self.home), safe="")
        known = os.environ | {
            "LOKET_HOME": str(self.home),
            "DATABASE_URL": f"postgresql://postgres@{place}/{database}",
            "DJANGO_SETTINGS_MODULE": settings,
        }
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=known | environment, stdout=subprocess.PIPE, text=True, check=True
        )
        last = done.stdout.strip().rpartition("\n")[2]
        return json.loads(last) if last.startswith("{") else {}


@contextmanager
def cluster() -> Iterator[Cluster]:
    from config import embedded, environment

    home = environment.HOME / f"bench-{os.getpid()}"
    try:
        embedded.start(home)
        yield Cluster(home)
    finally:
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def report(**figures) -> None:
    """The last line of a side."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(figures | {"peak": peak}) + "\n")


def counted(tenants, label: str):
    """``tenants``, with a word now and then: the peer takes minutes."""
    from tenants.progress import Progress

    with Progress(label, len(tenants)) as progress:
        for tenant in tenants:
            yield tenant
            progress.step()


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
