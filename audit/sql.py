"""
The functions behind the audit trail. They stand in ``public`` and run as their owner: no role of the application may write it.

``audit_record`` is called for each changed row while the transaction commits (the triggers are deferred), so that the head of a
schema's chain is locked for a moment only and never while a row of the domain is waited for. The first event of a transaction
marks the head as open; ``audit_close``, queued by that, runs after all others and writes the end of the chain into it, once: a
head that changed with every event would cost more with each (one row, thousands of dead versions in one transaction).
"""

from string import Template

# Never kept: what changes with every sign-in or every call.
QUIET = ("last_login", "last_used_on")
# Kept without its value: that it changed is an event, what it is concerns nobody.
SECRET = ("password", "key_digest", "token_digest")
# A longer row keeps its long values as their SHA-256: an attachment stands in its own table, not again in the trail.
LONG = 20_000


def _array(names: tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(repr(name) for name in names)}]"


DIGEST = """
CREATE FUNCTION public.audit_digest(previous text, sequence bigint, at timestamptz, table_name text, row_id text, action text,
    before jsonb, after jsonb, actor_id bigint, actor_name text, actor_role text, request_id text, reason text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(previous, sequence, extract(epoch FROM at), table_name, row_id, action,
        before, after, actor_id, actor_name, actor_role, request_id, reason)::text, 'UTF8')), 'hex')
$$;
REVOKE EXECUTE ON FUNCTION public.audit_digest FROM PUBLIC
"""

SHORTEN = """
CREATE FUNCTION public.audit_shorten(entry jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(key, CASE WHEN length(value::text) <= 1000 THEN value
        ELSE to_jsonb('sha256:' || encode(sha256(convert_to(value #>> '{}', 'UTF8')), 'hex')) END)
    FROM jsonb_each(entry)
$$;
REVOKE EXECUTE ON FUNCTION public.audit_shorten FROM PUBLIC
"""

_RECORD = Template("""
CREATE FUNCTION public.audit_record() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$$$
DECLARE
    actor jsonb := coalesce(nullif(current_setting('loket.actor', true), ''), '{}')::jsonb;
    actor_key bigint := (actor ->> 'id')::bigint;
    actor_name text := left(coalesce(actor ->> 'name', ''), 200);
    actor_role text := left(coalesce(actor ->> 'role', ''), 64);
    request text := left(coalesce(actor ->> 'request', ''), 64);
    why text := coalesce(current_setting('loket.reason', true), '');
    moment timestamptz := clock_timestamp();
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - $quiet END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - $quiet END;
    row_key text := coalesce(new_row, old_row) ->> TG_ARGV[0];
    head public.audit_head;
    last_sequence bigint;
    last_digest text;
    name text;
BEGIN
    IF TG_OP = 'UPDATE' AND old_row = new_row THEN RETURN NULL; END IF;
    FOREACH name IN ARRAY $secret LOOP
        IF coalesce(new_row, old_row) ? name THEN
            new_row := new_row || jsonb_build_object(name,
                CASE WHEN TG_OP = 'UPDATE' AND old_row -> name <> new_row -> name THEN '*** (new)' ELSE '***' END);
            old_row := old_row || jsonb_build_object(name, '***');
        END IF;
    END LOOP;
    IF pg_column_size(old_row) > $long THEN old_row := public.audit_shorten(old_row); END IF;
    IF pg_column_size(new_row) > $long THEN new_row := public.audit_shorten(new_row); END IF;

    SELECT * INTO head FROM public.audit_head WHERE schema_name = TG_TABLE_SCHEMA FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO public.audit_head (schema_name, sequence, digest, is_open) VALUES (TG_TABLE_SCHEMA, 0, '', false)
            ON CONFLICT DO NOTHING;
        SELECT * INTO head FROM public.audit_head WHERE schema_name = TG_TABLE_SCHEMA FOR UPDATE;
    END IF;
    -- The first event of a transaction continues from the head, not from the last event: a tail that was cut stays a gap.
    last_sequence := head.sequence;
    last_digest := head.digest;
    IF head.is_open THEN
        EXECUTE format('SELECT sequence, digest FROM %I.audit_event ORDER BY sequence DESC LIMIT 1', TG_TABLE_SCHEMA)
            INTO last_sequence, last_digest;
    END IF;
    EXECUTE format('INSERT INTO %I.audit_event (sequence, at, table_name, row_id, action, before, after, actor_id, actor_name,
        actor_role, request_id, reason, previous, digest)
        VALUES ($$1, $$2, $$3, $$4, $$5, $$6, $$7, $$8, $$9, $$10, $$11, $$12, $$13, $$14)', TG_TABLE_SCHEMA)
        USING last_sequence + 1, moment, TG_TABLE_NAME, row_key, left(TG_OP, 1), old_row, new_row, actor_key, actor_name,
        actor_role, request, why, last_digest,
        public.audit_digest(last_digest, last_sequence + 1, moment, TG_TABLE_NAME, row_key, left(TG_OP, 1), old_row, new_row,
            actor_key, actor_name, actor_role, request, why);
    IF NOT head.is_open THEN
        UPDATE public.audit_head SET is_open = true WHERE schema_name = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END $$$$;
REVOKE EXECUTE ON FUNCTION public.audit_record FROM PUBLIC
""")
RECORD = _RECORD.substitute(quiet=_array(QUIET), secret=_array(SECRET), long=LONG)

CLOSE = """
CREATE FUNCTION public.audit_close() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_sequence bigint;
    last_digest text;
BEGIN
    EXECUTE format('SELECT sequence, digest FROM %I.audit_event ORDER BY sequence DESC LIMIT 1', NEW.schema_name)
        INTO last_sequence, last_digest;
    UPDATE public.audit_head SET sequence = last_sequence, digest = last_digest, is_open = false
        WHERE schema_name = NEW.schema_name AND is_open;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION public.audit_close FROM PUBLIC;
CREATE CONSTRAINT TRIGGER audit_close AFTER UPDATE ON public.audit_head DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.is_open) EXECUTE FUNCTION public.audit_close()
"""

REFUSE = """
CREATE FUNCTION public.audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION '% cannot be emptied: nothing would record it', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE EXECUTE ON FUNCTION public.audit_refuse FROM PUBLIC
"""
