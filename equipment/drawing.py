"""A stock over its last service days as the points of a drawing: a line in steps, for SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 300, 60, 4


@dataclass(frozen=True)
class Drawing:
    """``line`` and ``area`` are SVG path data inside ``width`` × ``height``; ``minimum`` the height of the minimum, or None."""

    line: str
    area: str
    minimum: float | None
    highest: int
    width: int = WIDTH
    height: int = HEIGHT


def drawn(levels: Sequence[int], minimum: int) -> Drawing | None:
    """None with fewer than two days: a line needs two ends."""
    if len(levels) < 2:
        return None
    highest = max(*levels, minimum, 1)
    step = WIDTH / len(levels)

    def height(level: float) -> float:
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * level / highest, 1)

    parts = [f"M0 {height(levels[0])}"]
    for number, level in enumerate(levels):
        parts.append(f"V{height(level)}H{round(step * (number + 1), 1)}")
    line = "".join(parts)
    return Drawing(line, f"{line}V{HEIGHT}H0Z", height(minimum) if minimum else None, highest)
