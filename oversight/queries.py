"""Reads for the pages above the governments: who has a circular, who has offices, how they stand on their local day."""

import datetime
from functools import lru_cache

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.enums import Role
from accounts.models import Membership
from circulars.enums import CircularState
from circulars.models import Circular, Delivery
from offices.queries import national_rests
from offices.timetable import HORIZON, Rest
from oversight import states
from oversight.enums import IN_SERVICE, KINDS
from oversight.facts import DAYS_BACK
from oversight.models import OfficeStatus
from oversight.states import Days
from tenants.models import Tenant

UNADDRESSED = "unaddressed"  # the reply of a government to which a circular was not sent


def flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def rests(days: Days) -> dict[datetime.date, Rest]:
    """The national days of rest around the day, for ``OfficeStatus.hours``. One query."""
    around = [day for _zone, day in days.by_zone]
    return national_rests(min(around) - datetime.timedelta(DAYS_BACK), max(around) + datetime.timedelta(HORIZON))


def published() -> QuerySet[Circular]:
    """The circulars in force, the newest first; without text and attachment."""
    return (
        Circular.objects.filter(state=CircularState.PUBLISHED)
        .only("number", "subject", "dated_on", "deadline_on", "published_at")
        .order_by("-published_at", "number")
    )


def offices(days: Days) -> QuerySet[OfficeStatus]:
    """All offices the reader may see, with ``condition`` (Condition), ``serves``, ``is_staffed`` and ``is_full`` on the day."""
    return _offices(days).all()


@lru_cache(maxsize=8)
def _offices(days: Days) -> QuerySet[OfficeStatus]:
    """Put together once for all readers of an hour: with its many expressions that takes longer than asking."""
    return OfficeStatus.objects.select_related("tenant__parent").annotate(
        condition=states.condition(days),
        serves=flag(states.serving(days) & states.in_service(days)),
        is_staffed=flag(states.staffed(days)),
        is_full=flag(states.fully_staffed(days)),
    )


def counters(days: Days) -> QuerySet[OfficeStatus]:
    """What everybody may know: the offices in service on the day, with address, telephone and hours; nothing of the roster."""
    return (
        OfficeStatus.objects.select_related("tenant__parent").filter(states.in_service(days)).defer("staffed_days", "full_days")
    )


def in_service(days: Days) -> QuerySet[OfficeStatus]:
    """The offices of the tenant of an outer query that are in service on the day, with ``condition``."""
    return (
        OfficeStatus.objects.order_by()
        .annotate(condition=states.condition(days))
        .filter(tenant=OuterRef("pk"), condition__in=IN_SERVICE)
    )


def having(condition: str, days: Days) -> Exists:
    """Whether a government has an office in service in this Condition."""
    return Exists(in_service(days).filter(condition=condition))


def equipped(days: Days) -> Exists:
    """Whether a government has an office in service."""
    return Exists(in_service(days))


def serving(days: Days) -> Exists:
    """Whether a government has an office that serves on the day."""
    return Exists(in_service(days).filter(states.serving(days)))


def staffed(days: Days) -> Exists:
    """Whether a government has an office that serves on the day and has somebody on duty."""
    return Exists(in_service(days).filter(states.serving(days), states.staffed(days)))


def _kinds(*kinds: str) -> list[str]:
    return [condition.value for condition in IN_SERVICE if KINDS[condition] in kinds]


def governments(circular: Circular | None, days: Days) -> QuerySet[Tenant]:
    """
    The governments the reader may see, with what they have done with ``circular`` and how their offices stand on the day.

    ``reply`` (a DeliveryState, or UNADDRESSED), ``opened_at``, ``acknowledged_at``; ``office_count`` in service; ``standing``:
    a dict with the numbers of offices by kind of state (ok, warn, bad, none), those ``serving`` and of these the ``staffed``;
    None without any office.
    """
    return _governments(circular.pk if circular else None, days).all()


@lru_cache(maxsize=32)
def _governments(circular_id, days: Days) -> QuerySet[Tenant]:
    delivery = Delivery.objects.filter(circular_id=circular_id, tenant=OuterRef("pk")).order_by()
    grouped = in_service(days).values("tenant")
    serving_that_day = states.serving(days)
    standing = grouped.annotate(
        figures=JSONObject(
            **{kind: Count("pk", filter=Q(condition__in=_kinds(kind))) for kind in ("ok", "warn", "bad", "none")},
            serving=Count("pk", filter=serving_that_day),
            staffed=Count("pk", filter=serving_that_day & states.staffed(days)),
        )
    ).values("figures")
    return (
        Tenant.objects.governments()
        .select_related("parent")
        .annotate(
            reply=Coalesce(Subquery(delivery.standing(days.moment).values("state")), Value(UNADDRESSED)),
            opened_at=Subquery(delivery.values("opened_at")),
            acknowledged_at=Subquery(delivery.values("acknowledged_at")),
            office_count=Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number")), 0),
            standing=Subquery(standing),
        )
    )


def code(tenant: Tenant) -> str:
    """The Kemendagri code of a government today; empty where it has none."""
    return tenant.regions.filter(valid_until=None).order_by("code").values_list("code", flat=True).first() or ""


def heads(tenant: Tenant, days: Days) -> QuerySet[Membership]:
    """Who heads a government on the day: names and positions."""
    return (
        Membership.objects.filter(tenant=tenant, role=Role.GOVERNMENT_HEAD)
        .on(days.of(tenant))
        .select_related("user")
        .order_by("position", "user__name", "id")
    )
