"""
What migrations send to the database, kept so that it can be sent again in another schema.

Django's SQL names no schema, so a recording made in one tenant's schema holds in every other; a migration of a tenant app must
not name one either.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState

_COMMENTS = r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*"
# Django asks, opens savepoints, turns the search_path; everything else changes something. RunSQL does all of it on purpose.
_QUESTION = re.compile(
    _COMMENTS + r"(SELECT|SHOW|SAVEPOINT|RELEASE|ROLLBACK|SET(?!\s+CONSTRAINTS))\b", re.IGNORECASE | re.DOTALL
)


class Python(NamedTuple):
    """A RunPython operation: its function, and the models as they are at that point of the history."""

    code: Callable
    apps: object


@dataclass
class Recording:
    """Steps in their order: SQL texts, and Python where the recording was made with ``python_apart``."""

    steps: list[str | Python] = field(default_factory=list)

    def sql(self) -> str:
        """All steps as one text; a statement may end in a comment, so that the semicolon stands on a line of its own."""
        return "\n;\n".join(step for step in self.steps if isinstance(step, str))

    def replay(self) -> None:
        """Do the same in the schema that the connection stands in."""
        waiting: list[str] = []
        for step in self.steps:
            if isinstance(step, str):
                waiting.append(step)
                continue
            _send(waiting)
            waiting = []
            with connection.schema_editor() as editor:
                step.code(step.apps, editor)
        _send(waiting)


def _send(statements: list[str]) -> None:
    if statements:
        with connection.cursor() as cursor:
            cursor.execute("\n;\n".join(statements))


class Recorder:
    """An execute wrapper that keeps every statement that is not a question, its parameters filled in."""

    def __init__(self):
        self.recording = Recording()
        self.listening = True
        self.in_run_sql = False

    def __call__(self, execute, sql, params, many, context):
        # What the connection sends for itself (role, search_path) would lead a replay back into this schema.
        if self.listening and not connection._setting_search_path and self._is_kept(sql):
            cursor = context["cursor"].cursor
            for row in params if many else [params]:
                self.recording.steps.append(sql if row is None else cursor.mogrify(sql, row).decode())
        return execute(sql, params, many, context)

    def _is_kept(self, sql: str) -> bool:
        return self.in_run_sql or not _QUESTION.match(sql)

    def apart(self, code: Callable) -> Callable:
        """``code`` as a step of its own, to be run anew in each schema instead of what it sent in this one."""

        def run(apps, editor):
            self.recording.steps.append(Python(code, apps))
            self.listening = False
            try:
                code(apps, editor)
            finally:
                self.listening = True

        return run

    def whole(self, run_sql: Callable) -> Callable:
        """The ``_run_sql`` of an operation, kept whatever its SQL begins with."""

        def run(editor, sqls):
            self.in_run_sql = True
            try:
                run_sql(editor, sqls)
            finally:
                self.in_run_sql = False

        return run


@contextmanager
def recording(migrations: Iterable[Migration], *, python_apart: bool) -> Iterator[Recording]:
    """
    Record what is sent meanwhile. ``migrations`` are those that will run, as loaded by the executor that runs them.

    With ``python_apart`` the functions of RunPython are kept as such, else what they sent.
    """
    recorder = Recorder()
    with ExitStack() as stack:
        for operation in flat(operation for migration in migrations for operation in migration.operations):
            if isinstance(operation, RunSQL):
                stack.enter_context(_replaced(operation, "_run_sql", recorder.whole))
            elif isinstance(operation, RunPython) and python_apart:
                stack.enter_context(_replaced(operation, "code", recorder.apart))
        stack.enter_context(connection.execute_wrapper(recorder))
        yield recorder.recording


@contextmanager
def _replaced(operation, name: str, wrap: Callable[[Callable], Callable]) -> Iterator[None]:
    stood = operation.__dict__.get(name)
    operation.__dict__[name] = wrap(getattr(operation, name))
    try:
        yield
    finally:
        del operation.__dict__[name]
        if stood is not None:
            operation.__dict__[name] = stood


def flat(operations) -> Iterator:
    """The operations that act on the database, also those inside SeparateDatabaseAndState."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def can_be_recorded(operation) -> bool:
    """Django's own operations and plain SQL do the same everywhere; an unknown class may look at what it finds."""
    return isinstance(operation, RunSQL | RunPython) or type(operation).__module__.startswith("django.")
