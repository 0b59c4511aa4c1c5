"""What the test client insists on in every answer, and the template engine in every page."""

import re
from contextlib import nullcontext

from django.db import connection
from django.test import Client

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>\s*\S|<style[\s>]|<[^>]+\s(?:on[a-z]+|style|hx-on[^=\s]*)\s*=|javascript:", re.IGNORECASE
)
DATA_SCRIPT = re.compile(r'<script[^>]*type="application/(?:ld\+)?json"[^>]*>.*?</script>', re.IGNORECASE | re.DOTALL)
WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:public"?\.)?"?(\w+)', re.IGNORECASE)
# What a reading request may write: sessions and counters, the first opening of a delivery, and that recovery codes were seen.
SAFE_WRITES = {
    "django_session",
    "loket_cache",
    "portal_allowance",
    "usersessions_usersession",
    "mfa_authenticator",
    "circulars_delivery",
    "accounts_apikey",
}


class UndefinedVariable(Exception):
    """A template asked for a variable that its view did not give."""


class Undefined(str):
    """Django's ``string_if_invalid`` that fails instead of showing nothing."""

    __slots__ = ()

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, name):
        raise UndefinedVariable(str(name))


class WritingRead(AssertionError):
    """A GET changed a table that no reading request may change."""


def refuse_writes(execute, sql, params, many, context):
    match = WRITE.match(sql)
    if match and match[2].lower() not in SAFE_WRITES:
        raise WritingRead(sql[:200])
    return execute(sql, params, many, context)


class StrictClient(Client):
    """The test client: no inline script or style in any page, and no reading request that writes."""

    def request(self, **request):
        safe = request.get("REQUEST_METHOD") in ("GET", "HEAD")
        with connection.execute_wrapper(refuse_writes) if safe else nullcontext():
            response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found = INLINE.search(DATA_SCRIPT.sub("", response.content.decode()))
            assert found is None, f"inline script or style: {found[0]!r} in {request.get('PATH_INFO')}"
        return response
