"""
What machines ask: ``/healthz`` (does the process answer), ``/readyz`` (can it serve), ``/metrics`` (how does it go).

Answered before everything else: a probe speaks plain HTTP, knows no host name, and must be told the truth while the database is
away. ``/metrics`` is for the addresses and the token named in the settings; others get 404.
"""

import functools
import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse

from portal import metrics
from tenants.context import as_public

PLAIN = "text/plain; charset=utf-8"


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def healthz(request):
    return HttpResponse("ok\n", content_type=PLAIN)


def readyz(request):
    """200 with ``{"database": "ok", "migrations": "ok"}``; 503 with what is wrong."""
    try:
        with as_public():
            missing = known_migrations() - applied_migrations()
        checks = {"database": "ok", "migrations": "ok" if not missing else f"{len(missing)} not applied"}
    except DatabaseError:
        connection.close()
        checks = {"database": "unreachable", "migrations": "unknown"}
    return JsonResponse(checks, status=200 if set(checks.values()) == {"ok"} else 503)


def metrics_page(request):
    if not may_measure(request):
        return HttpResponseNotFound("", content_type=PLAIN)
    try:
        with as_public():
            text = metrics.exposition(database=True)
    except DatabaseError:
        connection.close()
        text = metrics.exposition(database=False)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def may_measure(request) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    return request.META.get("REMOTE_ADDR", "") in settings.METRICS_ADDRESSES


@functools.cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration that this program brings along."""
    return frozenset(MigrationLoader(None).disk_migrations)


def applied_migrations() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM public.django_migrations")
        return set(cursor.fetchall())


ANSWERS = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics_page}
