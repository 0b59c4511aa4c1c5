"""
Error pages in the portal's own look.

Those for a fault of the server are drawn without request, session and database: they must still come when these have failed.
"""

import sys

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

SECONDS_UNTIL_AGAIN = 10
NO_DATABASE = (OperationalError, InterfaceError)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """A member without the right; the sentence of PermissionDenied says whom to ask."""
    said = exception.args[0] if isinstance(exception, PermissionDenied) and exception.args else ""
    return render(request, "403.html", {"reason": str(said) if isinstance(said, str | Promise) else ""}, status=403)


def csrf_failure(request, reason=""):
    """A form that was open too long, or in a browser without cookies. The entries are still in it: the way leads back."""
    return render(
        request,
        "403.html",
        {"reason": _("Halaman ini sudah terlalu lama terbuka. Kembali, muat ulang, lalu kirim lagi.")},
        status=403,
    )


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_many(request, exception=None):
    return render(request, "429.html", status=429)


def server_error(request):
    """Any fault of the server; where the database is away, the page says that it will be back."""
    if isinstance(sys.exc_info()[1], NO_DATABASE):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html", {"reference": reference(request)}), status=500)


def unavailable(request):
    response = HttpResponse(render_to_string("503.html", {"tenant": None}), status=503)
    response["Retry-After"] = str(SECONDS_UNTIL_AGAIN)
    return response


def not_served(request, tenant):
    """A government whose schema is not ready."""
    return HttpResponse(render_to_string("503.html", {"tenant": tenant}), status=503, headers={"Retry-After": "60"})


def reference(request: HttpRequest) -> str:
    """The number under which the log has this request."""
    return str(getattr(request, "id", "") or request.headers.get("X-Request-ID", ""))[:36]
