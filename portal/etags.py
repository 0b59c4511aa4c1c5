"""
ETags of the REST interface: what a reader has already, and which version an editor started from.

An ETag is ``"<version>.<hash of the answer>"``, without the version where the thing has none. Reads compare the whole of it
(If-None-Match), edits its version alone (If-Match): the same office in another language is no other version.
"""

import hashlib
import re

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _

from portal.problems import Problem

VERSION = re.compile(r'(?:W/)?"(\d{1,9})(?:\.[0-9a-f]{16})?"')


def stamp(response: HttpResponse, version: int | None) -> None:
    """Give a rendered answer its ETag."""
    digest = hashlib.sha256(response.content).hexdigest()[:16]
    response["ETag"] = quote_etag(digest if version is None else f"{version}.{digest}")


def unless_known(request, response: HttpResponse) -> HttpResponse:
    """The answer to a read, or 304 where the caller has it already."""
    known = (
        get_conditional_response(request, etag=response["ETag"], response=response)
        if "If-None-Match" in request.headers
        else None
    )
    return response if known is None else known


def expected_version(request) -> int | None:
    """
    The version that the caller edited, from If-Match; None for ``*``, which means whatever stands there now.

    Raises ``precondition-required`` without the header and ``lost-update`` for an ETag that names no version.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise Problem("precondition-required")
    if header == "*":
        return None
    if len(parse_etags(header)) > 1:
        raise Problem("malformed", _("Sebut satu ETag saja pada kepala If-Match."))
    found = VERSION.fullmatch(header)
    if found is None:
        raise Problem("lost-update", _("ETag pada kepala If-Match tidak dikenal. Muat ulang data ini, lalu ubah lagi."))
    return int(found[1])
