"""The embedded database after each way of dying; one cluster for all of them."""

import os
import shutil
import signal
import subprocess
import sys
import time

import psycopg2
import pytest

from config import embedded, environment


@pytest.fixture(scope="module")
def home():
    # Not pytest's own folder: that is closed to others, and root's PostgreSQL runs as another user.
    home = environment.HOME / f"test-doors-{os.getpid()}"
    embedded.start(home, for_tests=True)
    yield home
    embedded.stop(home)
    shutil.rmtree(home)


def ask(home, sql: str):
    connection = psycopg2.connect(host=embedded.socket(home), user="postgres", dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def kill(home) -> None:
    pid = embedded.postmaster(home)
    os.kill(pid, signal.SIGKILL)
    while embedded.is_running(home):
        time.sleep(0.02)


def test_killed_server_is_started_again_with_its_data(home):
    ask(home, "CREATE TABLE kept AS SELECT 42 AS answer")
    ask(home, "CHECKPOINT")
    kill(home)

    embedded.start(home, for_tests=True)

    assert ask(home, "SELECT answer FROM kept") == 42


def test_running_server_is_joined(home):
    before = embedded.postmaster(home)

    embedded.start(home, for_tests=True)

    assert embedded.postmaster(home) == before


def test_number_that_belongs_to_another_process_now_does_not_block(home):
    kill(home)
    file = embedded.folder(home) / "postmaster.pid"
    file.write_text(f"{os.getpid()}\n{file.read_text().partition('\n')[2]}")

    embedded.start(home, for_tests=True)

    assert embedded.postmaster(home) not in (None, os.getpid())


def test_settings_are_in_force(home):
    assert ask(home, "SHOW max_locks_per_transaction") == embedded.SETTINGS["max_locks_per_transaction"]
    assert ask(home, "SHOW listen_addresses") == ""
    assert embedded.folder(home).stat().st_mode & 0o077 == 0


def test_last_of_several_users_stops_it(home):
    embedded.stop(home)
    use = f"from config import embedded, environment as e\nwith embedded.running(e.Path({str(home)!r})): input()"
    other = subprocess.Popen([sys.executable, "-c", use], stdin=subprocess.PIPE, cwd=environment.BASE)
    while not embedded.is_running(home) and other.poll() is None:
        time.sleep(0.05)

    with embedded.running(home):
        pass
    after_first = embedded.is_running(home)
    other.communicate(b"\n")

    assert (after_first, embedded.is_running(home)) == (True, False)
    embedded.start(home, for_tests=True)


def test_half_made_cluster_is_made_anew(home):
    half = home / "half"
    (half / "postgres.new").mkdir(parents=True)
    (half / "postgres.new" / "PG_VERSION").write_text("18")

    embedded.start(half, for_tests=True)
    try:
        assert ask(half, "SELECT 1") == 1
    finally:
        embedded.stop(half)


def test_long_folder_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("x" * 120)

    assert len(f"{embedded.socket(deep)}/.s.PGSQL.5432") < 100
