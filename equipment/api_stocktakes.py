"""Endpoints of rounds through rooms: begin, read labels, finish."""

from django.db import transaction
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.gate import GovernmentEndpoint
from accounts.members import Member
from equipment import access
from equipment import access_stocktakes as rounds_access
from equipment import operations_stocktakes as operations
from equipment import queries_stocktakes as queries
from equipment.enums import Condition, StockTakeOutcome
from equipment.models import StockTakeLine
from portal.api import named, page_of
from portal.api_fields import Choice, Entries, Flag, Line, Moment, Uuid
from portal.api_filters import Filters, Ref
from portal.openapi import example, operation

ITEM = {"id": "a7b8c9d0-1f0e-4a55-8e1c-7a9d2b6c5e41", "label": "K7M4-P2", "name": "Laptop 14 inci", "condition": "good"}
ROUND = {
    "id": "d3c4e5f6-1f0e-4a55-8e1c-7a9d2b6c5e41", "room": "8d2f1c60-4b7e-4a0f-9d53-0c1b2a3f4e5d",
    "started_at": "2026-11-23T03:00:00Z", "started_by": "Siti Rahma", "finished_at": None, "finished_by": "",
    "expected": 12, "seen": 11,
}  # fmt: skip
LINE = {
    "id": "e4d5f6a7-1f0e-4a55-8e1c-7a9d2b6c5e41", "label": "K7M4-P2", "outcome": "moved", "item": ITEM,
    "came_from": "Gudang, Loket Cikutra", "place_corrected": True, "read_at": "2026-11-23T03:05:00Z", "read_by": "Siti Rahma",
    "again": False,
}  # fmt: skip
WHOLE = ROUND | {"lines": [LINE], "missing": [ITEM]}


class ThingSerializer(serializers.Serializer):
    """A thing of the inventory as a round tells of it."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    name = serializers.CharField()
    condition = serializers.ChoiceField(choices=Condition.choices)


class LineSerializer(serializers.Serializer):
    """One label that was read."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    outcome = serializers.ChoiceField(choices=StockTakeOutcome.choices)
    item = ThingSerializer(allow_null=True, help_text="Null for a label that is none of this government's.")
    came_from = serializers.CharField(source="came_from_name", allow_blank=True)
    place_corrected = serializers.BooleanField()
    read_at = Moment()
    read_by = serializers.CharField(source="read_by_name")
    again = serializers.SerializerMethodField(help_text="Whether it had been read before; then nothing has changed.")

    def get_again(self, line) -> bool:
        return getattr(line, "again", False)


class RoundSerializer(serializers.Serializer):
    """A round through a room. ``expected`` was frozen when it began."""

    id = serializers.UUIDField(source="stock_take.pk")
    room = serializers.UUIDField(source="stock_take.room_id")
    started_at = Moment(source="stock_take.started_at")
    started_by = serializers.CharField(source="stock_take.started_by_name")
    finished_at = Moment(source="stock_take.finished_at", allow_null=True)
    finished_by = serializers.CharField(source="stock_take.finished_by_name", allow_blank=True)
    expected = serializers.IntegerField()
    seen = serializers.IntegerField(help_text="How many of those expected were read.")


class RoundListSerializer(serializers.ListSerializer):
    """Counts the lines of all rounds of a page at once."""

    def to_representation(self, data):
        return super().to_representation(queries.tallies(data))


class ListedRoundSerializer(RoundSerializer):
    class Meta:
        list_serializer_class = RoundListSerializer


class WholeRoundSerializer(RoundSerializer):
    """A round with every label that was read and all that is missing."""

    lines = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    @extend_schema_field(LineSerializer(many=True))
    def get_lines(self, found):
        return LineSerializer([*found.found, *found.moved, *found.unknown], many=True, context=self.context).data

    @extend_schema_field(ThingSerializer(many=True))
    def get_missing(self, found):
        return ThingSerializer([each.item for each in found.missing], many=True).data


class StartEntries(Entries):
    room = Uuid()


class LineEntries(Entries):
    text = Line(max_length=300, help_text="What was scanned or typed: a label, or the address in its QR code.")
    correct_place = Flag(default=False, help_text="Whether what belongs to another room is put here in the inventory.")
    condition = Choice(choices=Condition.choices, allow_null=True, default=None, help_text="How it was seen, if it was graded.")
    reason = Line(max_length=200, allow_blank=True, default="", help_text="Required for a condition that is not good.")


class RoundFilters(Filters):
    room = Ref(field_name="room", help_text="Only through this room.")
    office = Ref(field_name="room__office", help_text="Only in this office.")


class RoundEndpoint(GovernmentEndpoint):
    def whole(self, pk, **answer):
        found = queries.round_of(queries.stock_takes().get(pk=pk))
        return self.shown(found, WholeRoundSerializer, **answer)


class StockTakes(RoundEndpoint):
    rights = {"GET": "equipment.view", "POST": "equipment.edit"}
    filters = RoundFilters
    orders = {"-started_at": ("-started_at", "id"), "started_at": ("started_at", "id")}
    paged = True

    @operation(
        "listStockTakes",
        gives=page_of(ListedRoundSerializer),
        examples=[example("One round", {"count": 1, "page": 1, "per_page": 25, "results": [ROUND]})],
    )
    def get(self, request, government):
        """List the rounds through rooms"""
        return self.page(queries.stock_takes(), ListedRoundSerializer)

    @operation(
        "startStockTake", takes=StartEntries, gives=WholeRoundSerializer, status=201,
        examples=[example("A round", {"room": ROUND["room"]}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Begin a round through a room

        One at a time: where one is going on already, the answer is that one.
        """
        with named("room"):
            room = rounds_access.get_any_room(request.member, self.read(StartEntries)["room"], right="equipment.edit")
        taken = operations.start(room=room, by=request.member, at=self.at)
        return self.whole(taken.pk, status=201, location=f"{request._request.path}/{taken.pk}")


class StockTakeDetail(RoundEndpoint):
    rights = {"GET": "equipment.view"}

    @operation("getStockTake", gives=WholeRoundSerializer, examples=[example("A round", WHOLE)])
    def get(self, request, government, pk):
        """Read a round"""
        return self.whole(rounds_access.get_stock_take(request.member, pk).pk)


class StockTakeLines(GovernmentEndpoint):
    rights = {"POST": "equipment.edit"}

    @operation(
        "readLabel", takes=LineEntries, gives=LineSerializer, status=201,
        examples=[example("A label", {"text": "K7M4-P2", "correct_place": True}, sent=True), example("Its line", LINE)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Read a label

        Sent again, it changes nothing: `again` says so. Places and conditions are changed only where the caller may do so in
        the office that has the thing by the books.
        """
        found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit")
        entries = self.read(LineEntries)
        with transaction.atomic():  # what is refused of its follow-up leaves no line either
            reading = operations.read(stock_take=found, text=entries["text"], by=request.member, at=self.at)
            line = self._followed_up(reading.line, entries, request.member)
        line.again = reading.again
        return self.shown(line, LineSerializer, status=201)

    def _followed_up(self, line: StockTakeLine, entries: dict, member: Member) -> StockTakeLine:
        act: dict = {"by": member, "at": self.at}
        wants_place = entries["correct_place"] and line.outcome == StockTakeOutcome.MOVED and not line.place_corrected
        if line.item_id and (wants_place or entries["condition"]):
            access.get_item(member, line.item_id, right="equipment.edit")
        if wants_place:
            line = operations.correct_place(line=line, **act)
        if entries["condition"]:
            line = operations.grade(line=line, condition=entries["condition"], reason=entries["reason"], **act)
        return line


class StockTakeFinish(RoundEndpoint):
    rights = {"PUT": "equipment.edit"}

    @operation("finishStockTake", gives=WholeRoundSerializer)
    def put(self, request, government, pk):
        """
        Finish a round

        From here on it never changes. Finished already, it stays as it was.
        """
        found = rounds_access.get_stock_take(request.member, pk, right="equipment.edit")
        return self.whole(operations.finish(stock_take=found, by=request.member, at=self.at).pk)
