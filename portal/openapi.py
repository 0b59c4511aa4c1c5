"""
The OpenAPI document, read from what the endpoints declare: rights, filters, orders, paging, versions, keys, problems.

``operation`` stands on each method of an endpoint; the first line of the method's docstring is the summary, the rest the
description.
"""

import inspect
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from portal.api import SAFE
from portal.api_fields import Entries
from portal.api_filters import LAST_PAGE, MOST_PER_PAGE, PER_PAGE
from portal.problems import KINDS, MEDIA_TYPE

QUERY, HEADER, PATH = OpenApiParameter.QUERY, OpenApiParameter.HEADER, OpenApiParameter.PATH

SECURITY_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A government's own key, `loket_…`: made and revoked by its head, limited to scopes, valid until a day.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "description": "The session of a signed-in person. Requests that write also need the header `X-CSRFToken`.",
    },
}

PDF = OpenApiResponse(OpenApiTypes.BINARY, description="The PDF.")
ETAG = {"type": "string", "example": '"3.5d41402abc4b2a76"'}
KEY = {"type": "string", "pattern": r"^[\x21-\x7e]{1,100}$", "example": "6f1f6c3e-0d3f-4a55-9f0e-6b8f3c1d2e4a"}
IF_MATCH = {"type": "string", "pattern": r'^(\*|(W/)?"\d{1,9}(\.[0-9a-f]{16})?")$', "example": '"3.5d41402abc4b2a76"'}


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457), in the caller's language."""

    type = serializers.CharField(help_text="The kind of problem, as an address of this interface's page.")
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="What to do, as a sentence for the person in front of the screen.")
    instance = serializers.CharField(help_text="The path of the request.")
    code = serializers.CharField(help_text="Short and stable: for programs.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), help_text="Sentences by field (`hours.1.opens`)."
    )
    current = serializers.DictField(required=False, help_text="After a lost update: the thing as it stands now.")
    reference = serializers.CharField(required=False, allow_blank=True, help_text="After a fault: its number in the log.")


def operation(
    operation_id: str,
    *,
    gives,
    takes=None,
    status: int = 200,
    examples: Sequence[OpenApiExample] = (),
    problems: Sequence[int] = (),
) -> Callable:
    """What a method of an endpoint takes and gives; ``problems`` are statuses besides those that the declarations imply."""

    def mark(method):
        method.problems = tuple(problems)
        return extend_schema(operation_id=operation_id, request=takes, responses={status: gives}, examples=list(examples))(
            method
        )

    return mark


def example(name: str, value, *, sent: bool = False) -> OpenApiExample:
    """An example of an answer, or with ``sent`` of what is sent."""
    return OpenApiExample(name, value=value, request_only=sent, response_only=not sent)


class EndpointSchema(AutoSchema):
    @property
    def handler(self):
        return getattr(self.view, self.method.lower())

    @property
    def right(self) -> str:
        return getattr(self.view, "rights", {}).get(self.method, "")

    @property
    def is_open(self) -> bool:
        view: Any = self.view  # an Endpoint, of which the base class knows only that it is an APIView
        return view.access == "open"

    def _docstring(self) -> tuple[str, str]:
        text = inspect.cleandoc(self.handler.__doc__ or "")
        summary, _blank, description = text.partition("\n\n")
        return " ".join(summary.split()), description

    def get_summary(self):
        return self._docstring()[0].rstrip(".")

    def get_description(self):
        description = self._docstring()[1]
        everyone = "For everyone, without signing in." if self.is_open else "For everyone who has signed in, and for every key."
        right = f"Right: `{self.right}`." if self.right else everyone
        return f"{description}\n\n{right}".strip()

    def get_tags(self):
        return [self.view.__class__.__module__.split(".")[0]]

    def get_auth(self):
        if self.is_open:
            return [{}]
        usable = self.view.usable_by_key(self.method)
        return [*([{"key": []}] if usable else []), {"session": []}]

    def get_override_parameters(self):
        return [*self.view.parameters_in_path(), *self._in_query(), *self._in_headers(), *self._in_answer()]

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Entries):
            schema["additionalProperties"] = False
        return schema

    def _in_query(self):
        yield from self.view.parameters.get(self.method, ())
        if self.method not in SAFE:
            return
        if self.view.filters is not None:
            for name, entry in self.view.filters.base_filters.items():
                yield OpenApiParameter(name, entry.schema, QUERY, description=entry.description)
        if self.view.orders:
            values = [sign + name for name in self.view.orders for sign in ("", "-")]
            schema = {"type": "string", "enum": values, "default": self.view.default_order()}
            yield OpenApiParameter("order", schema, QUERY, description="`-` turns it round.")
        if self.view.paged:
            yield OpenApiParameter("page", whole(LAST_PAGE, 1), QUERY)
            yield OpenApiParameter("per_page", whole(MOST_PER_PAGE, PER_PAGE), QUERY)

    def _in_headers(self):
        if self.method == "GET":
            yield OpenApiParameter(
                "If-None-Match", {"type": "string"}, HEADER, description="304 when the answer is still this one."
            )
        if self.method == "POST":
            yield OpenApiParameter(
                "Idempotency-Key", KEY, HEADER, description="Sent again under the same key, the request happens once."
            )
        if self.method in self.view.edits:
            yield OpenApiParameter(
                "If-Match",
                IF_MATCH,
                HEADER,
                required=True,
                description="The ETag of what was edited; `*` for whatever stands there.",
            )

    def _in_answer(self):
        text = {"type": "string"}
        yield OpenApiParameter("RateLimit", {**text, "example": '"key";r=599;t=42'}, HEADER, response=True)
        yield OpenApiParameter("RateLimit-Policy", {**text, "example": '"key";q=600;w=60'}, HEADER, response=True)
        yield OpenApiParameter("ETag", ETAG, HEADER, response=["200", "201"])
        if self.method == "GET" and self.view.paged:
            yield OpenApiParameter("Link", text, HEADER, response=["200"], description="first, prev, next, last (RFC 8288)")
        if self.method == "POST":
            yield OpenApiParameter("Idempotency-Replayed", text, HEADER, response=["200", "201"])
            yield OpenApiParameter("Location", text, HEADER, response=["201"])
        yield OpenApiParameter("Retry-After", text, HEADER, response=["429", "503"])

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        if self.method == "GET":
            bodies["304"] = {
                "description": "What the caller has is still current.",
                "headers": bodies["200"].get("headers", {}),
            }
        for status in sorted(self._statuses()):
            titles = " or ".join(f"`{kind.code}`" for kind in KINDS.values() if kind.status == status)
            problem = OpenApiResponse(ProblemSerializer, description=titles)
            bodies[str(status)] = self._get_response_for_code(problem, str(status), [MEDIA_TYPE], direction)
        return bodies

    def _statuses(self) -> set[int]:
        view: Any = self.view
        statuses = {400, 404, 406, 429, 503, *getattr(self.handler, "problems", ())}
        if not self.is_open:
            statuses.add(401)
        if self.right:
            statuses.add(403)
        if self.method not in SAFE:
            statuses |= {403, 409, 411, 413, 415, 422}
        if self.method in view.edits:
            statuses |= {412, 428}
        return statuses


def whole(most: int, default: int) -> dict:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


TAGS = {
    "accounts": "Who calls, the tree of governments, people and invitations.",
    "almanac": "The country's calendar: holidays, collective leave, seasons; the versions of browsers.",
    "guides": "Guides with their editions, and the customer care contact: written by the ministry, read by everybody.",
    "circulars": "Circulars: drafted and published by the ministry; read and acknowledged by governments.",
    "offices": "Dinas, offices and their service hours, rooms, desks and floor plans.",
    "equipment": "The inventory of an office, its checks, desk kits, stock-takes and supplies.",
    "staffing": "Staff and duties: two people an office and day, no third.",
    "prints": "What hangs at doors and lies on desks: whether it holds, and the PDFs.",
    "workbooks": "One workbook (XLSX) for an office or a dinas: download, upload, look at the changes, apply.",
    "oversight": "What is known above: the nation, provinces, governments, offices.",
}
INTRODUCTION = """
Everything the pages of Loket can do, for programs of governments and of the ministry.

**Who calls.** A program sends a key of its government, `Authorization: Bearer loket_…`; a person's browser uses its session,
and for writing the CSRF token in `X-CSRFToken`. Addresses inside a government begin with its slug; the ministry's is `pusat`.
What is not yours is 404.

**Answers** are JSON. Moments are in UTC, days and times of day are those of the government's own clocks. Lists come in pages
(`page`, `per_page`; `Link` names the neighbours). Every `ETag` works with `If-None-Match`.

**Edits** name the version they started from: `If-Match` with the ETag of the thing as it was read. Somebody else's change in
between is 412, with the thing as it stands now in `current`.

**Sent twice, happens once**: a POST with an `Idempotency-Key` of yours can be repeated after a broken connection.

**Refusals** are problem details (RFC 9457), in Indonesian or English as `Accept-Language` asks. `code` is stable.
"""


@cache
def document() -> dict:
    """The document, worked out once in a process."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


def finish(result: dict, generator, request, public) -> dict:
    """Postprocessing hook: what belongs to the document as a whole."""
    result["info"]["description"] = INTRODUCTION.strip()
    session = SECURITY_SCHEMES["session"] | {"name": settings.SESSION_COOKIE_NAME}
    result["components"]["securitySchemes"] = SECURITY_SCHEMES | {"session": session}
    used = {tag for path in result["paths"].values() for entry in path.values() for tag in entry.get("tags", [])}
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items() if name in used]
    return result
