"""Checks that a command runs over all governments, and their last results, which the ministry's page of the system shows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from oversight import rollup as rolling
from oversight.enums import CheckKind
from oversight.models import Check, OfficeStatus
from tenants import fleet, upgrading
from tenants.context import as_owner
from tenants.models import Tenant

OFTEN_ENOUGH = datetime.timedelta(hours=20)
KEPT = 50  # findings that are kept with a result; the command prints all


@dataclass
class Report:
    """What a check of the roll-up found: pairs of slug and drift, and why some governments could not be asked."""

    at: datetime.datetime
    governments: int
    offices: int
    mended: bool
    drifts: list[tuple[str, rolling.Drift]] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: str = ""


def rollup(tenants: Iterable[Tenant], *, mend: bool, at: datetime.datetime, jobs: int = 2, progress: bool = True) -> Report:
    """Compare the rows of ``tenants`` with their tables, and with ``mend`` put them right. Runs as the owner."""
    tenants, found = list(tenants), []

    def compare(tenant):
        drifts = rolling.rebuild(tenant, at=at) if mend else rolling.drift(tenant, at=at)
        found.extend((tenant.slug, drift) for drift in drifts)

    label = "Memperbaiki rekap" if mend else "Memeriksa rekap"
    outcome = fleet.over(tenants, compare, label=label, jobs=jobs, progress=progress)
    offices = OfficeStatus.objects.filter(tenant__in=tenants).count()
    found.sort(key=lambda pair: (pair[0], pair[1].name))
    return Report(at, len(outcome.done), offices, mend, found, outcome.failed, outcome.stopped)


def keep(report: Report) -> None:
    """Keep the result of a check over all governments in place of the one before."""
    left = [] if report.mended else [f"{slug} · {drift.name}" for slug, drift in report.drifts]
    failed = [f"{slug}: {reason}" for slug, reason in sorted(report.failed.items())]
    _keep(CheckKind.ROLLUP, report.at, report.governments, failed + left, rows=report.offices)


def keep_schemas(tenants: Iterable[Tenant], *, at: datetime.datetime) -> None:
    """Find which schemas lack migrations, and which, and keep the result. Runs as the owner; one query."""
    tenants = list(tenants)
    lagging = upgrading.lagging(tenants)
    found = [f"{tenant.slug}: {', '.join(map('.'.join, missing))}" for missing, group in lagging.items() for tenant in group]
    _keep(CheckKind.SCHEMAS, at, len(tenants), sorted(found))


def _keep(kind, at, governments, findings, rows=0) -> None:
    values = {"checked_at": at, "governments": governments, "rows": rows, "faults": len(findings), "findings": findings[:KEPT]}
    Check.objects.update_or_create(kind=kind, defaults=values)


def nightly(*, at: datetime.datetime) -> None:
    """Both checks over all governments, for the scheduler; a scheduler that starts again does not repeat the last night's."""
    with as_owner():
        if Check.objects.filter(kind=CheckKind.ROLLUP, checked_at__gt=at - OFTEN_ENOUGH).exists():
            return
        tenants = list(Tenant.objects.governments().served())
        keep_schemas(tenants, at=at)
        keep(rollup(tenants, mend=False, at=at, jobs=1, progress=False))
