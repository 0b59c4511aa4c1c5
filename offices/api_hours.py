"""Endpoints of an office's weekly schedules."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from offices import access, operations_hours, queries
from offices.api import SpanEntries, SpanSerializer
from offices.enums import ScheduleKind
from offices.hours import Span
from offices.models import Office, Schedule
from portal.api_fields import Choice, Day, Entries, Line
from portal.errors import DomainError
from portal.openapi import example, operation

OFFICE = "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41"
ID = "c1d2e3f4-1f0e-4a55-8e1c-7a9d2b6c5e41"
WEEK = [{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 1, "opens": "12:30", "closes": "15:00"}]
SEASON = {
    "kind": "seasonal", "name": "Ramadan 1448 H", "valid_from": "2027-02-08", "valid_until": "2027-03-09", "hours": WEEK,
}  # fmt: skip
SCHEDULE = {"id": ID, "office": OFFICE, **SEASON, "version": 4}


class RegularHasNoEnd(DomainError):
    message = _("Jadwal biasa tidak bernama dan tidak berakhir sendiri: ia berlaku sampai jadwal biasa berikutnya mulai.")
    field, code = "valid_until", "regular-has-no-end"


# Schedules --------------------------------------------------------------------------------------------------------------------


class ScheduleSerializer(serializers.Serializer):
    """A week of hours and the days on which it holds, ends included. A season stands before the regular ones."""

    id = serializers.UUIDField()
    office = serializers.UUIDField(source="office_id")
    kind = serializers.ChoiceField(choices=ScheduleKind.choices)
    name = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField(allow_null=True, help_text="Null: from ever on.")
    valid_until = serializers.DateField(allow_null=True, help_text="Null: until further notice.")
    hours = SpanSerializer(many=True, source="week")
    version = serializers.IntegerField(help_text="Of all the office's hours together.")


class ScheduleFacts(Entries):
    name = Line(max_length=80, allow_blank=True, default="")
    valid_from = Day(allow_null=True, default=None)
    valid_until = Day(allow_null=True, default=None)
    hours = SpanEntries(many=True, max_length=42)  # type: ignore[call-arg]


class ScheduleEntries(ScheduleFacts):
    kind = Choice(choices=ScheduleKind.choices, default=ScheduleKind.REGULAR.value)


class OfficeSchedulesSerializer(serializers.Serializer):
    schedules = ScheduleSerializer(many=True)
    version = serializers.IntegerField()


class HoursEndpoint(GovernmentEndpoint):
    def dressed(self, schedule: Schedule) -> Schedule:
        """The schedule as it is shown: with its week, and the version of its office's hours."""
        schedule.week = queries.spans_of(schedule)  # type: ignore[attr-defined]
        schedule.version = schedule.office.hours_version  # type: ignore[attr-defined]
        return schedule

    def entries_of(self, kind: str, entries: dict) -> dict:
        """What was sent as the operations take it; a regular schedule has neither name nor end of its own."""
        week = [Span(**span) for span in entries["hours"]]
        if kind == ScheduleKind.SEASONAL:
            return {"week": week, **{name: entries[name] for name in ("name", "valid_from", "valid_until")}}
        if entries["name"] or entries["valid_until"]:
            raise RegularHasNoEnd
        return {"week": week, "valid_from": entries["valid_from"]}


class OfficeSchedules(HoursEndpoint):
    rights = {"GET": "offices.view", "POST": "offices.edit"}

    @operation(
        "listSchedules", gives=OfficeSchedulesSerializer,
        examples=[example("A season", {"schedules": [SCHEDULE], "version": 4})],
    )  # fmt: skip
    def get(self, request, government, pk):
        """List the schedules of an office: the seasons, and the regular ones in their order"""
        office = access.get_office(request.member, pk)
        prefetch_related_objects([office], *queries.CALENDAR)
        for schedule in office.schedules.all():
            schedule.office = office
        office.version = office.hours_version
        shown = {"schedules": [self.dressed(each) for each in office.schedules.all()], "version": office.hours_version}
        response = self.shown(shown, OfficeSchedulesSerializer)
        self.shown_version = office.hours_version
        return response

    @operation(
        "addSchedule", takes=ScheduleEntries, gives=ScheduleSerializer, status=201,
        examples=[example("Ramadan", SEASON, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Add a schedule to an office

        `regular`: from `valid_from` on; the one before it ends on the eve. `seasonal`: with a name and both ends; seasons of an
        office do not overlap (409).
        """
        office = access.get_office(request.member, pk, right="offices.edit")
        entries = self.read(ScheduleEntries)
        kind = entries.pop("kind")
        add = operations_hours.add_season if kind == ScheduleKind.SEASONAL else operations_hours.add_regular
        made = add(office=office, **self.entries_of(kind, entries), version=None, by=request.member, at=self.at)
        found = access.get_schedule(request.member, made.pk)
        location = f"/api/v1/{government}/schedules/{made.pk}"
        return self.shown(self.dressed(found), ScheduleSerializer, status=201, location=location)


class ScheduleDetail(HoursEndpoint):
    rights = {"GET": "offices.view", "PUT": "offices.edit", "DELETE": "offices.edit"}
    edits = ("PUT", "DELETE")

    def present(self, office: Office):
        """The schedule as it stands now; nothing where somebody has taken it out."""
        found = Schedule.objects.select_related("office").prefetch_related("hours").filter(pk=self.kwargs["pk"]).first()
        return self.shown(self.dressed(found), ScheduleSerializer).data if found else {}

    @operation("getSchedule", gives=ScheduleSerializer, examples=[example("A season", SCHEDULE)])
    def get(self, request, government, pk):
        """Read a schedule"""
        return self.shown(self.dressed(access.get_schedule(request.member, pk)), ScheduleSerializer)

    @operation(
        "editSchedule", takes=ScheduleFacts, gives=ScheduleSerializer,
        examples=[example("Ramadan", {key: SEASON[key] for key in SEASON if key != "kind"}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Change a schedule

        The whole of it: hours that are not sent go. Of a regular one `valid_from` moves the end of the one before it.
        """
        schedule = access.get_schedule(request.member, pk, right="offices.edit")
        entries = self.entries_of(schedule.kind, self.read(ScheduleFacts))
        seasonal = schedule.kind == ScheduleKind.SEASONAL
        edit = operations_hours.edit_season if seasonal else operations_hours.edit_regular
        edit(schedule=schedule, **entries, version=self.version, by=request.member, at=self.at)
        return self.shown(self.dressed(access.get_schedule(request.member, pk)), ScheduleSerializer)

    @operation("removeSchedule", gives=None, status=204)
    def delete(self, request, government, pk):
        """
        Remove a schedule

        The days of a regular one go to its neighbour; the only one stays: 409.
        """
        schedule = access.get_schedule(request.member, pk, right="offices.edit")
        operations_hours.remove_schedule(schedule=schedule, version=self.version, by=request.member, at=self.at)
        return Response(status=204)
