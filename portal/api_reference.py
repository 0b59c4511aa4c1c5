"""
The document of the REST interface and its page: a reference that needs no script.

Both are open: what the interface can do is no secret, what it gives is.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.html import conditional_escape
from django.utils.http import quote_etag
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from portal.openapi import TAGS, document
from portal.problems import KINDS

QUIET_HEADERS = {"If-None-Match"}


@dataclass(frozen=True)
class Entry:
    """One parameter, or one field of a body."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the reference shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    by_key: bool
    entries: tuple[Entry, ...]
    sent: str
    answer: str
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    name: str
    description: str
    operations: tuple[Operation, ...]


def code_marked(text: str) -> str:
    """Plain text as HTML, with what stands in backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", conditional_escape(text)))  # noqa: S308


def resolved(schema: dict) -> dict:
    """``schema`` with its reference followed, and what stands beside it kept."""
    for part in [schema, *schema.get("allOf", [])]:
        if "$ref" in part:
            return document()["components"]["schemas"][part["$ref"].rpartition("/")[2]] | schema
    return schema


def kind_of(schema: dict) -> str:
    """The type of a value in a few words: ``text``, ``date or null``, ``list of objects``."""
    schema = resolved(schema)
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"] if value != "") or "text"
    if "oneOf" in schema:
        return kind_of(schema["oneOf"][0])
    kinds = schema.get("type", "object")
    names = [kinds] if isinstance(kinds, str) else kinds
    words = [schema.get("format", name) if name == "string" else name for name in names]
    if words[0] == "array":
        return f"list of {kind_of(schema['items'])}"
    return " or ".join("text" if word == "string" else word for word in words)


def entry(name: str, place: str, schema: dict, required: bool, description: str) -> Entry:
    return Entry(name, place, code_marked(kind_of(schema)), required, code_marked(description))


def parameters(operation: dict) -> Iterable[Entry]:
    for each in operation.get("parameters", []):
        if each["name"] not in QUIET_HEADERS:
            yield entry(each["name"], each["in"], each["schema"], each.get("required", False), each.get("description", ""))


def fields(operation: dict) -> Iterable[Entry]:
    """What the JSON body holds; nothing for other bodies."""
    content = operation.get("requestBody", {}).get("content", {})
    body = resolved(content.get("application/json", {}).get("schema", {}))
    needed = body.get("required", [])
    for name, schema in body.get("properties", {}).items():
        yield entry(name, "body", schema, name in needed, resolved(schema).get("description", ""))


def first_example(media: dict) -> str:
    """The first example of a JSON body or answer, indented; empty without one."""
    examples = media.get("application/json", {}).get("examples", {})
    return json.dumps(next(iter(examples.values()))["value"], indent=2, ensure_ascii=False) if examples else ""


def read(path: str, method: str, operation: dict) -> Operation:
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=code_marked(operation["description"]),
        by_key={"key": []} in operation["security"],
        entries=(*parameters(operation), *fields(operation)),
        sent=first_example(operation.get("requestBody", {}).get("content", {})),
        answer=first_example(done.get("content", {})),
        statuses=tuple(sorted(operation["responses"])),
    )


@cache
def rooms() -> tuple[Room, ...]:
    """All operations by room, in the order of the document."""
    found: dict[str, list[Operation]] = {name: [] for name in TAGS}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(read(path, method, operation))
    return tuple(Room(name, TAGS[name], tuple(operations)) for name, operations in found.items() if operations)


@cache
def rendered(kind: str) -> tuple[bytes, str]:
    renderer = {"json": OpenApiJsonRenderer, "yaml": OpenApiYamlRenderer}[kind]()
    written = renderer.render(document(), renderer_context={})
    content = written.encode() if isinstance(written, str) else written
    return content, quote_etag(hashlib.sha256(content).hexdigest()[:16])


@require_safe
def openapi(request, kind):
    """``openapi.json`` and ``openapi.yaml``."""
    content, etag = rendered(kind)
    response = HttpResponse(content, content_type=f"application/vnd.oai.openapi{'+json' if kind == 'json' else ''}")
    response["ETag"], response["Cache-Control"] = etag, "public, max-age=300"
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def reference(request):
    context = {"rooms": rooms(), "kinds": KINDS.values(), "site_url": settings.SITE_URL, "crumbs": []}
    return render(request, "portal/api_reference.html", context)


for view in (openapi, reference):
    setattr(view, "access", "open")  # noqa: B010 - a mark, as accounts.policy sets it in the rooms above
