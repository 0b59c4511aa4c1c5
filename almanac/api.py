"""Endpoints of the country's calendar: read by every government, kept by the ministry."""

import datetime

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from almanac import operations, operations_upkeep, queries
from almanac.enums import Browser, DayKind, DaySource
from almanac.models import BrowserVersion, PublicDay, Season
from almanac.own_days import own_days
from portal.api import page_of
from portal.api_fields import DAY, DAY_PATTERN, Choice, Day, Entries, Flag, Line, Whole
from portal.api_filters import Filters, OneOf, Search, YesNo, period
from portal.openapi import example, operation

DAY_SCHEMA = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
PERIOD = (
    OpenApiParameter("from", DAY_SCHEMA, description="The first day."),
    OpenApiParameter("until", DAY_SCHEMA, description="The last day."),
)
MOST_DAYS = datetime.timedelta(days=731)
LOCAL = "local"
FACTS = {"name": "Hari Raya Natal", "kind": "holiday", "provisional": False, "decree": ""}
PUBLIC_DAY = {"on": "2026-12-25", **FACTS, "cancelled": False, "source": "list", "version": 1}
SEASON_FACTS = {"name": "Ramadan 1448 H", "first_on": "2027-02-08", "last_on": "2027-03-09", "provisional": True}
SEASON = {**SEASON_FACTS, "source": "list", "version": 1}
BROWSER = {"browser": "chrome", "major": 157, "released_on": "2026-11-03", "source": "list", "version": 1}


def day_in_path(text: str) -> datetime.date:
    """The date that an address names; Http404 for what is none."""
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else _nothing()
    except ValueError:
        return _nothing()


def _nothing():
    raise Http404


# As a government reads it -----------------------------------------------------------------------------------------------------


class RestDaySerializer(serializers.Serializer):
    on = serializers.DateField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[*DayKind.values, LOCAL], help_text="`local`: by this government's own decision.")
    provisional = serializers.BooleanField(help_text="The decree is not out yet.")
    decree = serializers.CharField(allow_blank=True)


class SeasonSerializer(serializers.Serializer):
    """A time of the year with working hours of its own: Ramadan. Both ends are included."""

    name = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    provisional = serializers.BooleanField()
    source = serializers.ChoiceField(choices=DaySource.choices)  # type: ignore[assignment]
    version = serializers.IntegerField()


class CalendarSerializer(serializers.Serializer):
    """The days on which counters rest, unless their own calendar says otherwise."""

    days = RestDaySerializer(many=True)
    seasons = SeasonSerializer(many=True)


class Calendar(GovernmentEndpoint):
    rights = {"GET": "almanac.view"}
    parameters = {"GET": PERIOD}

    @operation(
        "getCalendar", gives=CalendarSerializer, problems=[422],
        examples=[example("December", {"days": [{"on": "2026-12-25", **FACTS}], "seasons": []})],
    )  # fmt: skip
    def get(self, request, government):
        """
        Read the calendar

        National holidays, collective leave and the government's own days from the first day `from` to the last day `until`,
        two years at most; without them this year. The government's own word goes before the country's.
        """
        year = request.today.year
        first, last = period(request.query_params, datetime.date(year, 1, 1), datetime.date(year, 12, 31), MOST_DAYS)
        found = {
            on: {"on": on, "name": day.name, "kind": day.kind, "provisional": day.provisional, "decree": day.decree}
            for on, day in queries.public_days(first, last).items()
        }
        for own in own_days(first, last):
            found[own.on] = {"on": own.on, "name": own.name, "kind": LOCAL, "provisional": False, "decree": own.decree}
        seasons = queries.seasons(first, last)
        return self.shown({"days": [found[on] for on in sorted(found)], "seasons": seasons}, CalendarSerializer)


# As the ministry keeps it -----------------------------------------------------------------------------------------------------


class MinistryEndpoint(GovernmentEndpoint):
    ministry = True
    path_name, path_schema = "on", DAY_SCHEMA

    @classmethod
    def parameters_in_path(cls):
        return [OpenApiParameter(cls.path_name, cls.path_schema, OpenApiParameter.PATH)] if cls.path_name else []


class PublicDaySerializer(serializers.Serializer):
    """A national holiday or a day of collective leave, or one that was cancelled. Its date tells it apart."""

    on = serializers.DateField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=DayKind.choices)
    provisional = serializers.BooleanField()
    cancelled = serializers.BooleanField()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=DaySource.choices, help_text="`list`: as it came with Loket, untouched."
    )
    decree = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class PublicDayEntries(Entries):
    on = Day()
    name = Line(max_length=150)
    kind = Choice(choices=DayKind.choices)
    provisional = Flag(default=False)
    decree = Line(max_length=200, allow_blank=True, default="")


class PublicDayFilters(Filters):
    kind = OneOf(field_name="kind", choices=DayKind.choices, help_text="Only this kind.")
    cancelled = YesNo(field_name="cancelled", help_text="Only cancelled ones, or only those that stand.")
    provisional = YesNo(field_name="provisional", help_text="Only those that wait for their decree, or only the others.")
    q = Search(lookups=["name__icontains"], help_text="Part of the name.")


class PublicDays(MinistryEndpoint):
    rights = {"GET": "almanac.view", "POST": "almanac.edit"}
    filters = PublicDayFilters
    orders = {"on": ("on",), "name": ("name", "on")}
    paged = True
    path_name = ""

    @operation(
        "listPublicDays",
        gives=page_of(PublicDaySerializer),
        examples=[example("One day", {"count": 1, "page": 1, "per_page": 25, "results": [PUBLIC_DAY]})],
    )
    def get(self, request, government):
        """List the country's holidays and days of collective leave"""
        return self.page(PublicDay.objects.all(), PublicDaySerializer)

    @operation(
        "addPublicDay", takes=PublicDayEntries, gives=PublicDaySerializer, status=201,
        examples=[example("A day", {"on": "2026-12-25", **FACTS}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a holiday or a day of collective leave

        A date that was cancelled stands again; one that stands is 409.
        """
        day = operations.add_day(**self.read(PublicDayEntries), by=request.member, at=self.at)
        return self.shown(day, PublicDaySerializer, status=201, location=f"{request._request.path}/{day.on}")


class PublicDayDetail(MinistryEndpoint):
    rights = {"GET": "almanac.view", "PUT": "almanac.edit", "DELETE": "almanac.edit"}
    edits = ("PUT", "DELETE")
    serializer = PublicDaySerializer

    def found(self, on: str) -> PublicDay:
        return PublicDay.objects.filter(on=day_in_path(on)).first() or _nothing()

    @operation("getPublicDay", gives=PublicDaySerializer, examples=[example("A day", PUBLIC_DAY)])
    def get(self, request, government, on):
        """Read a holiday"""
        return self.shown(self.found(on), PublicDaySerializer)

    @operation(
        "correctPublicDay", takes=PublicDayEntries, gives=PublicDaySerializer,
        examples=[example("Moved", {"on": "2027-03-11", **FACTS, "name": "Hari Raya Idul Fitri"}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, on):
        """
        Correct a holiday

        With another date it is cancelled where it stood and stands on the new one, which is what comes back.
        """
        entries = self.read(PublicDayEntries)
        day = operations.correct_day(day=self.found(on), **entries, version=self.version, by=request.member, at=self.at)
        return self.shown(day, PublicDaySerializer)

    @operation("cancelPublicDay", gives=PublicDaySerializer)
    def delete(self, request, government, on):
        """
        Cancel a holiday

        It stays as cancelled, so that no list brings it back. Entering its date again lets it stand.
        """
        day = operations.cancel_day(day=self.found(on), version=self.version, by=request.member, at=self.at)
        return self.shown(day, PublicDaySerializer)


class SeasonEntries(Entries):
    name = Line(max_length=80)
    first_on = Day()
    last_on = Day()
    provisional = Flag(default=False)


class Seasons(MinistryEndpoint):
    rights = {"GET": "almanac.view", "POST": "almanac.edit"}
    orders = {"first_on": ("first_on",)}
    paged = True
    path_name = ""

    @operation(
        "listSeasons",
        gives=page_of(SeasonSerializer),
        examples=[example("Ramadan", {"count": 1, "page": 1, "per_page": 25, "results": [SEASON]})],
    )
    def get(self, request, government):
        """List the seasons with working hours of their own"""
        return self.page(Season.objects.all(), SeasonSerializer)

    @operation(
        "addSeason", takes=SeasonEntries, gives=SeasonSerializer, status=201,
        examples=[example("Ramadan", SEASON_FACTS, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a season

        Seasons do not overlap: 409.
        """
        season = operations_upkeep.add_season(**self.read(SeasonEntries), by=request.member, at=self.at)
        location = f"{request._request.path}/{season.first_on}"
        return self.shown(season, SeasonSerializer, status=201, location=location)


class SeasonDetail(MinistryEndpoint):
    rights = {"GET": "almanac.view", "PUT": "almanac.edit", "DELETE": "almanac.edit"}
    edits = ("PUT",)
    serializer = SeasonSerializer
    path_name = "first_on"

    def found(self, first_on: str) -> Season:
        return Season.objects.filter(first_on=day_in_path(first_on)).first() or _nothing()

    @operation("getSeason", gives=SeasonSerializer, examples=[example("Ramadan", SEASON)])
    def get(self, request, government, first_on):
        """Read a season, by its first day"""
        return self.shown(self.found(first_on), SeasonSerializer)

    @operation(
        "editSeason", takes=SeasonEntries, gives=SeasonSerializer, examples=[example("Ramadan", SEASON_FACTS, sent=True)]
    )
    def put(self, request, government, first_on):
        """Correct a season"""
        entries = self.read(SeasonEntries)
        season = operations_upkeep.edit_season(
            season=self.found(first_on), **entries, version=self.version, by=request.member, at=self.at
        )
        return self.shown(season, SeasonSerializer)

    @operation("removeSeason", gives=None, status=204)
    def delete(self, request, government, first_on):
        """
        Take a season out

        Schedules of offices that were made from it stay.
        """
        operations_upkeep.remove_season(season=self.found(first_on), by=request.member, at=self.at)
        return Response(status=204)


# Browsers ---------------------------------------------------------------------------------------------------------------------


class BrowserVersionSerializer(serializers.Serializer):
    """A version of a browser, and since when it is out."""

    browser = serializers.ChoiceField(choices=Browser.choices)
    major = serializers.IntegerField()
    released_on = serializers.DateField()
    source = serializers.ChoiceField(choices=DaySource.choices)  # type: ignore[assignment]
    version = serializers.IntegerField()


class BrowserVersionEntries(Entries):
    browser = Choice(choices=Browser.choices)
    major = Whole(min_value=1, max_value=9999)
    released_on = Day()


class BrowserFilters(Filters):
    browser = OneOf(field_name="browser", choices=Browser.choices, help_text="Only this browser.")


class BrowserVersions(MinistryEndpoint):
    rights = {"GET": "almanac.view", "POST": "almanac.edit"}
    filters = BrowserFilters
    orders = {"released_on": ("released_on", "browser"), "major": ("browser", "major")}
    order = "-released_on"
    paged = True
    path_name = ""

    @operation(
        "listBrowserVersions",
        gives=page_of(BrowserVersionSerializer),
        examples=[example("One version", {"count": 1, "page": 1, "per_page": 25, "results": [BROWSER]})],
    )
    def get(self, request, government):
        """List the versions of browsers that devices are compared with"""
        return self.page(BrowserVersion.objects.all(), BrowserVersionSerializer)

    @operation(
        "addBrowserVersion", takes=BrowserVersionEntries, gives=BrowserVersionSerializer, status=201,
        examples=[example("A version", {"browser": "chrome", "major": 157, "released_on": "2026-11-03"}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a version

        Once it is out; a version occurs once for a browser.
        """
        release = operations_upkeep.add_browser(**self.read(BrowserVersionEntries), by=request.member, at=self.at)
        return self.shown(release, BrowserVersionSerializer, status=201)
