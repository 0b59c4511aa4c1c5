"""Endpoints of special days, the government's own days, and of what a calendar comes to day by day."""

import datetime

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from offices import access, operations_days, queries_calendar
from offices.hours import MOST_SPANS
from offices.models import LocalDay, Office, SpecialDays
from offices.timetable import Source
from portal.api import named, page_of
from portal.api_fields import DAY_PATTERN, Clock, Day, Entries, Flag, Line, Uuid
from portal.api_filters import Filters, Search, period
from portal.api_filters import day as given_day
from portal.openapi import example, operation

DAY_SCHEMA = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
MOST_DAYS = datetime.timedelta(days=399)
MONTH = datetime.timedelta(days=30)
OFFICE = "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41"
ID = "c1d2e3f4-1f0e-4a55-8e1c-7a9d2b6c5e41"
SPECIAL_FACTS = {
    "first_on": "2026-12-24", "last_on": "2026-12-24", "reason": "Piket Natal",
    "hours": [{"opens": "09:00", "closes": "12:00"}],
}  # fmt: skip
SPECIAL = {"id": ID, "office": OFFICE, **SPECIAL_FACTS, "version": 5}
LOCAL_FACTS = {"on": "2026-09-25", "name": "Hari Jadi Kota", "decree": ""}
LOCAL = {"id": ID, **LOCAL_FACTS, "version": 1}

HOLIDAY = {"on": "2026-12-25", "hours": [], "source": "holiday", "why": "Hari Raya Natal"}


# Special days -----------------------------------------------------------------------------------------------------------------


class TimesSerializer(serializers.Serializer):
    opens = Clock()
    closes = Clock()


class SpecialDaysSerializer(serializers.Serializer):
    """Days on which an office serves at these hours, or without any not at all; before everything else, holidays too."""

    id = serializers.UUIDField()
    office = serializers.UUIDField(source="office_id")
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    reason = serializers.CharField()
    hours = TimesSerializer(many=True, source="hours.all")
    version = serializers.IntegerField(source="office.hours_version", help_text="Of all the office's hours together.")


class TimesEntries(Entries):
    opens = Clock()
    closes = Clock()


class SpecialFacts(Entries):
    first_on = Day()
    last_on = Day()
    reason = Line(max_length=200)
    hours = TimesEntries(many=True, max_length=MOST_SPANS)  # type: ignore[call-arg]
    past = Flag(default=False, help_text="Whether days that have passed are meant to change; otherwise 409 `past-days`.")

    def validate(self, entries):
        entries["hours"] = [(times["opens"], times["closes"]) for times in entries["hours"]]
        return entries


class SpecialEntries(SpecialFacts):
    offices = serializers.ListField(child=Uuid(), min_length=1, max_length=operations_days.MOST_OFFICES)


class MadeSerializer(serializers.Serializer):
    special_days = SpecialDaysSerializer(many=True)


class OfficeSpecialDays(GovernmentEndpoint):
    rights = {"GET": "offices.view"}
    orders = {"first_on": ("first_on",)}
    paged = True

    @operation(
        "listSpecialDays",
        gives=page_of(SpecialDaysSerializer),
        examples=[example("One entry", {"count": 1, "page": 1, "per_page": 25, "results": [SPECIAL]})],
    )
    def get(self, request, government, pk):
        """List the special days of an office"""
        office = access.get_office(request.member, pk)
        return self.page(queries_calendar.special_days(office).select_related("office"), SpecialDaysSerializer)


class SpecialDaysList(GovernmentEndpoint):
    rights = {"POST": "offices.edit"}

    @operation(
        "addSpecialDays", takes=SpecialEntries, gives=MadeSerializer, status=201,
        examples=[example("For two offices", {"offices": [OFFICE, ID], **SPECIAL_FACTS, "past": False}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter special days of one office or several

        All of them or none: an office with other special days at that time refuses the whole (409), and is named.
        """
        entries = self.read(SpecialEntries)
        with named("offices"):
            offices = [access.get_office(request.member, pk, right="offices.edit") for pk in set(entries.pop("offices"))]
        made = operations_days.add_special_days(offices=offices, **entries, by=request.member, at=self.at)
        found = SpecialDays.objects.select_related("office").prefetch_related("hours").filter(pk__in=[each.pk for each in made])
        return self.shown({"special_days": found.order_by("office__name", "pk")}, MadeSerializer, status=201)


class SpecialDaysDetail(GovernmentEndpoint):
    rights = {"GET": "offices.view", "PUT": "offices.edit", "DELETE": "offices.edit"}
    edits = ("PUT", "DELETE")
    parameters = {
        "DELETE": (
            OpenApiParameter("past", {"type": "boolean"}, description="`true`: days that have passed are meant to change."),
        )
    }

    def present(self, office: Office):
        found = SpecialDays.objects.select_related("office").prefetch_related("hours").filter(pk=self.kwargs["pk"]).first()
        return self.detail(found).data if found else {}

    def detail(self, special: SpecialDays):
        response = self.shown(special, SpecialDaysSerializer)
        self.shown_version = special.office.hours_version
        return response

    @operation("getSpecialDays", gives=SpecialDaysSerializer, examples=[example("Open on Christmas Eve", SPECIAL)])
    def get(self, request, government, pk):
        """Read special days"""
        return self.detail(access.get_special_days(request.member, pk))

    @operation(
        "editSpecialDays", takes=SpecialFacts, gives=SpecialDaysSerializer,
        examples=[example("Facts", {**SPECIAL_FACTS, "past": False}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Change special days

        To end them early changes nothing that has passed; whatever does needs `past`.
        """
        special = access.get_special_days(request.member, pk, right="offices.edit")
        entries = self.read(SpecialFacts)
        operations_days.edit_special_days(special=special, **entries, version=self.version, by=request.member, at=self.at)
        return self.detail(access.get_special_days(request.member, pk))

    @operation("removeSpecialDays", gives=None, status=204)
    def delete(self, request, government, pk):
        """Remove special days: the office serves as its schedule says"""
        special = access.get_special_days(request.member, pk, right="offices.edit")
        past = request.query_params.get("past") == "true"
        operations_days.remove_special_days(special=special, version=self.version, past=past, by=request.member, at=self.at)
        return Response(status=204)


# Days of the government -------------------------------------------------------------------------------------------------------


class LocalDaySerializer(serializers.Serializer):
    """A day on which all offices of the government rest, by its own decision."""

    id = serializers.UUIDField()
    on = serializers.DateField()
    name = serializers.CharField()
    decree = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class LocalDayEntries(Entries):
    on = Day()
    name = Line(max_length=150)
    decree = Line(max_length=200, allow_blank=True, default="")
    past = Flag(default=False, help_text="Whether days that have passed are meant to change; otherwise 409 `past-days`.")


class LocalDayFilters(Filters):
    q = Search(lookups=["name__icontains"], help_text="Part of the name.")


class LocalDays(GovernmentEndpoint):
    rights = {"GET": "offices.view", "POST": "localdays.edit"}
    filters = LocalDayFilters
    orders = {"on": ("on",)}
    paged = True

    @operation(
        "listLocalDays",
        gives=page_of(LocalDaySerializer),
        examples=[example("One day", {"count": 1, "page": 1, "per_page": 25, "results": [LOCAL]})],
    )
    def get(self, request, government):
        """List the government's own days of rest"""
        return self.page(LocalDay.objects.all(), LocalDaySerializer)

    @operation(
        "addLocalDay", takes=LocalDayEntries, gives=LocalDaySerializer, status=201,
        examples=[example("An anniversary", LOCAL_FACTS, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """Enter a day on which all offices of the government rest"""
        day = operations_days.add_local_day(**self.read(LocalDayEntries), by=request.member, at=self.at)
        return self.shown(day, LocalDaySerializer, status=201, location=f"{request._request.path}/{day.pk}")


class LocalDayDetail(GovernmentEndpoint):
    rights = {"GET": "offices.view", "PUT": "localdays.edit", "DELETE": "localdays.edit"}
    edits = ("PUT", "DELETE")
    serializer = LocalDaySerializer
    parameters = SpecialDaysDetail.parameters

    @operation("getLocalDay", gives=LocalDaySerializer, examples=[example("An anniversary", LOCAL)])
    def get(self, request, government, pk):
        """Read a day of the government"""
        return self.shown(access.get_local_day(request.member, pk), LocalDaySerializer)

    @operation(
        "editLocalDay", takes=LocalDayEntries, gives=LocalDaySerializer, examples=[example("Moved", LOCAL_FACTS, sent=True)]
    )
    def put(self, request, government, pk):
        """Change a day of the government"""
        day, entries = access.get_local_day(request.member, pk), self.read(LocalDayEntries)
        saved = operations_days.edit_local_day(day=day, **entries, version=self.version, by=request.member, at=self.at)
        return self.shown(saved, LocalDaySerializer)

    @operation("removeLocalDay", gives=None, status=204)
    def delete(self, request, government, pk):
        """Remove a day of the government"""
        day, past = access.get_local_day(request.member, pk), request.query_params.get("past") == "true"
        operations_days.remove_local_day(day=day, version=self.version, past=past, by=request.member, at=self.at)
        return Response(status=204)


# Day by day -------------------------------------------------------------------------------------------------------------------


class DaySerializer(serializers.Serializer):
    """One day of an office: its hours, none where it is closed, and what decides them."""

    on = serializers.DateField()
    hours = TimesSerializer(many=True)
    source = serializers.ChoiceField(choices=[source.value for source in Source])  # type: ignore[assignment]
    why = serializers.CharField(allow_blank=True, help_text="The holiday, the season, or the reason that was given.")


class OfficeDaysSerializer(serializers.Serializer):
    days = DaySerializer(many=True)


class OfficeDays(GovernmentEndpoint):
    rights = {"GET": "offices.view"}
    parameters = {
        "GET": (
            OpenApiParameter("from", DAY_SCHEMA, description="The first day; today where it is not said."),
            OpenApiParameter("until", DAY_SCHEMA, description="The last day; thirty days later where it is not said."),
        )
    }

    @operation(
        "listOfficeDays", gives=OfficeDaysSerializer, problems=[422],
        examples=[example("A holiday", {"days": [HOLIDAY]})],
    )  # fmt: skip
    def get(self, request, government, pk):
        """
        Read when an office serves, day by day

        From `from` to `until`, 400 days at most. Special days go before the government's own, these before the country's,
        these before the season's week, this before the regular one.
        """
        office = access.get_office(request.member, pk)
        start = given_day(request.query_params, "from") or request.today
        first, last = period(request.query_params, start, start + MONTH, MOST_DAYS)
        days = [
            {
                "on": day.on,
                "hours": [{"opens": opens, "closes": closes} for opens, closes in day.hours],
                "source": day.source.value,
                "why": day.why,
            }
            for day in queries_calendar.days(office, first, last)
        ]
        return self.shown({"days": days}, OfficeDaysSerializer)
