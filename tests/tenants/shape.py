"""What a schema is, read from the catalogs: every column, default, constraint, index, trigger, function and privilege."""

from django.db import connection

PARTS = {
    "schema": "SELECT nspacl::text FROM pg_namespace WHERE oid = {schema}",
    "relations": """
        SELECT relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions::text, relacl::text,
            obj_description(oid, 'pg_class') FROM pg_class WHERE relnamespace = {schema} AND relkind <> 'i'""",
    "columns": """
        SELECT relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attacl::text,
            pg_get_expr(adbin, adrelid), attcollation::regcollation::text
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace = {schema} AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'v')""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, contype, condeferrable, condeferred, convalidated, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = {schema}""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname::regnamespace = {schema}",
    "triggers": """
        SELECT relname, tgname, tgenabled, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE relnamespace = {schema} AND NOT tgisinternal""",
    "functions": "SELECT proname, proacl::text, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {schema}",
    "sequences": "SELECT sequencename, data_type::text, start_value, increment_by, last_value FROM pg_sequences "
    "WHERE schemaname::regnamespace = {schema} AND sequencename NOT LIKE 'django_migrations%%' "
    "AND sequencename NOT LIKE 'audit_event%%'",
    "policies": "SELECT polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) FROM pg_policy "
    "JOIN pg_class c ON c.oid = polrelid WHERE relnamespace = {schema}",
    "default privileges": "SELECT defaclobjtype, defaclacl::text FROM pg_default_acl WHERE defaclnamespace = {schema}",
    "migrations": "SELECT app, name FROM {name}.django_migrations",
}


def shape(schema: str) -> dict[str, list[tuple]]:
    """All of it by kind, sorted, with the schema's name taken out: two governments' are equal or one of them is wrong."""
    found = {}
    with connection.cursor() as cursor:
        for kind, sql in PARTS.items():
            cursor.execute(sql.format(schema=f"'{schema}'::regnamespace", name=schema).replace("%%", "%"))
            rows = [
                tuple(value.replace(schema, "@") if isinstance(value, str) else value for value in row)
                for row in cursor.fetchall()
            ]
            found[kind] = sorted(rows, key=repr)
    return found
