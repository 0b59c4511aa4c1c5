"""
What a measurement means: the one place of the thresholds for a device's internet and browser (points 19, 20), and their words.

The thresholds are ours (ADR 0066): what the pages of the programme and a photograph of 1 MB need at a counter.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from almanac.enums import Browser
from almanac.models import BrowserVersion
from equipment.enums import ItemKind
from portal.dates import digits, plain_date

LEAST_DOWN, LEAST_UP = 2, 0.5  # Mbit/s
MOST_LATENCY = 300  # ms
MOST_BEHIND = 3
OLDEST = datetime.timedelta(days=183)


@dataclass(frozen=True)
class Verdict:
    """``ok`` and why, in a sentence for people; ``result`` is what the check keeps."""

    ok: bool
    note: str
    result: dict


# Internet ---------------------------------------------------------------------------------------------------------------------


def internet(*, down: float, up: float, latency: float) -> Verdict:
    """Whether a line carries a registration: ``down`` and ``up`` in Mbit/s, ``latency`` in ms."""
    result = {"down": round(down, 1), "up": round(up, 1), "latency": round(latency)}
    faults = []
    if result["down"] < LEAST_DOWN:
        faults.append(_("unduh %(speed)s Mbit/s, perlu %(least)s") % _speeds(result["down"], LEAST_DOWN))
    if result["up"] < LEAST_UP:
        faults.append(_("unggah %(speed)s Mbit/s, perlu %(least)s") % _speeds(result["up"], LEAST_UP))
    if result["latency"] > MOST_LATENCY:
        words = {"latency": digits(result["latency"]), "most": digits(MOST_LATENCY)}
        faults.append(_("jeda %(latency)s ms, paling lama %(most)s") % words)
    return Verdict(not faults, "; ".join(faults), result)


def _speeds(speed: float, least: float) -> dict:
    return {"speed": figure(speed), "least": figure(least)}


def figure(number: float) -> str:
    """12,4 or 40: without a decimal that says nothing."""
    return digits(int(number) if number == int(number) else number)


def spoken(result: dict) -> str:
    """What a check kept, in words: "unduh 12,4 · unggah 3,1 Mbit/s · jeda 40 ms", "Google Chrome 157"."""
    if "down" in result:
        words = {name: figure(result[name]) for name in ("down", "up", "latency")}
        return _("unduh %(down)s · unggah %(up)s Mbit/s · jeda %(latency)s ms") % words
    if "major" in result:
        return _named(result.get("browser", ""), result["major"])
    return ""


# Browser ----------------------------------------------------------------------------------------------------------------------

BRANDS = {
    "Microsoft Edge": Browser.EDGE,
    "Opera": Browser.OPERA,
    "Samsung Internet": Browser.SAMSUNG,
    "Google Chrome": Browser.CHROME,
    "Chromium": Browser.CHROME,
}
BRAND = re.compile(r'"([^"]{1,40})";\s*v="(\d{1,4})')
# In this order: most of them also say that they are Chrome or Safari.
AGENTS = (
    (re.compile(r"\b(?:Edg|EdgA|EdgiOS)/(\d{1,4})"), Browser.EDGE),
    (re.compile(r"\b(?:OPR|OPT)/(\d{1,4})"), Browser.OPERA),
    (re.compile(r"\bSamsungBrowser/(\d{1,4})"), Browser.SAMSUNG),
    (re.compile(r"\b(?:Firefox|FxiOS)/(\d{1,4})"), Browser.FIREFOX),
    (re.compile(r"\b(?:Chrome|CriOS)/(\d{1,4})"), Browser.CHROME),
    (re.compile(r"\bVersion/(\d{1,4})\S* (?:Mobile/\S+ )?Safari/"), Browser.SAFARI),
)
PHONE = re.compile(r"\b(?:Mobile|Android|iPhone)\b")


@dataclass(frozen=True)
class Agent:
    """The browser that asks, by what it says of itself; ``browser`` is empty for one that is not followed."""

    browser: str
    major: int
    handheld: bool

    @property
    def name(self) -> str:
        return _named(self.browser, self.major)


def _named(browser: str, major: int) -> str:
    known = dict(Browser.choices)
    return f"{known[browser]} {major}" if browser in known else str(_("peramban yang tidak dikenal"))


def agent(headers) -> Agent:
    """Who asks, from the User-Agent Client Hints (which no browser fakes for compatibility), else from the User-Agent."""
    text, hints = headers.get("User-Agent", ""), headers.get("Sec-CH-UA", "")
    handheld = headers.get("Sec-CH-UA-Mobile", "") == "?1" or bool(PHONE.search(text))
    given = {BRANDS[name]: int(major) for name, major in reversed(BRAND.findall(hints)) if name in BRANDS}
    others = [browser for browser in given if browser != Browser.CHROME]
    if given:
        browser = others[0] if others else Browser.CHROME
        return Agent(browser, given[browser], handheld)
    for pattern, browser in AGENTS:
        if found := pattern.search(text):
            return Agent(browser, int(found[1]), handheld)
    return Agent("", 0, handheld)


def browser(found: Agent, on: datetime.date) -> Verdict:
    """
    Whether the browser is current on the day ``on`` by the list that the ministry keeps.

    Not current is one more than three versions behind the newest, or half a year old while a newer one is out.
    """
    result = {"browser": found.browser, "major": found.major} if found.browser else {}
    known = BrowserVersion.objects.filter(browser=found.browser, released_on__lte=on)
    newest = known.order_by("-major").first() if found.browser else None
    if newest is None:
        return Verdict(False, _("tidak ada dalam daftar peramban; pakai Chrome, Edge, Firefox, Safari, atau Opera"), result)
    if found.major >= newest.major:
        return Verdict(True, "", result)
    own = known.filter(major=found.major).first()
    behind, old = newest.major - found.major, own is None or on - own.released_on > OLDEST
    if behind <= MOST_BEHIND and not old:
        return Verdict(True, "", result)
    words = {"name": found.name, "newest": newest.major, "day": plain_date(newest.released_on)}
    return Verdict(False, _("%(name)s; yang terbaru %(newest)s, terbit %(day)s") % words, result)


def is_another_kind(found: Agent, kind: str) -> bool:
    """Whether the page was opened on a telephone although the thing is a computer, or the other way round."""
    if kind in (ItemKind.DESKTOP, ItemKind.LAPTOP):
        return found.handheld
    return kind == ItemKind.SMARTPHONE and not found.handheld
