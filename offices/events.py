"""
The register by which higher rooms hear that an office has changed.

``office_changed`` is called inside the transaction of the change, so that what listeners write stands or falls with it.
"""

import datetime
import uuid
from collections.abc import Callable

Listener = Callable[..., None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Register ``listener(*, tenant, office_id, at)``; usable as a decorator. Called once per change, in order of registration."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def office_changed(*, tenant, office_id: uuid.UUID, at: datetime.datetime) -> None:
    """Tell all listeners that an office, its hours or its duties have changed. Call it last in the operation's transaction."""
    for listener in _listeners:
        listener(tenant=tenant, office_id=office_id, at=at)
