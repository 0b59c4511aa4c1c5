"""Figures as a table with ratios: what is ours, what it is compared with, and how they relate."""

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One figure; ``peer`` is what it is measured against in the same run (or a target), ``ratio`` how ours relates to it."""

    name: str
    ours: str
    peer: str = ""
    ratio: str = ""


def show(title: str, rows: Iterable[Row]) -> None:
    lines = [Row("", "ours", "peer", "ratio"), *rows]
    widths = [max(len(line[number]) for line in lines) for number in range(len(Row._fields))]
    print(f"\n{title}")
    for line in lines:
        name, *figures = line
        cells = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        print("  ".join([name.ljust(widths[0]), *cells]).rstrip())


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1000, ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)] * 1000
