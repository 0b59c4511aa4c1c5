"""
A small map around a place, put together from the pictures of a tile server: no script, and only where one is configured.

Tiles are the square pictures of Web Mercator maps: at zoom 16 the world is 65,536 of them wide. The preview is an SVG whose
origin is the place, so that the place stands in the middle without a style of its own (the pages allow none).
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

SIDE = 256
ZOOM = 16
WIDTH, HEIGHT = 640, 280


@dataclass(frozen=True)
class Tile:
    url: str
    x: int
    y: int


@dataclass(frozen=True)
class Preview:
    """What the template draws; the place is at 0, 0."""

    tiles: tuple[Tile, ...]
    view_box: str
    attribution: str


def preview(latitude: Decimal, longitude: Decimal, *, zoom: int = ZOOM) -> Preview | None:
    """The map around a place; None where no tile server is configured."""
    if not settings.TILE_URL:
        return None
    across, down = _at(float(latitude), float(longitude), zoom)
    first_column, last_column = _reach(across, WIDTH)
    first_row, last_row = _reach(down, HEIGHT)
    tiles = tuple(
        Tile(
            settings.TILE_URL.replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row)),
            round(column * SIDE - across),
            round(row * SIDE - down),
        )
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
    )
    return Preview(tiles, f"{-WIDTH // 2} {-HEIGHT // 2} {WIDTH} {HEIGHT}", settings.TILE_ATTRIBUTION)


def _at(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """The place in pixels of the whole map, from its upper left."""
    size = SIDE * 2**zoom
    bend = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360 * size, (1 - bend / math.pi) / 2 * size


def _reach(middle: float, length: int) -> tuple[int, int]:
    """The first and the last tile that ``length`` pixels around ``middle`` touch."""
    return math.floor((middle - length / 2) / SIDE), math.floor((middle + length / 2) / SIDE)
