"""What the drawing of a plan is made of (templates/offices/plan_drawing.html): centimetres, as SVG wants its numbers."""

from dataclasses import dataclass

from offices import distances
from offices.distances import Rect
from offices.measures import metres
from offices.queries_layout import Pair, RoomState, rect

STEP = 100


def number(value: float) -> str:
    """Without the decimal comma of the page's language."""
    return f"{value:g}"


@dataclass(frozen=True)
class DrawnDesk:
    """``row`` is its row in the table below the plan."""

    row: int
    name: str
    x: str
    y: str
    width: str
    depth: str
    kind: str


@dataclass(frozen=True)
class DrawnGap:
    """
    A line between two desks that stand too near, and the label with its number beside it, clear of the desks' names.

    ``line`` ends where the label hangs: at ``x`` and ``y``. The label's own measures are in em, which the page's width decides.
    """

    line: str
    x: str
    y: str
    box: str
    box_top: str
    box_width: str
    sign: str
    sign_top: str
    word: str
    word_top: str
    distance: int
    overlaps: bool


@dataclass(frozen=True)
class Drawing:
    width: str
    depth: str
    view: str
    letter: str
    grid: str
    across: str
    along: str
    wide: bool
    desks: list[DrawnDesk]
    gaps: list[DrawnGap]


def drawing(state: RoomState) -> Drawing | None:
    """The plan of a room as ``state`` has it; None while the room has not been measured."""
    width, depth = state.room.width, state.room.depth
    if width is None or depth is None:
        return None
    faulty = {id(desk) for pair in state.close for desk in (pair.first, pair.second)} | {id(desk) for desk in state.stray}
    desks, gaps = [], []
    for row, desk in enumerate(state.desks):
        if at := rect(desk):
            kind = "bad" if id(desk) in faulty else "ok"
            desks.append(DrawnDesk(row, desk.name, number(at.x), number(at.y), number(at.width), number(at.depth), kind))
    for pair in state.close:
        first, second = rect(pair.first), rect(pair.second)
        if first and second:  # as in every pair: queries_layout.pairs takes desks that stand on the plan
            gaps.append(_gap(pair, first, second, width, depth))
    letter = max(width / 46, depth / 40)
    edge = letter * 3
    lines = [f"M{x} 0V{depth}" for x in range(STEP, width, STEP)] + [f"M0 {y}H{width}" for y in range(STEP, depth, STEP)]
    return Drawing(
        width=str(width),
        depth=str(depth),
        view=" ".join(number(round(each, 1)) for each in (-edge, -edge, width + 2 * edge, depth + 2 * edge)),
        letter=number(round(letter, 1)),
        grid="".join(lines),
        across=metres(width),
        along=metres(depth),
        wide=width > depth,
        desks=desks,
        gaps=gaps,
    )


def _gap(pair: Pair, first: Rect, second: Rect, width: int, depth: int) -> DrawnGap:
    """static/portal/plan.js hangs the label in the same way."""
    x1, y1, x2, y2 = distances.between(first, second)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    half = 4.6 if pair.overlaps else 3.2
    line, across, along = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", 0.0, 0.0
    if y1 == y2 and x1 != x2:  # side by side: below both, or above where the wall is near
        low, high = max(first.bottom, second.bottom), min(first.y, second.y)
        y, along = (low, 1.1) if low + STEP < depth else (high, -1.1)
    elif x1 == x2 and y1 != y2:  # one behind the other: right of both, or left
        right, left = max(first.right, second.right), min(first.x, second.x)
        x, across = (right, half + 0.2) if right + STEP < width else (left, -half - 0.2)
    if across or along:
        line += f"M{number((x1 + x2) / 2)} {number((y1 + y2) / 2)}L{number(x)} {number(y)}"
    ems = (across - half, along - 0.9, 2 * half, across - half + 0.3, along - 0.65, across + 0.8, along)
    box, box_top, box_width, sign, sign_top, word, word_top = (f"{number(round(each, 2))}em" for each in ems)
    return DrawnGap(
        line, number(x), number(y), box, box_top, box_width, sign, sign_top, word, word_top, pair.distance, pair.overlaps
    )
