"""Endpoints of offices as they are seen from above: by the ministry, by a province."""

import datetime

from django.db.models import Q
from rest_framework import serializers

from offices.api import SpanSerializer
from offices.enums import OfficeKind
from oversight import access, queries
from oversight.api import OversightEndpoint, SlugInPath
from oversight.enums import Condition
from portal.api import page_of
from portal.api_fields import Moment
from portal.api_filters import Filters, OneOf, Search, Slug
from portal.openapi import example, operation

DAYS_SHOWN = 14
OFFICE = {
    "government": "kota-bandung", "id": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "dinas_name": "Dinas Tenaga Kerja",
    "name": "Loket Cikutra", "kind": "counter", "address": "Jl. Cikutra 100", "latitude": -6.9, "longitude": 107.64,
    "phone": "", "opened_on": "2026-01-05", "closed_on": None, "condition": "ready", "serves_today": True, "people_today": 2,
    "rostered_through": "2026-12-18", "staff_count": 6, "changed_at": "2026-11-20T02:00:00Z",
}  # fmt: skip


class OverseenOfficeSerializer(serializers.Serializer):
    """An office as it is seen from above: facts with their dates, and what they mean today."""

    government = serializers.SlugField(source="tenant.slug")
    id = serializers.UUIDField(source="office_id")
    dinas_name = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=OfficeKind.choices)
    address = serializers.CharField(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    phone = serializers.CharField(allow_blank=True)
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    condition = serializers.ChoiceField(choices=Condition.choices)
    serves_today = serializers.BooleanField(source="serves")
    people_today = serializers.SerializerMethodField()
    rostered_through = serializers.DateField(allow_null=True)
    staff_count = serializers.IntegerField()
    changed_at = Moment()

    def get_people_today(self, office) -> int:
        return office.people_on(self.context["view"].days.of(office.tenant))


class RosteredDaySerializer(serializers.Serializer):
    on = serializers.DateField()
    serves = serializers.BooleanField()
    people = serializers.IntegerField(min_value=0, max_value=2, help_text="How many are on duty, never who.")


class OverseenOfficeDetailSerializer(OverseenOfficeSerializer):
    hours = SpanSerializer(many=True, source="spans", help_text="The weekly schedule that holds today.")
    roster = RosteredDaySerializer(many=True, help_text="Fourteen days from today on.")

    def to_representation(self, office):
        today = self.context["view"].days.of(office.tenant)
        timetable = office.hours(queries.rests(self.context["view"].days))
        period = timetable.period_on(today)
        office.spans = period.week if period else ()
        office.roster = [
            {"on": day.on, "serves": bool(day.hours), "people": office.people_on(day.on)}
            for day in timetable.days(today, today + datetime.timedelta(DAYS_SHOWN - 1))
        ]
        return super().to_representation(office)


class OfficeFilters(Filters):
    condition = OneOf(field_name="condition", choices=Condition.choices, help_text="Only offices in this condition today.")
    kind = OneOf(field_name="kind", choices=OfficeKind.choices, help_text="Only this kind.")
    government = Slug(field_name="tenant__slug", help_text="Only offices of this government.")
    province = Slug(method="in_province", help_text="Only offices of this province and its districts.")
    q = Search(lookups=["name__icontains", "tenant__name__icontains", "address__icontains"], help_text="In names and address.")

    def in_province(self, queryset, name, value):
        return queryset.filter(Q(tenant__slug=value) | Q(tenant__parent__slug=value))


class OverseenOffices(OversightEndpoint):
    filters = OfficeFilters
    orders = {
        "government": ("tenant__name", "name", "office_id"),
        "name": ("name", "tenant__name", "office_id"),
        "rostered_through": ("rostered_through", "tenant__name", "name", "office_id"),
    }
    paged = True


class NationOffices(OverseenOffices):
    ministry = True
    rights = {"GET": "nation.view"}

    @operation(
        "listOverseenOffices",
        gives=page_of(OverseenOfficeSerializer),
        examples=[example("One office", {"count": 1, "page": 1, "per_page": 25, "results": [OFFICE]})],
    )
    def get(self, request, government):
        """List the offices of the country"""
        return self.page(queries.offices(self.days), OverseenOfficeSerializer)


class DistrictOffices(OverseenOffices):
    rights = {"GET": "districts.view"}

    @operation(
        "listDistrictOffices",
        gives=page_of(OverseenOfficeSerializer),
        examples=[example("One office", {"count": 1, "page": 1, "per_page": 25, "results": [OFFICE]})],
    )
    def get(self, request, government):
        """List the offices of a province's districts"""
        return self.page(queries.offices(self.days).filter(tenant__parent=self.province()), OverseenOfficeSerializer)


class NationOffice(SlugInPath, OversightEndpoint):
    ministry = True
    rights = {"GET": "nation.view"}

    @operation("getOverseenOffice", gives=OverseenOfficeDetailSerializer)
    def get(self, request, government, slug, pk):
        """Read where an office stands"""
        return self.shown(access.get_office(request.member, slug, pk, self.days), OverseenOfficeDetailSerializer)


class DistrictOffice(SlugInPath, OversightEndpoint):
    rights = {"GET": "districts.view"}

    @operation("getDistrictOffice", gives=OverseenOfficeDetailSerializer)
    def get(self, request, government, slug, pk):
        """Read where an office of a district stands"""
        self.province()
        return self.shown(access.get_office(request.member, slug, pk, self.days), OverseenOfficeDetailSerializer)
