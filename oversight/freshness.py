"""
A page that is looked at again and again: 304 as long as it would come out the same.

The ETag is made of what the page is drawn from, so that drawing it is spared, not only sending it.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from portal.context import Shell
from portal.preferences import theme_of

BASE = Path(__file__).resolve().parent.parent
SOURCES = ("*/*.py", "*/templatetags/*.py", "templates/**/*.html", "locale/**/*.mo")


@cache
def release() -> str:
    """Changes with the program: the newest of its files. The same in all processes of an installation."""
    newest = max(path.stat().st_mtime_ns for pattern in SOURCES for path in BASE.glob(pattern))
    return str(newest)


def etag(request: HttpRequest, *drawn_from: object) -> str:
    """
    The ETag of a page for this reader, drawn from values whose ``repr`` says everything; empty where it must be drawn anew.

    Weak, because pages travel compressed, and their CSRF tokens are masked anew each time (an older mask stays valid).
    """
    if len(get_messages(request)):
        return ""
    shell = [(entry.url, entry.count) for entry in Shell(request).navigation]
    secret = request.META.get("CSRF_COOKIE", "")
    reader = (request.user.pk, request.member.name, request.member.title, get_language(), theme_of(request), secret)
    parts = (release(), request.get_full_path(), reader, shell, request.today, drawn_from)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def known(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 where the reader has the page of this ETag."""
    return get_conditional_response(request, etag=tag) if tag else None


def stamp(response: HttpResponse, tag: str) -> HttpResponse:
    """Give a page its ETag; browsers ask again each time."""
    patch_cache_control(response, private=True, no_cache=True)
    if tag:
        response["ETag"] = tag
    return response
