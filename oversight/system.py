"""How the portal itself is doing: schemas that are not served, the last checks, the queue of jobs, mail. For the ministry."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django_tasks_db.models import DBTaskResult

from oversight.models import Check
from portal.models import Mail, MailState
from tenants.enums import State
from tenants.models import Tenant

DAY = datetime.timedelta(days=1)
SLOW = datetime.timedelta(minutes=5)  # a job that waits longer than this has no worker


@dataclass(frozen=True)
class Queue:
    """The jobs: those due and waiting, since when the oldest of them, those at work, those that failed within a day."""

    waiting: int
    since: datetime.datetime | None
    running: int
    failed: int
    at: datetime.datetime

    @property
    def is_stuck(self) -> bool:
        return self.since is not None and self.at - self.since > SLOW


@dataclass(frozen=True)
class Post:
    """Messages of all governments by what became of them."""

    queued: int
    failed: int
    unclear: int


@dataclass(frozen=True)
class Schemas:
    """How many governments are served, wait for their schema, or failed to get one."""

    ready: int
    new: int
    failed: int

    @property
    def all(self) -> int:
        return self.ready + self.new + self.failed


def schemas() -> Schemas:
    """One query."""
    states = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    return Schemas(**Tenant.objects.governments().aggregate(**states))


def unserved() -> list[Tenant]:
    """The governments that have no working schema, with the reason; failed ones first."""
    return list(Tenant.objects.governments().exclude(state=State.READY).select_related("parent").order_by("state", "name"))


def checks() -> dict[str, Check]:
    """The last result of each check, by kind."""
    return {check.kind: check for check in Check.objects.all()}


def queue(at: datetime.datetime) -> Queue:
    """One query."""
    due = Q(status="READY", run_after__lte=at) | Q(status="READY", run_after__year=9999)
    counts = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=due),
        since=Min("enqueued_at", filter=due),
        running=Count("pk", filter=Q(status="RUNNING")),
        failed=Count("pk", filter=Q(status="FAILED", finished_at__gte=at - DAY)),
    )
    return Queue(**counts, at=at)


def post() -> Post:
    """One query."""
    waiting = (MailState.QUEUED, MailState.SENDING)
    return Post(
        **Mail.objects.aggregate(
            queued=Count("pk", filter=Q(state__in=waiting)),
            failed=Count("pk", filter=Q(state=MailState.FAILED)),
            unclear=Count("pk", filter=Q(state=MailState.UNCLEAR)),
        )
    )
