import socket
import sys
import time

import pytest

from config import run
from config.supervisor import LONGEST_PAUSE, Child
from tests.portal.mailserver import free_port


@pytest.fixture
def child():
    child = Child("uji", [sys.executable, "-c", "print('halo'); raise SystemExit(3)"])
    yield child
    child.stop()


def ended(child) -> None:
    child.process.wait(20)


def test_line_says_who_speaks(child, capsys):
    child.start()
    ended(child)
    time.sleep(0.2)

    assert capsys.readouterr().out == "uji       │ halo\n"


def test_dead_child_is_started_again_after_a_pause_that_doubles(child, capsys):
    pauses, now = [], time.monotonic()
    for _ in range(6):
        child.start()
        ended(child)
        child.look_after(now := child.started_at + 1)
        pauses.append(child.pause)

    child.look_after(now + child.pause - 0.1)
    too_early = child.process
    child.look_after(now + child.pause)

    assert pauses == [2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert (too_early, child.process is not None) == (None, True)
    assert "uji berhenti (kode 3); dimulai lagi dalam 2 detik." in capsys.readouterr().out


def test_child_that_has_lived_long_starts_again_soon(child):
    child.pause = 16
    child.start()
    ended(child)

    child.look_after(child.started_at + 61)

    assert child.pause == 1


def test_stopping_waits_for_the_child_to_end():
    child = Child("uji", [sys.executable, "-c", "import time; print('siap', flush=True); time.sleep(60)"])
    child.start()

    child.stop()

    assert child.process.returncode == -15


def test_taken_port_is_refused_with_a_free_one(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(run, "PORT", taken.getsockname()[1])
        monkeypatch.setattr(run, "LEFT_OVER_SECONDS", 0)

        with pytest.raises(run.Refused, match=r"sedang dipakai program lain.*make run PORT=\d+"):
            run.give_port_time()


def test_second_run_on_the_same_data_is_refused_with_the_address_of_the_first(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "HOME", tmp_path)
    monkeypatch.setattr(run, "PORT", free_port())

    with run.only_run(), pytest.raises(run.Refused, match=r"sudah berjalan: http://127.0.0.1:\d+/"), run.only_run():
        pass


def test_lock_of_an_ended_run_does_not_block(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "HOME", tmp_path)
    monkeypatch.setattr(run, "PORT", free_port())

    with run.only_run():
        pass
    with run.only_run():
        pass
