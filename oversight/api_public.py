"""
The counters for everybody, in the words of Open Referral's Human Services Data Specification (HSDS 3): locations with their
addresses, phones and schedules.
"""

import datetime

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from accounts.gate import SLUG, OpenEndpoint
from offices.enums import OfficeKind
from offices.timetable import Period, Timetable
from oversight import public, queries
from oversight.states import Days
from portal.api import page_of
from portal.api_filters import Filters, OneOf, Search, Slug
from portal.openapi import example, operation

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LOCATION_TYPES = {OfficeKind.COUNTER: "physical", OfficeKind.MOBILE: "physical", OfficeKind.PHONE: "virtual"}
LOCATION = {
    "id": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "location_type": "physical", "name": "Loket Cikutra",
    "organization": {"id": "1b4b0a8e-8f3e-4b62-9c2f-6d1a2b3c4d5e", "name": "Dinas Tenaga Kerja"},
    "government": {"slug": "kota-bandung", "name": "Kota Bandung", "province": "jawa-barat"},
    "url": "https://loket.example/kantor/kota-bandung/3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41/",
    "latitude": -6.9, "longitude": 107.64, "timezone": "Asia/Jakarta",
    "addresses": [{"address_1": "Jl. Cikutra 100", "city": "Kota Bandung", "state_province": "jawa-barat", "country": "ID",
                   "address_type": "physical"}],
    "phones": [{"number": "022 1234567", "type": "voice"}], "email": "loket@contoh.test",
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE,TH", "opens_at": "08:00",
                   "closes_at": "12:00", "valid_from": None, "valid_to": None, "description": "", "is_closed": False}],
    "is_open": True, "opening": "Buka sampai 12.00 WIB",
}  # fmt: skip


class LocationOrganizationSerializer(serializers.Serializer):
    id = serializers.UUIDField(source="dinas_id")
    name = serializers.CharField(source="dinas_name")


class LocationGovernmentSerializer(serializers.Serializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    province = serializers.SlugField(source="parent.slug", allow_null=True, default=None)


class LocationAddressSerializer(serializers.Serializer):
    address_1 = serializers.CharField()
    city = serializers.CharField()
    state_province = serializers.CharField(allow_blank=True)
    country = serializers.CharField()
    address_type = serializers.CharField()


class LocationPhoneSerializer(serializers.Serializer):
    number = serializers.CharField()
    type = serializers.ChoiceField(choices=["voice", "whatsapp"])


class LocationScheduleSerializer(serializers.Serializer):
    """One rule, as iCalendar says it. Dated rules (``freq`` null) go before weekly ones; a season before the others."""

    freq = serializers.ChoiceField(choices=["WEEKLY"], allow_null=True)
    byday = serializers.CharField(allow_blank=True, help_text="MO, TU, WE …, separated by commas.")
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True, help_text="The last day.")
    opens_at = serializers.CharField(allow_null=True, help_text="Local time; null where it is closed.")
    closes_at = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_blank=True, help_text="The season, or why the days are apart.")
    is_closed = serializers.BooleanField()


def weekly(period: Period) -> list[dict]:
    """The rules of a schedule: one for each span of hours, on all weekdays that have it."""
    by_hours: dict[tuple, list[int]] = {}
    for span in period.week:
        by_hours.setdefault((span.opens, span.closes), []).append(span.weekday)
    return [
        {
            "freq": "WEEKLY",
            "byday": ",".join(BYDAY[weekday - 1] for weekday in weekdays),
            "valid_from": period.first,
            "valid_to": period.last,
            "opens_at": f"{opens:%H:%M}",
            "closes_at": f"{closes:%H:%M}",
            "description": period.name,
            "is_closed": False,
        }
        for (opens, closes), weekdays in sorted(by_hours.items())
    ]


def dated(timetable: Timetable, today: datetime.date) -> list[dict]:
    """The rules of the days apart in the sixty days to come."""
    found = []
    for days in public.days_apart(timetable, today):
        rule = {"freq": None, "byday": "", "valid_from": days.first, "valid_to": days.last, "description": days.why}
        hours = timetable.day(days.first).hours
        spans = [{"opens_at": f"{opens:%H:%M}", "closes_at": f"{closes:%H:%M}", "is_closed": False} for opens, closes in hours]
        found += [rule | span for span in spans or [{"opens_at": None, "closes_at": None, "is_closed": True}]]
    return found


class LocationSerializer(serializers.Serializer):
    """A counter: a place, or a telephone line, where a dinas helps residents."""

    id = serializers.UUIDField(source="office_id")
    location_type = serializers.ChoiceField(choices=["physical", "virtual"])
    name = serializers.CharField()
    organization = LocationOrganizationSerializer(source="*")
    government = LocationGovernmentSerializer(source="tenant")
    url = serializers.URLField(help_text="The page for people.")
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    timezone = serializers.CharField(source="tenant.timezone")
    addresses = LocationAddressSerializer(many=True)
    phones = LocationPhoneSerializer(many=True)
    email = serializers.CharField(allow_blank=True)
    schedules = LocationScheduleSerializer(many=True)
    is_open = serializers.BooleanField()
    opening = serializers.CharField(help_text="Until when it is open, or when it opens next, as a sentence.")

    def to_representation(self, office):
        view, request = self.context["view"], self.context["request"]
        local = office.tenant.local(view.at)
        timetable = office.hours(view.rests)
        found = timetable.opening(local)
        office.location_type = LOCATION_TYPES[OfficeKind(office.kind)]
        office.url = request.build_absolute_uri(f"/kantor/{office.tenant.slug}/{office.office_id}/")
        office.addresses = [
            {
                "address_1": office.address,
                "city": office.tenant.name,
                "state_province": office.tenant.parent.slug if office.tenant.parent else "",
                "country": "ID",
                "address_type": office.location_type,
            }
        ]
        numbers = (("voice", office.phone), ("whatsapp", office.whatsapp))
        office.phones = [{"number": number, "type": kind} for kind, number in numbers if number]
        rules = [rule for period in timetable.periods for rule in weekly(period)]
        office.schedules = rules + dated(timetable, local.date())
        office.is_open, office.opening = found.is_open, found.sentence(office.tenant.zone_abbr)
        return super().to_representation(office)


class LocationFilters(Filters):
    government = Slug(field_name="tenant__slug", help_text="Only counters of this government.")
    province = Slug(method="in_province", help_text="Only counters of this province and its districts.")
    kind = OneOf(field_name="kind", choices=OfficeKind.choices, help_text="Only this kind.")
    q = Search(
        lookups=["name__icontains", "tenant__name__icontains", "address__icontains"],
        help_text="In the names of counter and government, and in the address.",
    )

    def in_province(self, queryset, name, value):
        return queryset.filter(Q(tenant__slug=value) | Q(tenant__parent__slug=value))


class PublicEndpoint(OpenEndpoint):
    @property
    def rests(self):
        if not hasattr(self, "_rests"):
            self._rests = queries.rests(Days.at(self.at))
        return self._rests


class Locations(PublicEndpoint):
    filters = LocationFilters
    orders = {"government": ("tenant__name", "name", "office_id"), "name": ("name", "tenant__name", "office_id")}
    paged = True

    @operation(
        "listLocations",
        gives=page_of(LocationSerializer),
        examples=[example("One counter", {"count": 1, "page": 1, "per_page": 25, "results": [LOCATION]})],
    )
    def get(self, request):
        """
        Find counters

        All counters in service, with the field names of Open Referral HSDS 3. Nothing of the roster.
        """
        return self.page(queries.counters(Days.at(self.at)), LocationSerializer)


class Location(PublicEndpoint):
    @classmethod
    def parameters_in_path(cls):
        return [OpenApiParameter("slug", SLUG | {"example": "kota-bandung"}, OpenApiParameter.PATH)]

    @operation("getLocation", gives=LocationSerializer, examples=[example("A counter", LOCATION)])
    def get(self, request, slug, pk):
        """Read a counter"""
        return self.shown(public.get_counter(slug, pk), LocationSerializer)
