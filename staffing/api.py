"""Endpoints of staff and duties."""

import datetime

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from offices.access import get_dinas, get_office
from portal.api import named, page_of
from portal.api_fields import DAY_PATTERN, Day, Digits, Entries, Flag, Line, Uuid
from portal.api_filters import Filters, OnDay, Ref, Search, day
from portal.openapi import example, operation
from portal.problems import Problem
from staffing import access, operations, queries
from staffing.models import Staff

ONE_DAY = datetime.timedelta(days=1)
LONGEST_PERIOD = 366 * ONE_DAY
DAY_SCHEMA = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
FACTS = {
    "name": "Siti Aminah", "nip": "198001012005012001", "position": "Pengantar Kerja", "phone": "0812-0000-0000",
    "serves_from": "2026-01-05", "serves_until": None,
}  # fmt: skip
STAFF = {
    "id": "9a1f0c52-1f0e-4a55-8e1c-7a9d2b6c5e41", "dinas": "1b4b0a8e-8f3e-4b62-9c2f-6d1a2b3c4d5e", **FACTS,
    "next_on": "2026-11-24", "version": 1,
}  # fmt: skip
ASSIGNMENT = {"office": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "staff": STAFF["id"], "on": "2026-11-24"}
DUTY = {"id": "c1d2e3f4-1f0e-4a55-8e1c-7a9d2b6c5e41", **ASSIGNMENT, "staff_name": "Siti Aminah", "slot": 1}


# Staff ------------------------------------------------------------------------------------------------------------------------


class StaffSerializer(serializers.Serializer):
    """A person of a dinas who can be put on duty."""

    id = serializers.UUIDField()
    dinas = serializers.UUIDField(source="dinas_id")
    name = serializers.CharField()
    nip = serializers.CharField(allow_blank=True, help_text="Its last four digits, without the right `staff.edit`.")
    position = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True, help_text="Empty without the right `staff.edit`.")
    serves_from = serializers.DateField()
    serves_until = serializers.DateField(allow_null=True, help_text="The last day.")
    next_on = serializers.DateField(allow_null=True, help_text="The next day on duty, today included.")
    version = serializers.IntegerField()

    def to_representation(self, person: Staff):
        shown = super().to_representation(person)
        if not self.context["request"].member.may("staff.edit", dinas=person.dinas_id):
            shown |= {"nip": person.masked_nip, "phone": ""}
        return shown


class StaffFacts(Entries):
    name = Line(max_length=150)
    nip = Digits(length=18, allow_blank=True, default="", help_text="18 digits, or empty.")
    position = Line(max_length=150, allow_blank=True, default="")
    phone = Line(max_length=30, allow_blank=True, default="")
    serves_from = Day()
    serves_until = Day(allow_null=True, default=None)


class StaffEntries(StaffFacts):
    dinas = Uuid()


class TermEntries(Entries):
    serves_until = Day(help_text="The last day.")
    release_rest = Flag(default=False, help_text="Whether later duties leave the roster; otherwise they refuse the change.")


class StaffFilters(Filters):
    dinas = Ref(field_name="dinas", help_text="Only people of this dinas.")
    serving_on = OnDay(method="serving", help_text="Only people whose term has this day.")
    q = Search(lookups=["name__icontains", "position__icontains"], help_text="In name and position.")

    def serving(self, queryset, name, value):
        return queryset.serving_on(value)


class StaffEndpoint(GovernmentEndpoint):
    def detail(self, pk, **answer):
        person = Staff.objects.get(pk=pk)
        coming = queries.coming_duties(person, self.request.today, most=1)
        person.next_on = coming[0].on if coming else None
        return self.shown(person, StaffSerializer, **answer)

    def present(self, person):
        return self.detail(person.pk).data


class StaffList(StaffEndpoint):
    rights = {"GET": "staff.view", "POST": "staff.edit"}
    filters = StaffFilters
    orders = {"name": ("name", "id"), "next_on": ("next_on", "name", "id"), "serves_from": ("serves_from", "name", "id")}
    paged = True

    @operation(
        "listStaff",
        gives=page_of(StaffSerializer),
        examples=[example("One person", {"count": 1, "page": 1, "per_page": 25, "results": [STAFF]})],
    )
    def get(self, request, government):
        """
        List the staff

        Of the dinas for which the caller may see them.
        """
        return self.page(queries.staff(request.member, request.today), StaffSerializer)

    @operation(
        "addStaff", takes=StaffEntries, gives=StaffSerializer, status=201,
        examples=[example("A person", {"dinas": STAFF["dinas"], **FACTS}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a person

        A NIP stands for one person at a time.
        """
        entries = self.read(StaffEntries)
        with named("dinas"):
            dinas = get_dinas(request.member, entries.pop("dinas"), right="staff.edit")
        person = operations.add_staff(dinas=dinas, **entries, by=request.member, at=self.at)
        return self.detail(person.pk, status=201, location=f"{request._request.path}/{person.pk}")


class StaffDetail(StaffEndpoint):
    rights = {"GET": "staff.view", "PUT": "staff.edit"}
    edits = ("PUT",)

    @operation("getStaff", gives=StaffSerializer, examples=[example("A person", STAFF)])
    def get(self, request, government, pk):
        """Read a person"""
        return self.detail(access.get_staff(request.member, pk).pk)

    @operation("editStaff", takes=StaffFacts, gives=StaffSerializer, examples=[example("Facts", FACTS, sent=True)])
    def put(self, request, government, pk):
        """
        Change the facts of a person

        A term that would leave duties outside is refused: 409.
        """
        person = access.get_staff(request.member, pk, right="staff.edit")
        facts = self.read(StaffFacts)
        operations.edit_staff(staff=person, version=self.version, by=request.member, at=self.at, **facts)
        return self.detail(pk)


class Term(StaffEndpoint):
    rights = {"PUT": "staff.edit"}
    edits = ("PUT",)

    @operation(
        "endService", takes=TermEntries, gives=StaffSerializer,
        examples=[example("Last day", {"serves_until": "2026-12-31", "release_rest": True}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Say which day is a person's last

        Days on duty that have passed are facts: they refuse an earlier end.
        """
        person = access.get_staff(request.member, pk, right="staff.edit")
        entries = self.read(TermEntries)
        operations.end_service(staff=person, version=self.version, by=request.member, at=self.at, **entries)
        return self.detail(pk)


# Duties -----------------------------------------------------------------------------------------------------------------------


class DutySerializer(serializers.Serializer):
    """One person on duty at one office on one day, in slot 1 or 2."""

    id = serializers.UUIDField()
    office = serializers.UUIDField(source="office_id")
    staff = serializers.UUIDField(source="staff_id")
    staff_name = serializers.CharField(source="staff.name")
    on = serializers.DateField()
    slot = serializers.IntegerField(min_value=1, max_value=2)


class DutyEntries(Entries):
    office = Uuid()
    staff = Uuid()
    on = Day()


class DutyFilters(Filters):
    office = Ref(field_name="office", help_text="Only at this office.")
    staff = Ref(field_name="staff", help_text="Only this person.")


class Duties(GovernmentEndpoint):
    rights = {"GET": "duties.view", "POST": "duties.edit"}
    filters = DutyFilters
    orders = {"on": ("on", "office_id", "slot")}
    paged = True
    parameters = {
        "GET": (
            OpenApiParameter("from", DAY_SCHEMA, description="The first day."),
            OpenApiParameter("until", DAY_SCHEMA, description="The last day."),
        )
    }

    def period(self) -> tuple[datetime.date, datetime.date]:
        params, week = self.request.query_params, 6 * ONE_DAY
        last = day(params, "until")
        first = day(params, "from") or (last - week if last else self.request.today)
        last = last or first + week
        if not datetime.timedelta() <= last - first < LONGEST_PERIOD:
            sentence = _("Hari terakhir ada pada atau sesudah hari pertama, paling jauh setahun.")
            raise Problem("refused", sentence, errors={"until": [sentence]})
        return first, last

    @operation(
        "listDuties",
        gives=page_of(DutySerializer),
        examples=[example("One duty", {"count": 1, "page": 1, "per_page": 25, "results": [DUTY]})],
        problems=[422],
    )
    def get(self, request, government):
        """
        List the duties of a period

        From the first day `from` to the last day `until`, a year at most; without one of them seven days, without both the
        seven from today on.
        """
        first, last = self.period()
        return self.page(queries.duties_between(first, last), DutySerializer)

    @operation(
        "assignDuty", takes=DutyEntries, gives=DutySerializer, status=201,
        examples=[example("An assignment", ASSIGNMENT, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Put somebody on duty

        At most two people an office and day; the third is refused with the names of the two (`office-full`). Whoever is there
        already stays there, and the answer is the same.
        """
        entries = self.read(DutyEntries)
        with named("office"):
            office = get_office(request.member, entries["office"], right="duties.edit")
        with named("staff"):
            person = access.get_staff(request.member, entries["staff"], right="duties.edit")
        duty = operations.assign(office=office, staff=person, on=entries["on"], by=request.member, at=self.at)
        return self.shown(duty, DutySerializer, status=201, location=f"{request._request.path}/{duty.pk}")


class DutyDetail(GovernmentEndpoint):
    rights = {"GET": "duties.view", "DELETE": "duties.edit"}

    @operation("getDuty", gives=DutySerializer, examples=[example("A duty", DUTY)])
    def get(self, request, government, pk):
        """Read a duty"""
        return self.shown(access.get_duty(request.member, pk), DutySerializer)

    @operation("releaseDuty", gives=None, status=204)
    def delete(self, request, government, pk):
        """Take somebody off duty"""
        duty = access.get_duty(request.member, pk, right="duties.edit")
        if not operations.release(duty=duty, by=request.member, at=self.at):
            raise Http404
        return Response(status=204)
