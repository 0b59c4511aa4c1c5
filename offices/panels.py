"""
What higher rooms show on the pages of an office: a register that they fill at start-up.

    panels.register(Panel("detail", 10, "staffing/office_panel.html", office_duties, right="duties.view"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Panel:
    """
    One card. ``context(request, office)`` gives its ``panel`` variable; where it gives None the card is left out.

    ``place``: "detail" (the office's page) or "closing" (what the closing will bring about, on the page that asks for it),
    "room" (the page of a room; ``context`` gets the room).
    """

    place: Literal["detail", "closing", "room"]
    order: int
    template: str
    context: Callable
    right: str = ""


@dataclass(frozen=True)
class Shown:
    template: str
    panel: object


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def shown(place: str, request, office) -> list[Shown]:
    """The cards of ``place`` that this request's member may see, in order."""
    found = []
    for panel in sorted(_panels, key=lambda each: each.order):
        if panel.place != place or (panel.right and not request.member.may(panel.right)):
            continue
        context = panel.context(request, office)
        if context is not None:
            found.append(Shown(panel.template, context))
    return found
