"""
What happens by the clock: a register of jobs and the timetable by which the ``scheduler`` command runs them.

Higher rooms add theirs with ``register`` at start-up. A job is idempotent: after a restart each runs once more. It is given the
moment, opens its own context (tenants.context), and leaves what takes long to the job worker.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from portal import delivery, idempotency, throttling
from portal.models import Mail, MailState
from tenants.context import as_owner, as_public

log = structlog.get_logger(__name__)

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
# A quarter past two at night in WIB.
AT_NIGHT = datetime.timedelta(hours=19, minutes=15)
KEEP_RESULTS = datetime.timedelta(days=14)
KEEP_MAIL = datetime.timedelta(days=180)


@dataclass(frozen=True)
class Job:
    """``act(at=...)`` runs when a new span of ``every`` begins, counted from midnight UTC plus ``after``."""

    name: str
    every: datetime.timedelta
    act: Callable[..., object]
    after: datetime.timedelta = datetime.timedelta()

    def span(self, at: datetime.datetime) -> int:
        return int((at.timestamp() - self.after.total_seconds()) // self.every.total_seconds())


_jobs: list[Job] = []


def register(*jobs: Job) -> None:
    _jobs.extend(job for job in jobs if job not in _jobs)


def registered() -> tuple[Job, ...]:
    return tuple(_jobs)


class Timetable:
    """Knows which jobs are due; a job that has not run yet is due at once."""

    def __init__(self, jobs: Iterable[Job] | None = None):
        self.jobs = tuple(registered() if jobs is None else jobs)
        self.done: dict[str, int] = {}

    def run(self, at: datetime.datetime) -> list[str]:
        """
        Run what is due at ``at``; returns the names. One that fails is logged, waits for its next span, and stops no other.

        A database that is away is the caller's affair.
        """
        due = [job for job in self.jobs if self.done.get(job.name) != job.span(at)]
        for job in due:
            try:
                result = job.act(at=at)
            except DatabaseError:
                raise
            except Exception:
                log.exception("job_failed", job=job.name)
            else:
                self._tell(job, result)
            self.done[job.name] = job.span(at)
        return [job.name for job in due]

    @staticmethod
    def _tell(job: Job, result: object) -> None:
        counts = result if isinstance(result, dict) else {"done": result}
        if any(counts.values()):
            log.info(f"job {job.name}", **counts)


def sweep_mail(*, at: datetime.datetime) -> dict[str, int]:
    with as_public():
        return delivery.sweep(at=at)


def forget(*, at: datetime.datetime) -> dict[str, int]:
    """Delete what nobody needs any more. As the owner: rows of all governments."""
    with as_owner():
        sessions = Session.objects.filter(expire_date__lt=at).delete()[0]
        alive = Session.objects.values("session_key")
        results = DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_RESULTS)
        return {
            "sessions": sessions,
            "devices": UserSession.objects.exclude(session_key__in=alive).delete()[0],
            "answers": idempotency.forget_before(at),
            "allowances": throttling.forget_before(at.timestamp()),
            "results": results.delete()[0],
            "mail": Mail.objects.filter(state=MailState.SENT, sent_at__lt=at - KEEP_MAIL).delete()[0],
        }


register(Job("mail", MINUTE, sweep_mail), Job("forget", DAY, forget, after=AT_NIGHT))
