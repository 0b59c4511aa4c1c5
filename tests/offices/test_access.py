"""Who sees and who changes which dinas and office; the second government has the same ids."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.enums import Role
from offices import access
from offices.models import Dinas, Office
from tenants.context import mounted
from tests import world

CHANGES = [
    ("get_dinas", world.DINAS, "dinas.edit"),
    ("get_office", world.OFFICE, "offices.edit"),
    ("get_office", world.OFFICE, "offices.close"),
]
PAGES = ["offices:dinas_edit", "offices:edit", "offices:hours", "offices:close"]


@pytest.fixture
def two(kota_bandung, kota_cimahi):
    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    return kota_bandung, kota_cimahi


def of_dinas(make_member, tenant, role, dinas_id):
    return make_member(tenant, role, dinas=Dinas(pk=dinas_id, name="Dinas"))


@pytest.mark.parametrize(("loader", "pk", "noun"), [("get_dinas", world.DINAS, Dinas), ("get_office", world.OFFICE, Office)])
def test_the_same_id_is_ones_own_governments(two, make_member, loader, pk, noun):
    bandung, cimahi = two
    member = make_member(bandung, Role.OPERATOR)

    with mounted(bandung):
        found = getattr(access, loader)(member, pk)

    assert "rambutan" in found.name
    with mounted(cimahi):
        assert "kecapi" in noun.objects.get(pk=pk).name


def test_what_only_the_other_government_has_is_404(two, make_member):
    bandung, cimahi = two
    member = make_member(bandung, Role.GOVERNMENT_HEAD)
    with mounted(cimahi):
        theirs = Dinas.objects.create(name="Dinas Durian", sectors=["trade"])

    with mounted(bandung), pytest.raises(Http404):
        access.get_dinas(member, theirs.pk)


@pytest.mark.parametrize("role", [Role.DINAS_HEAD, Role.OPERATOR])
@pytest.mark.parametrize(("loader", "pk", "right"), CHANGES)
def test_role_of_another_dinas_sees_and_does_not_change(two, make_member, role, loader, pk, right):
    bandung, _ = two
    member = of_dinas(make_member, bandung, role, world.STAFF)

    with mounted(bandung):
        assert getattr(access, loader)(member, pk).pk == pk
        with pytest.raises(PermissionDenied, match="Ini milik Dinas rambutan"):
            getattr(access, loader)(member, pk, right=right)


@pytest.mark.parametrize(
    ("role", "dinas", "may"),
    [
        (Role.GOVERNMENT_HEAD, None, True),
        (Role.DINAS_HEAD, None, True),
        (Role.DINAS_HEAD, world.DINAS, False),
        (Role.OPERATOR, None, False),
    ],
)
def test_dinas_are_recorded_by_who_is_not_bound_to_one(kota_bandung, make_member, role, dinas, may):
    member = of_dinas(make_member, kota_bandung, role, dinas) if dinas else make_member(kota_bandung, role)

    assert access.may_create_dinas(member) is may


@pytest.mark.parametrize(("loader", "pk", "right"), CHANGES)
def test_head_whose_dinas_is_not_recorded_changes_no_other(two, make_member, loader, pk, right):
    bandung, _ = two
    member = make_member(bandung, Role.DINAS_HEAD)

    with mounted(bandung):
        assert list(access.dinas_for(member, right)) == []
        with pytest.raises(PermissionDenied, match="Ini milik Dinas rambutan"):
            getattr(access, loader)(member, pk, right=right)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_another_dinas_says_whose_it_is(client, two, make_member, page, method):
    bandung, _ = two
    client.force_login(of_dinas(make_member, bandung, Role.DINAS_HEAD, world.STAFF).user)
    pk = world.DINAS if "dinas" in page else world.OFFICE

    response = getattr(client, method)(bandung.url(page, pk))

    assert response.status_code == 403
    assert "Ini milik Dinas rambutan" in response.content.decode()


@pytest.mark.parametrize("page", ["offices:list", "offices:dinas_list", "offices:detail", "offices:dinas_detail"])
def test_no_page_shows_the_other_government(client, two, make_member, page):
    bandung, _ = two
    client.force_login(make_member(bandung, Role.GOVERNMENT_HEAD).user)
    arguments = {"offices:detail": [world.OFFICE], "offices:dinas_detail": [world.DINAS]}.get(page, [])

    text = client.get(bandung.url(page, *arguments)).content.decode()

    assert ("rambutan" in text, "kecapi" in text) == (True, False)


def test_province_has_offices_of_its_own(client, jawa_barat, make_member):
    world.furnish(jawa_barat)
    client.force_login(make_member(jawa_barat, Role.PROVINCE_STAFF).user)

    text = client.get(jawa_barat.url("offices:list")).content.decode()

    assert "Loket belimbing" in text
