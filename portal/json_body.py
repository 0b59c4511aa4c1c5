"""
The body of a request to the REST interface: JSON, read strictly.

What two parsers could read differently is refused: a name twice, NaN, a byte order mark, text that is no text (NUL, half a
surrogate pair); and what only costs: huge bodies, deep nesting.
"""

import io
import json

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from portal.problems import Problem

DEPTH = 12


def read(http_request, *, most: int) -> bytes:
    """
    The bytes of the body, kept by Django for the parser.

    Raises ``too-large`` above ``most`` bytes (before one is read) and ``length-required``.
    """
    meta = http_request.META
    if meta.get("HTTP_TRANSFER_ENCODING") and not meta.get("CONTENT_LENGTH"):
        raise Problem("length-required")
    try:
        length = int(meta.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Problem("length-required") from None
    if length > most:
        raise Problem("too-large", _("Isi permintaan paling besar %(size)d bita.") % {"size": most})
    if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not http_request._read_started:
        http_request._body = http_request.read(length)  # Django refuses what it would keep for a form
        http_request._stream = io.BytesIO(http_request._body)
    return http_request.body


def once(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def is_plain(value, depth: int = 0) -> bool:
    """Whether every text in ``value`` can be stored and sent back, and nothing lies deeper than ``DEPTH``."""
    if isinstance(value, str):
        return "\x00" not in value and value == value.encode("utf-8", "replace").decode()
    if isinstance(value, dict | list):
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        return depth < DEPTH and all(is_plain(each, depth + 1) for each in inner)
    return True


class StrictJSONParser(BaseParser):
    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            value = json.loads(stream.read().decode("utf-8"), object_pairs_hook=once, parse_constant=no_constant)
        except (ValueError, RecursionError):
            raise Problem("malformed") from None
        if not is_plain(value):
            raise Problem("malformed", _("Isi JSON terlalu dalam atau memuat tanda yang tidak dapat disimpan."))
        return value
