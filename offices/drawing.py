"""What the drawing of a plan is made of (templates/offices/plan_drawing.html): centimetres, as SVG wants its numbers."""

from dataclasses import dataclass

from offices import distances
from offices.measures import metres
from offices.queries_layout import RoomState, rect

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
    """A line between two desks that stand too near, with its number in the middle."""

    x1: str
    y1: str
    x2: str
    y2: str
    middle_x: str
    middle_y: str
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
            desks.append(DrawnDesk(row, desk.name, *(number(each) for each in at), kind))
    for pair in state.close:
        x1, y1, x2, y2 = distances.between(rect(pair.first), rect(pair.second))
        ends = [number(each) for each in (x1, y1, x2, y2, (x1 + x2) / 2, (y1 + y2) / 2)]
        gaps.append(DrawnGap(*ends, pair.distance, pair.overlaps))
    letter = max(width / 46, depth / 40)
    edge = letter * 2
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
