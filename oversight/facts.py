"""
The facts about an office as SQL over a tenant's tables: the one place that says what OfficeStatus holds.

The statements name no schema of a tenant; they speak of the one in the search_path.
"""

# How many days back the roster is kept above a government: five whole weeks beside each other.
DAYS_BACK = 35

COLUMNS = (
    "office_id",
    "dinas_id",
    "dinas_name",
    "name",
    "kind",
    "address",
    "latitude",
    "longitude",
    "phone",
    "opened_on",
    "closed_on",
    "service_weekdays",
    "week",
    "staff_count",
    "rostered_through",
    "staffed_days",
    "full_days",
)
NAMES = ", ".join(COLUMNS)


def facts(*, since: str, join: str = "", where: str = "") -> str:
    """The SELECT of all ``COLUMNS``; ``since`` is the first day of the roster that counts, as SQL, like the other two."""
    return f"""
    SELECT o.id AS office_id, o.dinas_id, d.name AS dinas_name, o.name, o.kind, o.address, o.latitude, o.longitude, o.phone,
        o.opened_on, o.closed_on, h.service_weekdays, h.week, p.staff_count,
        (SELECT max("on") FROM staffing_duty WHERE office_id = o.id) AS rostered_through,
        r.staffed_days, r.full_days
    FROM offices_office o
    JOIN offices_dinas d ON d.id = o.dinas_id
    {join}
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT weekday ORDER BY weekday), '{{}}') AS service_weekdays,
            coalesce(jsonb_agg(jsonb_build_array(weekday, to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI'))
                ORDER BY weekday, opens), '[]') AS week
        FROM offices_servicehours WHERE schedule_id IN (
            SELECT id FROM offices_schedule WHERE office_id = o.id AND kind = 'regular')
    ) h
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT staff_id)::integer AS staff_count
        FROM staffing_duty WHERE office_id = o.id AND "on" >= {since}
    ) p
    CROSS JOIN LATERAL (
        SELECT coalesce(range_agg(daterange(day, day + 1)), '{{}}') AS staffed_days,
            coalesce(range_agg(daterange(day, day + 1)) FILTER (WHERE people > 1), '{{}}') AS full_days
        FROM (
            SELECT "on" AS day, count(*) AS people FROM staffing_duty WHERE office_id = o.id AND "on" >= {since} GROUP BY "on"
        ) days
    ) r
    {where}
    """  # noqa: S608 - made of constants of this module


LOCK = """
SELECT office_id FROM public.oversight_officestatus
WHERE tenant_id = %(tenant)s AND office_id = ANY (%(offices)s::uuid[]) ORDER BY office_id FOR UPDATE
"""

CHOSEN = facts(since="%(today)s::date - %(back)s", where="WHERE o.id = ANY (%(offices)s::uuid[]) ORDER BY o.id")
WRITE = f"""
INSERT INTO public.oversight_officestatus (tenant_id, changed_at, {NAMES})
SELECT %(tenant)s, %(at)s, {NAMES} FROM ({CHOSEN}) facts
ON CONFLICT (tenant_id, office_id) DO UPDATE SET (changed_at, {NAMES})
    = (excluded.changed_at, {", ".join(f"excluded.{name}" for name in COLUMNS)})
"""  # noqa: S608

FORGET = """
DELETE FROM public.oversight_officestatus
WHERE tenant_id = %(tenant)s AND office_id = ANY (%(offices)s::uuid[]) AND office_id NOT IN (SELECT id FROM offices_office)
"""

# A row is compared with the facts as they counted on the day on which it was written, so that time alone makes no drift.
COMPARED = facts(
    since="coalesce((s.changed_at AT TIME ZONE %(zone)s)::date, %(today)s::date) - %(back)s",
    join="LEFT JOIN public.oversight_officestatus s ON s.tenant_id = %(tenant)s AND s.office_id = o.id",
)
DRIFT = f"""
SELECT coalesce(facts.office_id, stored.office_id), coalesce(facts.name, stored.name), to_jsonb(facts), to_jsonb(stored)
FROM ({COMPARED}) facts
FULL JOIN (SELECT {NAMES} FROM public.oversight_officestatus WHERE tenant_id = %(tenant)s) stored
    ON stored.office_id = facts.office_id
WHERE to_jsonb(facts) IS DISTINCT FROM to_jsonb(stored)
ORDER BY 2, 1
"""  # noqa: S608
