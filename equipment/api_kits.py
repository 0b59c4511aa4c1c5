"""Endpoints of the kits of registration desks."""

from rest_framework import serializers

from accounts.gate import GovernmentEndpoint
from equipment import kits, operations_kits
from equipment.enums import KitPart
from offices import access
from offices.access_layout import get_desk
from offices.enums import RoomPurpose
from portal.api_fields import Choice, Entries, Flag
from portal.openapi import example, operation

STATES = {"ok": "present", "bad": "missing", "warn": "attention", "none": "unknown"}
DESK = {"id": "a1b2c3d4-0000-4000-8000-000000000001", "name": "Meja 1"}
PART = {"part": "paper", "state": "present", "word": "ada", "detail": "dilihat Siti Rahma, 23 November 2026", "asked": True}
KIT = {"desk": DESK, "state": "present", "parts": [PART]}


class KitPartSerializer(serializers.Serializer):
    """A part of a kit. ``asked``: answered by whoever looks at the desk; else read from inventory or prints."""

    part = serializers.ChoiceField(choices=KitPart.choices, source="key")
    state = serializers.ChoiceField(choices=sorted(STATES.values()))
    word = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    asked = serializers.BooleanField()

    def to_representation(self, part):
        answer = part.answer
        return {
            "part": part.key,
            "state": STATES[answer.kind],
            "word": str(answer.word),
            "detail": str(answer.detail),
            "asked": part.asked,
        }


class KitDeskSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class KitSerializer(serializers.Serializer):
    """What lies on a registration desk (point 26 of the procedure)."""

    desk = KitDeskSerializer()
    state = serializers.SerializerMethodField()
    parts = KitPartSerializer(many=True)

    def get_state(self, kit) -> str:
        return STATES[kit.kind]


class KitsSerializer(serializers.Serializer):
    kits = KitSerializer(many=True)


class AnswerEntries(Entries):
    part = Choice(choices=KitPart.choices)
    present = Flag()


class OfficeKits(GovernmentEndpoint):
    rights = {"GET": "equipment.view"}

    @operation("listKits", gives=KitsSerializer, examples=[example("One desk", {"kits": [KIT]})])
    def get(self, request, government, pk):
        """
        Read the kits of all registration desks of an office

        An answer that is older than 30 days is asked again: its state is `attention`.
        """
        office = access.get_office(request.member, pk, right="equipment.view")
        found = kits.office_kits(office, at=self.at, tenant=request.tenant)
        return self.shown({"kits": found}, KitsSerializer)


class DeskKit(GovernmentEndpoint):
    rights = {"GET": "equipment.view", "POST": "equipment.edit"}

    def detail(self, desk, **answer):
        if desk.room.purpose != RoomPurpose.REGISTRATION:
            raise operations_kits.NoRegistrationDesk
        (kit,) = kits.kits([desk], at=self.at, tenant=self.request.tenant)
        return self.shown(kit, KitSerializer, **answer)

    @operation("getKit", gives=KitSerializer, examples=[example("A desk", KIT)], problems=[409])
    def get(self, request, government, pk):
        """
        Read the kit of a registration desk

        A desk of a training room has none: 409.
        """
        return self.detail(get_desk(request.member, pk, right="equipment.view"))

    @operation(
        "answerKit", takes=AnswerEntries, gives=KitSerializer, status=201,
        examples=[example("Paper is there", {"part": "paper", "present": True}, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Say what lies on a desk

        The newest answer counts. Parts that the inventory or the prints answer are refused: 409.
        """
        desk = get_desk(request.member, pk, right="equipment.edit")
        operations_kits.answer(desk=desk, by=request.member, at=self.at, **self.read(AnswerEntries))
        return self.detail(desk, status=201)
