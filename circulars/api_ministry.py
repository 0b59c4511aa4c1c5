"""Endpoints of circulars at the ministry: draft, address, attach, publish, follow the deliveries."""

import re

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from circulars import access, operations, queries
from circulars.api import TEXT, TextSerializer
from circulars.enums import Audience, CircularState, DeliveryState
from circulars.files import attachment_response
from circulars.models import LARGEST_ATTACHMENT, Circular
from portal.api import SAFE, PdfRenderer, page_of
from portal.api_fields import LINE, Choice, Day, Entries, Flag, Line, Moment, Text
from portal.api_filters import Filters, OneOf, Search, Slug
from portal.openapi import PDF, example, operation
from portal.problems import Problem
from tenants.models import Tenant

CIRCULAR = {
    "id": "7d9f4c1e-2c35-4d2b-8a54-0f5f3b8c9e11", "number": "560/2821/SJ", "dated_on": "2020-04-01", "day_known": False,
    "subject": "Pelayanan Pendaftaran Kartu Prakerja", "deadline_on": "2026-11-30", "audience": "all", "state": "draft",
    "version": 1, "published_at": None, "owing": 0, "opened": 0, "acknowledged": 0,
}  # fmt: skip
LETTER = {
    "number": "560/2821/SJ", "dated_on": "2020-04-01", "day_known": False,
    "subject": "Pelayanan Pendaftaran Kartu Prakerja", "deadline_on": "2026-11-30", "audience": "all",
    "points": [{"number": "1", "text": "Menugaskan kepala dinas untuk membantu pendaftaran."}],
    "copies": ["Presiden Republik Indonesia"],
}  # fmt: skip


class CircularSerializer(serializers.Serializer):
    """A circular as the ministry has it; the three figures count governments of their own."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    dated_on = serializers.DateField()
    day_known = serializers.BooleanField(help_text="False: only month and year of the date count.")
    subject = serializers.CharField()
    deadline_on = serializers.DateField(allow_null=True)
    audience = serializers.ChoiceField(choices=Audience.choices)
    state = serializers.ChoiceField(choices=CircularState.choices)
    version = serializers.IntegerField()
    published_at = Moment(allow_null=True)
    owing = serializers.IntegerField(help_text="Governments that must acknowledge it.")
    opened = serializers.IntegerField()
    acknowledged = serializers.IntegerField()


class CircularDetailSerializer(CircularSerializer):
    text = TextSerializer(source="*")
    chosen = serializers.ListField(child=serializers.SlugField(), help_text="Slugs, when the audience is `chosen`.")
    drafted_by = serializers.CharField(source="drafted_by_name", allow_blank=True)
    published_by = serializers.CharField(source="published_by_name", allow_blank=True)
    lacking = serializers.ListField(child=serializers.CharField(), help_text="What a draft still needs, as sentences.")

    def to_representation(self, circular):
        today = self.context["request"].today
        circular.lacking = [] if circular.is_published else operations.lacking(circular, today=today)
        circular.chosen_slugs = list(circular.chosen.order_by("slug").values_list("slug", flat=True))
        return super().to_representation(circular)

    def get_fields(self):
        fields = super().get_fields()
        fields["chosen"].source = "chosen_slugs"
        return fields


class PointEntries(Entries):
    number = Line(max_length=8)
    text = Text(max_length=4000)


class LetterEntries(Entries):
    """The whole text of a draft; what is left out is empty."""

    number = Line(max_length=60)
    dated_on = Day()
    day_known = Flag(default=True)
    subject = Line(max_length=200)
    opening = Text(max_length=10_000, allow_blank=True, default="")
    signatory = Line(max_length=150, default="Menteri Dalam Negeri")
    deadline_on = Day(allow_null=True, default=None)
    audience = Choice(choices=Audience.choices, default=Audience.ALL.value)
    points = PointEntries(many=True, default=list, max_length=100)  # type: ignore[call-arg]
    copies = serializers.ListField(child=Line(max_length=150), default=list, max_length=100)


class AddresseeEntries(Entries):
    governments = serializers.ListField(
        child=Line(max_length=36), max_length=600, help_text="Slugs of exactly those addressed."
    )


def letter(entries: dict) -> operations.Letter:
    points = tuple((point["number"], point["text"]) for point in entries.pop("points"))
    return operations.Letter(points=points, copies=tuple(entries.pop("copies")), **entries)


class MinistryEndpoint(GovernmentEndpoint):
    ministry = True

    def detail(self, pk, **answer):
        return self.shown(access.get_circular(self.request.member, pk), CircularDetailSerializer, **answer)

    def present(self, circular: Circular):
        return self.detail(circular.pk).data


class CircularFilters(Filters):
    state = OneOf(field_name="state", choices=CircularState.choices, help_text="Only drafts, or only published ones.")
    q = Search(lookups=["subject__icontains", "number__icontains"], help_text="In subject and number.")


class Circulars(MinistryEndpoint):
    rights = {"GET": "circulars.view", "POST": "circulars.draft"}
    filters = CircularFilters
    orders = {"dated_on": ("dated_on", "number"), "number": ("number",), "deadline_on": ("deadline_on", "number")}
    order = "-dated_on"
    paged = True

    @operation(
        "listCirculars",
        gives=page_of(CircularSerializer),
        examples=[example("One circular", {"count": 1, "page": 1, "per_page": 25, "results": [CIRCULAR]})],
    )
    def get(self, request, government):
        """
        List the circulars

        Drafts are among them for those who draft; observers see what is published.
        """
        return self.page(queries.circulars(drafts=request.member.may("circulars.draft")), CircularSerializer)

    @operation(
        "draftCircular", takes=LetterEntries, gives=CircularDetailSerializer, status=201,
        examples=[example("A letter", LETTER, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Draft a circular

        Nobody outside the ministry sees it before it is published.
        """
        circular = operations.draft(letter=letter(self.read(LetterEntries)), by=request.member, at=self.at)
        return self.detail(circular.pk, status=201, location=f"{request._request.path}/{circular.pk}")


class CircularDetail(MinistryEndpoint):
    rights = {"GET": "circulars.view", "PUT": "circulars.draft", "DELETE": "circulars.draft"}
    edits = ("PUT", "DELETE")

    @operation(
        "getCircular",
        gives=CircularDetailSerializer,
        examples=[
            example(
                "A draft",
                {**CIRCULAR, "text": TEXT, "chosen": [], "drafted_by": "Siti Rahma", "published_by": "", "lacking": []},
            )
        ],
    )
    def get(self, request, government, pk):
        """Read a circular"""
        return self.detail(pk)

    @operation(
        "editCircular", takes=LetterEntries, gives=CircularDetailSerializer, examples=[example("A letter", LETTER, sent=True)]
    )
    def put(self, request, government, pk):
        """
        Write the text of a draft anew

        What is published is never changed: 409.
        """
        circular = access.get_circular(request.member, pk, right="circulars.draft")
        entries = letter(self.read(LetterEntries))
        operations.edit(circular=circular, letter=entries, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)

    @operation("discardCircular", gives=None, status=204)
    def delete(self, request, government, pk):
        """
        Discard a draft

        The audit trail keeps what it said.
        """
        circular = access.get_circular(request.member, pk, right="circulars.draft")
        operations.discard(circular=circular, version=self.version, by=request.member, at=self.at)
        return Response(status=204)


class Addressees(MinistryEndpoint):
    rights = {"PUT": "circulars.draft"}
    edits = ("PUT",)

    @operation(
        "addressCircular", takes=AddresseeEntries, gives=CircularDetailSerializer,
        examples=[example("Two governments", {"governments": ["jawa-barat", "kota-bandung"]}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Address a draft to chosen governments

        Its audience becomes `chosen`.
        """
        circular = access.get_circular(request.member, pk, right="circulars.draft")
        slugs = set(self.read(AddresseeEntries)["governments"])
        chosen = list(Tenant.objects.governments().filter(slug__in=slugs).values_list("pk", flat=True))
        if len(chosen) != len(slugs):
            raise operations.UnknownGovernment(field="governments")
        operations.choose(circular=circular, governments=chosen, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)


class PdfParser(BaseParser):
    media_type = "application/pdf"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class CircularAttachment(MinistryEndpoint):
    rights = {"GET": "circulars.view", "PUT": "circulars.draft", "DELETE": "circulars.draft"}
    edits = ("PUT", "DELETE")
    body_bytes = LARGEST_ATTACHMENT
    parameters = {
        "PUT": (OpenApiParameter("name", {"type": "string", "minLength": 1, "maxLength": 150, "pattern": LINE}, required=True),)
    }

    def get_renderers(self):
        return [PdfRenderer()] if self.request.method in SAFE else [JSONRenderer()]

    def get_parsers(self):
        return [PdfParser()] if self.request is not None and self.request.method == "PUT" else super().get_parsers()

    @operation("getCircularAttachment", gives=PDF)
    def get(self, request, government, pk):
        """Download the attachment of a circular"""
        return attachment_response(access.get_circular(request.member, pk))

    @operation("attachToCircular", takes={"application/pdf": OpenApiTypes.BINARY}, gives=CircularDetailSerializer)
    def put(self, request, government, pk):
        """
        Attach a PDF to a draft

        In place of any other; 5 MB at most. `name` is the file's.
        """
        name = request.query_params.get("name", "")
        if not re.match(LINE, name) or len(name) > 150:
            raise Problem("invalid", errors={"name": [_("Sebut nama berkas, paling panjang 150 karakter.")]})
        circular = access.get_circular(request.member, pk, right="circulars.draft")
        content = request.data or b""
        operations.attach(circular=circular, name=name, content=content, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)

    @operation("detachFromCircular", gives=CircularDetailSerializer)
    def delete(self, request, government, pk):
        """Take the attachment off a draft"""
        circular = access.get_circular(request.member, pk, right="circulars.draft")
        operations.detach(circular=circular, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)


class Publication(MinistryEndpoint):
    rights = {"POST": "circulars.publish"}
    edits = ("POST",)

    @operation("publishCircular", takes=None, gives=CircularDetailSerializer, status=201)
    def post(self, request, government, pk):
        """
        Publish a circular

        Seals the text and delivers it to every addressed government, once. What a draft lacks is 422; a published one is 409.
        """
        self.read(Entries)
        circular = access.get_circular(request.member, pk, right="circulars.publish")
        operations.publish(circular=circular, version=self.version, by=request.member, at=self.at)
        return self.detail(pk, status=201, location=request._request.path.rpartition("/")[0])


class DeliveredSerializer(serializers.Serializer):
    """A circular at one government, as the ministry sees it."""

    government = serializers.SlugField(source="tenant.slug")
    name = serializers.CharField(source="tenant.name")
    level = serializers.CharField(source="tenant.level")
    province = serializers.CharField(source="province_slug")
    delivered_at = Moment()
    opened_at = Moment(allow_null=True)
    opened_by = serializers.CharField(source="opened_by_name", allow_blank=True)
    acknowledged_at = Moment(allow_null=True)
    state = serializers.ChoiceField(choices=DeliveryState.choices)

    def to_representation(self, delivery):
        tenant = delivery.tenant
        delivery.province_slug = tenant.slug if tenant.is_province else tenant.parent.slug
        return super().to_representation(delivery)


class DeliveredFilters(Filters):
    state = OneOf(field_name="state", choices=DeliveryState.choices, help_text="Only governments in this state today.")
    province = Slug(method="in_province", help_text="Only this province and its districts.")
    q = Search(lookups=["tenant__name__icontains"], help_text="Part of the government's name.")

    def in_province(self, queryset, name, value):
        return queryset.filter(tenant__slug=value) | queryset.filter(tenant__parent__slug=value)


class Deliveries(MinistryEndpoint):
    rights = {"GET": "circulars.view"}
    filters = DeliveredFilters
    orders = {
        "name": ("tenant__name", "pk"),
        "opened_at": ("opened_at", "tenant__name", "pk"),
        "acknowledged_at": ("acknowledged_at", "tenant__name", "pk"),
    }
    paged = True

    @operation(
        "listDeliveries",
        gives=page_of(DeliveredSerializer),
        examples=[
            example(
                "One government",
                {
                    "count": 1, "page": 1, "per_page": 25,
                    "results": [
                        {
                            "government": "kota-bandung", "name": "Kota Bandung", "level": "kota", "province": "jawa-barat",
                            "delivered_at": "2026-11-20T02:00:00Z", "opened_at": None, "opened_by": "", "acknowledged_at": None,
                            "state": "unopened",
                        }
                    ],
                },
            )
        ],
    )  # fmt: skip
    def get(self, request, government, pk):
        """
        List where a circular stands

        One entry for each government it was delivered to; `state` is that of each government's own local day.
        """
        return self.page(queries.deliveries(access.get_circular(request.member, pk), at=self.at), DeliveredSerializer)
