"""Who sees and who changes which person and duty; the second government has the same ids."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.enums import Role
from offices.models import Dinas
from staffing import access
from staffing.models import Duty, Staff
from tenants.context import mounted
from tests import world

OTHER = world.STAFF  # the id of no dinas


@pytest.fixture
def two(kota_bandung, kota_cimahi):
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    return kota_bandung, kota_cimahi


@pytest.fixture
def of_dinas(two, make_member):
    return lambda role, dinas_id: make_member(two[0], role, dinas=Dinas(pk=dinas_id, name="Dinas"))


def test_the_same_id_is_ones_own_governments(two, make_member):
    bandung, cimahi = two
    member = make_member(bandung, Role.GOVERNMENT_HEAD)

    with mounted(bandung):
        found = access.get_staff(member, world.STAFF).name, access.get_duty(member, world.DUTY).staff.name

    assert found == ("Petugas rambutan", "Petugas rambutan")
    with mounted(cimahi):
        assert Staff.objects.get(pk=world.STAFF).name == "Petugas kecapi"


def test_what_only_the_other_government_has_is_404(two, make_member):
    bandung, cimahi = two
    member = make_member(bandung, Role.GOVERNMENT_HEAD)
    with mounted(cimahi):
        theirs = Staff.objects.create(dinas_id=world.DINAS, name="Durian", serves_from=world.DAY)

    with mounted(bandung), pytest.raises(Http404):
        access.get_staff(member, theirs.pk)


@pytest.mark.parametrize(
    ("loader", "pk", "right"),
    [
        ("get_staff", world.STAFF, "staff.view"),
        ("get_staff", world.STAFF, "staff.edit"),
        ("get_duty", world.DUTY, "duties.edit"),
    ],
)
@pytest.mark.parametrize("role", [Role.DINAS_HEAD, Role.OPERATOR])
def test_role_of_another_dinas_is_told_whose_it_is(two, of_dinas, role, loader, pk, right):
    member = of_dinas(role, OTHER)

    with mounted(two[0]), pytest.raises(PermissionDenied, match="Ini milik Dinas rambutan"):
        getattr(access, loader)(member, pk, right=right)


def test_duties_are_seen_by_the_whole_government(two, of_dinas):
    member = of_dinas(Role.OPERATOR, OTHER)

    with mounted(two[0]):
        assert access.get_duty(member, world.DUTY).pk == world.DUTY


@pytest.mark.parametrize(("dinas_id", "names"), [(world.DINAS, ["Petugas rambutan"]), (OTHER, [])])
def test_list_of_staff_is_that_of_ones_dinas(client, two, of_dinas, dinas_id, names):
    client.force_login(of_dinas(Role.OPERATOR, dinas_id).user)

    text = client.get(two[0].url("staffing:staff_list")).content.decode()

    assert [name for name in ("Petugas rambutan", "Petugas kecapi") if name in text] == names


@pytest.mark.parametrize(
    ("page", "arguments"),
    [
        ("staffing:roster", []),
        ("staffing:month", [world.OFFICE, world.DAY]),
        ("staffing:day", [world.OFFICE, world.DAY]),
        ("staffing:staff_detail", [world.STAFF]),
    ],
)
def test_no_page_shows_the_other_government(client, two, make_member, page, arguments):
    client.force_login(make_member(two[0], Role.GOVERNMENT_HEAD).user)

    text = client.get(two[0].url(page, *arguments), {"urut": "name"}).content.decode()

    assert ("rambutan" in text, "kecapi" in text) == (True, False)


@pytest.mark.parametrize("page", ["staffing:assign", "staffing:release"])
def test_other_dinas_does_not_change_the_roster(client, two, of_dinas, page):
    client.force_login(of_dinas(Role.DINAS_HEAD, OTHER).user)
    arguments = [world.OFFICE, world.DAY] + ([world.DUTY] if page == "staffing:release" else [])

    response = client.post(two[0].url(page, *arguments), {"staff": str(world.STAFF)})

    assert response.status_code == 403
    with mounted(two[0]):
        assert Duty.objects.count() == 1


def test_governors_staff_sees_duties_and_no_staff_pages(client, two, make_member):
    client.force_login(make_member(two[0], Role.PROVINCE_STAFF).user)

    statuses = [
        client.get(two[0].url(*address)).status_code
        for address in (
            ("staffing:day", world.OFFICE, world.DAY),
            ("staffing:staff_list",),
            ("staffing:staff_detail", world.STAFF),
        )
    ]

    assert statuses == [200, 403, 403]
