"""
Coordinates as people have them: typed ("-6.9147, 107.6098"), with degrees and minutes, as a plus code, or as a link from a map.

Indonesia lies between 6°N and 11°S, 95°E and 141°E, so that latitude and longitude cannot be mistaken for one another: written
the other way round, they are turned.
"""

import re
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from offices import map_codes
from portal.errors import DomainError

LATITUDES = (Decimal("-11.5"), Decimal("6.5"))
LONGITUDES = (Decimal("94.5"), Decimal("141.5"))
SIX_PLACES = Decimal("0.000001")
SHORT_LINKS = ("maps.app.goo.gl", "goo.gl/", "g.co/", "g.page/", "bit.ly/", "s.id/", "tinyurl.")

NUMBER = r"[-+\N{MINUS SIGN}]?\d{1,3}(?:\.\d+)?"
PAIR = rf"({NUMBER})\s*[,;~\s/]\s*({NUMBER})"
NUMBER_PAIR = rf"({NUMBER})_({NUMBER})"  # Bing
# In a link the marked place comes before the middle of the view.
IN_LINKS = [
    re.compile(rf"!3d({NUMBER})!4d({NUMBER})"),
    re.compile(rf"[?&#]mlat=({NUMBER})&mlon=({NUMBER})"),
    re.compile(rf"[?&](?:q|query|ll|sll|daddr|destination|coordinate|cp|center|to|at)=(?:loc:|ll\.)?\s*{PAIR}"),
    re.compile(rf"[?&](?:sp|where1|rtp)=[^&]*?(?:point|pos)\.{NUMBER_PAIR}"),
    re.compile(rf"[?&](?:place_lat|lat|latitude)=({NUMBER})&(?:place_lng|lon|lng|longitude)=({NUMBER})"),
    re.compile(rf"^geo:{PAIR}"),
    re.compile(rf"/(?:place|search|dir)/(?:[^@]*/)?{PAIR}"),
    re.compile(rf"@{PAIR}"),
    re.compile(rf"#map=\d+(?:\.\d+)?/({NUMBER})/({NUMBER})"),
    re.compile(rf"/@?{PAIR}"),
]
TYPED = re.compile(rf"\(?\s*{PAIR}\s*\)?")
DECIMAL_COMMAS = re.compile(
    r"\(?\s*([-+\N{MINUS SIGN}]?\d{1,3}),(\d{3,})\s*[,;\s]\s*([-+\N{MINUS SIGN}]?\d{1,3}),(\d{3,})\s*\)?"
)
DEGREES = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|derajat|\s)\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[′'’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*[″\"”]\s*)?"
    r"(LS|LU|BT|[NSE])",
    re.IGNORECASE,
)


class UnreadableCoordinates(DomainError):
    message = _("Koordinat belum terbaca. Tulis lintang dan bujur seperti -6.914744, 107.609810, atau tempel tautan dari peta.")
    field = "coordinates"
    code = "unreadable-coordinates"


class Place(NamedTuple):
    latitude: Decimal
    longitude: Decimal


def _number(text: str) -> Decimal:
    return Decimal(text.replace("\N{MINUS SIGN}", "-").replace(",", "."))


def _in_link(text: str) -> tuple[Decimal, Decimal] | None:
    link = unquote(text).replace("+", " ")
    short = map_codes.OSM_LINK.search(text)
    if short:
        return map_codes.osm_place(short[1])
    for pattern in IN_LINKS:
        match = pattern.search(link)
        if match:
            return _number(match[1]), _number(match[2])
    return None


def _in_degrees(text: str) -> tuple[Decimal, Decimal] | None:
    """6°54'53.1"S 107°36'35.3"E, 6° 54' LS, 107° 36' BT"""
    found = {}
    for degrees, minutes, seconds, side in DEGREES.findall(text):
        value = _number(degrees) + _number(minutes or "0") / 60 + _number(seconds or "0") / 3600
        side = side.upper()
        found["longitude" if side in ("BT", "E") else "latitude"] = -value if side in ("LS", "S") else value
    return (found["latitude"], found["longitude"]) if len(found) == 2 else None


def _as_typed(text: str) -> tuple[Decimal, Decimal] | None:
    match = TYPED.fullmatch(text)
    if match:
        return _number(match[1]), _number(match[2])
    match = DECIMAL_COMMAS.fullmatch(text)
    if match:
        return _number(f"{match[1]}.{match[2]}"), _number(f"{match[3]}.{match[4]}")
    return None


def _in_plus_code(text: str) -> tuple[Decimal, Decimal] | None:
    """A plus code of Google Maps: whole, or in a link. A short one counts from a town, which takes a map to know."""
    plain = unquote(text)
    whole = map_codes.PLUS_CODE.search(plain)
    if whole:
        return map_codes.plus_place(whole[1], whole[2])
    if "://" not in plain and map_codes.SHORT_PLUS_CODE.search(plain):
        raise UnreadableCoordinates(
            _("Kode plus pendek (seperti 3JP5+4W Bandung) tidak cukup. Salin kode lengkapnya atau tautan petanya.")
        )
    return None


def _within(latitude: Decimal, longitude: Decimal) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def check(latitude: Decimal, longitude: Decimal) -> Place:
    """The place, rounded to six decimals (a decimetre). Refuses what lies outside Indonesia."""
    if not _within(latitude, longitude):
        raise UnreadableCoordinates(
            _("Titik %(latitude)s, %(longitude)s berada di luar Indonesia. Periksa tanda minus dan urutannya: lintang dulu."),
            latitude=latitude,
            longitude=longitude,
        )
    return Place(latitude.quantize(SIX_PLACES), longitude.quantize(SIX_PLACES))


def read(text: str) -> Place | None:
    """The place that ``text`` names; None for an empty text. Raises UnreadableCoordinates."""
    text = text.strip()
    if not text:
        return None
    text = re.sub(r"^GEO:", "geo:", text, flags=re.IGNORECASE)
    is_link = "://" in text or text.startswith("geo:") or re.match(r"[\w.-]+\.\w+/", text)
    pair = (_in_link(text) if is_link else _as_typed(text) or _in_degrees(text)) or _in_plus_code(text)
    if pair is None and any(link in text for link in SHORT_LINKS):
        raise UnreadableCoordinates(
            _("Tautan pendek tidak memuat koordinat. Buka tautannya, lalu salin alamat panjangnya dari peramban.")
        )
    if pair is None:
        raise UnreadableCoordinates
    latitude, longitude = pair
    if not _within(latitude, longitude) and _within(longitude, latitude):
        latitude, longitude = longitude, latitude
    return check(latitude, longitude)
