import re
from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from tenants import checks
from tenants.context import as_owner


class Answers:
    """A cursor of a server that says this of itself."""

    def __init__(self, **settings):
        self.settings, self.row = settings, None

    def execute(self, sql, parameters=()):
        self.row = None
        if parameters and parameters[0] in self.settings:
            self.row = (self.settings[parameters[0]],)
        elif "pg_available_extensions" in sql:
            self.row = self.settings.get("extension")
        elif "pg_roles" in sql:
            self.row = self.settings["login"]
        elif "to_regrole" in sql:
            self.row = (parameters[0] not in self.settings["others"],)

    def fetchone(self):
        return self.row


@pytest.mark.parametrize(
    ("check", "answers", "expected"),
    [
        (checks.version, {"server_version_num": "150000"}, []),
        (checks.version, {"server_version_num": "140012"}, ["tenants.E002"]),
        (checks.encoding, {"server_encoding": "UTF8"}, []),
        (checks.encoding, {"server_encoding": "SQL_ASCII"}, ["tenants.E003"]),
        (checks.locks, {"max_locks_per_transaction": "512"}, []),
        (checks.locks, {"max_locks_per_transaction": "64"}, ["tenants.W001"]),
        (checks.jit, {"jit": "off"}, []),
        (checks.jit, {"jit": "on"}, ["tenants.W002"]),
        (checks.extension, {"extension": (1,)}, []),
        (checks.extension, {}, ["tenants.E004"]),
        (checks.login, {"login": ("loket", False, True), "others": []}, []),
        (checks.login, {"login": ("postgres", True, True), "others": ["loket_app"]}, []),
        (checks.login, {"login": ("loket", False, False), "others": []}, ["tenants.E005"]),
        (checks.login, {"login": ("loket", False, True), "others": ["loket_app"]}, ["tenants.E006"]),
    ],
)
def test_server_that_will_not_do_is_named(check, answers, expected):
    found = check(Answers(**answers))

    assert [message.id for message in found] == expected
    assert all(message.hint for message in found if message.id != "tenants.E002")


def test_our_own_server_passes(db, capsys):
    with as_owner():
        call_command("check", databases=["default"], tags=["database"])

    assert "no issues" in capsys.readouterr().out


def test_server_that_is_away_is_said_in_words(db, monkeypatch):
    def gone(*_arguments):
        raise psycopg2.OperationalError("connection refused")

    monkeypatch.setattr(checks, "version", gone)

    assert [message.id for message in checks.check_server(databases=["default"])] == ["tenants.E001"]


# A pooler --------------------------------------------------------------------------------------------------------------------


class Pooler:
    """
    Two sessions for any number of connections: handed out for each statement, or for each transaction while one is open.

    As PgBouncer does with pool_mode = transaction; ``tracked`` are the settings it carries along.
    """

    def __init__(self, parameters, tracked=()):
        self.free = [psycopg2.connect(**parameters) for _ in range(2)]
        self.sessions, self.tracked = list(self.free), tracked
        for session in self.sessions:
            session.autocommit = True

    def connect(self):
        return PooledConnection(self)

    def close(self):
        for session in self.sessions:
            session.close()


class PooledConnection:
    def __init__(self, pooler):
        self.pooler, self.kept, self.autocommit, self.carried, self.answer = pooler, None, False, {}, None

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        pass

    def execute(self, sql):
        session = self.kept or self.pooler.free.pop()
        with session.cursor() as cursor:
            for name, value in self.carried.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
            cursor.execute(sql)
            self.answer = cursor.fetchone()
            for name in self.pooler.tracked:
                cursor.execute("SELECT current_setting(%s, true)", [name])
                self.carried[name] = cursor.fetchone()[0] or ""
        if self.autocommit:
            self.pooler.free.append(session)
        else:
            self.kept = session

    def fetchone(self):
        return self.answer

    def close(self):
        if self.kept:
            self.pooler.free.append(self.kept)


@pytest.fixture
def parameters(db):
    return checks.plain(connection.get_connection_params())


@pytest.mark.parametrize(
    ("tracked", "expected"),
    [
        ((), ["tenants.E007"]),
        (("search_path",), ["tenants.E007"]),  # PgBouncer with track_extra_parameters on PostgreSQL 18
        (("search_path", "role"), ["tenants.E007"]),
        (("search_path", "role", "loket.actor"), []),
    ],
)
def test_pooler_that_forgets_role_or_search_path_is_refused(parameters, tracked, expected):
    with closing(Pooler(parameters, tracked)) as pooler:
        assert [message.id for message in checks.pooler(pooler.connect)] == expected


def test_direct_connection_passes(parameters):
    assert checks.pooler(lambda: psycopg2.connect(**parameters)) == []


# Idioms that leak ------------------------------------------------------------------------------------------------------------

LEAKS = {
    "with tenant:": re.compile(r"\bwith (?:self\.)?tenant:"),
    "schema_context of django-tenants": re.compile(r"\b(?:schema_context|tenant_context)\b"),
    "SET search_path": re.compile(r"\bSET (?:LOCAL |SESSION )?search_path\s*(?:=|TO)", re.IGNORECASE),
    "SET ROLE": re.compile(r"\b(?:RE)?SET (?:LOCAL |SESSION )?(?:ROLE|SESSION AUTHORIZATION)\b"),
}


@pytest.mark.parametrize("idiom", LEAKS)
def test_no_code_uses_an_idiom_that_leaks_between_governments(idiom, pytestconfig):
    rooms = ["tenants", "audit", "portal", "accounts", "circulars", "offices", "staffing", "oversight", "config"]
    found = [
        f"{path.relative_to(pytestconfig.rootpath)}:{number}"
        for room in rooms
        for path in (pytestconfig.rootpath / room).rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        # The search_path of a function is a part of it, and stands in its own line.
        if LEAKS[idiom].search(line) and "``" not in line and "SECURITY DEFINER" not in line
    ]

    assert found == []


# Commands, what they call, and the nightly job that clears away rows of all governments.
OWNERS = re.compile(r"(^tenants/|^audit/|/management/commands/|^oversight/(checks|demo/)|^portal/jobs\.py)")


def test_nothing_that_serves_a_request_runs_as_the_owner(pytestconfig):
    rooms = ["tenants", "audit", "portal", "accounts", "circulars", "offices", "staffing", "oversight", "config"]
    using = {
        str(path.relative_to(pytestconfig.rootpath))
        for room in rooms
        for path in (pytestconfig.rootpath / room).rglob("*.py")
        if re.search(r"\bas_owner\(|roles\.OWNER", path.read_text())
    }

    assert {path for path in using if not OWNERS.search(path)} == set()
    assert "tenants/mount.py" not in using
