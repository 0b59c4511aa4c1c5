"""
The register by which higher rooms hear of changes to an office.

Both functions are called inside the transaction of the change, so that what listeners write stands or falls with it.
"""

import datetime
import uuid
from collections.abc import Callable

Listener = Callable[..., None]

_listeners: list[Listener] = []
_before: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Register ``listener(*, tenant, office_id, at)``; usable as a decorator. Called once per change, in order."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def office_changed(*, tenant, office_id: uuid.UUID, at: datetime.datetime) -> None:
    """Tell all listeners that an office, its hours or its duties have changed. Call it last in the operation's transaction."""
    for listener in _listeners:
        listener(tenant=tenant, office_id=office_id, at=at)


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
