"""What the environment makes of the settings, each in a process of its own."""

import os
import re
import subprocess
import sys

import pytest
from django.db import connection

from config import embedded, environment
from config.environment import BASE

PRODUCTION = {
    "LOKET_MODE": "production",
    "LOKET_SECRET_KEY": "k" * 30 + "abcdefghijklmnopqrstuvwxyz0123456789",
    "LOKET_HOSTS": "loket.contoh.test",
    "LOKET_URL": "https://loket.contoh.test",
    "LOKET_SMTP_HOST": "mail.contoh.test",
    "DATABASE_URL": "postgresql://loket@db.contoh.test/loket",
}


def manage(*arguments, home, **variables):
    """``manage.py`` with nothing of Loket's own environment but ``variables``."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DATABASE_URL", "PORT", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env=clean | {"LOKET_HOME": str(home)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_deploy_check_finds_nothing_in_production(tmp_path):
    code, said = manage("check", "--deploy", "--fail-level", "WARNING", home=tmp_path, **PRODUCTION)

    assert (code, "0 silenced" in said) == (0, True), said


@pytest.mark.parametrize("missing", ["LOKET_SECRET_KEY", "LOKET_SMTP_HOST", "DATABASE_URL"])
def test_production_does_not_start_without(missing, tmp_path):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}

    code, said = manage("check", home=tmp_path, **given)

    assert code != 0
    assert f"Set {missing}" in said


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [({"PORT": "abc"}, "PORT harus berupa angka"), ({"LOKET_MODE": "produksi"}, "LOKET_MODE harus salah satu dari")],
)
def test_wrong_value_is_a_sentence_not_a_trace(variables, sentence, tmp_path):
    code, said = manage("check", home=tmp_path, **variables)

    assert (code, sentence in said, "Traceback" in said) == (1, True, False)


def test_driver_is_psycopg2():
    """Psycopg 3, should a library pull it in, would be taken silently; role and search_path are set for psycopg2."""
    assert connection.Database.__name__ == "psycopg2"
    assert embedded.importlib.util.find_spec("psycopg") is None


def test_kept_secret_is_the_same_next_time_and_nobody_elses(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "HOME", tmp_path / "data")

    first, second = environment.kept_secret("secret_key"), environment.kept_secret("secret_key")

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_every_variable_is_documented():
    source = "".join(path.read_text() for path in (BASE / "config").glob("*.py"))
    named = set(re.findall(r'"(LOKET_[A-Z_]+)"', source))
    page = (BASE / "docs" / "admin" / "pengaturan.md").read_text()

    assert {name for name in named if f"`{name}`" not in page} == {"LOKET_SUPERVISOR"}


def test_root_is_refused_a_private_folder(tmp_path, monkeypatch):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(embedded.os, "geteuid", lambda: 0)

    with pytest.raises(embedded.DatabaseFailed, match="LOKET_HOME"):
        embedded.start(private / "data")
    assert private.stat().st_mode & 0o777 == 0o700
