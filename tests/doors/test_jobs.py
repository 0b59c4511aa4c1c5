import datetime
import signal
import threading

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from portal import jobs
from portal.management.commands import scheduler
from portal.models import Mail, MailState
from tests.committed import elsewhere

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def ran():
    return []


@pytest.fixture
def timetable(ran):
    def act(name):
        return lambda *, at: ran.append((name, at))

    def broken(*, at):
        ran.append(("broken", at))
        raise ValueError("no")

    return jobs.Timetable(
        [
            jobs.Job("often", MINUTE, act("often")),
            jobs.Job("broken", MINUTE, broken),
            jobs.Job("nightly", jobs.DAY, act("nightly"), after=jobs.AT_NIGHT),
        ]
    )


def test_due_jobs_run_once_in_each_span(timetable, now):
    moments = [now, now + MINUTE / 2, now + MINUTE, now + jobs.DAY]

    assert [timetable.run(at) for at in moments] == [
        ["often", "broken", "nightly"],
        [],
        ["often", "broken"],
        ["often", "broken", "nightly"],
    ]


def test_nightly_job_runs_at_a_quarter_past_two_in_wib(timetable):
    before = datetime.datetime(2026, 11, 23, 19, 14, tzinfo=datetime.UTC)
    timetable.run(before)

    assert "nightly" in timetable.run(before + MINUTE)


def test_job_that_fails_stops_no_other(timetable, ran, now):
    timetable.run(now)

    assert [name for name, _at in ran] == ["often", "broken", "nightly"]


def test_nightly_job_forgets_what_has_passed_and_nothing_else(db, now):
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + datetime.timedelta(days=days))
        moment = now + datetime.timedelta(days=days * 200)
        shared = {"to": "a@contoh.test", "subject": "", "text": "…", "posted_at": moment, "due_at": moment}
        Mail.objects.create(key=f"sent {key}", state=MailState.SENT, sent_at=moment, **shared)
        Mail.objects.create(key=f"failed {key}", state=MailState.FAILED, **shared)
        DBTaskResult.objects.create(
            status="SUCCESSFUL", finished_at=moment, args_kwargs={}, task_path=key, backend_name="default"
        )

    jobs.forget(at=now)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert set(Mail.objects.values_list("key", flat=True)) == {"sent new", "failed old", "failed new"}
    assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == ["new"]


def test_scheduler_leaves_the_work_to_the_one_that_has_the_lock(db, now):
    def lock(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    # What holds the lock elsewhere is a connection that stays open while this one tries.
    held, done, outcome = threading.Event(), threading.Event(), []

    def other():
        outcome.append(lock(scheduler.LOCK))
        held.set()
        done.wait(10)

    worker = threading.Thread(target=elsewhere, args=(other,))
    worker.start()
    held.wait(10)
    command = scheduler.Command()
    command.timetable, command.leading, command.told = jobs.Timetable([]), False, ""
    try:
        assert (outcome, command.tick(now), command.leading) == ([True], [], False)
    finally:
        done.set()
        worker.join()


def test_command_runs_once_at_the_moment_given(db, monkeypatch):
    moments = []
    monkeypatch.setattr(jobs, "_jobs", [jobs.Job("only", MINUTE, lambda *, at: moments.append(at))])

    call_command("scheduler", "--once", "--at", "2026-11-23T02:00+07:00")

    assert moments == [datetime.datetime.fromisoformat("2026-11-23T02:00+07:00")]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
