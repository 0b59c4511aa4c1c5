"""What pages, exports and the REST interface read about circulars. No writes."""

import datetime
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When

from circulars.enums import Audience, CircularState, DeliveryState
from circulars.models import Circular, Delivery, DeliveryQuerySet
from tenants.enums import Level
from tenants.models import Tenant

DISTRICTS = (Level.KABUPATEN, Level.KOTA)


# Before publication -----------------------------------------------------------------------------------------------------------


def addressed(circular: Circular) -> QuerySet[Tenant]:
    """
    The governments that publication delivers ``circular`` to, in order of their slug.

    Territories without a government of their own (``autonomous`` false) are among them: they get the text for information.
    """
    governments = Tenant.objects.governments().order_by("slug")
    if circular.audience == Audience.PROVINCES:
        return governments.filter(level=Level.PROVINCE)
    if circular.audience == Audience.DISTRICTS:
        return governments.filter(level__in=DISTRICTS)
    if circular.audience == Audience.CHOSEN:
        return governments.filter(pk__in=circular.chosen.order_by().values("pk"))
    return governments


@dataclass(frozen=True)
class Addressees:
    """How many governments a circular would reach; ``informed`` are those that owe no acknowledgement."""

    provinces: int
    kabupaten: int
    kota: int
    informed: int

    @property
    def owing(self) -> int:
        return self.provinces + self.kabupaten + self.kota

    @property
    def total(self) -> int:
        return self.owing + self.informed


def addressees(circular: Circular) -> Addressees:
    """One query."""
    own = Q(autonomous=True)
    return Addressees(
        **addressed(circular).aggregate(
            provinces=Count("pk", filter=own & Q(level=Level.PROVINCE)),
            kabupaten=Count("pk", filter=own & Q(level=Level.KABUPATEN)),
            kota=Count("pk", filter=own & Q(level=Level.KOTA)),
            informed=Count("pk", filter=~own),
        )
    )


def picker(circular: Circular, *, search: str = "", ticked: set[int] | None = None) -> list[dict]:
    """
    The governments to choose from, by province: ``[{"province": Tenant, "governments": [Tenant], "chosen": int}]``.

    Each government carries ``is_chosen``; the province itself stands first in its group. ``search`` keeps those whose name, or
    whose province's name, has all its words. ``ticked`` are the ids to show as chosen instead of the saved ones. Two queries.
    """
    found = Tenant.objects.governments().select_related("parent").order_by("name", "pk")
    for word in search.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(parent__name__icontains=word, parent__level=Level.PROVINCE))
    chosen = set(circular.chosen.values_list("pk", flat=True)) if ticked is None else ticked
    groups: dict[int, dict] = {}
    for tenant in found:
        tenant.is_chosen = tenant.pk in chosen
        province = tenant if tenant.is_province else tenant.parent
        group = groups.setdefault(province.pk, {"province": province, "governments": [], "chosen": 0})
        group["governments"].insert(0 if tenant.is_province else len(group["governments"]), tenant)
        group["chosen"] += tenant.is_chosen
    return sorted(groups.values(), key=lambda group: group["province"].name)


# The ministry's side ----------------------------------------------------------------------------------------------------------


def circulars(*, drafts: bool) -> QuerySet[Circular]:
    """
    All circulars, newest first, each with ``owing``, ``opened`` and ``acknowledged``: numbers of governments of their own.

    ``drafts`` only for those who draft.
    """
    own = Q(deliveries__tenant__autonomous=True)
    found = Circular.objects.annotate(
        owing=Count("deliveries", filter=own),
        opened=Count("deliveries", filter=own & Q(deliveries__opened_at__isnull=False)),
        acknowledged=Count("deliveries", filter=own & Q(deliveries__acknowledged_at__isnull=False)),
    ).order_by("-dated_on", "number")
    return found if drafts else found.filter(state=CircularState.PUBLISHED)


def deliveries(circular: Circular, *, at: datetime.datetime) -> DeliveryQuerySet:
    """The deliveries of ``circular`` with their government, its parent and ``state`` at ``at``, in order of the name."""
    return (
        Delivery.objects.filter(circular=circular)
        .standing(at)
        .select_related("tenant__parent", "circular", "acknowledgement")
        .order_by("tenant__name", "pk")
    )


def gaps(circular: Circular, *, at: datetime.datetime) -> QuerySet[Delivery]:
    """The deliveries that still owe an acknowledgement at ``at``, whether the deadline has passed or not."""
    return deliveries(circular, at=at).owed().filter(acknowledged_at=None)


@dataclass(frozen=True)
class DeliveryCounts:
    """
    Where a circular stands, as numbers of governments of their own.

    ``owing`` is the denominator of the others; ``acknowledged`` includes ``late``, ``unopened`` and ``overdue`` may overlap.
    ``informed`` are the territories besides, which owe nothing.
    """

    owing: int = 0
    opened: int = 0
    acknowledged: int = 0
    late: int = 0
    overdue: int = 0
    informed: int = 0

    @property
    def unopened(self) -> int:
        return self.owing - self.opened

    @property
    def waiting(self) -> int:
        """Not acknowledged yet, in time or overdue."""
        return self.owing - self.acknowledged


COUNTS = {
    "owing": Count("pk", filter=Q(tenant__autonomous=True)),
    "opened": Count("pk", filter=Q(tenant__autonomous=True, opened_at__isnull=False)),
    "acknowledged": Count("pk", filter=Q(tenant__autonomous=True, acknowledged_at__isnull=False)),
    "late": Count("pk", filter=Q(state=DeliveryState.ACKNOWLEDGED_LATE)),
    "overdue": Count("pk", filter=Q(state=DeliveryState.OVERDUE)),
    "informed": Count("pk", filter=Q(tenant__autonomous=False)),
}


def delivery_counts(circular: Circular, *, at: datetime.datetime) -> DeliveryCounts:
    """One query."""
    return DeliveryCounts(**Delivery.objects.filter(circular=circular).standing(at).aggregate(**COUNTS))


def delivery_counts_by_province(circular: Circular, *, at: datetime.datetime) -> dict[int, DeliveryCounts]:
    """``{province id: counts}``, each province with its districts. One query."""
    own = When(tenant__level=Level.PROVINCE, then=F("tenant_id"))
    rows = (
        Delivery.objects.filter(circular=circular)
        .standing(at)
        .order_by()
        .values(province=Case(own, default=F("tenant__parent_id"), output_field=BigIntegerField()))
        .annotate(**COUNTS)
    )
    return {row.pop("province"): DeliveryCounts(**row) for row in rows}


# A government's side ----------------------------------------------------------------------------------------------------------


def inbox(tenant: Tenant, *, at: datetime.datetime) -> QuerySet[Delivery]:
    """The circulars delivered to ``tenant`` with their ``state`` at ``at``, newest first."""
    return (
        Delivery.objects.filter(tenant=tenant).standing(at).select_related("circular", "tenant").order_by("-delivered_at", "pk")
    )


def unread(tenant: Tenant) -> int:
    """How many circulars nobody of ``tenant`` has opened. One query."""
    return Delivery.objects.filter(tenant=tenant, opened_at=None).count()


@dataclass(frozen=True)
class InboxCounts:
    """What waits in an inbox: ``waiting`` owes an acknowledgement, ``overdue`` of these after the deadline."""

    total: int
    unopened: int
    waiting: int
    overdue: int


def inbox_counts(tenant: Tenant, *, at: datetime.datetime) -> InboxCounts:
    """One query."""
    waiting = Q(state__in=[DeliveryState.UNOPENED, DeliveryState.OPENED, DeliveryState.OVERDUE])
    return InboxCounts(
        **Delivery.objects.filter(tenant=tenant)
        .standing(at)
        .aggregate(
            total=Count("pk"),
            unopened=Count("pk", filter=Q(opened_at=None)),
            waiting=Count("pk", filter=waiting),
            overdue=Count("pk", filter=Q(state=DeliveryState.OVERDUE)),
        )
    )
