"""A process that is started together with others ends with the one that started them, also when that is killed."""

import os
import signal
import threading
import time


def end_with(parent: int) -> None:
    """Watch ``parent`` from a thread; when this process has another parent, ask it to stop as Ctrl-C would. 0: do nothing."""
    if parent:
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="end-with-parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
