"""
Two ways in which maps shorten a place without asking anybody: plus codes (Open Location Code) and short links of OpenStreetMap.

Both are read here in a few lines: the library of plus codes has had no release for years, and there is none for the links.
"""

import re
from decimal import Decimal

DIGITS = "23456789CFGHJMPQRVWX"
PLUS_CODE = re.compile(rf"(?<![A-Z0-9])([{DIGITS}]{{8}})[+ ]([{DIGITS}]{{2,3}})(?![A-Z0-9])", re.IGNORECASE)
SHORT_PLUS_CODE = re.compile(rf"(?<![A-Z0-9])[{DIGITS}]{{4,6}}\+[{DIGITS}]{{2,3}}(?![A-Z0-9])", re.IGNORECASE)
OSM_LINK = re.compile(r"(?:osm\.org|openstreetmap\.org)/go/([A-Za-z0-9_~@=-]{3,14})")
OSM_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~"
ROWS, COLUMNS = 5, 4  # of the cell that an eleventh sign picks


def plus_place(before: str, after: str) -> tuple[Decimal, Decimal]:
    """The middle of the cell of a whole plus code, the part before its plus and the part after."""
    signs = [DIGITS.index(sign) for sign in (before + after).upper()]
    latitude, longitude, step = Decimal(-90), Decimal(-180), Decimal(20)
    for row, column in zip(signs[:10:2], signs[1:10:2], strict=True):
        latitude, longitude = latitude + row * step, longitude + column * step
        step /= 20
    height = width = step * 20
    if len(signs) == 11:
        height, width = height / ROWS, width / COLUMNS
        row, column = divmod(signs[10], COLUMNS)
        latitude, longitude = latitude + row * height, longitude + column * width
    return latitude + height / 2, longitude + width / 2


def osm_place(code: str) -> tuple[Decimal, Decimal]:
    """The middle of the cell of an OpenStreetMap short link: longitude and latitude, bit by bit in turn."""
    longitude = latitude = bits = 0
    for sign in code.replace("@", "~").rstrip("-="):
        value = OSM_DIGITS.find(sign)
        if value < 0:
            break
        for shift in (5, 3, 1):
            longitude = longitude << 1 | (value >> shift & 1)
            latitude = latitude << 1 | (value >> (shift - 1) & 1)
        bits += 3
    half = Decimal("0.5")
    whole = Decimal(2) ** bits
    return (latitude + half) / whole * 180 - 90, (longitude + half) / whole * 360 - 180
