"""
How often somebody may guess a password.

Counted are failures: each attempt is counted before the password is looked at and taken back when it was right, so that guesses
sent at once count too. Nobody can lock somebody else out: few failures close the pair of address and e-mail address, many the
e-mail address for browsers that never signed in with it; a browser that has (accounts.devices) only has its own count.
"""

import hashlib
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.errors import DomainError


@dataclass(frozen=True)
class Limit:
    """At most ``amount`` failures within ``within`` seconds."""

    name: str
    amount: int
    within: int


PAIR = Limit("pair", 5, 15 * 60)
EMAIL = Limit("email", 50, 60 * 60)
ADDRESS = Limit("address", 100, 15 * 60)
DEVICE = Limit("device", 10, 15 * 60)


class TooManyAttempts(DomainError):
    """``seconds`` until the next attempt; the sentence says it in minutes, whether the account exists or not."""

    message = _("Terlalu banyak percobaan masuk.")
    status = 429
    code = "too-many-attempts"

    def __init__(self, seconds: float):
        self.seconds = math.ceil(seconds)
        minutes = max(1, math.ceil(seconds / 60))
        sentence = ngettext(
            "Terlalu banyak percobaan masuk. Coba lagi dalam %(minutes)s menit, atau atur ulang kata sandi Anda.",
            "Terlalu banyak percobaan masuk. Coba lagi dalam %(minutes)s menit, atau atur ulang kata sandi Anda.",
            minutes,
        )
        super().__init__(sentence, minutes=minutes)


@dataclass(frozen=True)
class Attempt:
    """One attempt as it was counted; ``undo`` takes it back."""

    counts: tuple[tuple[str, Limit], ...]
    moment: float

    def undo(self) -> None:
        with _holding(self.counts):
            for key, limit in self.counts:
                moments = [moment for moment in cache.get(key, []) if moment != self.moment]
                cache.set(key, moments, limit.within)


def count(*limits: tuple[Limit, str], now: float | None = None) -> Attempt:
    """Count one attempt under every limit and its key; raises TooManyAttempts, and counts nothing, when one is used up."""
    now = time.time() if now is None else now
    counts = tuple((_key(limit, key), limit) for limit, key in limits)
    with _holding(counts):
        recent = {key: [moment for moment in cache.get(key, []) if moment > now - limit.within] for key, limit in counts}
        waits = [recent[key][0] + limit.within - now for key, limit in counts if len(recent[key]) >= limit.amount]
        if waits:
            raise TooManyAttempts(max(waits))
        for key, limit in counts:
            cache.set(key, [*recent[key], now], limit.within)
    return Attempt(counts, now)


def forget(*limits: tuple[Limit, str]) -> None:
    """Begin anew, for somebody who has proven another way who they are."""
    cache.delete_many([_key(limit, key) for limit, key in limits])


def _key(limit: Limit, key: str) -> str:
    return f"attempts:{limit.name}:{hashlib.sha256(key.lower().encode()).hexdigest()[:32]}"


class _holding:
    """One at a time for these counters, in whatever process: advisory locks, taken in one order."""

    def __init__(self, counts: Iterable[tuple[str, Limit]]):
        self.keys = sorted(key for key, _limit in counts)

    def __enter__(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        with connection.cursor() as cursor:
            for key in self.keys:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])

    def __exit__(self, *error):
        return self.block.__exit__(*error)
