"""Callers of the REST interface: a program with a key, a person with a session."""

import datetime
import json

import pytest
from django.utils import timezone

from accounts import keys, policy
from tenants.context import as_owner
from tests.strict import StrictClient

BODY = "application/json"


class Caller(StrictClient):
    """Speaks JSON, and as a key where it has one."""

    def __init__(self, secret: str = "", **kwargs):
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        super().__init__(headers=headers, **kwargs)

    def send(self, method, path, data=None, **kwargs):
        body = data if isinstance(data, bytes | str) else json.dumps({} if data is None else data)
        return self.generic(method, f"/api/v1/{path}", body, content_type=kwargs.pop("content_type", BODY), **kwargs)

    def read(self, path, params=None, **kwargs):
        return self.get(f"/api/v1/{path}", params or {}, **kwargs)


@pytest.fixture
def make_key(db, make_member):
    """``make_key(tenant, *scopes, days=30)`` -> (ApiKey, secret); all scopes that there are without any named."""

    def make(tenant, *scopes, days=30, name="SIMPEG"):
        from accounts.enums import Role

        now = timezone.now()
        head = make_member(tenant, Role.GOVERNMENT_HEAD)
        with as_owner():
            return keys.issue(
                tenant=tenant,
                name=name,
                scopes=list(scopes) or [scope for scope in policy.API_SCOPES if scope in keys.scopes_for(tenant)],
                expires_at=now + datetime.timedelta(days=days),
                by=head,
                at=now,
            )

    return make


@pytest.fixture
def program(make_key, kota_bandung):
    """A program of Kota Bandung with every scope."""
    return Caller(make_key(kota_bandung)[1])


@pytest.fixture
def session():
    """``session(member)``: a client signed in as this person, which sends its CSRF token."""

    def sign_in(member, *, csrf=True) -> Caller:
        client = Caller(enforce_csrf_checks=True)
        client.force_login(getattr(member, "user", member))
        if csrf:
            client.cookies["csrf"] = token = "a" * 32
            client.defaults["HTTP_X_CSRFTOKEN"] = token
        return client

    return sign_in
