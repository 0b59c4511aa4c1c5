"""The furniture around every page: navigation, preferences, error pages."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import get_resolver

from portal import error_pages, navigation
from portal.context import Shell
from portal.navigation import Entry
from portal.preferences import COOKIE
from tenants.urls import root_url


@pytest.fixture
def register(monkeypatch):
    """Register entries for one test only."""
    monkeypatch.setattr(navigation, "_entries", [])
    return navigation.register


def request_in(tenant, *rights):
    request = RequestFactory().get(f"/{tenant.slug}/")
    request.tenant, request.user = tenant, SimpleNamespace(is_authenticated=True)
    request.member = SimpleNamespace(may=lambda right: right in rights, title="")
    return request


GOVERNMENT = SimpleNamespace(slug="kota-bandung", name="Kota Bandung", is_ministry=False, is_province=False)
PROVINCE = SimpleNamespace(slug="jawa-barat", name="Jawa Barat", is_ministry=False, is_province=True)
MINISTRY = SimpleNamespace(slug="pusat", name="Kementerian", is_ministry=True, is_province=False)


def test_navigation_shows_what_the_member_may_use_in_order(register):
    register(Entry(20, "Kantor", "x", "building", right="offices.view"), Entry(10, "Beranda", "x", "home"))
    register(Entry(30, "Petugas", "x", "users", right="staff.view"))

    shown = [entry.label for entry in navigation.entries_for(request_in(GOVERNMENT, "offices.view"))]

    assert shown == ["Beranda", "Kantor"]


@pytest.mark.parametrize(
    ("tenant", "labels"), [(GOVERNMENT, ["daerah"]), (PROVINCE, ["daerah", "provinsi"]), (MINISTRY, ["pusat"])]
)
def test_navigation_depends_on_the_level_of_the_government(register, tenant, labels):
    register(Entry(1, "daerah", "x", "home"), Entry(2, "provinsi", "x", "home", mount="province"))
    register(Entry(3, "pusat", "x", "home", mount="ministry"), Entry(4, "akun", "x", "user", mount="account"))

    assert [entry.label for entry in navigation.entries_for(request_in(tenant))] == labels


def test_an_entry_registered_twice_is_shown_once(register):
    for _again in range(2):
        register(Entry(10, "Beranda", "x", "home"))

    assert len(navigation.entries_for(request_in(GOVERNMENT))) == 1


@pytest.mark.parametrize(("number", "main"), [(4, 4), (5, 5), (6, 4)])
def test_bottom_bar_has_four_places_and_more_or_all_five(register, monkeypatch, number, main):
    monkeypatch.setattr("portal.context.reverse", lambda name: f"/kota-bandung/{name}/")
    register(*(Entry(order, f"{order}", f"{order}", "home") for order in range(number)))

    entries = Shell(request_in(GOVERNMENT)).navigation

    assert [entry.main for entry in entries] == [True] * main + [False] * (number - main)


@pytest.mark.parametrize(
    ("path", "current"),
    [("", ["Beranda"]), ("kantor/", ["Kantor"]), ("kantor/1/jadwal/", ["Jadwal"]), ("kantor/1/", ["Kantor"]), ("lain/", [])],
)
def test_the_current_place_is_the_nearest_above(register, monkeypatch, path, current):
    monkeypatch.setattr("portal.context.reverse", lambda name: f"/kota-bandung/{name}")
    register(
        Entry(1, "Beranda", "", "home"),
        Entry(2, "Kantor", "kantor/", "building"),
        Entry(3, "Jadwal", "kantor/1/jadwal/", "clock"),
    )
    request = request_in(GOVERNMENT)
    request.path = f"/kota-bandung/{path}"

    assert [entry.label for entry in Shell(request).navigation if entry.current] == current


@pytest.mark.parametrize("tenant", [GOVERNMENT, PROVINCE, MINISTRY])
def test_no_two_places_share_a_sign(tenant, settings):
    for conf in (settings.GOVERNMENT_URLCONF, settings.MINISTRY_URLCONF):
        assert get_resolver(conf).url_patterns  # read, so that every room has registered
    shown = [entry for entry in navigation._entries if entry.mount in navigation.mounts_of(tenant)]

    assert sorted(entry.icon for entry in shown) == sorted({entry.icon for entry in shown})


def test_every_registered_entry_leads_somewhere(settings):
    confs = {"account": settings.ROOT_URLCONF, "ministry": settings.MINISTRY_URLCONF}
    names = [(entry.url_name, confs.get(entry.mount, settings.GOVERNMENT_URLCONF)) for entry in navigation._entries]

    assert [name for name, conf in names if not reversible(name, conf)] == []


def reversible(name, urlconf):
    resolver = get_resolver(urlconf)
    namespace, _, local = name.rpartition(":")
    if namespace:
        if namespace not in resolver.namespace_dict:
            return False
        resolver = resolver.namespace_dict[namespace][1]
    return local in resolver.reverse_dict


# Preferences


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_theme_is_kept_in_a_cookie_and_leads_back(client, theme):
    response = client.post(root_url("portal:theme"), {"theme": theme, "next": "/_/komponen/?x=1"})
    page = client.get("/_/komponen/").content.decode()

    assert (response.status_code, response["Location"]) == (302, "/_/komponen/?x=1")
    assert re.search(r'data-bs-theme="(\w+)"', page)[1] == theme


@pytest.mark.django_db
def test_language_is_kept_in_a_cookie(client):
    client.post(root_url("portal:language"), {"language": "en", "next": "/_/komponen/"})

    assert '<html lang="en"' in client.get("/_/komponen/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "field"), [("portal:theme", "theme"), ("portal:language", "language")])
@pytest.mark.parametrize("there", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)", ""])
def test_preferences_lead_to_no_other_host_and_keep_no_other_value(client, name, field, there):
    response = client.post(root_url(name), {field: "lain", "next": there})

    assert (response["Location"], dict(response.cookies)) == ("/", {})


@pytest.mark.django_db
def test_a_forged_cookie_is_ignored(client):
    client.cookies[COOKIE] = 'dark"><script>'

    assert 'data-bs-theme="auto"' in client.get("/_/komponen/").content.decode()


# Error pages


def broken(request):
    raise OperationalError("server closed the connection unexpectedly")


def test_a_database_that_is_away_gets_its_own_page_without_a_query(rf):
    try:
        broken(None)
    except OperationalError:
        response = error_pages.server_error(rf.get("/"))

    assert (response.status_code, response["Retry-After"], "Loket sebentar lagi kembali" in response.content.decode()) == (
        503,
        "10",
        True,
    )


def test_a_fault_says_its_number_and_nothing_of_its_cause(rf):
    request = rf.get("/")
    request.id = "7f3a"
    try:
        raise RuntimeError("rahasia")
    except RuntimeError:
        response = error_pages.server_error(request)

    body = response.content.decode()
    assert (response.status_code, "7f3a" in body, "rahasia" in body) == (500, True, False)


@pytest.mark.django_db
def test_a_refusal_shows_its_sentence(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False)

    response = error_pages.forbidden(request, PermissionDenied("Mintalah kepada kepala dinas <Anda>."))

    assert (response.status_code, "Mintalah kepada kepala dinas &lt;Anda&gt;." in response.content.decode()) == (403, True)


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_the_portals_look(client):
    response = client.get("/tidak/ada/")

    body = response.content.decode()
    assert (response.status_code, "Halaman ini tidak ada" in body, 'class="bar"' in body) == (404, True, True)
