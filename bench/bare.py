"""The peer of bench.tenant_page: the smallest Django there is, one view with one query, no middleware."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse
from django.urls import path


def view(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM tenants_tenant WHERE slug = %s", ["kota-bandung"])
        return HttpResponse(f"<!doctype html><title>{cursor.fetchone()[0]}</title>")


urlpatterns = [path("", view)]

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bench",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "postgres",
                "HOST": os.environ["BENCH_SOCKET"],
                "CONN_MAX_AGE": 120,
            }
        },
    )
    django.setup()

application = WSGIHandler()
