"""The register by which a higher room tells the calendar of a government's own days of rest."""

import datetime
from collections.abc import Callable, Iterable
from typing import NamedTuple


class OwnDay(NamedTuple):
    on: datetime.date
    name: str
    decree: str
    url: str


_sources: list[Callable] = []
_lists: list[Callable] = []


def offer(source: Callable[[datetime.date, datetime.date], Iterable[OwnDay]], url: Callable[[], str]) -> None:
    """
    Name the function ``(first, last) -> iterable of OwnDay`` that reads the mounted government, and where they are kept.

    The last one counts.
    """
    _sources[:], _lists[:] = [source], [url]


def own_days(first: datetime.date, last: datetime.date) -> list[OwnDay]:
    """The mounted government's own days of rest from ``first`` to ``last``."""
    return list(_sources[0](first, last)) if _sources else []


def list_url() -> str:
    """Where the mounted government keeps them; empty where no room does."""
    return _lists[0]() if _lists else ""
