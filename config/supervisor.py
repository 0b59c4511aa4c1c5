"""
Several programs as one: started together, spoken for line by line, started again when one dies, stopped together.

All stay in the process group of the one that started them. Ctrl-C reaches the whole group, so they leave it to the supervisor,
which stops them one after the other.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field

WIDTH = 9
LONGEST_PAUSE = 30.0
# Who has lived this long has recovered: the next pause is short again.
HEALTHY = 60.0
PATIENCE = 15.0

_speaking = threading.Lock()


def say(who: str, line: str) -> None:
    with _speaking:
        sys.stdout.write(f"{who:<{WIDTH}} │ {line}\n")
        sys.stdout.flush()


def leave_interrupt_to_supervisor() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass
class Child:
    """A program, its process while it runs, and the pause before it is started again."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    pause: float = 1.0
    due_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | self.environment,
            preexec_fn=leave_interrupt_to_supervisor,
        )
        threading.Thread(target=self._repeat, args=(self.process,), daemon=True).start()

    def _repeat(self, process: subprocess.Popen) -> None:
        with process.stdout or nullcontext(()) as lines:
            for line in lines:
                say(self.name, line.rstrip("\n"))

    def look_after(self, now: float) -> None:
        """Start it again, after a pause that doubles, when it has ended."""
        if self.process is None:
            if now >= self.due_at:
                self.start()
        elif self.process.poll() is not None:
            lived = now - self.started_at
            self.pause = 1.0 if lived > HEALTHY else min(self.pause * 2, LONGEST_PAUSE)
            say(
                "loket",
                f"{self.name} berhenti ({_reason(self.process.returncode)}); dimulai lagi dalam {self.pause:.0f} detik.",
            )
            self.process, self.due_at = None, now + self.pause

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            say("loket", f"{self.name} tidak berhenti; dihentikan paksa.")
            self.process.kill()
            self.process.wait()


def _reason(code: int) -> str:
    return f"sinyal {signal.Signals(-code).name}" if code < 0 else f"kode {code}"


class Stopping:
    """Set by SIGINT, SIGTERM and SIGHUP; a second Ctrl-C changes nothing: what has begun to stop, stops."""

    def __init__(self):
        self._asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._asked.set())

    def __bool__(self) -> bool:
        return self._asked.is_set()

    def wait(self, seconds: float) -> None:
        self._asked.wait(seconds)


def keep_running(children: list[Child], stopping: Stopping, also: Callable[[], None]) -> None:
    """Until asked to stop. ``also`` is called once a second."""
    try:
        while not stopping:
            now = time.monotonic()
            also()
            for child in children:
                child.look_after(now)
            stopping.wait(1.0)
    finally:
        say("loket", "Berhenti …")
        for child in children:
            child.stop()
