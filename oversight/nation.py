"""
The country in one query: what every province's governments have done with a circular, and how their offices stand today.

Rates count the governments that report (546 of 552: the districts of DKI Jakarta have no government of their own). A province's
own government counts in its province.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When

from circulars.models import Circular, Delivery
from oversight import states
from oversight.enums import IN_SERVICE, Condition
from oversight.models import OfficeStatus
from oversight.states import Days
from tenants.enums import Level
from tenants.models import Tenant

CONDITIONS = [each.value for each in IN_SERVICE]


@dataclass
class Figures:
    """
    Counts of governments, and of their offices.

    Of the reporting governments: ``addressed`` by the circular, ``opened``, ``acknowledged``, ``overdue`` (deadline passed
    without acknowledgement), ``equipped`` (have an office in service), ``serving`` (have one that serves today), ``staffed``
    (have one with somebody on duty today), ``stuck`` (something of this is wrong). ``offices`` counts offices in service by
    Condition, ``hit`` the governments with at least one office in that Condition.
    """

    governments: int = 0
    addressed: int = 0
    opened: int = 0
    acknowledged: int = 0
    overdue: int = 0
    equipped: int = 0
    serving: int = 0
    staffed: int = 0
    stuck: int = 0
    offices: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CONDITIONS, 0))
    hit: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CONDITIONS, 0))

    @property
    def office_count(self) -> int:
        return sum(self.offices.values())

    @property
    def silent(self) -> int:
        return self.addressed - self.opened

    @property
    def owing(self) -> int:
        return self.addressed - self.acknowledged

    @property
    def unequipped(self) -> int:
        return self.governments - self.equipped

    @property
    def deserted(self) -> int:
        """Governments that serve today with nobody on duty anywhere."""
        return self.serving - self.staffed

    @property
    def by_kind(self) -> dict[str, int]:
        """Offices in service by the kind of their state: ok, warn, bad, none."""
        kinds = {"ok": 0, "warn": 0, "bad": 0, "none": 0}
        for condition, count in self.offices.items():
            kinds[Condition(condition).kind] += count
        return kinds


NUMBERS = [each.name for each in fields(Figures) if each.type == "int" or each.type is int]


@dataclass
class Province(Figures):
    slug: str = ""
    name: str = ""
    code: str = ""


SQL = """
WITH standing AS MATERIALIZED (
    SELECT tenant_id, condition, count(*)::integer AS number, bool_or(serving) AS serving FROM ({offices}) office GROUP BY 1, 2
),
counted AS (
    SELECT tenant_id, {counts}, bool_or(serving) AS serving, bool_or(serving AND condition <> 'nobody') AS staffed
    FROM standing WHERE condition = ANY (%s) GROUP BY tenant_id
),
government AS ({governments}),
delivery AS MATERIALIZED ({deliveries})
SELECT p.slug, p.name, r.code, count(*) AS governments,
    count(d.tenant_id) AS addressed,
    count(d.opened_at) AS opened,
    count(d.acknowledged_at) AS acknowledged,
    count(*) FILTER (WHERE d.state = 'overdue') AS overdue,
    count(c.tenant_id) AS equipped,
    count(*) FILTER (WHERE c.serving) AS serving,
    count(*) FILTER (WHERE c.staffed) AS staffed,
    count(*) FILTER (WHERE c.tenant_id IS NULL OR d.state IN ('unopened', 'overdue') OR c.nobody > 0) AS stuck,
    {sums}, {hits}
FROM government g
LEFT JOIN delivery d ON d.tenant_id = g.id
LEFT JOIN counted c ON c.tenant_id = g.id
JOIN public.tenants_tenant p ON p.id = g.province_id
JOIN public.tenants_region r ON r.tenant_id = p.id AND r.valid_until IS NULL
GROUP BY p.slug, p.name, r.code ORDER BY r.code
"""

COUNTED = "coalesce(sum(number) FILTER (WHERE condition = '{name}'), 0)::integer AS {name}"


def provinces(circular: Circular | None, days: Days, *, only: Tenant | None = None) -> list[Province]:
    """The provinces by their code (or ``only`` one), with the figures of their reporting governments. One query."""
    sql, values = _statement(circular.pk if circular else None, days, only.pk if only else None)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [_province(row) for row in cursor.fetchall()]


@lru_cache(maxsize=64)
def _statement(circular_id, days: Days, province_id) -> tuple[str, list]:
    """The statement with its values: the same for all readers of an hour, and dearer to put together than to look up."""
    offices, office_values = _within(_offices(days), province_id, "tenant__").query.sql_with_params()
    governments, government_values = _within(_governments(), province_id).query.sql_with_params()
    deliveries, delivery_values = _deliveries(circular_id, days).query.sql_with_params()
    sql = SQL.format(
        offices=offices,
        governments=governments,
        deliveries=deliveries,
        counts=", ".join(COUNTED.format(name=name) for name in CONDITIONS),
        sums=", ".join(f"coalesce(sum(c.{name}), 0)::integer" for name in CONDITIONS),
        hits=", ".join(f"count(*) FILTER (WHERE c.{name} > 0)" for name in CONDITIONS),
    )
    return sql, [*office_values, CONDITIONS, *government_values, *delivery_values]


def _province(row) -> Province:
    numbers, offices, hit = row[3:12], row[12 : 12 + len(CONDITIONS)], row[12 + len(CONDITIONS) :]
    return Province(
        **dict(zip(NUMBERS, numbers, strict=True)),
        offices=dict(zip(CONDITIONS, offices, strict=True)),
        hit=dict(zip(CONDITIONS, hit, strict=True)),
        slug=row[0],
        name=row[1],
        code=row[2],
    )


def _within(found: QuerySet, province_id, way: str = "") -> QuerySet:
    if province_id is None:
        return found
    return found.filter(Q(**{f"{way}id": province_id}) | Q(**{f"{way}parent_id": province_id}))


def _offices(days: Days) -> QuerySet:
    # Who serves and is not without people is staffed: one look at the roster less for each office.
    found = OfficeStatus.objects.order_by()
    return found.values("tenant_id", condition=states.condition(days), serving=states.serving(days))


def _governments() -> QuerySet:
    own = When(level=Level.PROVINCE, then=F("id"))
    return Tenant.objects.reporting().order_by().values("id", province_id=Case(own, default=F("parent_id")))


def _deliveries(circular_id, days: Days) -> QuerySet:
    found = Delivery.objects.filter(circular_id=circular_id).standing(days.moment).order_by()
    return found.values("tenant_id", "opened_at", "acknowledged_at", "state")


def total(parts: Iterable[Figures]) -> Figures:
    """The sum of ``parts``."""
    whole = Figures()
    for part in parts:
        for name in NUMBERS:
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        for name in CONDITIONS:
            whole.offices[name] += part.offices[name]
            whole.hit[name] += part.hit[name]
    return whole
