"""Endpoints of supplies: the list with its forecast, and the movements that make a stock."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from equipment import access_supplies as access
from equipment import operations_supplies as operations
from equipment import queries_supplies as queries
from equipment.enums import MovementKind, SupplyKind
from equipment.forecast import Outlook
from offices.access import get_office
from portal.api import named, page_of
from portal.api_fields import Choice, Day, Entries, Line, Moment, Uuid, Whole
from portal.api_filters import Filters, OneOf, Ref, Search
from portal.openapi import example, operation

FACTS = {"kind": "paper", "name": "Kertas A4 80 gram", "unit": "rim", "minimum": 5}
FORECAST = {"outlook": "soon", "days": 6, "until": "2026-12-01", "used": 30, "observed": 30}
SUPPLY = {
    "id": "b1a2c3d4-1f0e-4a55-8e1c-7a9d2b6c5e41", "office": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", **FACTS, "on_hand": 6,
    "forecast": FORECAST, "to_buy": 29, "retired_on": None, "version": 1,
}  # fmt: skip
MOVEMENT = {"kind": "used", "quantity": 2, "on": "2026-11-23", "reason": ""}
MOVED = {
    "id": "c2b3d4e5-1f0e-4a55-8e1c-7a9d2b6c5e41", "supply": SUPPLY["id"], "kind": "used", "quantity": -2, "balance": 4,
    "reason": "", "on": "2026-11-23", "recorded_at": "2026-11-23T03:00:00Z", "recorded_by": "Siti Rahma",
}  # fmt: skip


class ForecastSerializer(serializers.Serializer):
    """How long a stock lasts by the use of the last 30 service days."""

    outlook = serializers.ChoiceField(choices=[(each.value, each.value) for each in Outlook])
    days = serializers.IntegerField(allow_null=True, help_text="Whole service days that are covered; null where unknown.")
    until = serializers.DateField(allow_null=True, help_text="The last of them; null beyond 400 days.")
    used = serializers.IntegerField(help_text="What was used in the service days observed, corrections included.")
    observed = serializers.IntegerField()


class SupplyListSerializer(serializers.ListSerializer):
    """Asks for the movements and calendars of all supplies of a page at once."""

    def to_representation(self, data):
        rows = list(data)
        told = queries.told(rows, self.context["request"].today)
        for row in rows:
            row.told = told.get(row.pk)
        return super().to_representation(rows)


class SupplySerializer(serializers.Serializer):
    """A consumable of an office. ``on_hand`` is the sum of its movements."""

    id = serializers.UUIDField()
    office = serializers.UUIDField(source="office_id")
    kind = serializers.ChoiceField(choices=SupplyKind.choices)
    name = serializers.CharField()
    unit = serializers.CharField()
    minimum = serializers.IntegerField()
    on_hand = serializers.IntegerField()
    forecast = serializers.SerializerMethodField(help_text="Null for what is not used any more.")
    to_buy = serializers.SerializerMethodField(help_text="What brings it to its minimum and 30 service days of use.")
    retired_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()

    class Meta:
        list_serializer_class = SupplyListSerializer

    @extend_schema_field(ForecastSerializer(allow_null=True))
    def get_forecast(self, supply):
        return ForecastSerializer(supply.told.forecast).data if supply.told else None

    @extend_schema_field(serializers.IntegerField())
    def get_to_buy(self, supply):
        return supply.told.buy if supply.told else 0


class SupplyFacts(Entries):
    kind = Choice(choices=SupplyKind.choices)
    name = Line(max_length=100)
    unit = Line(max_length=20)
    minimum = Whole(min_value=0, max_value=operations.MOST, default=0)


class SupplyEntries(SupplyFacts):
    office = Uuid()
    on_hand = Whole(min_value=0, max_value=operations.MOST, default=0, help_text="What is there already.")


class MovementEntries(Entries):
    kind = Choice(choices=MovementKind.choices)
    quantity = Whole(
        min_value=-operations.MOST, max_value=operations.MOST, help_text="Above zero; only a correction may be below it."
    )
    on = Day(help_text="When it happened; today or within the last year.")
    reason = Line(max_length=200, allow_blank=True, default="", help_text="Required for a correction.")


class MovementSerializer(serializers.Serializer):
    """One change of a stock. What was used is below zero."""

    id = serializers.UUIDField()
    supply = serializers.UUIDField(source="supply_id")
    kind = serializers.ChoiceField(choices=MovementKind.choices)
    quantity = serializers.IntegerField()
    balance = serializers.IntegerField(help_text="The stock after it.")
    reason = serializers.CharField(allow_blank=True)
    on = serializers.DateField()
    recorded_at = Moment()
    recorded_by = serializers.CharField(source="recorded_by_name")


class SupplyFilters(Filters):
    office = Ref(field_name="office", help_text="Only of this office.")
    kind = OneOf(field_name="kind", choices=SupplyKind.choices, help_text="Only this kind.")
    retired = OneOf(method="by_use", choices=[("no", "no"), ("yes", "yes")], help_text="Only those in use, or only the others.")
    q = Search(lookups=["name__icontains"], help_text="In the name.")

    def by_use(self, queryset, name, value):
        return queryset.filter(retired_on=None) if value == "no" else queryset.exclude(retired_on=None)


class SupplyEndpoint(GovernmentEndpoint):
    def detail(self, pk, **answer):
        found = queries.supplies().get(pk=pk)
        found.told = queries.told([found], self.request.today).get(found.pk)
        return self.shown(found, SupplySerializer, **answer)

    def present(self, supply):
        return self.detail(supply.pk).data


class Supplies(SupplyEndpoint):
    rights = {"GET": "supplies.view", "POST": "supplies.edit"}
    filters = SupplyFilters
    orders = {"name": ("name", "id"), "on_hand": ("on_hand", "id")}
    paged = True

    @operation(
        "listSupplies",
        gives=page_of(SupplySerializer),
        examples=[example("One supply", {"count": 1, "page": 1, "per_page": 25, "results": [SUPPLY]})],
    )
    def get(self, request, government):
        """
        List the supplies

        Each with how long it lasts, in service days.
        """
        return self.page(queries.supplies(), SupplySerializer)

    @operation(
        "addSupply", takes=SupplyEntries, gives=SupplySerializer, status=201,
        examples=[example("A supply", {"office": SUPPLY["office"], **FACTS, "on_hand": 12}, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter a supply

        A name occurs once in an office.
        """
        entries = self.read(SupplyEntries)
        with named("office"):
            office = get_office(request.member, entries.pop("office"), right="supplies.edit")
        supply = operations.add_supply(office=office, by=request.member, at=self.at, **entries)
        return self.detail(supply.pk, status=201, location=f"{request._request.path}/{supply.pk}")


class SupplyDetail(SupplyEndpoint):
    rights = {"GET": "supplies.view", "PUT": "supplies.edit"}
    edits = ("PUT",)

    @operation("getSupply", gives=SupplySerializer, examples=[example("A supply", SUPPLY)])
    def get(self, request, government, pk):
        """Read a supply"""
        return self.detail(access.get_supply(request.member, pk).pk)

    @operation("editSupply", takes=SupplyFacts, gives=SupplySerializer, examples=[example("Facts", FACTS, sent=True)])
    def put(self, request, government, pk):
        """Change the facts of a supply"""
        supply = access.get_supply(request.member, pk, right="supplies.edit")
        operations.edit_supply(supply=supply, version=self.version, by=request.member, at=self.at, **self.read(SupplyFacts))
        return self.detail(pk)


class SupplyMovements(GovernmentEndpoint):
    rights = {"GET": "supplies.view", "POST": "supplies.edit"}
    orders = {"-recorded_at": ("-recorded_at", "id"), "recorded_at": ("recorded_at", "id")}
    paged = True

    @operation(
        "listMovements",
        gives=page_of(MovementSerializer),
        examples=[example("One movement", {"count": 1, "page": 1, "per_page": 25, "results": [MOVED]})],
    )
    def get(self, request, government, pk):
        """List the movements of a supply"""
        return self.page(queries.history(access.get_supply(request.member, pk)), MovementSerializer)

    @operation(
        "recordMovement", takes=MovementEntries, gives=MovementSerializer, status=201,
        examples=[example("Two were used", MOVEMENT, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Record a movement

        Never below zero: what asks for more than is left is refused with what is left (`not-enough`). Movements are never
        changed; a correction makes good.
        """
        supply = access.get_supply(request.member, pk, right="supplies.edit")
        done = operations.record(supply=supply, by=request.member, at=self.at, **self.read(MovementEntries))
        done.refresh_from_db(fields=["balance"])
        return self.shown(done, MovementSerializer, status=201)


class Retirement(SupplyEndpoint):
    rights = {"PUT": "supplies.edit", "DELETE": "supplies.edit"}

    @operation("retireSupply", gives=SupplySerializer)
    def put(self, request, government, pk):
        """
        Take a supply off the list

        Only when nothing is left of it. Its history stays.
        """
        operations.retire(
            supply=access.get_supply(request.member, pk, right="supplies.edit"), version=None, by=request.member, at=self.at
        )
        return self.detail(pk)

    @operation("restoreSupply", gives=None, status=204)
    def delete(self, request, government, pk):
        """Use a supply again"""
        operations.restore(supply=access.get_supply(request.member, pk, right="supplies.edit"), by=request.member, at=self.at)
        return Response(status=204)
