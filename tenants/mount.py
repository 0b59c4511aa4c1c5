"""
The tenant is a mount point: the first path segment names the government, the rest is the page.

Works like a WSGI mount: the script prefix carries the slug, the path below it is resolved in one URL configuration that all
governments share, and everything is put back when the response is there. Standing after authentication, it asks the
membership first: who does not belong here gets the same 404 as for an address that does not exist.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.module_loading import import_string

from tenants import directory
from tenants.context import acting, as_public, mounted
from tenants.enums import State
from tenants.urls import urlconf_of

SAFE = ("GET", "HEAD")
# The number under which the log has a request may come from a proxy.
PLAIN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class PublicRoleMiddleware:
    """First of all: whatever the connection did before, this request begins as ``loket_app`` in ``public``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with as_public():
            return self.get_response(request)


class MountMiddleware:
    """Set ``request.tenant``, ``request.member`` and ``request.today``, and mount the tenant for the rest of the request."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.member_of = import_string(settings.MEMBER_LOADER)
        self.not_served = import_string(settings.NOT_SERVED_VIEW)

    def __call__(self, request):
        request.tenant = request.member = None
        slug, slash, rest = request.path_info.removeprefix("/").partition("/")
        tenant = directory.find(slug.lower())
        if tenant is None:
            return self.serve_root(request)
        if (slug, slash) != (tenant.slug, "/"):
            return redirect_to(request, f"/{tenant.slug}/{rest}")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        now = timezone.now()
        member = self.member_of(request.user, tenant, at=now)
        if member is None:
            # No address of the root begins with a tenant's slug, so that this is its 404 for everybody else.
            return self.serve_root(request)
        request.today = tenant.today(now)
        if not tenant.is_ministry and tenant.state != State.READY:
            return self.not_served(request, tenant)
        request.tenant, request.member = tenant, member
        with acting(**actor(request, member)), _addresses_of(request, tenant, "/" + rest), mounted(tenant):
            return self.get_response(request)

    def serve_root(self, request):
        with acting(**actor(request)):
            return self.get_response(request)


def actor(request, member=None) -> dict:
    """Who acts in this request, as the audit trail keeps it; with ``member`` also the roles held in that government."""
    number = getattr(request, "id", "")
    entry = {"request": number if PLAIN.fullmatch(number) else ""}
    if request.user.is_authenticated:
        entry |= {"id": request.user.pk, "name": request.user.name}
    if member is not None:
        entry["role"] = ",".join(sorted(member.roles))
    return entry


@contextmanager
def _addresses_of(request, tenant, path_info) -> Iterator[None]:
    prefix, urlconf, path = get_script_prefix(), get_urlconf(), request.path_info
    request.urlconf, request.path_info = urlconf_of(tenant), path_info
    set_script_prefix(f"/{tenant.slug}/")
    try:
        yield
    finally:
        set_script_prefix(prefix)
        set_urlconf(urlconf)
        request.path_info = path
        del request.urlconf


def redirect_to(request, path: str) -> HttpResponseRedirect:
    """To the address as it is written here: small letters, and a slash behind the slug."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(
        escape_uri_path(path) + (f"?{query}" if query else ""), preserve_request=request.method not in SAFE
    )
