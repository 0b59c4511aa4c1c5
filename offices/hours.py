"""
Weekly service hours as people write them ("08.00-12.00, 13.00-15.00", "8-12", "tutup") and read them.

Nothing here asks the database: a week is a list of spans, from the tenant's tables, from the status kept above, or from a form.
What they say on a day and at a moment: offices.timetable.
"""

import datetime
import re
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from offices.enums import Weekday
from portal.dates import clock
from portal.errors import DomainError

MOST_SPANS = 6
CLOSED_WORDS = {"", "-", "–", "—", "x", "0", "tutup", "libur", "closed"}
IGNORED = re.compile(r"\b(pukul|pkl|pk|jam|wib|wita|wit)\b\.?")
BETWEEN = r"\s*(?:-|–|—|~|s\s*/\s*d|s\.d\.|sd|sampai|hingga|to)\s*"
GAP = re.compile(r"[\s,;/&+|]*(?:dan)?[\s,;/&+|]*")
HALF_DAY = datetime.timedelta(hours=12)


class UnreadableHours(DomainError):
    code = "unreadable-hours"


class Span(NamedTuple):
    """From ``opens`` until just before ``closes`` on every ISO weekday ``weekday``."""

    weekday: int
    opens: datetime.time
    closes: datetime.time


# Reading and writing ----------------------------------------------------------------------------------------------------------


def _pattern(minute_signs: str) -> re.Pattern:
    one = rf"(\d{{1,2}})(?:\s?[{minute_signs}]\s?(\d{{2}})|(\d{{2}}))?"
    return re.compile(one + BETWEEN + one)


# A comma usually stands between two spans; some write it between hours and minutes.
PATTERNS = (_pattern(".:h"), _pattern(".:h,"))


def _matches(text: str) -> list[re.Match] | None:
    """The spans that make up ``text`` whole, or None where something else stands in it."""
    for pattern in PATTERNS:
        found, place = [], 0
        for match in pattern.finditer(text):
            if not GAP.fullmatch(text[place : match.start()]):
                break
            found.append(match)
            place = match.end()
        else:
            if found and GAP.fullmatch(text[place:]):
                return found
    return None


def _time(hour: str, *minutes: str | None) -> datetime.time:
    minute = next((each for each in minutes if each), "00")
    if int(hour) == 24 and minute == "00":
        raise UnreadableHours(_("Tulis 23.59 untuk tengah malam; pukul 24.00 tidak ada."))
    if int(hour) > 23 or int(minute) > 59:
        raise UnreadableHours(_("Tidak ada pukul %(time)s."), time=f"{hour}.{minute}")
    return datetime.time(int(hour), int(minute))


def read_day(weekday: int, text: str) -> list[Span]:
    """
    The spans of one day as somebody typed them, in order; an empty list where the day is closed.

    Raises UnreadableHours with a sentence that says what to mend.
    """
    plain = IGNORED.sub(" ", text.strip().lower()).strip()
    if plain in CLOSED_WORDS:
        return []
    matches = _matches(plain)
    if matches is None:
        raise UnreadableHours(
            _("“%(text)s” belum terbaca. Tulis seperti 08.00-12.00, 13.00-15.00, atau tutup."), text=text.strip()
        )
    spans = [Span(weekday, _time(*match.groups()[:3]), _time(*match.groups()[3:])) for match in matches]
    check_day(spans)
    return sorted(spans)


def check_day(spans: Iterable[Span]) -> None:
    """Refuse the spans of one day that end before they begin, overlap, or are too many to be meant."""
    ordered = sorted(spans)
    if len(ordered) > MOST_SPANS:
        raise UnreadableHours(_("Paling banyak %(most)s rentang jam dalam sehari."), most=MOST_SPANS)
    for span in ordered:
        if span.closes <= span.opens:
            raise UnreadableHours(_order_sentence(span))
    for before, after in pairwise(ordered):
        if after.opens < before.closes:
            raise UnreadableHours(
                _("%(first)s dan %(second)s bertumpang tindih. Satukan atau pisahkan keduanya."),
                first=spoken(before),
                second=spoken(after),
            )


def _order_sentence(span: Span) -> str:
    sentence = gettext("Jam tutup (%(closes)s) harus sesudah jam buka (%(opens)s).") % {
        "closes": clock(span.closes),
        "opens": clock(span.opens),
    }
    later = (datetime.datetime.combine(datetime.date.min, span.closes) + HALF_DAY).time()
    if span.closes < span.opens < later:
        sentence += " " + gettext("Apakah maksud Anda %(time)s?") % {"time": clock(later)}
    return sentence


def spoken(span: Span) -> str:
    """08.00–12.00"""
    return f"{clock(span.opens)}–{clock(span.closes)}"


def day_text(week: Iterable[Span], weekday: int) -> str:
    """The spans of a day as a form shows them and reads them again: ``08.00-12.00, 13.00-15.00``; empty for a closed day."""
    return ", ".join(f"{span.opens:%H.%M}-{span.closes:%H.%M}" for span in sorted(week) if span.weekday == weekday)


class Days(NamedTuple):
    """Neighbouring days with the same hours, as a table or a sentence shows them."""

    label: str
    hours: str
    closed: bool


def grouped(week: Iterable[Span]) -> list[Days]:
    """The week in as few lines as it takes: Senin–Kamis 08.00–12.00, 13.00–15.00; Jumat …; Sabtu–Minggu tutup."""
    by_day: dict[Weekday, list[str]] = {weekday: [] for weekday in Weekday}
    for span in sorted(week):
        by_day[Weekday(span.weekday)].append(spoken(span))
    lines = []
    for hours, days in groupby(Weekday, key=lambda weekday: ", ".join(by_day[weekday])):
        first, *rest = list(days)
        label = f"{first.label}–{rest[-1].label}" if rest else str(first.label)
        lines.append(Days(label, hours or gettext("tutup"), not hours))
    return lines


# How long ---------------------------------------------------------------------------------------------------------------------


def minutes_of(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def minutes(week: Iterable[Span]) -> int:
    """How many minutes the spans last, breaks left out."""
    return sum(minutes_of(span.closes) - minutes_of(span.opens) for span in week)


def breaks(day: Iterable[Span]) -> list[tuple[datetime.time, datetime.time]]:
    """What lies between the spans of one day."""
    return [(before.closes, after.opens) for before, after in pairwise(sorted(day)) if before.closes < after.opens]


def duration(length: int) -> str:
    """7 jam 30 menit"""
    whole, rest = divmod(length, 60)
    parts = [ngettext("%(count)d jam", "%(count)d jam", whole) % {"count": whole}] if whole or not rest else []
    if rest:
        parts.append(ngettext("%(count)d menit", "%(count)d menit", rest) % {"count": rest})
    return " ".join(parts)


def reading(day: Iterable[Span]) -> str:
    """What was understood of a day's hours: buka 7 jam 30 menit, istirahat 12.00–13.00"""
    spans = sorted(day)
    if not spans:
        return gettext("tutup")
    text = gettext("buka %(length)s") % {"length": duration(minutes(spans))}
    pauses = " & ".join(f"{clock(first)}–{clock(last)}" for first, last in breaks(spans))
    return gettext("%(open)s, istirahat %(breaks)s") % {"open": text, "breaks": pauses} if pauses else text
