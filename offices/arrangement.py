"""
Laying desks out by themselves: in rows from the upper left, a metre between all of them and, as far as the room allows, to the
walls.

Not the densest of all arrangements, but one that everybody understands at a look and puts right by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from offices.distances import MINIMUM, Rect, gap

# To the walls a metre if that goes, else half, else none; between desks always a metre.
MARGINS = (MINIMUM, MINIMUM // 2, 0)
GRID = 5


@dataclass(frozen=True)
class Arrangement:
    """Where each desk goes (None: there is no room for it any more), and how far the desks keep from the walls."""

    places: tuple[Rect | None, ...]
    margin: int

    @property
    def placed(self) -> int:
        return sum(place is not None for place in self.places)


def arrange(width: int, depth: int, sizes: Sequence[tuple[int, int]]) -> Arrangement:
    """
    Places for desks of these sizes (width, depth) in a room, in their order.

    Of the distances to the walls the largest at which all fit; where they never do, the one at which most fit.
    """
    tried = [
        Arrangement(_rows(width, depth, chosen, margin), margin) for margin in MARGINS for chosen in (sizes, _turned(sizes))
    ]
    return max(tried, key=lambda each: each.placed)


def capacity(width: int, depth: int, size: tuple[int, int]) -> int:
    """How many desks of one size fit with a metre between them."""
    return max(_in_line(width, one) * _in_line(depth, other) for one, other in (size, size[::-1]))


def _in_line(length: int, desk: int) -> int:
    return (length - desk) // up(desk + MINIMUM) + 1 if desk <= length else 0


def free_place(width: int, depth: int, size: tuple[int, int], taken: Sequence[Rect]) -> Rect | None:
    """The first spot from the upper left for one more desk, a metre from all others; None where there is none."""
    step = max(5 * GRID, up(max(width, depth) // 60))
    for margin in MARGINS:
        for y in range(margin, depth - size[1] - margin + 1, step):
            for x in range(margin, width - size[0] - margin + 1, step):
                spot = Rect(x, y, *size)
                if all(gap(spot, other) >= MINIMUM for other in taken):
                    return spot
    return None


def up(length: int) -> int:
    """The next mark of the plan's grid."""
    return -(-length // GRID) * GRID


def _turned(sizes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(depth, width) for width, depth in sizes]


def _rows(width: int, depth: int, sizes: Sequence[tuple[int, int]], margin: int) -> tuple[Rect | None, ...]:
    """Desk after desk in rows; the first that fits no more ends it, so that nobody has to look for the one left out."""
    places: list[Rect | None] = []
    x = y = margin
    row = 0
    full = False
    for desk_width, desk_depth in sizes:
        if x > margin and x + desk_width > width - margin:
            x, y, row = margin, y + up(row + MINIMUM), 0
        full = full or x + desk_width > width - margin or y + desk_depth > depth - margin
        if full:
            places.append(None)
            continue
        places.append(Rect(x, y, desk_width, desk_depth))
        x += up(desk_width + MINIMUM)
        row = max(row, desk_depth)
    return tuple(places)
