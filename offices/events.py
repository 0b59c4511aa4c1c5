"""
The register by which higher rooms hear of changes to an office.

Both functions are called inside the transaction of the change, so that what listeners write stands or falls with it.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[..., None]

_listeners: list[Listener] = []
_before: list[Listener] = []
_waiting: ContextVar[dict | None] = ContextVar("offices.events.waiting", default=None)


def listen(listener: Listener) -> Listener:
    """Register ``listener(*, tenant, office_id, at)``; usable as a decorator. Called once per change, in order."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def office_changed(*, tenant, office_id: uuid.UUID, at: datetime.datetime) -> None:
    """Tell all listeners that an office, its hours or its duties have changed. Call it last in the operation's transaction."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[office_id] = {"tenant": tenant, "at": at}
        return
    for listener in _listeners:
        listener(tenant=tenant, office_id=office_id, at=at)


@contextmanager
def once_for_each_office(*, silent: bool = False) -> Iterator[None]:
    """
    Around many operations of one transaction: each office that they change is told of once, at the end.

    ``silent``: of none, for what will be undone.
    """
    waiting: dict[uuid.UUID, dict] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for office_id in sorted(waiting) if not silent else ():
        office_changed(office_id=office_id, **waiting[office_id])


def listen_before(listener: Listener) -> Listener:
    """
    Register ``listener(*, office, by, at)``; usable as a decorator.

    It is called with the locked office carrying its new dates, before they are saved. It puts in order what rests on the office
    in its own room, or refuses the change with a DomainError.
    """
    if listener not in _before:
        _before.append(listener)
    return listener


def office_changing(*, office, by, at: datetime.datetime) -> None:
    """Tell all listeners that the time in which ``office`` serves is about to change."""
    for listener in _before:
        listener(office=office, by=by, at=at)
