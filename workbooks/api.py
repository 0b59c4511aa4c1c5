"""Endpoints of workbooks: download, upload, what an upload would change, apply or cancel."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from accounts.gate import GovernmentEndpoint
from offices.access import get_dinas, get_office
from portal.api import SAFE, page_of
from portal.api_fields import Moment
from portal.api_filters import Filters, OneOf
from portal.openapi import example, operation
from portal.problems import Problem
from workbooks import access, operations, queries, scope, writing
from workbooks.enums import Action, RunState
from workbooks.safety import LARGEST
from workbooks.sheets import SHEETS

XLSX = OpenApiResponse(OpenApiTypes.BINARY, description="The workbook.")
NAME = OpenApiParameter(
    "name",
    {"type": "string", "minLength": 1, "maxLength": 150, "pattern": r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"},
    required=True,
    description="The file's name, for those who look at the list of imports.",
)
SHEET_CHOICES = [(sheet.key, sheet.key) for sheet in SHEETS]
RUN = {
    "id": "5f1c2a52-7a0f-4c57-9a0a-0d7a4d3f6a10", "dinas": "1b4b0a8e-8f3e-4b62-9c2f-6d1a2b3c4d5e",
    "office": "3f0c9a52-1f0e-4a55-8e1c-7a9d2b6c5e41", "file_name": "loket-cikutra.xlsx", "state": "checked",
    "received_at": "2026-11-23T03:00:00Z", "received_by": "Siti Rahma", "checked_at": "2026-11-23T03:00:04Z",
    "applied_at": None, "applied_by": "", "changes": 12, "faults": 0, "reason": "", "notices": [],
    "done": 0, "total": 0,
    "sheets": [{"sheet": "items", "new": 2, "change": 10, "remove": 0, "fault": 0, "warnings": 0, "same": 88}],
}  # fmt: skip
ROW = {
    "sheet": "items", "line": 14, "action": "change", "title": "Acer A5 (K7M4-P2)",
    "changes": [{"heading": "Kondisi", "before": "Baik", "after": "Kurang Baik"}], "faults": [], "warnings": [],
}  # fmt: skip


class XlsxRenderer(BaseRenderer):
    media_type = writing.MEDIA_TYPE
    format = "xlsx"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class XlsxParser(BaseParser):
    media_type = writing.MEDIA_TYPE

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class SheetTallySerializer(serializers.Serializer):
    """How many rows of a sheet do what."""

    sheet = serializers.ChoiceField(choices=SHEET_CHOICES, source="key")
    new = serializers.IntegerField(min_value=0)
    change = serializers.IntegerField(min_value=0)
    remove = serializers.IntegerField(min_value=0)
    fault = serializers.IntegerField(min_value=0)
    warnings = serializers.IntegerField(min_value=0)
    same = serializers.IntegerField(min_value=0)


class ImportRunSerializer(serializers.Serializer):
    """An uploaded workbook: how far it has come, and what it would change or has changed."""

    id = serializers.UUIDField()
    dinas = serializers.UUIDField(source="dinas_id")
    office = serializers.UUIDField(source="office_id", allow_null=True, help_text="Null for the workbook of a whole dinas.")
    file_name = serializers.CharField()
    state = serializers.ChoiceField(choices=RunState.choices)
    received_at = Moment()
    received_by = serializers.CharField(source="by_name")
    checked_at = Moment(allow_null=True)
    applied_at = Moment(allow_null=True)
    applied_by = serializers.CharField(source="applied_by_name", allow_blank=True)
    changes = serializers.IntegerField(min_value=0, help_text="Rows that are new, changed or removed.")
    faults = serializers.IntegerField(min_value=0, help_text="Rows that are wrong; with any, nothing is applied.")
    reason = serializers.CharField(allow_blank=True, help_text="Why it was refused.")
    notices = serializers.ListField(child=serializers.CharField())
    done = serializers.IntegerField(source="file.done", help_text="Rows looked at while it is being checked or applied.")
    total = serializers.IntegerField(source="file.total")
    sheets = SheetTallySerializer(many=True, source="tallies")

    def to_representation(self, run):
        run.tallies = queries.tallies(run)
        return super().to_representation(run)


class CellChangeSerializer(serializers.Serializer):
    heading = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class CellNoteSerializer(serializers.Serializer):
    """Something about a cell, as a sentence."""

    cell = serializers.CharField(help_text="`Inventaris!D14`")
    text = serializers.CharField()


class ImportRowSerializer(serializers.Serializer):
    """A row that does something, or is wrong. Rows that change nothing are counted only."""

    sheet = serializers.ChoiceField(choices=SHEET_CHOICES)
    line = serializers.IntegerField(min_value=1, help_text="Its row in the file.")
    action = serializers.ChoiceField(choices=[choice for choice in Action.choices if choice[0] != Action.SAME])
    title = serializers.CharField()
    changes = CellChangeSerializer(many=True)
    faults = CellNoteSerializer(many=True)
    warnings = CellNoteSerializer(many=True)

    def to_representation(self, row):
        noted = {name: [{"cell": cell, "text": text} for cell, text in getattr(row, name)] for name in ("faults", "warnings")}
        changes = [{"heading": heading, "before": before, "after": after} for heading, before, after in row.changes]
        return {
            "sheet": row.sheet, "line": row.line, "action": row.action, "title": row.title, "changes": changes, **noted,
        }  # fmt: skip


class WorkbookEndpoint(GovernmentEndpoint):
    """What an office's workbook and a dinas's have in common; ``find`` gives dinas and office."""

    body_bytes = LARGEST
    parameters = {"POST": (NAME,)}
    rights = {"GET": "workbooks.export", "POST": "workbooks.import"}

    def get_renderers(self):
        return [XlsxRenderer()] if self.request.method in SAFE else super().get_renderers()

    def get_parsers(self):
        return [XlsxParser()] if self.request is not None and self.request.method == "POST" else super().get_parsers()

    def find(self, pk, right):
        raise NotImplementedError

    def download(self, pk) -> HttpResponse:
        dinas, office = self.find(pk, "workbooks.export")
        place = scope.of(dinas=dinas, office=office, tenant=self.request.tenant, today=self.request.today)
        content = writing.workbook(place, by=self.request.member, at=self.at)
        response = HttpResponse(content, content_type=writing.MEDIA_TYPE)
        response["Content-Disposition"] = content_disposition_header(True, writing.file_name(place, "xlsx"))
        response["Cache-Control"] = "private, no-store"
        return response

    def upload(self, pk):
        dinas, office = self.find(pk, "workbooks.import")
        name = " ".join(self.request.query_params.get("name", "").split())
        if not name or len(name) > 150 or not name.isprintable():
            raise Problem("invalid", errors={"name": [_("Sebut nama berkas, paling panjang 150 karakter.")]})
        content = self.request.data or b""
        run = operations.receive(dinas=dinas, office=office, name=name, content=content, by=self.request.member, at=self.at)
        location = f"/api/v1/{self.request.tenant.slug}/imports/{run.pk}"
        return self.shown(access.get_run(self.request.member, run.pk), ImportRunSerializer, status=201, location=location)


TAKES = {writing.MEDIA_TYPE: OpenApiTypes.BINARY}


class OfficeWorkbook(WorkbookEndpoint):
    def find(self, pk, right):
        office = get_office(self.request.member, pk, right=right)
        return office.dinas, office

    @operation("getOfficeWorkbook", gives=XLSX)
    def get(self, request, government, pk):
        """
        Download the workbook of an office

        A sheet for each kind of thing; its hidden first row names the columns.
        """
        return self.download(pk)

    @operation("importOfficeWorkbook", takes=TAKES, gives=ImportRunSerializer, status=201, examples=[example("An import", RUN)])
    def post(self, request, government, pk):
        """
        Upload the workbook of an office

        It is checked in the background and changes nothing: read the import until its `state` is `checked`, look at its
        rows, then apply it. 10 MB at most.
        """
        return self.upload(pk)


class DinasWorkbook(WorkbookEndpoint):
    def find(self, pk, right):
        return get_dinas(self.request.member, pk, right=right), None

    @operation("getDinasWorkbook", gives=XLSX)
    def get(self, request, government, pk):
        """Download the workbook of all offices of a dinas"""
        return self.download(pk)

    @operation("importDinasWorkbook", takes=TAKES, gives=ImportRunSerializer, status=201, examples=[example("An import", RUN)])
    def post(self, request, government, pk):
        """
        Upload the workbook of all offices of a dinas

        As that of an office.
        """
        return self.upload(pk)


class ImportRun(GovernmentEndpoint):
    rights = {"GET": "workbooks.import"}

    @operation("getImport", gives=ImportRunSerializer, examples=[example("An import", RUN)])
    def get(self, request, government, pk):
        """Read an import"""
        return self.shown(access.get_run(request.member, pk), ImportRunSerializer)


class RowFilters(Filters):
    sheet = OneOf(field_name="sheet", choices=SHEET_CHOICES, help_text="Only of this sheet.")
    action = OneOf(
        field_name="action", choices=[choice for choice in Action.choices if choice[0] != Action.SAME], help_text="Only these."
    )


class ImportRows(GovernmentEndpoint):
    rights = {"GET": "workbooks.import"}
    filters = RowFilters
    orders = {"number": ("number",)}
    paged = True

    @operation(
        "listImportRows",
        gives=page_of(ImportRowSerializer),
        examples=[example("One row", {"count": 1, "page": 1, "per_page": 25, "results": [ROW]})],
    )
    def get(self, request, government, pk):
        """
        List what an import would change

        Row by row with before and after, faults and warnings by cell.
        """
        return self.page(queries.rows(access.get_run(request.member, pk)), ImportRowSerializer)


class Decision(GovernmentEndpoint):
    """Something that is decided about an import; the answer is the import as it stands then."""

    rights = {"POST": "workbooks.import"}

    def decide(self, act, pk):
        run = access.get_run(self.request.member, pk)
        act(run=run, by=self.request.member, at=self.at)
        return self.shown(access.get_run(self.request.member, pk), ImportRunSerializer)


class ImportApplication(Decision):
    @operation("applyImport", gives=ImportRunSerializer, examples=[example("An import", RUN)])
    def post(self, request, government, pk):
        """
        Apply an import

        All rows or none, in the background: read the import until its `state` is `applied`, or `checked` with a `reason`.
        Asked again, it changes nothing.
        """
        return self.decide(operations.start, pk)


class ImportCancellation(Decision):
    @operation("cancelImport", gives=ImportRunSerializer, examples=[example("An import", RUN)])
    def post(self, request, government, pk):
        """
        Cancel an import

        Before it is applied; its file is forgotten at once.
        """
        return self.decide(operations.cancel, pk)
