"""
The facts about an office as SQL over a tenant's tables: the one place that says what OfficeStatus holds.

The statements name no schema of a tenant; they speak of the one in the search_path.
"""

from equipment.facts import DEVICES
from offices.distances import crowded_pairs, stray_desks

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
    "whatsapp",
    "email",
    "bring",
    "photo",
    "service_weekdays",
    "service_weeks",
    "special_days",
    "special_open",
    "timetable",
    "crowded_desks",
    "registration_devices",
    "device_lapses",
    "staff_count",
    "rostered_through",
    "staffed_days",
    "full_days",
)
NAMES = ", ".join(COLUMNS)


def _schedules(since: str) -> str:
    """The weekly schedules that hold after ``since`` as JSON, and the weekdays that any of them serves: ``h``."""
    return f"""
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT array_agg(DISTINCT weekday ORDER BY weekday) FROM offices_servicehours h
                JOIN offices_schedule p ON p.id = h.schedule_id WHERE p.office_id = o.id), '{{}}') AS service_weekdays,
            jsonb_build_object('periods', coalesce((
                SELECT jsonb_agg(jsonb_build_array(p.kind, p.name, p.valid_from, p.valid_until, coalesce((
                    SELECT jsonb_agg(jsonb_build_array(weekday, to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI'))
                        ORDER BY weekday, opens) FROM offices_servicehours WHERE schedule_id = p.id), '[]'))
                    ORDER BY p.kind, p.valid_from NULLS FIRST)
                FROM offices_schedule p WHERE p.office_id = o.id AND (p.valid_until IS NULL OR p.valid_until >= {since})
            ), '[]')) AS periods
    ) h
    """  # noqa: S608 - made of constants of this module


# For each weekday the dates on which it is served: the regular schedules', but in a season the season's: ``w``.
WEEKS = """
    CROSS JOIN LATERAL (
        SELECT array_agg(coalesce(regular, '{}') - coalesce(seasons, '{}') + coalesce(seasonal, '{}') ORDER BY day)
            AS service_weeks
        FROM generate_series(1, 7) day
        CROSS JOIN LATERAL (
            SELECT range_agg(holds) FILTER (WHERE kind = 'regular' AND serves) AS regular,
                range_agg(holds) FILTER (WHERE kind = 'seasonal') AS seasons,
                range_agg(holds) FILTER (WHERE kind = 'seasonal' AND serves) AS seasonal
            FROM (
                SELECT kind, daterange(valid_from, valid_until, '[]') AS holds,
                    EXISTS (SELECT FROM offices_servicehours WHERE schedule_id = p.id AND weekday = day) AS serves
                FROM offices_schedule p WHERE p.office_id = o.id
            ) schedule
        ) dates
    ) w
"""


def _days_apart(since: str) -> str:
    """The special days of the office and the days of the government after ``since``, as sets and as JSON: ``t``."""
    return f"""
    CROSS JOIN LATERAL (
        SELECT coalesce(range_agg(holds), '{{}}') + coalesce((SELECT range_agg(daterange("on", "on" + 1))
                FROM offices_localday WHERE "on" >= {since}), '{{}}') AS special_days,
            coalesce(range_agg(holds) FILTER (WHERE hours <> '[]'), '{{}}') AS special_open,
            jsonb_build_object(
                'special', coalesce(jsonb_agg(jsonb_build_array(first_on, last_on, reason, hours) ORDER BY first_on), '[]'),
                'local', coalesce((SELECT jsonb_agg(jsonb_build_array("on", name) ORDER BY "on") FROM offices_localday
                    WHERE "on" >= {since}), '[]')) AS timetable
        FROM (
            SELECT first_on, last_on, reason, daterange(first_on, last_on, '[]') AS holds, coalesce((
                SELECT jsonb_agg(jsonb_build_array(to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI')) ORDER BY opens)
                FROM offices_specialhours WHERE special_id = d.id), '[]') AS hours
            FROM offices_specialdays d WHERE d.office_id = o.id AND d.last_on >= {since}
        ) days
    ) t
    """  # noqa: S608 - made of constants of this module


def _roster(since: str) -> str:
    """The people on duty after ``since``: ``p`` counts them, ``r`` has the days."""
    return f"""
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
    """  # noqa: S608 - made of constants of this module


def facts(*, since: str, join: str = "", where: str = "") -> str:
    """The SELECT of all ``COLUMNS``; ``since`` is the first day of the roster that counts, as SQL, like the other two."""
    return f"""
    SELECT o.id AS office_id, o.dinas_id, d.name AS dinas_name, o.name, o.kind, o.address, o.latitude, o.longitude, o.phone,
        o.opened_on, o.closed_on, o.whatsapp, o.email, o.bring,
        coalesce((SELECT sha256 FROM offices_officephoto WHERE office_id = o.id), '') AS photo,
        h.service_weekdays, w.service_weeks, t.special_days, t.special_open, h.periods || t.timetable AS timetable,
        {crowded_pairs("o.id")} + {stray_desks("o.id")} AS crowded_desks, e.registration_devices, e.device_lapses,
        p.staff_count,
        (SELECT max("on") FROM staffing_duty WHERE office_id = o.id) AS rostered_through,
        r.staffed_days, r.full_days
    FROM offices_office o
    JOIN offices_dinas d ON d.id = o.dinas_id
    {join}
    {_schedules(since)}
    {WEEKS}
    {_days_apart(since)}
    CROSS JOIN LATERAL ({DEVICES}) e
    {_roster(since)}
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
