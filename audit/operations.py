"""Migration operations that put a table under the audit trail, and the reason that a transaction gives."""

from django.db import connection, migrations


class Audited(migrations.RunSQL):
    """
    Migration operation: every change of a row of ``table`` becomes an Event of the same schema.

    ``key`` is the column that names the row. Emptying the table is refused, since no trigger sees the rows go.
    """

    def __init__(self, table: str, key: str = "id"):
        self.table, self.key = table, key
        super().__init__(
            f'CREATE CONSTRAINT TRIGGER audit_record AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_record('{key}');"
            f'CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse()",
            f'DROP TRIGGER audit_record ON "{table}"; DROP TRIGGER audit_truncate ON "{table}"',
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table, self.key], {}


class AppendOnly(migrations.RunSQL):
    """Migration operation: rows of ``table`` are never changed, deleted or truncated, whoever asks."""

    def __init__(self, table: str):
        self.table = table
        super().__init__(
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();"
            f'CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse()",
            f'DROP TRIGGER append_only ON "{table}"; DROP TRIGGER append_only_truncate ON "{table}"',
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table], {}


def reason(text: str) -> None:
    """Say why: ``text`` goes into every event of the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('loket.reason', %s, true)", [text])
