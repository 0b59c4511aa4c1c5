"""Endpoints of rooms, desks and floor plans. Lengths are whole centimetres."""

from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from offices import access, operations_layout, queries_layout
from offices.access_layout import get_room
from offices.enums import RoomPurpose
from offices.models import Desk, Room
from offices.operations_layout import MOST_DESKS, Placed
from portal.api import page_of
from portal.api_fields import Choice, Entries, Line, Uuid, Whole
from portal.api_filters import Filters, OneOf, Ref, Search
from portal.openapi import example, operation

OFFICE = {"id": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "name": "Loket Cikutra"}
FACTS = {"name": "Ruang Pendaftaran", "purpose": "registration", "width": 800, "depth": 650, "note": ""}
ROOM = {"id": "8d2f1c60-4b7e-4a0f-9d53-0c1b2a3f4e5d", "office": OFFICE, **FACTS, "desk_count": 2, "version": 3}
PLACE = {"x": 100, "y": 100, "width": 120, "depth": 60}
DESKS = [
    {"id": "a1b2c3d4-0000-4000-8000-000000000001", "name": "Meja 1", **PLACE},
    {"id": "a1b2c3d4-0000-4000-8000-000000000002", "name": "Meja 2", **PLACE, "x": 282},
]
CLOSE = {"first": DESKS[0]["id"], "second": DESKS[1]["id"], "distance": 62, "missing": 38, "overlaps": False}
PLAN = {"desks": DESKS, "too_close": [CLOSE], "outside": [], "unplaced": [], "version": 3}
DESK = {
    **DESKS[0],
    "room": {"id": ROOM["id"], "name": "Ruang Pendaftaran"},
    "office_id": OFFICE["id"],
    "purpose": "registration",
}


# Rooms ------------------------------------------------------------------------------------------------------------------------


class OfficeNameSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class RoomSerializer(serializers.Serializer):
    """A room of an office; it has one purpose."""

    id = serializers.UUIDField()
    office = OfficeNameSerializer()
    name = serializers.CharField()
    purpose = serializers.ChoiceField(choices=RoomPurpose.choices)
    width = serializers.IntegerField(allow_null=True, help_text="In centimetres; null while nobody has measured.")
    depth = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    desk_count = serializers.IntegerField()
    version = serializers.IntegerField(help_text="Of the room and its plan.")


class RoomEntries(Entries):
    """Width and depth both or neither."""

    name = Line(max_length=80)
    purpose = Choice(choices=RoomPurpose.choices)
    width = Whole(min_value=100, max_value=10_000, allow_null=True, default=None)
    depth = Whole(min_value=100, max_value=10_000, allow_null=True, default=None)
    note = Line(max_length=200, allow_blank=True, default="")


class RoomFilters(Filters):
    office = Ref(field_name="office", help_text="Only rooms of this office.")
    purpose = OneOf(field_name="purpose", choices=RoomPurpose.choices, help_text="Only this purpose.")
    q = Search(lookups=["name__icontains"], help_text="Part of the name.")


class RoomEndpoint(GovernmentEndpoint):
    def detail(self, pk, **answer):
        return self.shown(queries_layout.rooms().select_related("office").get(pk=pk), RoomSerializer, **answer)

    def present(self, room):
        return self.detail(room.pk).data


class Rooms(RoomEndpoint):
    rights = {"GET": "layout.view"}
    filters = RoomFilters
    orders = {"name": ("name", "id"), "office": ("office__name", "name", "id")}
    paged = True

    @operation(
        "listRooms",
        gives=page_of(RoomSerializer),
        examples=[example("One room", {"count": 1, "page": 1, "per_page": 25, "results": [ROOM]})],
    )
    def get(self, request, government):
        """List the rooms of a government's offices"""
        return self.page(queries_layout.rooms().select_related("office"), RoomSerializer)


class OfficeRooms(RoomEndpoint):
    rights = {"POST": "layout.edit"}

    @operation("addRoom", takes=RoomEntries, gives=RoomSerializer, status=201, examples=[example("A room", FACTS, sent=True)])
    def post(self, request, government, pk):
        """
        Record a room of an office

        With one purpose, registration or training. Its desks follow: PUT …/plan.
        """
        office = access.get_office(request.member, pk, right="layout.edit")
        room = operations_layout.add_room(office=office, by=request.member, at=self.at, **self.read(RoomEntries))
        return self.detail(room.pk, status=201, location=f"/api/v1/{request.tenant.slug}/rooms/{room.pk}")


class RoomDetail(RoomEndpoint):
    rights = {"GET": "layout.view", "PUT": "layout.edit", "DELETE": "layout.edit"}
    edits = ("PUT", "DELETE")

    @operation("getRoom", gives=RoomSerializer, examples=[example("A room", ROOM)])
    def get(self, request, government, pk):
        """Read a room"""
        return self.detail(get_room(request.member, pk).pk)

    @operation("editRoom", takes=RoomEntries, gives=RoomSerializer, examples=[example("Facts", FACTS, sent=True)])
    def put(self, request, government, pk):
        """
        Change the facts of a room

        Another purpose is refused while devices of the old one stand in it: 409.
        """
        room = get_room(request.member, pk, right="layout.edit")
        facts = self.read(RoomEntries)
        operations_layout.edit_room(room=room, version=self.version, by=request.member, at=self.at, **facts)
        return self.detail(pk)

    @operation("removeRoom", gives=None, status=204)
    def delete(self, request, government, pk):
        """
        Remove a room

        Refused while anything stands in it, desks included: 409.
        """
        room = get_room(request.member, pk, right="layout.edit")
        operations_layout.remove_room(room=room, version=self.version, by=request.member, at=self.at)
        return Response(status=204)


# Desks and plan ---------------------------------------------------------------------------------------------------------------


class PlacedSerializer(serializers.Serializer):
    """A desk on the plan: ``x`` and ``y`` are its corner next to the room's upper left; null while it has no place."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    x = serializers.IntegerField(allow_null=True)
    y = serializers.IntegerField(allow_null=True)
    width = serializers.IntegerField()
    depth = serializers.IntegerField()


class PairSerializer(serializers.Serializer):
    """Two desks less than a metre apart."""

    first = serializers.UUIDField(source="first.pk")
    second = serializers.UUIDField(source="second.pk")
    distance = serializers.IntegerField(help_text="The gap between their edges.")
    missing = serializers.IntegerField(help_text="What is missing to a metre.")
    overlaps = serializers.BooleanField()


class PlanSerializer(serializers.Serializer):
    """All desks of a room, and what is wrong with where they stand."""

    desks = PlacedSerializer(many=True)
    too_close = PairSerializer(many=True, source="close")
    outside = serializers.ListField(child=serializers.UUIDField(), help_text="Desks beyond the floor of the room.")
    unplaced = serializers.ListField(child=serializers.UUIDField(), help_text="Desks without a place.")
    version = serializers.IntegerField(source="room.version", help_text="Of the room and its plan.")

    def to_representation(self, state):
        shown = {
            "desks": PlacedSerializer(state.desks, many=True).data,
            "too_close": PairSerializer(state.close, many=True).data,
            "outside": [str(desk.pk) for desk in state.stray],
            "unplaced": [str(desk.pk) for desk in state.unplaced],
            "version": state.room.version,
        }
        return shown


class PlacedEntries(Entries):
    id = Uuid(allow_null=True, default=None, help_text="Of a desk that stays; null or left out for a new one.")
    name = Line(max_length=40)
    x = Whole(min_value=0, max_value=10_000, allow_null=True, default=None)
    y = Whole(min_value=0, max_value=10_000, allow_null=True, default=None)
    width = Whole(min_value=20, max_value=500, default=120)
    depth = Whole(min_value=20, max_value=500, default=60)


class PlanEntries(Entries):
    desks = PlacedEntries(many=True, max_length=MOST_DESKS)  # type: ignore[call-arg]


class PlanDetail(GovernmentEndpoint):
    rights = {"GET": "layout.view", "PUT": "layout.edit"}
    edits = ("PUT",)

    def detail(self, room: Room):
        room = queries_layout.rooms().get(pk=room.pk)
        response = self.shown(queries_layout.state_of(room, queries_layout.in_order(room.desks.all())), PlanSerializer)
        self.shown_version = room.version
        return response

    def present(self, room: Room):
        return self.detail(room).data

    @operation("getPlan", gives=PlanSerializer, examples=[example("Two desks", PLAN)])
    def get(self, request, government, pk):
        """
        Read the plan of a room

        Every desk with its place; pairs less than a metre apart, in whole centimetres.
        """
        return self.detail(get_room(request.member, pk))

    @operation("setPlan", takes=PlanEntries, gives=PlanSerializer, examples=[example("Two desks", {"desks": DESKS}, sent=True)])
    def put(self, request, government, pk):
        """
        Set the plan of a room

        All its desks: those that are not sent go, unless something stands on them (409). Desks too near to each other are
        taken; the answer names them.
        """
        room = get_room(request.member, pk, right="layout.edit")
        desks = [Placed(**entry) for entry in self.read(PlanEntries)["desks"]]
        operations_layout.lay_out(room=room, desks=desks, version=self.version, by=request.member, at=self.at)
        return self.detail(room)


class DeskSerializer(PlacedSerializer):
    """A desk with where it is."""

    room = OfficeNameSerializer()
    office_id = serializers.UUIDField(source="room.office_id")
    purpose = serializers.ChoiceField(choices=RoomPurpose.choices, source="room.purpose")


class DeskFilters(Filters):
    office = Ref(field_name="room__office", help_text="Only desks of this office.")
    room = Ref(field_name="room", help_text="Only desks of this room.")
    purpose = OneOf(field_name="room__purpose", choices=RoomPurpose.choices, help_text="Only in rooms of this purpose.")


class Desks(GovernmentEndpoint):
    rights = {"GET": "layout.view"}
    filters = DeskFilters
    orders = {"name": ("name", "id"), "room": ("room__name", "name", "id")}
    paged = True

    @operation(
        "listDesks",
        gives=page_of(DeskSerializer),
        examples=[example("One desk", {"count": 1, "page": 1, "per_page": 25, "results": [DESK]})],
    )
    def get(self, request, government):
        """List the desks of a government's offices"""
        return self.page(Desk.objects.select_related("room"), DeskSerializer)


class RoomDesks(GovernmentEndpoint):
    rights = {"POST": "layout.edit"}

    @operation(
        "addDesk", takes=PlacedEntries, gives=DeskSerializer, status=201,
        examples=[example("A desk", {"name": "Meja 3", **PLACE}, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """Put one more desk into a room"""
        room = get_room(request.member, pk, right="layout.edit")
        placed = Placed(**(self.read(PlacedEntries) | {"id": None}))
        desk = operations_layout.add_desk(room=room, placed=placed, by=request.member, at=self.at)
        return self.shown(desk, DeskSerializer, status=201)
