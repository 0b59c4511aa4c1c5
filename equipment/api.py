"""Endpoints of the inventory: things, their place, condition and checks."""

from rest_framework import serializers

from accounts.gate import GovernmentEndpoint
from equipment import access, operations, queries
from equipment.enums import Category, CheckKind, CheckState, Condition, ItemKind
from equipment.operations import MOST_AT_ONCE
from offices.access import get_office
from offices.enums import RoomPurpose
from offices.models import Desk, Room
from portal.api import UnknownReference, named, page_of
from portal.api_fields import Choice, Day, Entries, Flag, Line, Uuid, Whole
from portal.api_filters import Filters, OneOf, Ref, Search
from portal.openapi import example, operation

OFFICE = {"id": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "name": "Loket Cikutra"}
ROOM = {"id": "8d2f1c60-4b7e-4a0f-9d53-0c1b2a3f4e5d", "name": "Ruang Pendaftaran"}
FACTS = {
    "kind": "laptop", "name": "Laptop 14 inci", "purpose": "registration", "has_camera": True, "item_code": "3.10.01.02.002",
    "register_number": "0001", "year": 2025, "note": "",
}  # fmt: skip
CHECKS = [
    {"kind": "camera", "state": "fresh", "checked_on": "2026-11-20", "lapses_on": "2026-12-20", "note": "", "result": {},
     "measured": True},
    {"kind": "internet", "state": "failed", "checked_on": "2026-11-20", "lapses_on": None,
     "note": "unduh 0,8 Mbit/s, perlu 2", "result": {"down": 0.8, "up": 0.6, "latency": 120}, "measured": True},
    {"kind": "browser", "state": "never", "checked_on": None, "lapses_on": None, "note": "", "result": {}, "measured": False},
]  # fmt: skip
CHAIRS = {"office": OFFICE["id"], "kind": "chair", "name": "Kursi lipat", "count": 8}
ITEM = {
    "id": "c4c6a4f0-5a0e-4c57-9b55-0d9c3a7e1f10", "label": "K7M4-P2", "office": OFFICE, "category": "device", **FACTS,
    "room": ROOM, "desk": None, "condition": "good", "condition_on": "2026-11-20", "condition_reason": "", "removed_on": None,
    "removed_reason": "", "checks": CHECKS, "version": 3,
}  # fmt: skip
CHECK = {
    "id": "0e3b1f5a-7f49-4d7e-8d8b-2f6a1c9b4d21", "kind": "internet", "ok": False, "note": "unduh 0,8 Mbit/s, perlu 2",
    "result": {"down": 0.8, "up": 0.6, "latency": 120}, "measured": False, "checked_on": "2026-11-20",
    "checked_at": "2026-11-20T03:00:00Z", "checked_by": "Siti Rahma",
}  # fmt: skip


class ItemReferenceSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ItemOfficeSerializer(ItemReferenceSerializer):
    pass


class ItemPlaceSerializer(ItemReferenceSerializer):
    """A room or a desk."""


class CheckStandingSerializer(serializers.Serializer):
    """The newest check of a kind, and what it means today."""

    kind = serializers.ChoiceField(choices=CheckKind.choices)
    state = serializers.ChoiceField(choices=CheckState.choices)
    checked_on = serializers.DateField(source="check.checked_on", default=None, allow_null=True)
    lapses_on = serializers.DateField(allow_null=True, help_text="The first day on which it does not count any more.")
    note = serializers.CharField(source="check.note", default="", allow_blank=True)
    result = serializers.DictField(source="check.result", default=dict)
    measured = serializers.BooleanField(source="check.measured", default=False, help_text="By the device itself.")


def stood(items, on) -> list:
    """``items`` with what their checks mean on the day; one query for all."""
    found = list(items)
    newest = queries.newest_checks(found)
    for item in found:
        item.standings = queries.standings(newest, item, on)
    return found


class ItemListSerializer(serializers.ListSerializer):
    """Asks for the checks of all things of a page at once."""

    def to_representation(self, data):
        return super().to_representation(stood(data, self.context["request"].today))


class ItemSerializer(serializers.Serializer):
    """A thing of the inventory. Only devices have checks."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    office = ItemOfficeSerializer()
    category = serializers.ChoiceField(choices=Category.choices)
    kind = serializers.ChoiceField(choices=ItemKind.choices)
    name = serializers.CharField()
    purpose = serializers.ChoiceField(choices=RoomPurpose.choices, allow_blank=True)
    has_camera = serializers.BooleanField()
    item_code = serializers.CharField(allow_blank=True)
    register_number = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    room = ItemPlaceSerializer(allow_null=True)
    desk = ItemPlaceSerializer(allow_null=True)
    condition = serializers.ChoiceField(choices=Condition.choices)
    condition_on = serializers.DateField(allow_null=True)
    condition_reason = serializers.CharField(allow_blank=True)
    removed_on = serializers.DateField(allow_null=True)
    removed_reason = serializers.CharField(allow_blank=True)
    checks = CheckStandingSerializer(many=True, source="standings")
    version = serializers.IntegerField()

    class Meta:
        list_serializer_class = ItemListSerializer


class ItemsSerializer(serializers.Serializer):
    results = ItemSerializer(many=True)


class ItemFacts(Entries):
    """The facts of a thing. A device has a purpose; item code and register number together occur once."""

    kind = Choice(choices=ItemKind.choices)
    name = Line(max_length=150)
    purpose = Choice(choices=RoomPurpose.choices, allow_blank=True, default="")
    has_camera = Flag(default=False)
    item_code = Line(max_length=30, allow_blank=True, default="")
    register_number = Line(max_length=20, allow_blank=True, default="")
    year = Whole(min_value=1950, max_value=2100, allow_null=True, default=None)
    note = Line(max_length=300, allow_blank=True, default="")


class Placed(Entries):
    room = Uuid(allow_null=True, default=None)
    desk = Uuid(allow_null=True, default=None, help_text="A desk of that room.")


class ItemEntries(ItemFacts, Placed):
    office = Uuid()
    count = Whole(min_value=1, max_value=MOST_AT_ONCE, default=1, help_text="So many alike; register numbers count on.")
    condition = Choice(choices=Condition.choices, default=Condition.GOOD.value)


class PlaceEntries(Placed):
    office = Uuid(allow_null=True, default=None, help_text="Where there is no room; otherwise it is the room's.")
    reason = Line(max_length=200, allow_blank=True, default="")


class ConditionEntries(Entries):
    condition = Choice(choices=Condition.choices)
    on = Day(help_text="When it was seen; not ahead.")
    reason = Line(max_length=200, allow_blank=True, default="", help_text="Required where it is not good.")


class RemovalEntries(Entries):
    on = Day(help_text="Not ahead.")
    reason = Line(max_length=200)


class ItemFilters(Filters):
    office = Ref(field_name="office", help_text="Only things of this office.")
    room = Ref(field_name="room", help_text="Only things in this room.")
    category = OneOf(field_name="category", choices=Category.choices, help_text="Only this category.")
    kind = OneOf(field_name="kind", choices=ItemKind.choices, help_text="Only this kind.")
    purpose = OneOf(field_name="purpose", choices=RoomPurpose.choices, help_text="Only this purpose.")
    condition = OneOf(field_name="condition", choices=Condition.choices, help_text="Only in this condition.")
    check = OneOf(
        method="by_check", choices=[("due", "due"), *(each for each in CheckState.choices if each[0] != "fresh")],
        help_text="Only devices of which a check is in this state today; due is any but fresh.",
    )  # fmt: skip
    removed = OneOf(method="by_removal", choices=[("no", "no"), ("yes", "yes")], help_text="Only written off, or only not.")
    q = Search(lookups=["name__icontains", "label__icontains", "item_code__icontains"], help_text="In name, label, item code.")

    def by_check(self, queryset, name, value):
        return queries.by_checks(queryset, value, self.request.today)

    def by_removal(self, queryset, name, value):
        return queryset.filter(removed_on=None) if value == "no" else queryset.exclude(removed_on=None)


class ItemEndpoint(GovernmentEndpoint):
    def detail(self, pk, **answer):
        (item,) = stood(queries.every_item().filter(pk=pk), self.request.today)
        return self.shown(item, ItemSerializer, **answer)

    def present(self, item):
        return self.detail(item.pk).data

    def place(self, entries) -> dict:
        """The room and desk that the entries name; an unknown one is refused under its name."""
        return {name: _named(model, entries.pop(name), name) for name, model in (("room", Room), ("desk", Desk))}


def _named(model, pk, name):
    found = pk and model.objects.filter(pk=pk).first()
    if pk and found is None:
        raise UnknownReference(field=name)
    return found


class Items(ItemEndpoint):
    rights = {"GET": "equipment.view", "POST": "equipment.edit"}
    filters = ItemFilters
    orders = {"name": ("name", "label"), "label": ("label",), "kind": ("kind", "name", "label")}
    paged = True

    @operation(
        "listItems",
        gives=page_of(ItemSerializer),
        examples=[example("One thing", {"count": 1, "page": 1, "per_page": 25, "results": [ITEM]})],
    )
    def get(self, request, government):
        """
        List the inventory of a government

        Each device with its newest checks and what they mean today.
        """
        return self.page(queries.every_item(), ItemSerializer)

    @operation(
        "addItems", takes=ItemEntries, gives=ItemsSerializer, status=201,
        examples=[example("Eight chairs", CHAIRS, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Add things to the inventory

        ``count`` alike at once, each with a label of its own.
        """
        entries = self.read(ItemEntries)
        with named("office"):
            office = get_office(request.member, entries.pop("office"), right="equipment.edit")
        added = operations.add(office=office, **self.place(entries), **entries, by=request.member, at=self.at)
        found = queries.every_item().filter(pk__in=[item.pk for item in added])
        return self.shown({"results": found.order_by("register_number", "label")}, ItemsSerializer, status=201)


class ItemDetail(ItemEndpoint):
    rights = {"GET": "equipment.view", "PUT": "equipment.edit"}
    edits = ("PUT",)

    @operation("getItem", gives=ItemSerializer, examples=[example("A laptop", ITEM)])
    def get(self, request, government, pk):
        """Read a thing"""
        return self.detail(access.get_item(request.member, pk).pk)

    @operation("editItem", takes=ItemFacts, gives=ItemSerializer, examples=[example("Facts", FACTS, sent=True)])
    def put(self, request, government, pk):
        """
        Change the facts of a thing

        Place and condition have addresses of their own.
        """
        item = access.get_item(request.member, pk, right="equipment.edit")
        operations.edit(item=item, version=self.version, **self.read(ItemFacts), by=request.member, at=self.at)
        return self.detail(pk)


class ItemPlace(ItemEndpoint):
    rights = {"PUT": "equipment.edit"}
    edits = ("PUT",)

    @operation(
        "moveItem", takes=PlaceEntries, gives=ItemSerializer, examples=[example("Into a room", {"room": ROOM["id"]}, sent=True)]
    )
    def put(self, request, government, pk):
        """
        Move a thing

        Into a room of its purpose; a room of another office takes it over to that office.
        """
        item = access.get_item(request.member, pk, right="equipment.edit")
        entries = self.read(PlaceEntries)
        office, place = entries.pop("office"), self.place(entries)
        target = place["room"].office_id if place["room"] else office
        with named("office"):
            there = get_office(request.member, target, right="equipment.edit") if target else None
        operations.move(
            item=item, office=there, version=self.version, **place, **entries, by=request.member, at=self.at
        )  # fmt: skip
        return self.detail(pk)


class ItemCondition(ItemEndpoint):
    rights = {"PUT": "equipment.edit"}
    edits = ("PUT",)

    @operation(
        "gradeItem", takes=ConditionEntries, gives=ItemSerializer,
        examples=[example("Broken", {"condition": "broken", "on": "2026-11-20", "reason": "Layar pecah."}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """Grade the condition of a thing"""
        item = access.get_item(request.member, pk, right="equipment.edit")
        entries = self.read(ConditionEntries)
        operations.set_condition(items=[item], version=self.version, **entries, by=request.member, at=self.at)
        return self.detail(pk)


class ItemRemoval(ItemEndpoint):
    rights = {"PUT": "equipment.edit", "DELETE": "equipment.edit"}
    edits = ("PUT", "DELETE")

    @operation(
        "writeOffItem", takes=RemovalEntries, gives=ItemSerializer,
        examples=[example("Sold", {"on": "2026-11-20", "reason": "Dilelang."}, sent=True)],
    )  # fmt: skip
    def put(self, request, government, pk):
        """
        Write a thing off

        Nothing is deleted; its label is never given again.
        """
        item = access.get_item(request.member, pk, right="equipment.edit")
        operations.write_off(items=[item], version=self.version, **self.read(RemovalEntries), by=request.member, at=self.at)
        return self.detail(pk)

    @operation("takeBackItem", gives=ItemSerializer)
    def delete(self, request, government, pk):
        """Take the writing off of a thing back"""
        item = access.get_item(request.member, pk, right="equipment.edit")
        operations.take_back(item=item, version=self.version, by=request.member, at=self.at)
        return self.detail(pk)
