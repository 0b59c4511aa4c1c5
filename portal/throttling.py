"""
How often the REST interface may be called: so many requests a minute for each key, person and address.

One statement counts, so that two requests at once are two; Django's database cache would read, add and write in four, and two
callers would overwrite each other. Counted before the request is looked at, so that guessing keys costs the guesser.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

from portal.problems import Problem

WINDOW = 60

COUNT = """
INSERT INTO public.portal_allowance AS a (caller, "window", used) VALUES (%s, %s, 1)
ON CONFLICT (caller) DO UPDATE SET used = CASE WHEN a."window" = excluded."window" THEN a.used + 1 ELSE 1 END,
    "window" = excluded."window"
RETURNING used
"""


@dataclass(frozen=True)
class Spent:
    """Where a caller stands in the current minute."""

    kind: str
    limit: int
    used: int
    resets_in: int

    def refuse_excess(self) -> None:
        """Raises ``throttled`` when the minute is used up."""
        if self.used > self.limit:
            raise Problem("throttled", headers={"Retry-After": str(self.resets_in)})

    def tell(self, response: HttpResponse) -> None:
        """The header fields of draft-ietf-httpapi-ratelimit-headers."""
        response["RateLimit-Policy"] = f'"{self.kind}";q={self.limit};w={WINDOW}'
        response["RateLimit"] = f'"{self.kind}";r={max(0, self.limit - self.used)};t={self.resets_in}'


def spend(kind: str, who: str, *, now: float | None = None) -> Spent:
    """
    Count one request of ``who`` against the rate of its ``kind``: ``key``, ``person`` or ``address`` (settings.API_RATES).

    One statement, as ``loket_app``. The caller goes on with ``refuse_excess``.
    """
    now = time.time() if now is None else now
    window, passed = divmod(int(now), WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{kind}:{who}"[:80], window])
        (used,) = cursor.fetchone()
    return Spent(kind, settings.API_RATES[kind], used, WINDOW - passed)


def forget_before(now: float) -> int:
    """Delete the counts of past windows (addresses come and go); for the scheduler. Returns how many."""
    from portal.models import Allowance

    return Allowance.objects.filter(window__lt=int(now) // WINDOW - 1).delete()[0]
