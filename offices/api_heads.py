"""Endpoints of who leads a dinas, of its history, and of who holds which sector."""

from django.http import Http404, HttpResponse
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from accounts.members import Member
from audit import history
from offices import access, leadership
from offices import operations_heads as operations
from offices.enums import HeadStanding, Sector
from offices.models import DinasHead
from portal.api import page_of
from portal.api_fields import Choice, Day, Entries, Line
from portal.api_filters import Filters, OneOf
from portal.api_history import CHANGE, ChangeSerializer
from portal.openapi import example, operation

FACTS = {"name": "Siti Rahma", "standing": "definitive", "serves_from": "2024-01-02", "serves_until": None}
HEAD = {"id": "5d2e8a40-3b1c-4a52-8f0e-1b7c9d3e5f60", **FACTS, "serves": True, "version": 1}
HELD = {"sector": "manpower", "label": "ketenagakerjaan",
        "dinas": [{"id": "1b4b0a8e-8f3e-4b62-9c2f-6d1a2b3c4d5e", "name": "Dinas Tenaga Kerja"}]}  # fmt: skip


class HeadSerializer(serializers.Serializer):
    """Somebody who leads a dinas, or acts for its head, from one day to another."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    standing = serializers.ChoiceField(choices=HeadStanding.choices)
    serves_from = serializers.DateField()
    serves_until = serializers.DateField(allow_null=True, help_text="The last day; null without an end.")
    serves = serializers.BooleanField(help_text="Whether that is so today.")
    version = serializers.IntegerField()

    def to_representation(self, head):
        head.serves = head.serves_on(self.context["request"].today)
        return super().to_representation(head)


class HeadFacts(Entries):
    name = Line(max_length=150)
    standing = Choice(choices=HeadStanding.choices, default=HeadStanding.DEFINITIVE.value)
    serves_from = Day()
    serves_until = Day(allow_null=True, default=None)


class HeadEntries(HeadFacts):
    succeeds = serializers.BooleanField(
        default=False, help_text="Whoever leads (or acts) without an end leaves on the day before."
    )


class HeadFilters(Filters):
    standing = OneOf(field_name="standing", choices=HeadStanding.choices, help_text="Only this standing.")


class Heads(GovernmentEndpoint):
    rights = {"GET": "dinas.view", "POST": "dinas.edit"}
    filters = HeadFilters
    orders = {"serves_from": ("serves_from", "name", "id"), "name": ("name", "serves_from", "id")}
    order = "-serves_from"
    paged = True

    @operation(
        "listHeads", gives=page_of(HeadSerializer),
        examples=[example("One head", {"count": 1, "page": 1, "per_page": 25, "results": [HEAD]})],
    )  # fmt: skip
    def get(self, request, government, pk):
        """List those who lead and led a dinas"""
        return self.page(access.get_dinas(request.member, pk).heads.all(), HeadSerializer)

    @operation(
        "recordHead", takes=HeadEntries, gives=HeadSerializer, status=201, examples=[example("A head", FACTS, sent=True)]
    )
    def post(self, request, government, pk):
        """
        Record who leads a dinas

        One head at a time, and one who acts for the head.
        """
        dinas = access.get_dinas(request.member, pk, right="dinas.edit")
        head = operations.record_head(dinas=dinas, by=request.member, at=self.at, **self.read(HeadEntries))
        root = request._request.path.rsplit("/", 3)[0]
        return self.shown(head, HeadSerializer, status=201, location=f"{root}/heads/{head.pk}")


class HeadDetail(GovernmentEndpoint):
    rights = {"GET": "dinas.view", "PUT": "dinas.edit", "DELETE": "dinas.edit"}
    edits = ("PUT", "DELETE")
    serializer = HeadSerializer

    def find(self, member: Member, pk, right: str) -> DinasHead:
        found = DinasHead.objects.select_related("dinas").filter(pk=pk).first()
        if found is None:
            raise Http404
        access.check_dinas(member, found.dinas, right)
        return found

    @operation("getHead", gives=HeadSerializer, examples=[example("A head", HEAD)])
    def get(self, request, government, pk):
        """Read one who leads or led a dinas"""
        return self.shown(self.find(request.member, pk, "dinas.view"), HeadSerializer)

    @operation(
        "editHead", takes=HeadFacts, gives=HeadSerializer,
        examples=[example("A last day", FACTS | {"serves_until": "2026-12-31"}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """Correct what was recorded, or give it its last day"""
        found = self.find(request.member, pk, "dinas.edit")
        facts = self.read(HeadFacts)
        changed = operations.edit_head(head=found, version=self.version, by=request.member, at=self.at, **facts)
        return self.shown(changed, HeadSerializer)

    @operation("removeHead", gives=None, status=204)
    def delete(self, request, government, pk):
        """Take back what was recorded by mistake"""
        found = self.find(request.member, pk, "dinas.edit")
        operations.remove_head(head=found, version=self.version, by=request.member, at=self.at)
        return HttpResponse(status=204)


class DinasHistory(GovernmentEndpoint):
    rights = {"GET": "dinas.view"}
    paged = True

    @operation(
        "listDinasHistory", gives=page_of(ChangeSerializer),
        examples=[example("One change", {"count": 1, "page": 1, "per_page": 25, "results": [CHANGE]})],
    )  # fmt: skip
    def get(self, request, government, pk):
        """List the changes of a dinas and of who leads it"""
        dinas = access.get_dinas(request.member, pk)
        found = history.of("offices_dinas", dinas.pk, within=[("offices_dinashead", "dinas_id", [dinas.pk])])
        return self.page(found, ChangeSerializer)


class HolderSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class HoldingSerializer(serializers.Serializer):
    """One of the five sectors of point 1 of the circular and the dinas that hold it: none, one or several."""

    sector = serializers.ChoiceField(choices=Sector.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    dinas = HolderSerializer(many=True)


class HoldingsSerializer(serializers.Serializer):
    sectors = HoldingSerializer(many=True)


class Sectors(GovernmentEndpoint):
    rights = {"GET": "dinas.view"}

    @operation("listSectors", gives=HoldingsSerializer, examples=[example("One of five", {"sectors": [HELD]})])
    def get(self, request, government):
        """
        List the five sectors with the dinas that hold them

        A sector without a dinas is nobody's task yet.
        """
        return Response(HoldingsSerializer({"sectors": leadership.holdings()}).data)
