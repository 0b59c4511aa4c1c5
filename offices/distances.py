"""
How far desks stand apart, in whole centimetres: the one rule for pages, REST interface, roll-up and static/portal/plan.js.

The distance of two desks is the gap between their edges, measured straight (round a corner: from corner to corner); desks that
touch or overlap have none. Fractions are cut off, so that 99,9 cm is 99 cm and not a metre. Point 27 of the Kemnaker procedure
asks for a metre on every side.
"""

import math
from typing import NamedTuple

MINIMUM = 100


class Rect(NamedTuple):
    """A desk on the plan: its corner next to the room's upper left, and its top."""

    x: int
    y: int
    width: int
    depth: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.depth


def _reach(a: Rect, b: Rect) -> tuple[int, int]:
    """How far the two lie apart sideways and in depth; zero where they stand beside each other."""
    return max(0, b.x - a.right, a.x - b.right), max(0, b.y - a.bottom, a.y - b.bottom)


def gap(a: Rect, b: Rect) -> int:
    """The distance in whole centimetres."""
    across, along = _reach(a, b)
    return math.isqrt(across * across + along * along)


def overlap(a: Rect, b: Rect) -> bool:
    """Whether they cover some of the same floor; touching is not enough."""
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def is_inside(desk: Rect, width: int, depth: int) -> bool:
    """Whether a desk stands on a floor of this size with all of its top."""
    return desk.x >= 0 and desk.y >= 0 and desk.right <= width and desk.bottom <= depth


def between(a: Rect, b: Rect) -> tuple[float, float, float, float]:
    """The two points between which the gap is measured (x1, y1, x2, y2); where they overlap, the middle of it twice."""
    x1, x2 = _ends(a.x, a.right, b.x, b.right)
    y1, y2 = _ends(a.y, a.bottom, b.y, b.bottom)
    return x1, y1, x2, y2


def _ends(a_from: int, a_to: int, b_from: int, b_to: int) -> tuple[float, float]:
    if b_from > a_to:
        return a_to, b_from
    if a_from > b_to:
        return a_from, b_to
    middle = (max(a_from, b_from) + min(a_to, b_to)) / 2
    return middle, middle


# The same over a tenant's tables ----------------------------------------------------------------------------------------------

# Of two desks ``a`` and ``b`` that both stand on the plan.
ACROSS = "greatest(0, b.x - a.x - a.width, a.x - b.x - b.width)"
ALONG = "greatest(0, b.y - a.y - a.depth, a.y - b.y - b.depth)"
GAP = f"floor(sqrt({ACROSS} * {ACROSS} + {ALONG} * {ALONG}))::integer"


def crowded_pairs(office: str) -> str:
    """SQL: how many pairs of desks of the office, an SQL expression like ``o.id``, stand less than a metre apart."""
    return f"""(SELECT count(*)::integer FROM offices_room r JOIN offices_desk a ON a.room_id = r.id
        JOIN offices_desk b ON b.room_id = r.id AND b.id > a.id
        WHERE r.office_id = {office} AND a.x IS NOT NULL AND b.x IS NOT NULL AND {GAP} < {MINIMUM})"""  # noqa: S608 - no input


def stray_desks(office: str) -> str:
    """SQL: how many desks of the office stand beyond the floor of their room."""
    return f"""(SELECT count(*)::integer FROM offices_room r JOIN offices_desk a ON a.room_id = r.id
        WHERE r.office_id = {office} AND (a.x + a.width > r.width OR a.y + a.depth > r.depth))"""  # noqa: S608 - no input


def unplaced_desks(office: str) -> str:
    """SQL: how many desks of the office are not on a plan yet."""
    return f"""(SELECT count(*)::integer FROM offices_room r JOIN offices_desk a ON a.room_id = r.id
        WHERE r.office_id = {office} AND a.x IS NULL)"""  # noqa: S608 - no input
