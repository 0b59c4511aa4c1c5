"""
The audit trail's one trigger, and the migration operation that puts it on a table.

The trigger is a deferred constraint trigger: events are written while the transaction commits, so the chain's head is locked
for a moment only and never while a row of the domain is waited for. It runs as its owner, because no role of the application
may write events.
"""

from django.db import connection, migrations

SECRET = ("password", "key_digest", "token_digest", "last_login", "last_used_on")

FUNCTION = """
CREATE FUNCTION public.audit_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    secret constant text[] := ARRAY[%(secret)s];
    actor jsonb := coalesce(nullif(current_setting('loket.actor', true), ''), '{}')::jsonb;
    why text := coalesce(current_setting('loket.reason', true), '');
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - secret END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - secret END;
    head public.audit_head;
    moment timestamptz := clock_timestamp();
    row_key text := coalesce(new_row, old_row) ->> TG_ARGV[0];
    new_digest text;
BEGIN
    IF TG_OP = 'UPDATE' AND old_row = new_row THEN RETURN NULL; END IF;
    INSERT INTO public.audit_head AS h (schema_name, sequence, digest) VALUES (TG_TABLE_SCHEMA, 0, '')
        ON CONFLICT (schema_name) DO UPDATE SET sequence = h.sequence RETURNING * INTO head;
    new_digest := public.audit_digest(head.digest, head.sequence + 1, moment, TG_TABLE_NAME, row_key, left(TG_OP, 1),
        old_row, new_row, (actor ->> 'id')::bigint, coalesce(actor ->> 'name', ''), coalesce(actor ->> 'role', ''),
        coalesce(actor ->> 'request', ''), why);
    EXECUTE format('INSERT INTO %%I.audit_event (sequence, at, table_name, row_id, action, before, after, actor_id, actor_name,
        actor_role, request_id, reason, previous, digest) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)', TG_TABLE_SCHEMA)
        USING head.sequence + 1, moment, TG_TABLE_NAME, row_key, left(TG_OP, 1), old_row, new_row, (actor ->> 'id')::bigint,
        coalesce(actor ->> 'name', ''), coalesce(actor ->> 'role', ''), coalesce(actor ->> 'request', ''), why,
        head.digest, new_digest;
    UPDATE public.audit_head SET sequence = head.sequence + 1, digest = new_digest WHERE schema_name = TG_TABLE_SCHEMA;
    RETURN NULL;
END $$;
""" % {"secret": ", ".join(f"'{name}'" for name in SECRET)}

DIGEST = """
CREATE FUNCTION public.audit_digest(previous text, sequence bigint, at timestamptz, table_name text, row_id text, action text,
    before jsonb, after jsonb, actor_id bigint, actor_name text, actor_role text, request_id text, reason text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(previous, sequence, extract(epoch FROM at), table_name, row_id, action,
        before, after, actor_id, actor_name, actor_role, request_id, reason)::text, 'UTF8')), 'hex')
$$;
"""

REFUSE = """
CREATE FUNCTION public.audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Audited(migrations.RunSQL):
    """Migration operation: every change of a row of ``table`` becomes an Event of the same schema."""

    def __init__(self, table: str, key: str = "id"):
        self.table, self.key = table, key
        super().__init__(
            f'CREATE CONSTRAINT TRIGGER audit_record AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_record('{key}')",
            f'DROP TRIGGER audit_record ON "{table}"',
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
