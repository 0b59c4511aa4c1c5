import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from tests.oversight.conftest import MONDAY, links, rows, words


def test_districts_of_the_province_and_no_others(look, governor_staff, kota_bandung, kab_badung, kota_jayapura, make_office):
    for tenant in (kota_bandung, kab_badung, kota_jayapura):  # the last two could leak
        make_office(tenant)

    assert rows(look(governor_staff, "wilayah/"), "daerah") == ["kota-bandung", "kota-cimahi"]
    assert rows(look(governor_staff, "wilayah/", cari="jayapura"), "daerah") == []


def test_offices_of_districts_and_no_others(look, governor_staff, jawa_barat, kota_bandung, kab_badung, make_office):
    make_office(kota_bandung, name="Loket Rambutan")
    make_office(kab_badung, name="Loket Kecapi")
    make_office(jawa_barat, name="Loket Belimbing")

    page = words(look(governor_staff, "wilayah/kantor/"))

    assert [name for name in ("Rambutan", "Kecapi", "Belimbing") if name in page] == ["Rambutan"]


def test_district_of_another_province_is_not_there(look, governor_staff, kota_bandung, kota_cimahi, kab_badung, make_office):
    office = make_office(kota_bandung, name="Loket Rambutan")
    make_office(kab_badung, name="Loket Kecapi", id=office.pk)

    assert "Loket Rambutan" in words(look(governor_staff, f"wilayah/kota-bandung/kantor/{office.pk}/"))
    look(governor_staff, f"wilayah/kab-badung/kantor/{office.pk}/", status=404)
    look(governor_staff, "wilayah/kab-badung/", status=404)
    look(governor_staff, f"wilayah/kota-cimahi/kantor/{office.pk}/", status=404)
    look(governor_staff, "wilayah/jawa-barat/", status=404)


def test_district_page_shows_its_circulars_and_offices_without_people(
    look, governor_staff, kota_bandung, make_member, make_office, make_circular
):
    make_member(kota_bandung, Role.GOVERNMENT_HEAD, name="Rudi Hartono")
    make_circular(to=(kota_bandung,), opened=(kota_bandung,))
    make_office(kota_bandung, duties={MONDAY: 2})

    page = words(look(governor_staff, "wilayah/kota-bandung/"))

    assert page.startswith(
        "Jawa Barat Kabupaten/kota Kota Bandung Kota Bandung 1 kantor melayani. SE 560/2821/SJ sudah dibuka, belum diakui ."
    )
    assert "Rudi Hartono" not in page
    assert "Petugas 1" not in page


def test_home_of_the_province_counts_its_districts(look, governor_staff, kota_bandung, kota_cimahi, make_office, make_circular):
    make_circular(to=(kota_bandung, kota_cimahi), opened=(kota_cimahi,))
    make_office(kota_bandung, duties={MONDAY: 2})

    page = look(governor_staff)

    address = links(page)["Surat dibuka 1 / 2 1 belum dibuka"]
    assert rows(look(governor_staff, address.removeprefix("/jawa-barat/")), "daerah") == ["kota-cimahi"]
    address = links(page)["Jadwal piket habis dalam 7 hari"]
    assert "Loket Cikutra" in words(look(governor_staff, address.removeprefix("/jawa-barat/")))


@pytest.mark.parametrize("path", ["wilayah/", "wilayah/kantor/", "wilayah/kota-cimahi/"])
def test_a_district_has_no_districts(path, look, head):
    look(head, path, status=404)


def test_operator_of_a_province_may_not_look_at_districts(look, make_member, jawa_barat, kota_bandung):
    operator = make_member(jawa_barat, Role.OPERATOR)

    assert "Peran Anda" in words(look(operator, "wilayah/", status=403))
    look(operator, "wilayah/kota-bandung/", status=403)
    assert "Kabupaten/kota dan provinsi" not in words(look(operator))


@pytest.fixture
def cities(kota_bandung, kota_cimahi):
    return kota_bandung, kota_cimahi


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(("path", "cost"), [("wilayah/", 10), ("wilayah/kantor/", 8), ("wilayah/kota-bandung/", 10)])
def test_queries_do_not_grow(
    path, cost, count, look, governor_staff, kota_bandung, kota_cimahi, make_office, make_circular, client
):
    tenants = (kota_bandung, kota_cimahi)[:count]
    make_circular(to=tenants, acknowledged=tenants)
    for tenant in tenants:
        for number in range(count):
            make_office(tenant, name=f"Loket {number}", duties={MONDAY: 1})
    look(governor_staff, path)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/jawa-barat/{path}")

    assert len(queries) == cost, [query["sql"][:120] for query in queries]
