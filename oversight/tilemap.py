"""The tile map of the 38 provinces: one equal tile each, near its neighbours. Coordinates and short names are data."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.dates import digits


@dataclass(frozen=True)
class Place:
    """Where the province with this code stands, and the three letters that fit into its tile."""

    column: int
    row: int
    short: str


# code:column,row,letters
_PLACES = (
    "11:0,0,ACE 12:1,1,SUT 13:1,2,SBR 14:2,1,RIA 15:2,2,JAM 16:2,3,SSL 17:1,3,BKL 18:2,4,LAM 19:3,2,BBL 21:3,1,KRI "
    "31:4,5,DKI 32:5,5,JBR 33:6,5,JTG 34:6,6,DIY 35:7,5,JTM 36:3,5,BTN 51:8,6,BAL 52:9,6,NTB 53:10,6,NTT "
    "61:5,2,KBR 62:6,3,KTG 63:7,3,KSL 64:7,2,KTM 65:7,1,KUT 71:11,1,SUU 72:10,2,STG 73:9,4,SSE 74:10,4,STR 75:10,1,GTO "
    "76:9,3,SBT 81:12,4,MAL 82:12,2,MUT 91:15,2,PAP 92:14,2,PBR 93:15,4,PSL 94:14,3,PTG 95:15,3,PPG 96:13,2,PBD"
)


def _read(text: str) -> dict[str, Place]:
    places = {}
    for entry in text.split():
        code, spot = entry.split(":")
        column, row, short = spot.split(",")
        places[code] = Place(int(column), int(row), short)
    return places


PLACES = _read(_PLACES)

# From this share upward a tile has this colour; the legend says the same.
GOOD, FAIR = 90, 60


@dataclass(frozen=True)
class Share:
    """How many of how many governments of a province; ``words`` says it aloud."""

    code: str
    part: int
    whole: int
    url: str
    words: str

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where there is nothing to divide by."""
        return self.part * 100 // self.whole if self.whole else None

    @property
    def kind(self) -> str:
        if self.percent is None:
            return "none"
        return "ok" if self.percent >= GOOD else "warn" if self.percent >= FAIR else "bad"


def tiles(shares: Iterable[Share]) -> list[dict]:
    """What the component ``<c-tiles>`` draws; a province without a place on the map is left to the table beside it."""
    return [_tile(PLACES[share.code], share) for share in shares if share.code in PLACES]


def _tile(place: Place, share: Share) -> dict:
    value = "–" if share.percent is None else digits(share.percent)
    shown = {"column": place.column, "row": place.row, "label": place.short, "value": value}
    return {**shown, "kind": share.kind, "url": share.url, "title": share.words}
