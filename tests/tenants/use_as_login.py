"""Run by test_installation in a process of its own: what a page does, as the login role of production."""

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from audit.models import Event  # noqa: E402
from offices.models import Dinas  # noqa: E402
from tenants.context import as_public, mounted  # noqa: E402
from tenants.models import Tenant  # noqa: E402


def role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text")
        return cursor.fetchone()[0]


with as_public():
    tenant = Tenant.objects.get(slug="kota-bandung")
with mounted(tenant):
    with transaction.atomic():
        Dinas.objects.create(name="Dinas Pisang")
    print(role(), list(Dinas.objects.values_list("name", flat=True)))
    print(Event.objects.count(), "peristiwa")
with as_public(), connection.cursor() as cursor:
    cursor.execute("SELECT id FROM portal_mail")
    print(role(), cursor.fetchall())
