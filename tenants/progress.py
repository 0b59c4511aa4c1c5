"""How far a long run is: a bar on a terminal, a line every few seconds in a log."""

import sys
import time

from tqdm import tqdm

EVERY = 2.0


class Progress:
    """``with Progress("Menyiapkan skema", 552) as progress: … progress.step()``; says nothing about what is over at once."""

    def __init__(self, label: str, total: int, *, shown: bool = True, stream=None):
        self.label, self.total, self.done = label, total, 0
        self.stream = stream or sys.stderr
        self.shown = shown and total > 1
        self.bar = None
        self.began = self.said_at = time.monotonic()

    def __enter__(self):
        if self.shown and self.stream.isatty():
            self.bar = tqdm(total=self.total, desc=self.label, unit=" pemda", file=self.stream, mininterval=0.2, leave=True)
        return self

    def step(self) -> None:
        self.done += 1
        if self.bar is not None:
            self.bar.update()
        elif self.shown and time.monotonic() - self.said_at >= EVERY and self.done < self.total:
            self._say()

    def __exit__(self, *_exception):
        if self.bar is not None:
            self.bar.close()
        elif self.shown and time.monotonic() - self.began >= 1:
            self._say()

    def _say(self) -> None:
        self.said_at = time.monotonic()
        seconds = f"{self.said_at - self.began:.1f}".replace(".", ",")
        self.stream.write(f"{self.label}: {self.done} dari {self.total} ({self.done * 100 // self.total}%), {seconds} detik\n")
        self.stream.flush()
