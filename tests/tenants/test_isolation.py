import pytest
from django.db import ProgrammingError, connection, transaction

from offices.models import Dinas
from tenants.context import as_public, mounted


def test_tenant_sees_its_own_rows_and_no_others(kota_bandung, kota_cimahi):
    with mounted(kota_bandung):
        Dinas.objects.create(name="Dinas Pisang")
    with mounted(kota_cimahi):
        Dinas.objects.create(name="Dinas Durian")

    with mounted(kota_bandung):
        names = list(Dinas.objects.values_list("name", flat=True))

    assert names == ["Dinas Pisang"]


def test_wrong_schema_is_an_error_not_a_neighbours_rows(kota_bandung):
    with mounted(kota_bandung), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM kota_cimahi.offices_dinas")


def test_public_role_sees_no_tenant_schema(db):
    with as_public(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM kota_cimahi.offices_dinas")
