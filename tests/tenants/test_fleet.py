"""Work over many governments: threads, locks, faults, interruptions, and what is said meanwhile."""

import io
import threading
import time

import pytest
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection, transaction

from tenants import fleet
from tenants.context import as_owner
from tenants.management.reporting import report
from tenants.models import Tenant
from tenants.progress import Progress
from tests.committed import elsewhere, throwaway
from tests.tenants.probe import standing


@pytest.fixture
def seven(db):
    return list(Tenant.objects.governments())


def over(tenants, work, **how):
    return fleet.over(tenants, work, label="Uji", progress=False, **how)


def test_work_runs_as_the_owner_inside_each_schema_in_a_transaction(seven):
    seen = {}

    def work(tenant):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = session_user, current_schema(), current_setting('lock_timeout'), "
                           "current_setting('statement_timeout')")  # fmt: skip
            seen[tenant.slug] = (*cursor.fetchone(), connection.in_atomic_block)

    outcome = over(seven, work, jobs=3, lock_timeout="7s")

    assert (sorted(outcome.done), outcome.failed, outcome.stopped) == (sorted(seen), {}, "")
    assert seen == {tenant.slug: (True, tenant.schema_name, "7s", "0", True) for tenant in seven}


def test_threads_share_the_work_and_close_their_connections(seven):
    names, barrier = set(), threading.Barrier(2, timeout=10)

    def work(tenant):
        if len(names) < 2:
            barrier.wait()  # passes only if two are at work at the same time
        names.add(threading.current_thread().name)

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        before = cursor.fetchone()
        over(seven[:6], work, jobs=2)
        time.sleep(0.1)
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")

        assert (len(names), cursor.fetchone()) == (2, before)


def test_main_thread_stands_where_it_did(seven):
    before = standing()

    over(seven, lambda tenant: standing(), jobs=1)

    assert standing() == before


@pytest.mark.parametrize("error", [ValueError("tidak bisa"), TypeError("tidak bisa"), OperationalError("tidak bisa")])
def test_fault_concerns_one_alone(seven, error):
    def work(tenant):
        if tenant.slug == "bali":
            raise error

    outcome = over(seven, work, jobs=2)

    assert sorted(outcome.done) == sorted(tenant.slug for tenant in seven if tenant.slug != "bali")
    assert outcome.failed == {"bali": "TypeError: tidak bisa" if isinstance(error, TypeError) else "tidak bisa"}


def hold(tenant, free, held):
    with as_owner(tenant.schema_name), transaction.atomic():
        connection.cursor().execute("LOCK TABLE offices_dinas")
        held.set()
        free.wait(timeout=30)


def alter(tenant):
    connection.cursor().execute("COMMENT ON TABLE offices_dinas IS 'x'; LOCK TABLE offices_dinas")


def test_lock_that_is_not_had_gets_another_turn_after_the_others(kota_bandung):
    with throwaway() as tenant:
        free, held, order = threading.Event(), threading.Event(), []
        holder = threading.Thread(target=elsewhere, args=(hold, tenant, free, held))
        holder.start()
        held.wait(timeout=10)

        def work(each):
            order.append(each.slug)
            if each.pk == tenant.pk:
                alter(each)
            else:
                free.set()  # whoever was in the way is gone when the others are through

        outcome = elsewhere(lambda: over([tenant, kota_bandung], work, jobs=1, lock_timeout="200ms"))
        holder.join()

    assert outcome.done == ["kota-bandung", "kab-percobaan"]
    assert order == ["kab-percobaan", "kota-bandung", "kab-percobaan"]


def test_lock_that_is_never_had_is_named_after_three_tries(db):
    with throwaway() as tenant:
        free, held, tries = threading.Event(), threading.Event(), []
        holder = threading.Thread(target=elsewhere, args=(hold, tenant, free, held))
        holder.start()
        held.wait(timeout=10)

        def work(each):
            tries.append(each.slug)
            alter(each)

        outcome = elsewhere(lambda: over([tenant], work, lock_timeout="100ms"))
        free.set()
        holder.join()

    assert len(tries) == 3
    assert outcome.done == []
    assert "lock timeout" in outcome.failed["kab-percobaan"]


def test_connection_that_breaks_is_had_again(seven):
    broken = []

    def work(tenant):
        standing()
        if tenant.slug == "bali" and not broken:
            broken.append(tenant.slug)
            connection.connection.close()
            standing()

    outcome = over(seven, work, jobs=2)

    assert outcome.failed == {}
    assert (len(outcome.done), broken) == (7, ["bali"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_lets_those_at_hand_finish_and_ends_the_run(seven, jobs, monkeypatch):
    if jobs == 2:  # Ctrl-C reaches the main thread, which waits for the others

        def interrupted(_futures):
            time.sleep(0.2)
            raise KeyboardInterrupt

        monkeypatch.setattr(fleet, "as_completed", interrupted)

    def work(tenant):
        time.sleep(0.1)
        if jobs == 1 and tenant == seven[2]:
            raise KeyboardInterrupt

    outcome = over(seven, work, jobs=jobs)

    assert outcome.stopped == fleet.INTERRUPTED
    assert 0 < len(outcome.done) < 7
    assert outcome.failed == {}


def test_database_that_cannot_be_reached_ends_the_run(seven, monkeypatch):
    def work(tenant):
        monkeypatch.setattr(fleet, "unreachable", lambda: "connection refused")

    outcome = over(seven, work, jobs=1)

    assert (len(outcome.done), outcome.failed, outcome.stopped) == (1, {}, "connection refused")


# What is said ----------------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_log_gets_a_line_now_and_then(monkeypatch):
    clock = iter(range(0, 100))
    monkeypatch.setattr("tenants.progress.time.monotonic", lambda: next(clock))
    said = io.StringIO()

    with Progress("Menyiapkan skema", 8, stream=said) as progress:
        for _ in range(8):
            progress.step()

    assert said.getvalue().splitlines() == [
        "Menyiapkan skema: 2 dari 8 (25%), 3,0 detik",
        "Menyiapkan skema: 4 dari 8 (50%), 6,0 detik",
        "Menyiapkan skema: 6 dari 8 (75%), 9,0 detik",
        "Menyiapkan skema: 8 dari 8 (100%), 13,0 detik",
    ]


def test_terminal_gets_a_bar():
    said = Terminal()

    with Progress("Menyiapkan skema", 2, stream=said) as progress:
        progress.step()
        progress.step()

    assert "Menyiapkan skema: 100%" in said.getvalue()
    assert "2/2" in said.getvalue()


@pytest.mark.parametrize("how", [{"total": 500, "shown": False}, {"total": 1}, {"total": 500}])
def test_what_is_over_at_once_needs_no_word(how):
    said = io.StringIO()

    with Progress("Menyiapkan skema", how.pop("total"), stream=said, **how) as progress:
        progress.step()

    assert said.getvalue() == ""


@pytest.mark.parametrize(
    ("outcome", "code", "sentence"),
    [
        (fleet.Outcome(failed={"bali": "penuh"}), 1, "0 skema dibuat, 1 gagal. Perbaiki penyebabnya, lalu jalankan lagi «x»."),
        (
            fleet.Outcome(done=["bali"], stopped=fleet.INTERRUPTED),
            130,
            "Dihentikan: 1 skema dibuat, 0 gagal. Jalankan lagi «x» untuk melanjutkan.",
        ),
        (
            fleet.Outcome(stopped="refused"),
            1,
            "Basis data tidak terjangkau (refused): 0 skema dibuat, 0 gagal. Jalankan lagi «x» untuk melanjutkan.",
        ),
    ],
)
def test_command_that_did_not_finish_says_so_and_fails(outcome, code, sentence):
    said = io.StringIO()

    with pytest.raises(CommandError) as failure:
        report(BaseCommand(stderr=said), outcome, done="dibuat", nothing="-", again="x", quiet=True)

    assert (str(failure.value), failure.value.returncode) == (sentence, code)
    assert said.getvalue() == "".join(f"{slug}: {reason}\n" for slug, reason in outcome.failed.items())
