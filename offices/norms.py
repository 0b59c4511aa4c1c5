"""
Working hours of civil servants as a yardstick for a counter's week: Perpres 21/2023, articles 3 and 4.

It warns and never blocks: units that serve the public directly may have other hours (article 7).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from offices.enums import Weekday
from offices.hours import Span, breaks, duration, minutes, minutes_of
from portal.dates import clock

NOON, PRAYER_BEGINS, PRAYER_ENDS = datetime.time(12), datetime.time(11, 30), datetime.time(13)
FRIDAY = Weekday.FRIDAY


@dataclass(frozen=True)
class Norm:
    """Lengths in minutes: of the week without breaks, of the break, of Friday's."""

    weekly: int
    starts: datetime.time
    pause: int
    friday_pause: int


NORMAL = Norm(37 * 60 + 30, datetime.time(7, 30), 60, 90)
RAMADAN = Norm(32 * 60 + 30, datetime.time(8), 30, 60)


@dataclass(frozen=True)
class Judgement:
    """A week beside the norm: ``total`` and ``norm`` in minutes, and in sentences what departs from it."""

    total: int
    norm: int
    departures: list[str]

    @property
    def total_text(self) -> str:
        return duration(self.total)

    @property
    def norm_text(self) -> str:
        return duration(self.norm)


def judge(week: Iterable[Span], *, ramadan: bool = False) -> Judgement:
    """Compare a week with the norm of the season; an empty one departs from nothing."""
    norm = RAMADAN if ramadan else NORMAL
    days = {weekday: sorted(span for span in week if span.weekday == weekday) for weekday in Weekday}
    week = [span for spans in days.values() for span in spans]
    total = minutes(week)
    departures = [*_length(total, norm), *_start(days, norm), *_pauses(days, norm), *_weekend(days)] if week else []
    return Judgement(total, norm.weekly, departures)


def _length(total: int, norm: Norm) -> list[str]:
    if total == norm.weekly:
        return []
    difference = {"difference": duration(abs(total - norm.weekly))}
    if total > norm.weekly:
        return [_("%(difference)s di atas norma seminggu.") % difference]
    return [_("%(difference)s di bawah norma seminggu.") % difference]


def _start(days: dict[Weekday, list[Span]], norm: Norm) -> list[str]:
    early = [weekday for weekday, spans in days.items() if spans and spans[0].opens < norm.starts]
    if not early:
        return []
    return [_("Mulai sebelum %(time)s: %(days)s.") % {"time": clock(norm.starts), "days": _names(early)}]


def _pauses(days: dict[Weekday, list[Span]], norm: Norm) -> list[str]:
    found = []
    short = [weekday for weekday, spans in days.items() if weekday < FRIDAY and _lacks(spans, NOON, PRAYER_ENDS, norm.pause)]
    if short:
        found.append(_("Istirahat kurang dari %(length)s: %(days)s.") % {"length": duration(norm.pause), "days": _names(short)})
    if _lacks(days[FRIDAY], PRAYER_BEGINS, PRAYER_ENDS, norm.friday_pause):
        found.append(_("Jumat: istirahat kurang dari %(length)s untuk salat Jumat.") % {"length": duration(norm.friday_pause)})
    return found


def _lacks(spans: list[Span], begins: datetime.time, ends: datetime.time, length: int) -> bool:
    """Whether a day that goes on before ``begins`` and after ``ends`` has no break of that length."""
    if not spans or not (spans[0].opens < begins and spans[-1].closes > ends):
        return False
    return all(minutes_of(last) - minutes_of(first) < length for first, last in breaks(spans))


def _weekend(days: dict[Weekday, list[Span]]) -> list[str]:
    found = [weekday for weekday in (Weekday.SATURDAY, Weekday.SUNDAY) if days[weekday]]
    return [_("Buka di luar lima hari kerja: %(days)s.") % {"days": _names(found)}] if found else []


def _names(weekdays: list[Weekday]) -> str:
    return ", ".join(str(weekday.label) for weekday in weekdays)
