"""
The gate of the REST interface: who calls, into which government, with which rights.

A person calls with the session of the pages (and its CSRF token), a program with a key of its government. Strangers, unknown
governments and keys of other governments get the same 404; a member without the right, or a key without the scope, gets 403.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from accounts import keys, members, policy, second_factor
from accounts.members import Member
from accounts.models import ApiKey, User
from portal.api import SAFE, Endpoint
from portal.problems import Problem
from portal.throttling import Spent, spend
from tenants import directory, mount
from tenants.context import acting, mounted
from tenants.enums import State
from tenants.models import Tenant

SECRET = re.compile(r"Bearer +(loket_[A-Za-z0-9]+_[A-Za-z0-9_-]+)", re.IGNORECASE)
SLUG = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,35}$"}
HTTP_OK = 200
CHALLENGE = 'Bearer realm="Loket"'
SECOND_FACTOR = _("Peran Anda memerlukan faktor kedua. Masuklah lagi dengan kode dari aplikasi autentikasi Anda.")
OUT_OF_SCOPE = _("Lingkup kunci ini tidak mencakup tindakan ini.")
UNKNOWN_KEY = _("Kunci ini tidak dikenal, sudah dicabut atau kedaluwarsa.")


@dataclass(frozen=True)
class Person:
    """Somebody with a session. ``scope`` keeps the idempotency keys of one caller from those of the others."""

    spent: Spent
    user: User

    @property
    def scope(self) -> str:
        return f"user:{self.user.pk}"

    def member_of(self, tenant: Tenant, *, at: datetime.datetime) -> Member | None:
        """The caller as a member of ``tenant``, or None for a stranger."""
        return members.load(self.user, tenant, at=at)


@dataclass(frozen=True)
class Program:
    """A program with a key of its government."""

    spent: Spent
    key: ApiKey

    @property
    def scope(self) -> str:
        return f"key:{self.key.pk}"

    def member_of(self, tenant: Tenant, *, at: datetime.datetime) -> Member | None:
        return keys.holder(self.key) if self.key.tenant_id == tenant.pk else None


def identify(request, *, at: datetime.datetime) -> Person | Program:
    """
    Who calls; counted against the caller's rate, or where nobody is recognized against the address's.

    Raises ``not-authenticated`` and ``throttled``. Needs the public role. A key goes before a session.
    """
    header = request.headers.get("Authorization", "")
    if header:
        found = SECRET.fullmatch(header)
        key = keys.authenticate(found[1], at) if found else None
        if key is None:
            raise stranger(request, UNKNOWN_KEY, f'{CHALLENGE}, error="invalid_token"')
        return Program(spend("key", str(key.pk)), key)
    if not request.user.is_authenticated:
        raise stranger(request, None, CHALLENGE)
    return Person(spend("person", str(request.user.pk)), request.user)


def address_of(request) -> str:
    """The address of the caller, behind a proxy the one it names; empty where nothing says so (a socket)."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""


def stranger(request, detail, challenge: str) -> Problem:
    """What nobody knows is told; raises ``throttled`` when the address has asked too often."""
    spend("address", address_of(request)).refuse_excess()
    return Problem("not-authenticated", detail, headers={"WWW-Authenticate": challenge})


class CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return HttpResponseForbidden(reason)


def check_csrf(request) -> None:
    check = CsrfCheck(lambda request: HttpResponse())
    check.process_request(request)
    if check.process_view(request, lambda request: HttpResponse(), (), {}):
        raise Problem("csrf")


class OpenEndpoint(Endpoint):
    """An endpoint for everybody, signed in or not: reads only, the same for all, counted by address. Caches may keep it."""

    access = "open"
    http_method_names = ("get", "head")
    kept_seconds = 60

    def enter(self, request) -> None:
        self.spent = spend("address", address_of(request))
        self.spent.refuse_excess()

    def finished(self, response) -> HttpResponse:
        response = super().finished(response)
        if response.status_code == HTTP_OK:
            response["Cache-Control"] = f"public, max-age={self.kept_seconds}"
            patch_vary_headers(response, ["Accept-Language"])
        return response

    @classmethod
    def usable_by_key(cls, method: str) -> bool:
        return True

    @classmethod
    def parameters_in_path(cls) -> list[OpenApiParameter]:
        return []


class SignedInEndpoint(Endpoint):
    """An endpoint outside the governments, for every person who has signed in and every key."""

    access = "signed-in"

    def enter(self, request) -> None:
        self.caller = identify(request, at=self.at)
        self.spent = self.caller.spent
        self.spent.refuse_excess()
        if isinstance(self.caller, Person) and request.method not in SAFE:
            check_csrf(request)

    @property
    def scope(self) -> str:
        return self.caller.scope

    @classmethod
    def usable_by_key(cls, method: str) -> bool:
        return True

    @classmethod
    def parameters_in_path(cls) -> list[OpenApiParameter]:
        return []


class GovernmentEndpoint(SignedInEndpoint):
    """
    An endpoint inside a government, mounted for the length of the call. ``rights`` names the right of each method.

    ``request.member`` and ``request.today`` are what they are in the pages. ``ministry`` says which of the two kinds of mount
    has the endpoint, None for both.
    """

    rights: Mapping[str, str] = {}
    ministry: bool | None = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        unknown = set(cls.rights.values()) - set(policy.RULES)
        if unknown:
            raise LookupError(f"no such right: {unknown}")
        cls.access = next(iter(cls.rights.values()), "")

    def enter(self, request) -> None:
        super().enter(request)
        tenant = directory.find(self.kwargs["government"])
        if tenant is None or self.ministry not in (None, tenant.is_ministry):
            raise Http404
        member = self.caller.member_of(tenant, at=self.at)
        if member is None:
            raise Http404
        if not tenant.is_ministry and tenant.state != State.READY:
            raise Problem("unavailable", headers={"Retry-After": "60"})
        self.check_right(request, member)
        request.tenant, request.member, request.today = tenant, member, tenant.today(self.at)
        self.held.enter_context(acting(**self.actor(request, member)))
        self.held.enter_context(mounted(tenant))

    def check_right(self, request, member: Member) -> None:
        right = self.rights.get("GET" if request.method == "HEAD" else request.method)
        if isinstance(self.caller, Person) and second_factor.is_missing(request, member):
            raise PermissionDenied(SECOND_FACTOR)
        if right and not member.may(right):
            raise PermissionDenied(OUT_OF_SCOPE if isinstance(self.caller, Program) else policy.REFUSED)

    def actor(self, request, member: Member) -> dict:
        entry = mount.actor(request, member)
        if isinstance(self.caller, Program):
            entry |= {"id": member.user.pk, "name": member.user.name, "role": "api_key"}
        return entry

    @classmethod
    def usable_by_key(cls, method: str) -> bool:
        return cls.rights.get(method) in policy.API_SCOPES

    @classmethod
    def parameters_in_path(cls) -> list[OpenApiParameter]:
        if cls.ministry:
            return []
        description = "The government's slug, as in the address of its pages."
        return [
            OpenApiParameter("government", SLUG | {"example": "kota-bandung"}, OpenApiParameter.PATH, description=description)
        ]
