"""
The tenant is a mount point: the first path segment names the government, the rest is the page.

Works like a WSGI mount: the script prefix carries the slug, the path below it is resolved in one URL configuration that all
governments share, and everything is put back when the response is there. Standing after authentication, it asks the
membership first: who does not belong here gets the same 404 as for an address that does not exist.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.urls import get_script_prefix, re_path, set_script_prefix
from django.utils import timezone
from django.utils.module_loading import import_string

from tenants import directory
from tenants.context import acting, as_public, mounted
from tenants.enums import State
from tenants.urls import urlconf_of


class MountMiddleware:
    """Set ``request.tenant``, ``request.member`` and ``request.today``, and mount the tenant for the rest of the request."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.member_of = import_string(settings.MEMBER_LOADER)
        self.not_served = import_string(settings.NOT_SERVED_VIEW)

    def __call__(self, request):
        request.tenant = request.member = None
        slug, slash, rest = request.path_info.removeprefix("/").partition("/")
        tenant = directory.find(slug)
        with acting(**self.actor(request)):
            if tenant is None:
                return self.get_response(request)
            if not slash:
                return HttpResponseRedirect(f"/{tenant.slug}/")
            return self.serve(request, tenant, "/" + rest)

    def serve(self, request, tenant, path_info):
        now = timezone.now()
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        member = self.member_of(request.user, tenant, at=now)
        if member is None:
            request.urlconf = "tenants.mount"
            return self.get_response(request)
        request.today = tenant.today(now)
        if not tenant.is_ministry and tenant.state != State.READY:
            return self.not_served(request, tenant)
        prefix, script_name, path = get_script_prefix(), request.META.get("SCRIPT_NAME", ""), request.path_info
        request.tenant, request.member, request.urlconf = tenant, member, urlconf_of(tenant)
        request.path_info = path_info
        set_script_prefix(f"/{tenant.slug}/")
        try:
            with mounted(tenant):
                return self.get_response(request)
        finally:
            set_script_prefix(prefix)
            request.path_info = path
            request.META["SCRIPT_NAME"] = script_name

    @staticmethod
    def actor(request) -> dict:
        user = getattr(request, "user", None)
        entry = {"request": str(getattr(request, "id", ""))}
        if user is not None and user.is_authenticated:
            entry |= {"id": user.pk, "name": user.name}
        return entry


class PublicRoleMiddleware:
    """First of all: whatever the connection did before, this request begins as ``loket_app`` in ``public``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with as_public():
            return self.get_response(request)


def stranger(request, **_kwargs):
    """The view behind every address of a government for those who do not belong to it."""
    raise Http404


stranger.access = "open"
urlpatterns = [re_path("", stranger)]
