"""
A government's own keys to the REST interface.

A key reads ``loket_<prefix>_<secret>``. The prefix finds the row, only the SHA-256 of the whole is kept: 32 random bytes need
no slow hash. Whoever works with a key is a ``KeyHolder``: a Member who may what the scopes say and signs with the key's name.
"""

import datetime
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.enums import KeyState
from accounts.members import Member
from accounts.models import ApiKey, User
from portal.errors import DomainError
from tenants.models import Tenant

LONGEST = datetime.timedelta(days=366)
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
PREFIX_LENGTH = 8
SHAPE = re.compile(r"loket_([a-z2-9]{8})_[A-Za-z0-9_-]{43}")
NOBODY = hashlib.sha256(b"").hexdigest()


class ScopeUnknown(DomainError):
    message = _("Pilih sekurang-kurangnya satu lingkup dari daftar.")
    field = "scopes"
    code = "scope-unknown"


class ExpiryOutOfRange(DomainError):
    message = _("Kunci berlaku paling lama satu tahun, dan sekurang-kurangnya sampai besok.")
    field = "expires_on"
    code = "expiry-out-of-range"


class AlreadyRevoked(DomainError):
    message = _("Kunci ini sudah dicabut.")
    status = 409
    code = "already-revoked"


@dataclass(frozen=True, kw_only=True)
class KeyHolder(Member):
    """What an operation gets as ``by`` when a key asks: no role, no position, only the scopes of the key."""

    key: ApiKey

    @property
    def name(self) -> str:
        return str(_("Kunci API %(name)s") % {"name": self.key.name})

    def may(self, right: str, dinas=None) -> bool:
        return right in self.key.scopes and right in policy.API_SCOPES

    def dinas_ids(self, right: str) -> set | None:
        return None if self.may(right) else set()


def holder(key: ApiKey) -> KeyHolder:
    """Who works with ``key``; what is written carries the id of the person who made it and the key's name. No query."""
    name = f"{key.created_by_name} ({key.prefix})"
    return KeyHolder(user=User(pk=key.created_by_id, name=name), tenant=key.tenant, key=key)


def issue(
    *, tenant: Tenant, name: str, scopes: list[str], expires_at: datetime.datetime, by: Member, at: datetime.datetime
) -> tuple[ApiKey, str]:
    """
    Make a key; the second value is the key itself, which nothing keeps.

    Needs ``keys.manage`` (asked by the page). Raises ScopeUnknown, ExpiryOutOfRange.
    """
    if not scopes or not set(scopes) <= set(scopes_for(tenant)):
        raise ScopeUnknown()
    if not at < expires_at <= at + LONGEST:
        raise ExpiryOutOfRange()
    prefix = "".join(secrets.choice(ALPHABET) for _each in range(PREFIX_LENGTH))
    secret = f"loket_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        tenant=tenant,
        name=name,
        prefix=prefix,
        key_digest=_digest(secret),
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
        created_by_id=by.user.pk,
        created_by_name=by.name,
        created_at=at,
    )
    return key, secret


def end_of(day: datetime.date, tenant: Tenant) -> datetime.datetime:
    """The moment at which the local day is over: a key works until the end of its last one."""
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), tzinfo=tenant.zone)


def scopes_for(tenant: Tenant) -> dict[str, str]:
    """The scopes that a key of ``tenant`` can have: right and what it means."""
    return {right: label for right, label in policy.API_SCOPES.items() if right != "districts.view" or tenant.is_province}


def revoke(*, key: ApiKey, by: Member, at: datetime.datetime) -> ApiKey:
    """End a key at once. Raises AlreadyRevoked."""
    with transaction.atomic():
        key = ApiKey.objects.select_for_update().get(pk=key.pk)
        if key.revoked_at:
            raise AlreadyRevoked()
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
    return key


def authenticate(secret: str, at: datetime.datetime) -> ApiKey | None:
    """
    The key that ``secret`` is, when it exists, is not revoked and not expired; ``last_used_on`` is noted once a day.

    Needs the public role. Takes the same time for an unknown prefix as for a wrong secret.
    """
    shape = SHAPE.fullmatch(secret)
    found = ApiKey.objects.select_related("tenant__parent").filter(prefix=shape[1]).first() if shape else None
    same = hmac.compare_digest(found.key_digest if found else NOBODY, _digest(secret))
    if not same or found is None or found.state_at(at) != KeyState.VALID:
        return None
    today = found.tenant.today(at)
    if found.last_used_on != today:
        ApiKey.objects.filter(pk=found.pk).update(last_used_on=today)
        found.last_used_on = today
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
