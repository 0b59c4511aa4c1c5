"""What the pages of the ministry and of the provinces have in common: the circular in view, a government, an office."""

import datetime
from dataclasses import dataclass

from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circulars.models import Circular, Delivery
from offices import hours
from offices.enums import Weekday
from offices.timetable import Timetable
from oversight import briefing, lists, nation, public, queries
from oversight.models import OfficeStatus
from oversight.states import Days

MOST_LETTERS = 30
WEEKS_SHOWN = 3


@dataclass(frozen=True)
class Place:
    """The names of the addresses from where one looks: the ministry's, or a province's."""

    governments: str
    government: str
    offices: str
    office: str
    nationwide: bool


ABOVE = Place("oversight:governments", "oversight:government", "oversight:offices", "oversight:office", nationwide=True)
BELOW = Place("oversight:districts", "oversight:district", "oversight:district_offices", "oversight:district_office", False)


# The circular in view ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letters:
    """The published circulars to choose from, and the one in view: the newest, unless the address names another."""

    choices: list[Circular]
    chosen: Circular | None
    query: QueryDict

    @property
    def is_usual(self) -> bool:
        return self.chosen is None or self.chosen == self.choices[0]

    @property
    def menu(self) -> list["Tab"]:
        """Every choice as a link that keeps the rest of the address."""
        return [Tab(each, _with(self.query, surat=str(each.pk)), each == self.chosen) for each in self.choices]

    def links(self, place: Place = ABOVE) -> briefing.Links:
        fixed = () if self.is_usual else (("surat", str(self.chosen.pk)),)
        return briefing.Links(place.governments, place.offices, fixed)


def letters(request) -> Letters:
    """One query."""
    choices = list(queries.published()[:MOST_LETTERS])
    wanted = request.GET.get("surat", "")
    chosen = next((each for each in choices if str(each.pk) == wanted), choices[0] if choices else None)
    return Letters(choices, chosen, request.GET)


def figure_links(links: briefing.Links) -> dict[str, str]:
    """Where each of the four figures leads."""
    return {
        "opened": links.governments(otonom="ya", jawaban="seen"),
        "acknowledged": links.governments(otonom="ya", jawaban="acknowledged"),
        "equipped": links.governments(otonom="ya", kantor="ada"),
        "staffed": links.governments(otonom="ya", hari="dijaga"),
        "owing": links.governments(otonom="ya", jawaban="owing"),
    }


@dataclass(frozen=True)
class Tab:
    """One of several views of the same page."""

    what: Circular | briefing.Layer
    url: str
    current: bool


def _with(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    changed.pop("hal", None)
    for key, value in changes.items():
        changed[key] = value
    return f"?{changed.urlencode()}"


def layers(request, chosen: briefing.Layer) -> list[Tab]:
    """The measures of the map as links that keep the rest of the address."""
    return [Tab(layer, f"{_with(request.GET, ukuran=layer.key)}#peta", layer == chosen) for layer in briefing.LAYERS]


# A government -----------------------------------------------------------------------------------------------------------------


def government(request, tenant, days: Days, *, crumbs: list, place: Place):
    """The page of one government: circulars, offices, who heads it; of a province also its kabupaten/kota."""
    deliveries = Delivery.objects.filter(tenant=tenant).standing(days.moment).select_related("circular", "acknowledgement")
    offices = list(queries.offices(days).filter(tenant=tenant).order_by("name", "office_id"))
    context = {
        "crumbs": crumbs,
        "tenant": tenant,
        "place": place,
        "nationwide": False,
        "deliveries": list(deliveries.order_by("-delivered_at", "pk")),
        "offices": offices,
        "open_count": sum(each.condition in queries.IN_SERVICE for each in offices),
        "heads": list(queries.heads(tenant, days)) if place.nationwide else None,
        "code": queries.code(tenant),
        "today": days.of(tenant),
    }
    if not tenant.is_province:
        return render(request, "oversight/government.html", context)
    seen = letters(request)
    found = queries.governments(seen.chosen, days).filter(parent=tenant)
    listing = lists.governments(request, found, seen.chosen, days, nationwide=False)
    whole = nation.total(nation.provinces(seen.chosen, days, only=tenant))
    fixed = (*seen.links().fixed, ("provinsi", tenant.slug))
    links = briefing.Links(place.governments, place.offices, fixed)
    more = {"letters": seen, "whole": whole, "links": figure_links(links), "obstacles": briefing.obstacles(whole, links)}
    return listing.respond("oversight/government.html", {**context, **more})


# An office --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """One day of an office's roster as it is seen from above: how many, not who."""

    on: datetime.date
    people: int
    serves: bool
    is_today: bool
    why: str = ""

    @property
    def kind(self) -> str:
        if not self.serves:
            return "none"
        return ("bad", "warn", "ok")[self.people]

    @property
    def weekday(self) -> str:
        return str(Weekday(self.on.isoweekday()).label)

    @property
    def word(self) -> str:
        if not self.serves:
            return self.why or _("tutup")
        return (pgettext("duty", "kosong"), _("1 petugas"), _("2 petugas"))[self.people]


def office(request, found: OfficeStatus, days: Days, *, crumbs: list):
    """The page of one office: its facts with their dates. Names of staff stay in the government."""
    today = days.of(found.tenant)
    timetable = found.hours(queries.rests(days))
    period = timetable.period_on(today)
    context = {
        "crumbs": crumbs,
        "office": found,
        "tenant": found.tenant,
        "today": today,
        "week": hours.grouped(period.week) if period else [],
        "ready_devices": found.ready_devices(today),
        "days_apart": public.days_apart(timetable, today),
        "season": period if period and period.seasonal else None,
        "roster": _roster(found, timetable, today),
    }
    return render(request, "oversight/office.html", context)


def _roster(found: OfficeStatus, timetable: Timetable, today: datetime.date) -> list[Day]:
    """Whole weeks from this week's Monday on."""
    monday = today - datetime.timedelta(today.weekday())
    days = timetable.days(monday, monday + datetime.timedelta(7 * WEEKS_SHOWN - 1))
    return [Day(day.on, found.people_on(day.on), bool(day.hours), day.on == today, day.why) for day in days]
