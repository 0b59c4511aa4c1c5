"""
What the roll-up keeps of an office's devices, as SQL over the tenant's tables; the same rule as ``queries.ready_devices``.

Time alone makes a device that was ready one that is not, so what is kept are dates: for each registration device that passed
all its checks the first day on which that does not hold any more. Ready on a day are those whose day lies ahead:

    working devices on a day:     (SELECT count(*) FROM unnest(device_lapses) lapse WHERE lapse > %(day)s)
    the next of them to lapse:    (SELECT min(lapse) FROM unnest(device_lapses) lapse WHERE lapse > %(day)s)
"""

from equipment.ageing import HOLDS_DAYS
from equipment.enums import CheckKind

KINDS = ", ".join(f"('{kind.value}', {HOLDS_DAYS[kind]})" for kind in CheckKind)


def newest(item: str) -> str:
    """
    For each kind of check the newest answer of a thing, as ``newest`` beside ``k(kind, holds)``; no row where there is none.

    ``item`` is the thing's id in SQL.
    """
    return f"""
        (VALUES {KINDS}) k(kind, holds)
        CROSS JOIN LATERAL (
            SELECT c.* FROM equipment_check c WHERE c.item_id = {item} AND c.kind = k.kind
            ORDER BY c.checked_on DESC, c.checked_at DESC, c.id LIMIT 1
        ) newest
    """  # noqa: S608 - made of constants of this room


def lapse(item: str) -> str:
    """The first day on which a device that passed all its checks has one that does not hold; NULL where it did not pass."""
    return f"""(
        SELECT CASE WHEN count(*) = {len(CheckKind)} AND bool_and(newest.ok) THEN min(newest.checked_on + k.holds) END
        FROM {newest(item)}
    )"""  # noqa: S608


COLUMNS = ("registration_devices", "device_lapses")

# To be joined: ``FROM offices_office o … CROSS JOIN LATERAL ({DEVICES}) devices``. ``registration_devices`` counts those in the
# inventory that are no wreck; ``device_lapses`` is a date[] in order, empty where none has passed.
DEVICES = f"""
    SELECT count(*)::integer AS registration_devices,
        coalesce(array_agg(lapses_on ORDER BY lapses_on) FILTER (WHERE lapses_on IS NOT NULL), '{{}}')::date[] AS device_lapses
    FROM (
        SELECT {lapse("i.id")} AS lapses_on
        FROM equipment_item i
        WHERE i.office_id = o.id AND i.category = 'device' AND i.purpose = 'registration'
            AND i.removed_on IS NULL AND i.condition <> 'broken'
    ) device
"""  # noqa: S608
