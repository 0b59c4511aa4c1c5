"""
What a print says, the short code of it, and whether a print that was put up earlier still says what holds.

A print is compared by what it says, never by its bytes, its language or its age. The service-hours form names days up to
``HORIZON`` ahead: it is out of date when what it says of a coming day, or of the regular week, is not so any more. A day that
has passed drops out on both sides, and a day beyond those it names was not promised; so no print goes out of date by time
alone, unless it names its own end.

The code of the form is two words: ``K7XMB-6QT``. The first is made of what does not depend on the day (name, address, contact,
regular week), the second is the day of printing: so the public page can tell from public facts alone whether it still holds.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from offices.enums import Weekday
from offices.hours import Span
from offices.timetable import Period, Source, Timetable

HORIZON = datetime.timedelta(days=30)
# Crockford's digits: none can be taken for another.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_DAY = datetime.date(2020, 1, 1)
APART = (Source.SPECIAL, Source.LOCAL, Source.HOLIDAY, Source.LEAVE)
MENDED = str.maketrans("OIL", "011")

Says = Mapping


@dataclass(frozen=True)
class Edition:
    """What a print says now (plain JSON, language-free) and the code that stands on it."""

    says: dict
    code: str


def digest(says: object) -> str:
    """Five signs that stand for ``says``: equal for equal content, whatever the order of its keys."""
    canonical = json.dumps(says, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    number = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:8])
    return _written(number, 5)


def _written(number: int, length: int) -> str:
    signs = ""
    for _place in range(length):
        number, digit = divmod(number, len(DIGITS))
        signs = DIGITS[digit] + signs
    return signs


def plain(says: dict) -> Edition:
    """The edition of a print that has nothing to do with the day."""
    return Edition(says, digest(says))


# The service-hours form -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counter:
    """Who serves: the facts of an office as the form names them."""

    name: str
    dinas: str
    address: str
    phone: str = ""
    whatsapp: str = ""
    email: str = ""

    @classmethod
    def of(cls, office) -> "Counter":
        return cls(office.name, office.dinas.name, office.address, office.phone, office.whatsapp, office.email)

    def says(self) -> dict:
        contact = [self.phone, self.whatsapp, self.email]
        return {"name": self.name, "dinas": self.dinas, "address": self.address, "contact": contact}


def _spans(week: Iterable[Span]) -> list:
    return [[span.weekday, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in sorted(week)]


def _regular(timetable: Timetable, on: datetime.date) -> list:
    return _spans(next((period.week for period in timetable.periods if not period.seasonal and period.holds_on(on)), ()))


def _period(period: Period, first: datetime.date) -> list:
    """One schedule as the form tells it: of a season both ends, of a regular week the beginning only where it lies ahead."""
    begins = period.first if period.first and (period.first > first or period.seasonal) else None
    ends = period.last
    return [period.seasonal, period.name, begins and begins.isoformat(), ends and ends.isoformat(), _spans(period.week)]


def hours_says(counter: Counter, timetable: Timetable, on: datetime.date, until: datetime.date | None = None) -> dict:
    """What the service-hours form says on the day ``on`` of the days until ``until`` (``HORIZON`` ahead)."""
    until = max(on, until or on + HORIZON)
    days = [
        [day.on.isoformat(), [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in day.hours], day.why]
        for day in timetable.days(on, until)
        if day.source in APART and (day.hours or _usually_open(timetable, day.on))
    ]
    opens = timetable.opened_on.isoformat() if timetable.opened_on and timetable.opened_on > on else None
    closes = timetable.closed_on.isoformat() if timetable.closed_on else None
    return {
        **counter.says(),
        "on": on.isoformat(),
        "until": until.isoformat(),
        "service": [opens, closes],
        "periods": [_period(period, on) for period in standing_periods(timetable, on, until)],
        "days": days,
    }


def standing_periods(timetable: Timetable, on: datetime.date, until: datetime.date) -> list[Period]:
    """The schedules that hold on any day from ``on`` to ``until``: the regular ones in time, then the seasons."""
    standing = [
        period
        for period in timetable.periods
        if (period.first is None or period.first <= until) and (period.last is None or period.last >= on)
    ]
    return sorted(standing, key=lambda period: (period.seasonal, period.first or datetime.date.min))


def _usually_open(timetable: Timetable, on: datetime.date) -> bool:
    period = timetable.period_on(on)
    return period is not None and any(span.weekday == on.isoweekday() for span in period.week)


def hours(counter: Counter, timetable: Timetable, on: datetime.date) -> Edition:
    """The edition of the service-hours form on ``on``."""
    return Edition(hours_says(counter, timetable, on), hours_code(counter, timetable, on))


def hours_code(counter: Counter, timetable: Timetable, on: datetime.date) -> str:
    """The code of the form that is printed on ``on``; made of public facts alone."""
    return f"{_hours_digest(counter, timetable, on)}-{_written((on - FIRST_DAY).days, 3)}"


def _hours_digest(counter: Counter, timetable: Timetable, on: datetime.date) -> str:
    return digest([counter.says(), _regular(timetable, on)])


@dataclass(frozen=True)
class Verdict:
    """Of a form in a reader's hand: the day on which it was printed, and whether its weekly hours and contact still hold."""

    printed_on: datetime.date
    holds: bool


def judge(code: str, counter: Counter, timetable: Timetable, on: datetime.date) -> Verdict | None:
    """What the public page says of a form with ``code``; None for what is no such code."""
    first, _dash, second = code.strip().upper().translate(MENDED).partition("-")
    if len(first) != 5 or len(second) != 3 or set(first + second) - set(DIGITS):
        return None
    number = 0
    for sign in second:
        number = number * len(DIGITS) + DIGITS.index(sign)
    printed_on = FIRST_DAY + datetime.timedelta(days=number)
    if printed_on > on + datetime.timedelta(days=1):  # a day of slack for readers in another zone
        return None
    return Verdict(printed_on, first == _hours_digest(counter, timetable, on))


def still_ahead(says: Says, on: datetime.date) -> dict:
    """What a form that was printed earlier says of ``on`` and the days after it."""
    day = on.isoformat()
    opens, closes = says["service"]
    periods = []
    for seasonal, name, begins, ends, week in says["periods"]:
        if ends and ends < day:
            continue
        periods.append([seasonal, name, begins if seasonal or (begins and begins > day) else None, ends, week])
    return {
        **{name: says[name] for name in ("name", "dinas", "address", "contact")},
        "service": [opens if opens and opens > day else None, closes],
        "periods": periods,
        "days": [each for each in says["days"] if each[0] >= day],
    }


def hours_differences(says: Says, counter: Counter, timetable: Timetable, on: datetime.date) -> list[str]:
    """What of a form printed earlier does not hold any more on ``on``, in words; empty where all of it holds."""
    until = datetime.date.fromisoformat(says["until"])
    before, now = still_ahead(says, on), still_ahead(hours_says(counter, timetable, on, until), on)
    if until < on:
        # All days that it named have passed; what is left is the week and whom to ask.
        before["periods"] = [period[4] for period in before["periods"] if not period[0]]
        now["periods"] = [_regular(timetable, on)] if _has_regular(timetable, on) else []
        before["days"] = now["days"] = []
    return [word for key, word in _words().items() if before[key] != now[key]]


def _has_regular(timetable: Timetable, on: datetime.date) -> bool:
    return any(not period.seasonal and period.holds_on(on) for period in timetable.periods)


def _words() -> dict[str, str]:
    return {
        "name": _("nama kantor"),
        "dinas": _("nama dinas"),
        "address": _("alamat"),
        "contact": _("telepon atau surel"),
        "service": _("awal atau akhir layanan"),
        "periods": _("jam layanan"),
        "days": _("hari khusus"),
    }


# Other prints -----------------------------------------------------------------------------------------------------------------


def differences(says: Says, now: Says, words: Mapping[str, str]) -> list[str]:
    """The parts of ``words`` in which two contents differ; at least one word where they differ at all."""
    found = [word for key, word in words.items() if says.get(key) != now.get(key)]
    return found or ([_("isinya")] if dict(says) != dict(now) else [])


def weekday_label(number: int) -> str:
    return str(Weekday(number).label)


def listed(words: Sequence[str]) -> str:
    """jam layanan, alamat dan hari khusus"""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s dan %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
