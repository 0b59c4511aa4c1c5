"""
The short way from nothing to an office in service, as a task list. Each room adds the steps that are its own.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One task; ``url`` is empty for who may not do it. ``state`` is set by ``steps``: done, next or later."""

    key: str
    label: str
    hint: str
    url: str
    done: bool
    state: str = "later"

    @property
    def kind(self) -> str:
        return {"done": "ok", "next": "warn"}.get(self.state, "none")

    @property
    def word(self) -> str:
        return {"done": _("selesai"), "next": _("berikutnya")}.get(self.state, _("nanti"))


@dataclass(frozen=True)
class FirstDay:
    steps: tuple[Step, ...] = ()

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do; also for who has nothing to do with it."""
        return all(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


Source = Callable[..., list[Step]]
_sources: dict[int, Source] = {}


def register(order: int, source: Source) -> None:
    """Add ``source(member, on) -> list[Step]``."""
    _sources[order] = source


def first_day(member, on: datetime.date) -> FirstDay:
    """
    The steps of ``member`` (head or operator of a dinas, head of a government) on the local day ``on``; none for others.

    Done steps lead to what was done; the first that is not done is next, those after it have no link yet.
    """
    if not member.may("offices.edit"):
        return FirstDay()
    steps = [step for _order, source in sorted(_sources.items()) for step in source(member, on)]
    following = next((number for number, step in enumerate(steps) if not step.done), len(steps))
    return FirstDay(
        tuple(
            replace(
                step,
                state="done" if step.done else "next" if number == following else "later",
                url=step.url if step.done or number == following else "",
            )
            for number, step in enumerate(steps)
        )
    )
