"""
Endpoints of what is known above: the nation, provinces, governments, offices.

The ministry sees all governments, a province its districts: the same answers from two addresses. Of the roster only numbers are
seen from above, never names.
"""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from accounts.gate import SLUG, GovernmentEndpoint
from circulars.enums import DeliveryState
from circulars.models import Circular, Delivery
from oversight import access, nation, queries
from oversight.enums import IN_SERVICE
from oversight.states import Days
from portal.api import page_of
from portal.api_fields import UUID, Moment
from portal.api_filters import Filters, OneOf, Search, Slug, YesNo
from portal.openapi import example, operation
from portal.problems import Problem
from tenants.enums import Level

CIRCULAR_PARAMETER = OpenApiParameter(
    "circular", {"type": "string", "format": "uuid"}, description="Of the ministry; the newest published one without."
)
REPLIES = [*DeliveryState.choices, (queries.UNADDRESSED, gettext_lazy("tidak dituju"))]
STANDING = {"ok": 1, "warn": 0, "bad": 1, "none": 0, "serving": 2, "staffed": 1}
GOVERNMENT = {
    "slug": "kota-bandung", "name": "Kota Bandung", "level": "kota", "province": "jawa-barat", "autonomous": True,
    "reply": "acknowledged", "opened_at": "2026-11-20T02:10:00Z", "acknowledged_at": "2026-11-20T03:00:00Z",
    "office_count": 2, "standing": STANDING,
}  # fmt: skip


# The nation -------------------------------------------------------------------------------------------------------------------


class OfficesByConditionSerializer(serializers.Serializer):
    def get_fields(self):
        return {condition.value: serializers.IntegerField(min_value=0) for condition in IN_SERVICE}


class FiguresSerializer(serializers.Serializer):
    """Numbers of reporting governments, and of their offices in service by condition."""

    governments = serializers.IntegerField(min_value=0)
    addressed = serializers.IntegerField(min_value=0)
    opened = serializers.IntegerField(min_value=0)
    acknowledged = serializers.IntegerField(min_value=0)
    overdue = serializers.IntegerField(min_value=0, help_text="The deadline has passed without acknowledgement.")
    equipped = serializers.IntegerField(min_value=0, help_text="Have an office in service.")
    serving = serializers.IntegerField(min_value=0, help_text="Have an office that serves today.")
    staffed = serializers.IntegerField(min_value=0, help_text="Have one with somebody on duty today.")
    stuck = serializers.IntegerField(min_value=0, help_text="Something of this is wrong.")
    offices = OfficesByConditionSerializer()


class ProvinceSerializer(FiguresSerializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    code = serializers.CharField()


class LetterSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    number = serializers.CharField()
    subject = serializers.CharField()
    deadline_on = serializers.DateField(allow_null=True)


class NationSerializer(serializers.Serializer):
    """The country today, each government on its own local day."""

    circular = LetterSerializer(allow_null=True)
    whole = FiguresSerializer()
    provinces = ProvinceSerializer(many=True)


class OversightEndpoint(GovernmentEndpoint):
    @property
    def days(self) -> Days:
        return Days.at(self.at)

    def letter(self) -> Circular | None:
        """The circular in view. Raises ``not-found`` for one that is not published."""
        wanted = self.request.query_params.get("circular")
        if wanted is None:
            return queries.published().first()
        if not UUID.fullmatch(wanted):
            raise Problem("invalid", errors={"circular": [_("Nilai ini bukan UUID.")]})
        found = queries.published().filter(pk=wanted).first()
        if found is None:
            raise Problem("not-found", _("Surat edaran ini tidak ada atau belum terbit."))
        return found

    def province(self):
        """The government asking, where it is a province: elsewhere there are no districts."""
        if not self.request.tenant.is_province:
            raise Http404
        return self.request.tenant


class Nation(OversightEndpoint):
    ministry = True
    rights = {"GET": "nation.view"}
    parameters = {"GET": (CIRCULAR_PARAMETER,)}

    @operation("getNation", gives=NationSerializer)
    def get(self, request, government):
        """
        Read the figures of the country

        By province: who has the circular, acknowledged it, has an office, has it staffed today. Rates count the governments
        that report: without the six administrative districts of Jakarta.
        """
        letter = self.letter()
        provinces = nation.provinces(letter, self.days)
        figures = {"circular": letter, "whole": nation.total(provinces), "provinces": provinces}
        return self.shown(figures, NationSerializer)


# Governments ------------------------------------------------------------------------------------------------------------------


class StandingSerializer(serializers.Serializer):
    """Numbers of offices in service, by kind of their state today."""

    ok = serializers.IntegerField()
    warn = serializers.IntegerField()
    bad = serializers.IntegerField()
    none = serializers.IntegerField()
    serving = serializers.IntegerField(help_text="Of all, those that serve today.")
    staffed = serializers.IntegerField(help_text="Of these, those with somebody on duty.")


class OverseenGovernmentSerializer(serializers.Serializer):
    """A government as it is seen from above."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices)
    province = serializers.SerializerMethodField()
    autonomous = serializers.BooleanField()
    reply = serializers.ChoiceField(choices=REPLIES, help_text="To the circular in view.")
    opened_at = Moment(allow_null=True)
    acknowledged_at = Moment(allow_null=True)
    office_count = serializers.IntegerField(help_text="Offices in service.")
    standing = StandingSerializer(allow_null=True)

    def get_province(self, tenant) -> str:
        return tenant.slug if tenant.is_province else tenant.parent.slug


class GovernmentFilters(Filters):
    level = OneOf(field_name="level", choices=Level.choices, help_text="Only governments of this level.")
    province = Slug(method="in_province", help_text="Only this province and its districts.")
    autonomous = YesNo(field_name="autonomous", help_text="Only governments of their own, or only administrative ones.")
    reply = OneOf(field_name="reply", choices=REPLIES, help_text="Only governments that stand so with the circular in view.")
    q = Search(lookups=["name__icontains"], help_text="Part of the name.")

    def in_province(self, queryset, name, value):
        return queryset.filter(Q(slug=value) | Q(parent__slug=value))


class Overseen(OversightEndpoint):
    filters = GovernmentFilters
    orders = {"name": ("name", "slug"), "office_count": ("office_count", "name", "slug")}
    paged = True
    parameters = {"GET": (CIRCULAR_PARAMETER,)}


class NationGovernments(Overseen):
    ministry = True
    rights = {"GET": "nation.view"}

    @operation(
        "listOverseenGovernments",
        gives=page_of(OverseenGovernmentSerializer),
        examples=[example("One", {"count": 1, "page": 1, "per_page": 25, "results": [GOVERNMENT]})],
    )
    def get(self, request, government):
        """
        List all governments and where they stand

        With the circular in view, and with their offices today.
        """
        return self.page(queries.governments(self.letter(), self.days), OverseenGovernmentSerializer)


class Districts(Overseen):
    rights = {"GET": "districts.view"}

    @operation(
        "listDistricts",
        gives=page_of(OverseenGovernmentSerializer),
        examples=[example("One", {"count": 1, "page": 1, "per_page": 25, "results": [GOVERNMENT]})],
    )
    def get(self, request, government):
        """
        List the districts of a province and where they stand

        404 where the government is no province.
        """
        found = queries.governments(self.letter(), self.days).filter(parent=self.province())
        return self.page(found, OverseenGovernmentSerializer)


class DeliveredHereSerializer(serializers.Serializer):
    circular = LetterSerializer()
    delivered_at = Moment()
    opened_at = Moment(allow_null=True)
    acknowledged_at = Moment(allow_null=True)
    state = serializers.ChoiceField(choices=DeliveryState.choices)


class OverseenDetailSerializer(OverseenGovernmentSerializer):
    deliveries = DeliveredHereSerializer(many=True, source="deliveries_here", help_text="The newest first, a hundred at most.")


def overseen(endpoint: OversightEndpoint, slug: str):
    """One government below the caller's, with its deliveries; Http404 for any other."""
    tenant = access.get_government(endpoint.request.member, slug)
    found = queries.governments(endpoint.letter(), endpoint.days).get(pk=tenant.pk)
    deliveries = Delivery.objects.filter(tenant=tenant).standing(endpoint.days.moment).select_related("circular")
    found.deliveries_here = list(deliveries.order_by("-delivered_at", "pk")[:100])
    return found


class SlugInPath:
    @classmethod
    def parameters_in_path(cls):
        below = OpenApiParameter("slug", SLUG | {"example": "kota-bandung"}, OpenApiParameter.PATH)
        return [*super().parameters_in_path(), below]


class NationGovernment(SlugInPath, OversightEndpoint):
    ministry = True
    rights = {"GET": "nation.view"}
    parameters = {"GET": (CIRCULAR_PARAMETER,)}

    @operation("getOverseenGovernment", gives=OverseenDetailSerializer)
    def get(self, request, government, slug):
        """Read where a government stands"""
        return self.shown(overseen(self, slug), OverseenDetailSerializer)


class District(SlugInPath, OversightEndpoint):
    rights = {"GET": "districts.view"}
    parameters = {"GET": (CIRCULAR_PARAMETER,)}

    @operation("getDistrict", gives=OverseenDetailSerializer)
    def get(self, request, government, slug):
        """Read where a district of a province stands"""
        self.province()
        return self.shown(overseen(self, slug), OverseenDetailSerializer)
