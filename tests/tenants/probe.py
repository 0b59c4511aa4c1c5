"""Pages of a government that say where they run, for the tests of the mount."""

from contextlib import closing

import psycopg2
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import get_script_prefix, include, path, reverse

from tenants.urls import root_url


def standing() -> dict:
    """What the database says of the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_setting('search_path'), current_setting('loket.actor', true)")
        return dict(zip(("role", "search_path", "actor"), cursor.fetchone(), strict=True))


def where(request):
    return JsonResponse(
        standing()
        | {
            "here": reverse("where"),
            "root": root_url("accounts:profile"),
            "prefix": get_script_prefix(),
            "path": request.path,
            "tenant": request.tenant.slug,
            "today": str(request.today),
        }
    )


def after_rollback(request):
    with transaction.atomic():
        try:
            with transaction.atomic():
                connection.cursor().execute("SELECT * FROM there_is_no_such_table")
        except DatabaseError:
            pass
        return JsonResponse(standing())


def fail(request):
    standing()
    raise RuntimeError("a fault in the page")


def fail_in_database(request):
    with transaction.atomic():
        connection.cursor().execute("SELECT * FROM there_is_no_such_table")


def cut_off(request):
    """The server ends this very connection between two statements."""
    with transaction.atomic():
        standing()
        settings = connection.get_connection_params() | {"user": "postgres"}
        settings.pop("cursor_factory", None)
        with closing(psycopg2.connect(**settings)) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        return JsonResponse(standing())


def away(request):
    return HttpResponseRedirect(reverse("where"))


for view in (where, after_rollback, fail, fail_in_database, cut_off, away):
    view.access = "open"

urlpatterns = [
    path("di-mana/", where, name="where"),
    path("sesudah-batal/", after_rollback),
    path("salah/", fail),
    path("salah-basis-data/", fail_in_database),
    path("terputus/", cut_off),
    path("pergi/", away),
    path("", include("config.urls_government")),
]

handler404 = "portal.error_pages.not_found"
handler500 = "portal.error_pages.server_error"
