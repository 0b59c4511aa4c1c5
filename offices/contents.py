"""
What stands in a room or on a desk by the books of the rooms above: a register that they fill at start-up.

    contents.register(inventory)   # inventory(desks=[…]) or inventory(rooms=[…]) -> list[Content]
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from offices.models import Desk, Room


@dataclass(frozen=True)
class Content:
    """
    One thing, with the address of its page.

    ``url`` is a ``reverse_lazy``: operations ask for names only, also for the REST interface.
    ``purpose`` is that of the rooms in which alone it may stand, empty where it may stand in any. ``holds`` says that it is the
    past of the room rather than something that can be carried out of it, like a finished stock-take.
    """

    name: str
    url: str
    room_id: uuid.UUID
    desk_id: uuid.UUID | None = None
    purpose: str = ""
    holds: bool = False


Source = Callable[..., list[Content]]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def in_room(room: Room) -> list[Content]:
    """All that stands in a room, and what its past has written down."""
    return [content for source in _sources for content in source(rooms=[room])]


def on_desks(desks: Iterable[Desk]) -> list[Content]:
    """All that stands on some desks."""
    desks = list(desks)
    return [content for source in _sources for content in source(desks=desks)] if desks else []
