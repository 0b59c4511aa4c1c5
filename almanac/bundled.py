"""
The list of holidays that comes with Loket: what the package ``holidays`` knows of Indonesia, in our own terms.

It holds the national holidays (``public``) and the collective leave (``government``) of the joint decrees. A year without any
collective leave has no decree yet: its days are provisional, as are those the package itself marks as estimated.
"""

import datetime
from typing import NamedTuple

import holidays

from almanac.enums import DayKind

COUNTRY, LANGUAGE = "ID", "id"
ESTIMATED = "(perkiraan)"
FIRST, LAST = 2020, 2099
EID = "Hari Raya Idul Fitri"
# Ramadan has 29 or 30 days. Thirty is the guess that costs a day too many at most; the ministry corrects it.
RAMADAN = datetime.timedelta(days=30)
ONE_DAY = datetime.timedelta(days=1)
# The year 1446 began on 7 July 2024; lunar years are counted on from there.
HIJRI_EPOCH, HIJRI_YEAR, LUNAR_YEAR = datetime.date(2024, 7, 7), 1446, 354.367


class ListedDay(NamedTuple):
    on: datetime.date
    name: str
    kind: DayKind
    provisional: bool


class ListedSeason(NamedTuple):
    name: str
    first_on: datetime.date
    last_on: datetime.date
    provisional: bool


def _of(year: int, category: str) -> dict[datetime.date, str]:
    found = holidays.country_holidays(COUNTRY, years=year, categories=(category,), language=LANGUAGE)
    return dict(found.items())


def _plain(name: str) -> str:
    """The name of a day; the package puts several on one day into one text, each perhaps marked as estimated."""
    return " ".join(name.replace(ESTIMATED, "").split()).replace(" ;", ";")[:150]


def days(year: int) -> list[ListedDay]:
    """The holidays and days of collective leave of ``year``, in order; a day that is both is a holiday."""
    leave, public = _of(year, "government"), _of(year, "public")
    undecreed = not leave
    kinds = dict.fromkeys(leave, DayKind.LEAVE) | dict.fromkeys(public, DayKind.HOLIDAY)
    names = leave | public
    return [
        ListedDay(on, _plain(names[on]), kinds[on], provisional=undecreed or ESTIMATED in names[on]) for on in sorted(names)
    ]


def seasons(year: int) -> list[ListedSeason]:
    """
    Ramadan of ``year``, twice in a year in which two begin: up to the eve of Eid al-Fitr.

    Always provisional: no list says when it begins.
    """
    found = []
    for each in days(year) + days(year + 1):
        first = each.on - RAMADAN
        if each.name == EID and first.year == year:
            found.append(ListedSeason(f"Ramadan {hijri_year(each.on)} H", first, each.on - ONE_DAY, provisional=True))
    return found


def hijri_year(on: datetime.date) -> int:
    """The Islamic year on a day well inside it, such as Eid al-Fitr in its tenth month."""
    return HIJRI_YEAR + int((on - HIJRI_EPOCH).days // LUNAR_YEAR)
