"""
What everybody may know of a counter: where it is, when it serves, how to reach it. Nothing of its roster.

Read as ``loket_app`` from what the roll-up keeps, so that a visit touches no government's own tables.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Cos, Power, Radians
from django.http import Http404
from django.utils.translation import gettext as _

from offices.timetable import DayHours, Period, Source, Timetable
from oversight import queries
from oversight.models import OfficeStatus
from oversight.states import Days
from portal.dates import plain_date
from prints.editions import Counter, Verdict, judge

AHEAD = datetime.timedelta(days=60)  # how far ahead the days apart are told
NEAR = 100  # offices that are told around a place: the device picks the nearest of them
CHANGES = (Source.SPECIAL, Source.LOCAL, Source.HOLIDAY, Source.LEAVE)


def get_counter(slug: str, office_id: uuid.UUID) -> OfficeStatus:
    """The counter of that government, also one that is not open yet or any more; else Http404. One query."""
    found = OfficeStatus.objects.select_related("tenant__parent").defer("staffed_days", "full_days")
    office = found.filter(tenant__slug=slug, office_id=office_id).first()
    if office is None:
        raise Http404
    return office


def around(latitude: float, longitude: float, days: Days) -> Iterable[OfficeStatus]:
    """
    The ``NEAR`` counters in service nearest to a place, the nearest first; those without coordinates are left out. One query.

    Distances on a plain that is as wide as the latitude makes it: good enough to choose, the device measures anew.
    """
    east = (Cast(F("longitude"), FloatField()) - Value(longitude)) * Cos(Radians(Value(latitude)))
    north = Cast(F("latitude"), FloatField()) - Value(latitude)
    found = queries.counters(days).exclude(latitude=None)
    return found.annotate(away=Power(east, 2) + Power(north, 2)).order_by("away", "office_id")[:NEAR]


def print_in_hand(code: str, office: OfficeStatus, timetable: Timetable, today: datetime.date) -> Verdict | None:
    """Whether the service-hours form that carries ``code`` still holds; None for no such code."""
    facts = (office.name, office.dinas_name, office.address, office.phone, office.whatsapp, office.email)
    return judge(code, Counter(*facts), timetable, today) if code else None


# Days apart -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DaysApart:
    """Neighbouring days that differ from the weekly hours for the same reason."""

    first: datetime.date
    last: datetime.date
    why: str
    hours: str

    @property
    def dates(self) -> str:
        """25 Desember 2026 / 24 Desember 2026 – 3 Januari 2027"""
        first = plain_date(self.first)
        return first if self.first == self.last else f"{first} – {plain_date(self.last)}"


def days_apart(timetable: Timetable, today: datetime.date) -> list[DaysApart]:
    """The days from today on, sixty of them, on which the counter serves otherwise than its week says."""
    telling = [day for day in timetable.days(today, today + AHEAD) if _tells(timetable, day)]
    found = []
    for _key, run in groupby(
        enumerate(telling), key=lambda pair: (pair[1].on.toordinal() - pair[0], pair[1].why, pair[1].text)
    ):
        days = [day for _number, day in run]
        found.append(DaysApart(days[0].on, days[-1].on, days[0].why, days[0].text))
    return found


def _tells(timetable: Timetable, day: DayHours) -> bool:
    """A holiday on a day that is closed anyway tells nothing; a special day always does."""
    return day.source in CHANGES and (day.source == Source.SPECIAL or timetable.is_usual(day.on))


def seasons(timetable: Timetable, today: datetime.date) -> list[Period]:
    """The seasonal schedules that hold now or begin within sixty days."""
    coming = [period for period in timetable.periods if period.seasonal and period.last and period.last >= today]
    return [period for period in coming if period.first is None or period.first <= today + AHEAD]


# For machines -----------------------------------------------------------------------------------------------------------------

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked_data(office: OfficeStatus, timetable: Timetable, today: datetime.date, *, url: str, photo: str = "") -> dict:
    """The counter as schema.org's GovernmentOffice."""
    data: dict = {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": url,
        "url": url,
        "name": office.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.address,
            "addressRegion": office.tenant.name,
            "addressCountry": "ID",
        },
        "parentOrganization": {
            "@type": "GovernmentOrganization",
            "name": office.dinas_name,
            "parentOrganization": {"@type": "GovernmentOrganization", "name": office.tenant.name},
        },
        "isAccessibleForFree": True,
        "openingHoursSpecification": [entry for period in timetable.periods for entry in _weekly(period)],
        "specialOpeningHoursSpecification": [
            entry for days in days_apart(timetable, today) for entry in _special(timetable, days)
        ],
    }
    if office.latitude is not None and office.longitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": float(office.latitude), "longitude": float(office.longitude)}
    optional = {"telephone": office.phone or office.whatsapp, "email": office.email, "photo": photo}
    return data | {key: value for key, value in optional.items() if value}


def _weekly(period: Period) -> list[dict]:
    validity = {"validFrom": period.first, "validThrough": period.last}
    dates = {key: value.isoformat() for key, value in validity.items() if value}
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": DAY_NAMES[span.weekday - 1],
            "opens": f"{span.opens:%H:%M}",
            "closes": f"{span.closes:%H:%M}",
            **dates,
        }
        for span in period.week
    ]


def _special(timetable: Timetable, days: DaysApart) -> list[dict]:
    base = {
        "@type": "OpeningHoursSpecification",
        "name": days.why,
        "validFrom": days.first.isoformat(),
        "validThrough": days.last.isoformat(),
    }
    hours = timetable.day(days.first).hours
    # Closed all day is said by equal times (schema.org).
    return [base | {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"} for opens, closes in hours] or [
        base | {"opens": "00:00", "closes": "00:00"}
    ]


# Ways there -------------------------------------------------------------------------------------------------------------------


def map_links(office: OfficeStatus) -> list[tuple[str, str]]:
    """Name and address of maps that show the place: the application of the device first."""
    if office.latitude is None:
        return []
    place = f"{office.latitude},{office.longitude}"
    marked = f"?mlat={office.latitude}&mlon={office.longitude}#map=17/{office.latitude}/{office.longitude}"
    return [
        (_("Aplikasi peta di perangkat ini"), f"geo:{place}?q={place}"),
        ("Google Maps", f"https://www.google.com/maps/search/?api=1&query={place}"),
        ("OpenStreetMap", f"https://www.openstreetmap.org/{marked}"),
    ]
