"""Endpoints of the prints of an office: what hangs where, the PDFs, and what somebody says of them."""

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint
from offices.access import get_office
from portal.api import SAFE, PdfRenderer
from portal.api_fields import Entries, Flag, Line
from portal.openapi import PDF, example, operation
from prints import access, operations, printing, queries
from prints.enums import PrintKind
from prints.queries import Board, Standing

ROOM = {"id": "8d2f1c60-4b7e-4a0f-9d53-0c1b2a3f4e5d", "name": "Ruang Pendaftaran"}
SHEET = f"hours~{ROOM['id']}"
POSTING = {
    "id": "5b0f2d9e-6a53-4f0e-b3a9-0d2f5c7e8a10", "edition": "K7XMB-6QT", "posted_on": "2026-11-03", "posted_by": "Siti Rahma",
    "laminated": False,
}  # fmt: skip
STANDING = {
    "sheet": SHEET, "kind": "hours", "place": "Pintu Ruang Pendaftaran", "room": ROOM, "desk": None, "point": 22,
    "edition": "M2QRA-6RB", "state": "stale", "changes": ["jam layanan"],
    "detail": "jam layanan berubah sejak 20 November 2026",
    "posting": POSTING,
}  # fmt: skip
STATES = [
    ("current", "hangs and holds"),
    ("bare", "a guide that is not laminated"),
    ("stale", "says what does not hold any more"),
    ("missing", "must hang there and does not"),
    ("none", "may hang there"),
]
MOST = 500


class PrintPlaceSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class PrintPostingSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    edition = serializers.CharField(help_text="The code that is printed on it.")
    posted_on = serializers.DateField()
    posted_by = serializers.CharField(source="posted_by_name")
    laminated = serializers.BooleanField()


class PlacedPrintSerializer(serializers.Serializer):
    """One print at one place of an office, in walking order."""

    sheet = serializers.CharField(source="slot.key", help_text="What the other endpoints call it.")
    kind = serializers.ChoiceField(choices=PrintKind.choices, source="slot.kind")
    place = serializers.CharField(source="slot.place.name")
    room = PrintPlaceSerializer(source="slot.place.room", allow_null=True)
    desk = PrintPlaceSerializer(source="slot.place.desk", allow_null=True)
    point = serializers.IntegerField(source="slot.point", help_text="Of the procedure that asks for it; 0 where it is offered.")
    edition = serializers.CharField(source="edition.code", allow_null=True, default=None, help_text="Of what is printed today.")
    state = serializers.ChoiceField(choices=STATES)
    changes = serializers.ListField(child=serializers.CharField(), help_text="What does not hold any more.")
    detail = serializers.CharField(allow_blank=True)
    posting = PrintPostingSerializer(allow_null=True)


class PrintBoardSerializer(serializers.Serializer):
    required = serializers.IntegerField(help_text="How many prints must hang.")  # type: ignore[assignment]
    in_order = serializers.IntegerField(help_text="How many of these hang, hold and are laminated where they must be.")
    results = PlacedPrintSerializer(many=True, source="standings")


class PrintPostEntries(Entries):
    sheets = serializers.ListField(child=Line(max_length=60), min_length=1, max_length=MOST)
    laminated = Flag(default=False, help_text="For the guides among them.")


class BoardEndpoint(GovernmentEndpoint):
    def board(self, pk):
        return queries.board(get_office(self.request.member, pk, right="prints.view"), self.request.today)

    def detail(self, pk, **answer):
        return self.shown(self.board(pk), PrintBoardSerializer, **answer)


class OfficePrints(BoardEndpoint):
    rights = {"GET": "prints.view", "POST": "prints.post"}

    @operation(
        "listPrints",
        gives=PrintBoardSerializer,
        examples=[example("One door", {"required": 1, "in_order": 0, "results": [STANDING]})],
    )
    def get(self, request, government, pk):
        """
        List the prints of an office

        What must or may hang at the entrance, the doors and the desks, and whether it still holds today.
        """
        return self.detail(pk)

    @operation(
        "postPrints", takes=PrintPostEntries, gives=PrintBoardSerializer, status=201,
        examples=[example("A door", {"sheets": [SHEET], "laminated": False}, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Say that today's prints hang

        What hung at these places before is down. Said twice, it is said once.
        """
        office = get_office(request.member, pk, right="prints.post")
        operations.post(office=office, **self.read(PrintPostEntries), by=request.member, at=self.at)
        return self.detail(pk, status=201, location=request._request.path)


class PrintsPdf(BoardEndpoint):
    rights = {"GET": "prints.view"}
    parameters = {
        "GET": (
            OpenApiParameter(
                "sheets",
                {"type": "string", "maxLength": 60 * MOST},
                description="Sheets between commas. Without, all that are missing or out of date.",
            ),
        )
    }
    tag = ""

    def get_renderers(self):
        return [PdfRenderer()] if self.request.method in SAFE else super().get_renderers()

    @operation("getPrintsPdf", gives=PDF, problems=[404, 429])
    def get(self, request, government, pk):
        """
        Download prints as one PDF

        In walking order; 404 where there is nothing to print. So many a minute for each caller.
        """
        chosen = self._chosen(self.board(pk), request.query_params.get("sheets"))
        printing.spend_one(self.caller.scope).refuse_excess()
        response = printing.response(request._request, chosen, request.tenant, at=self.at)
        self.tag = response.get("ETag", "")
        return response

    @staticmethod
    def _chosen(board: Board, sheets: str | None) -> list[Standing]:
        chosen = [each for each in board.of(sheets.split(",")) if each.edition] if sheets is not None else board.due
        if not chosen:
            raise Http404
        return chosen

    def finished(self, response) -> HttpResponse:
        """The ETag of what is printed instead of that of the bytes, which name the minute of printing."""
        response = super().finished(response)
        if self.tag:
            response["ETag"] = self.tag
        return response


class Posting(GovernmentEndpoint):
    rights = {"DELETE": "prints.post"}

    @operation("takeDownPrint", gives=None, status=204)
    def delete(self, request, government, pk, posting):
        """
        Say that a print hangs no more

        The posting is kept with its dates; taken down twice is 409.
        """
        office = get_office(request.member, pk, right="prints.post")
        operations.take_down(posting=access.get_posting(office, posting), by=request.member, at=self.at)
        return Response(status=204)
