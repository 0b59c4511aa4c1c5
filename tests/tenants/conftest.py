"""An installation of its own: a cluster that a test may kill, used as in production by a login role that is no superuser."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from config import embedded, environment

PROJECT = Path(__file__).parents[2]
LOGIN = "loket_masuk"


@dataclass
class Installation:
    home: Path
    later: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        place = quote(embedded.socket(self.home), safe="")
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        return kept | {
            "LOKET_HOME": str(self.home),
            "DATABASE_URL": f"postgresql://{LOGIN}@{place}/loket",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **self.later,
        }

    def start(self) -> None:
        embedded.start(self.home, for_tests=True)

    def stop(self) -> None:
        embedded.stop(self.home)

    def begin(self, *command: str) -> subprocess.Popen:
        """``python …`` in this installation, its output kept together."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str) -> tuple[int, str]:
        process = self.begin(*command)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def manage(self, *arguments: str) -> tuple[int, str]:
        return self.run("manage.py", *arguments)

    def dump(self, schema: str) -> str:
        """The schema as pg_dump writes it, its name taken out."""
        command = [embedded.program(self.home, "pg_dump"), "-h", embedded.socket(self.home), "-U", "postgres", "-d", "loket"]
        done = subprocess.run([*command, "--schema-only", f"--schema={schema}"], capture_output=True, text=True, check=True)
        lines = [line.replace(schema, "@") for line in done.stdout.splitlines()]
        # The key that pg_dump draws anew each time, so that nobody can smuggle commands of psql into a dump.
        return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))

    def ask(self, sql: str, *parameters, login: str = "postgres", database: str = "loket") -> list[tuple]:
        """What ``sql`` answers to the superuser, or to another login."""
        with closing(psycopg2.connect(host=embedded.socket(self.home), user=login, dbname=database)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters or None)
                return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def installation():
    """A fresh cluster, migrated by a login role with CREATEROLE that owns its database and nothing else."""
    own = Installation(environment.HOME / f"installation-{os.getpid()}")
    own.start()
    own.ask(f"CREATE ROLE {LOGIN} LOGIN CREATEROLE NOSUPERUSER", database="postgres")
    own.ask(f"CREATE DATABASE loket OWNER {LOGIN}", database="postgres")
    try:
        code, said = own.manage("migrate")
        assert code == 0, said
        yield own
    finally:
        own.stop()
        shutil.rmtree(own.home, ignore_errors=True)
