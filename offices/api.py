"""Endpoints of dinas, offices and their service hours."""

from decimal import Decimal
from functools import cached_property

from rest_framework import serializers

from accounts.gate import GovernmentEndpoint
from offices import access, operations, operations_hours, queries
from offices.enums import OfficeKind, OfficeState, Sector, Weekday
from offices.hours import Span
from offices.models import Office
from portal.api import named, page_of
from portal.api_fields import Choice, Clock, Day, Degrees, Email, Entries, Line, Text, Uuid, Whole
from portal.api_filters import Filters, OneOf, Ref, Search, YesNo
from portal.openapi import example, operation

DINAS = {
    "id": "1b4b0a8e-8f3e-4b62-9c2f-6d1a2b3c4d5e", "name": "Dinas Tenaga Kerja", "sectors": ["manpower"], "office_count": 2,
    "version": 1,
}  # fmt: skip
HOURS = [{"weekday": 1, "opens": "08:00", "closes": "12:00"}, {"weekday": 1, "opens": "13:00", "closes": "15:30"}]
FACTS = {
    "name": "Loket Cikutra", "kind": "counter", "address": "Jl. Cikutra 100", "latitude": -6.9, "longitude": 107.64,
    "phone": "", "whatsapp": "0812-3456-7890", "email": "", "bring": "KTP", "opened_on": "2026-11-23",
}  # fmt: skip
OFFICE = {
    "id": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "dinas": {"id": DINAS["id"], "name": DINAS["name"]}, **FACTS,
    "closed_on": None, "closed_reason": "", "state": "serving", "hours": HOURS, "version": 1,
    "opening": {"is_open": True, "until": "15:30", "next_on": None, "next_at": None, "sentence": "Buka sampai 15.30 WIB"},
}  # fmt: skip


# Dinas ------------------------------------------------------------------------------------------------------------------------


class DinasSerializer(serializers.Serializer):
    """An agency of the government; holds one or several of the five sectors."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sectors = serializers.ListField(child=serializers.ChoiceField(choices=Sector.choices))
    office_count = serializers.IntegerField(help_text="Offices that are not closed today.")
    version = serializers.IntegerField()


class DinasEntries(Entries):
    name = Line(max_length=150)
    sectors = serializers.ListField(child=Choice(choices=Sector.choices), min_length=1, max_length=5)


class DinasFilters(Filters):
    q = Search(lookups=["name__icontains"], help_text="Part of the name.")


class DinasEndpoint(GovernmentEndpoint):
    def detail(self, pk, **answer):
        return self.shown(queries.dinas(self.request.today).get(pk=pk), DinasSerializer, **answer)

    def present(self, dinas):
        return self.detail(dinas.pk).data


class DinasList(DinasEndpoint):
    rights = {"GET": "dinas.view", "POST": "dinas.create"}
    filters = DinasFilters
    orders = {"name": ("name", "id"), "office_count": ("office_count", "name", "id")}
    paged = True

    @operation(
        "listDinas",
        gives=page_of(DinasSerializer),
        examples=[example("One dinas", {"count": 1, "page": 1, "per_page": 25, "results": [DINAS]})],
    )
    def get(self, request, government):
        """List the dinas of a government"""
        return self.page(queries.dinas(request.today), DinasSerializer)

    @operation(
        "createDinas", takes=DinasEntries, gives=DinasSerializer, status=201,
        examples=[example("A dinas", {"name": "Dinas Tenaga Kerja", "sectors": ["manpower"]}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a dinas

        By those who speak for the whole government; a name occurs once.
        """
        dinas = operations.create_dinas(**self.read(DinasEntries), by=request.member, at=self.at)
        return self.detail(dinas.pk, status=201, location=f"{request._request.path}/{dinas.pk}")


class DinasDetail(DinasEndpoint):
    rights = {"GET": "dinas.view", "PUT": "dinas.edit"}
    edits = ("PUT",)

    @operation("getDinas", gives=DinasSerializer, examples=[example("A dinas", DINAS)])
    def get(self, request, government, pk):
        """Read a dinas"""
        return self.detail(access.get_dinas(request.member, pk).pk)

    @operation(
        "editDinas", takes=DinasEntries, gives=DinasSerializer,
        examples=[example("Two sectors", {"name": "Dinas Perdagangan", "sectors": ["trade", "industry"]}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """Change name and sectors of a dinas"""
        dinas = access.get_dinas(request.member, pk, right="dinas.edit")
        operations.edit_dinas(dinas=dinas, **self.read(DinasEntries), version=self.version, by=request.member, at=self.at)
        return self.detail(pk)


# Offices ----------------------------------------------------------------------------------------------------------------------


class SpanSerializer(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=1, max_value=7, help_text="1 is Monday.")
    opens = Clock()
    closes = Clock()


class DinasNameSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class OpeningSerializer(serializers.Serializer):
    """Whether it is open at this moment: until when, or when next."""

    is_open = serializers.BooleanField()
    until = Clock(allow_null=True)
    next_on = serializers.DateField(allow_null=True)
    next_at = Clock(allow_null=True)
    sentence = serializers.CharField()

    def to_representation(self, office):
        request = self.context["request"]
        view = self.context["view"]
        found = queries.timetable(office, view.rests).opening(request.tenant.local(view.at))
        return {
            "is_open": found.is_open,
            "until": found.until and f"{found.until:%H:%M}",
            "next_on": found.next_on and found.next_on.isoformat(),
            "next_at": found.next_at and f"{found.next_at:%H:%M}",
            "sentence": found.sentence(request.tenant.zone_abbr),
        }


class OfficeSerializer(serializers.Serializer):
    """A place, or a telephone line, where a dinas helps residents."""

    id = serializers.UUIDField()
    dinas = DinasNameSerializer()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=OfficeKind.choices)
    address = serializers.CharField(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    phone = serializers.CharField(allow_blank=True)
    whatsapp = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    bring = serializers.CharField(allow_blank=True, help_text="What to bring along, one thing a line.")
    opened_on = serializers.DateField(help_text="The first day of service.")
    closed_on = serializers.DateField(allow_null=True, help_text="The first day without.")
    closed_reason = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=OfficeState.choices, source="state_today")
    hours = SpanSerializer(many=True, source="week")
    opening = OpeningSerializer(source="*")
    version = serializers.IntegerField()

    def to_representation(self, office):
        office.state_today = office.state_on(self.context["request"].today)
        office.week = queries.week(office, self.context["request"].today)
        return super().to_representation(office)


class OfficeFacts(Entries):
    """The facts of an office; latitude and longitude both or neither."""

    name = Line(max_length=150)
    kind = Choice(choices=OfficeKind.choices, default=OfficeKind.COUNTER.value)
    address = Text(max_length=300)
    latitude = Degrees(min_value=-12, max_value=7, allow_null=True, default=None)
    longitude = Degrees(min_value=94, max_value=142, allow_null=True, default=None)
    phone = Line(max_length=30, allow_blank=True, default="", help_text="With its area code: `022 1234567`.")
    whatsapp = Line(max_length=30, allow_blank=True, required=False, help_text="A number or a wa.me link; left out, it stays.")
    email = Email(max_length=254, allow_blank=True, required=False, help_text="Left out, it stays.")
    bring = Text(max_length=500, allow_blank=True, required=False, help_text="One thing a line; left out, it stays.")
    opened_on = Day(help_text="The first day of service; may lie ahead.")

    def validate(self, entries):
        for name in ("latitude", "longitude"):
            if entries[name] is not None:
                entries[name] = Decimal(f"{entries[name]:.6f}")
        return entries


class OfficeEntries(OfficeFacts):
    dinas = Uuid(help_text="Whose office it is.")


class ClosingEntries(Entries):
    closed_on = Day(help_text="The first day without service; may lie ahead.")
    closed_reason = Line(max_length=200, help_text="Read by residents and by those above.")


class OfficeFilters(Filters):
    dinas = Ref(field_name="dinas", help_text="Only offices of this dinas.")
    kind = OneOf(field_name="kind", choices=OfficeKind.choices, help_text="Only this kind.")
    state = OneOf(method="in_state", choices=OfficeState.choices, help_text="Only offices in this state today.")
    has_hours = YesNo(field_name="has_hours", help_text="Only offices with, or without, service hours.")
    q = Search(lookups=["name__icontains", "address__icontains"], help_text="In name and address.")

    def in_state(self, queryset, name, value):
        return queryset.in_state(value, self.request.today)


class OfficeEndpoint(GovernmentEndpoint):
    @cached_property
    def rests(self):
        """The days of rest, once for all offices of an answer."""
        return queries.rests_around(self.request.today)

    def detail(self, pk, **answer):
        return self.shown(queries.offices().get(pk=pk), OfficeSerializer, **answer)

    def present(self, office):
        return self.detail(office.pk).data


class Offices(OfficeEndpoint):
    rights = {"GET": "offices.view", "POST": "offices.edit"}
    filters = OfficeFilters
    orders = {"name": ("name", "id"), "opened_on": ("opened_on", "name", "id"), "dinas": ("dinas__name", "name", "id")}
    paged = True

    @operation(
        "listOffices",
        gives=page_of(OfficeSerializer),
        examples=[example("One office", {"count": 1, "page": 1, "per_page": 25, "results": [OFFICE]})],
    )
    def get(self, request, government):
        """
        List the offices of a government

        Each with its weekly hours, and whether it is open at this moment.
        """
        return self.page(queries.offices(), OfficeSerializer)

    @operation(
        "openOffice", takes=OfficeEntries, gives=OfficeSerializer, status=201,
        examples=[example("An office", {"dinas": DINAS["id"], **FACTS}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Open an office

        Its hours follow by themselves: PUT …/hours.
        """
        entries = self.read(OfficeEntries)
        with named("dinas"):
            dinas = access.get_dinas(request.member, entries.pop("dinas"), right="offices.edit")
        office = operations.create_office(dinas=dinas, **entries, by=request.member, at=self.at)
        return self.detail(office.pk, status=201, location=f"{request._request.path}/{office.pk}")


class OfficeDetail(OfficeEndpoint):
    rights = {"GET": "offices.view", "PUT": "offices.edit"}
    edits = ("PUT",)

    @operation("getOffice", gives=OfficeSerializer, examples=[example("An office", OFFICE)])
    def get(self, request, government, pk):
        """Read an office"""
        return self.detail(access.get_office(request.member, pk).pk)

    @operation("editOffice", takes=OfficeFacts, gives=OfficeSerializer, examples=[example("Facts", FACTS, sent=True)])
    def put(self, request, government, pk):
        """
        Change the facts of an office

        A closed one is refused: 409.
        """
        office = access.get_office(request.member, pk, right="offices.edit")
        facts = self.read(OfficeFacts)
        operations.edit_office(office=office, version=self.version, by=request.member, at=self.at, **facts)
        return self.detail(pk)


class Closing(OfficeEndpoint):
    rights = {"PUT": "offices.close", "DELETE": "offices.close"}
    edits = ("PUT", "DELETE")

    @operation(
        "closeOffice", takes=ClosingEntries, gives=OfficeSerializer,
        examples=[example("Moving", {"closed_on": "2027-01-04", "closed_reason": "Pindah ke gedung baru."}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Close an office

        Nothing is deleted; duties after its last day leave the roster.
        """
        office = access.get_office(request.member, pk, right="offices.close")
        entries = self.read(ClosingEntries)
        operations.close_office(office=office, version=self.version, by=request.member, at=self.at, **entries)
        return self.detail(pk)

    @operation("reopenOffice", gives=OfficeSerializer)
    def delete(self, request, government, pk):
        """Take the closing of an office back"""
        office = access.get_office(request.member, pk, right="offices.close")
        operations.reopen_office(office=office, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)


# Hours ------------------------------------------------------------------------------------------------------------------------


class WeekSerializer(serializers.Serializer):
    """The weekly hours of an office; their version is apart from the office's."""

    hours = SpanSerializer(many=True, source="week")
    version = serializers.IntegerField(source="hours_version")

    def to_representation(self, office):
        office.week = queries.week(office, self.context["request"].today)
        return super().to_representation(office)


class SpanEntries(Entries):
    weekday = Whole(min_value=min(Weekday), max_value=max(Weekday))
    opens = Clock()
    closes = Clock()


class WeekEntries(Entries):
    hours = SpanEntries(many=True, max_length=42)  # type: ignore[call-arg]


class Hours(GovernmentEndpoint):
    rights = {"GET": "offices.view", "PUT": "offices.edit"}
    edits = ("PUT",)

    def detail(self, pk):
        office = queries.offices().get(pk=pk)
        response = self.shown(office, WeekSerializer)
        self.shown_version = office.hours_version
        return response

    def present(self, office: Office):
        return self.detail(office.pk).data

    @operation("getHours", gives=WeekSerializer, examples=[example("Mondays", {"hours": HOURS, "version": 2})])
    def get(self, request, government, pk):
        """Read the weekly hours of an office"""
        return self.detail(access.get_office(request.member, pk).pk)

    @operation("setHours", takes=WeekEntries, gives=WeekSerializer, examples=[example("Mondays", {"hours": HOURS}, sent=True)])
    def put(self, request, government, pk):
        """
        Set the weekly hours of an office

        The whole week: what is not sent goes. Spans of a day may not overlap.
        """
        office = access.get_office(request.member, pk, right="offices.edit")
        week = [Span(**span) for span in self.read(WeekEntries)["hours"]]
        operations_hours.set_hours(office=office, week=week, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)
