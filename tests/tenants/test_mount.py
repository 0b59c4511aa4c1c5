import datetime
import json
import re

import pytest
import time_machine
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.urls import Resolver404, get_script_prefix, get_urlconf, resolve

from accounts.enums import Role
from tenants import directory, regions
from tenants.context import acting, as_owner
from tenants.enums import State
from tenants.models import Tenant
from tenants.urls import root_url
from tests.tenants.probe import standing

# 23.30 in WIB, the next day already in WITA and WIT.
LATE_EVENING = datetime.datetime(2026, 11, 23, 16, 30, tzinfo=datetime.UTC)


def plain(response) -> str:
    """A page without the token against forged forms, which is another in every answer."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^A-Za-z0-9]+)"?[A-Za-z0-9]+', "", response.content.decode())


@pytest.fixture(autouse=True)
def probe(settings):
    settings.GOVERNMENT_URLCONF = settings.MINISTRY_URLCONF = "tests.tenants.probe"
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def forgiving(head):
    """The head of Kota Bandung, with a client that gets the error page instead of the exception."""
    client = Client(raise_request_exception=False)
    client.force_login(head.user)
    return client


@pytest.fixture
def as_head(client, head):
    client.force_login(head.user)
    return client


def test_page_runs_as_the_tenants_role_in_its_schema(as_head, head, kota_bandung):
    found = as_head.get("/kota-bandung/di-mana/").json()

    assert found["role"] == "loket_t_kota_bandung"
    assert found["search_path"] == '"kota_bandung","public"'
    assert (found["tenant"], found["path"]) == ("kota-bandung", "/kota-bandung/di-mana/")


def test_ministrys_page_runs_as_the_ministry(client, officer):
    client.force_login(officer.user)

    found = client.get("/pusat/di-mana/").json()

    assert (found["role"], found["search_path"]) == ("loket_pusat", '"public"')


def test_addresses_inside_carry_the_prefix_and_root_addresses_do_not(as_head):
    found = as_head.get("/kota-bandung/di-mana/").json()

    assert (found["here"], found["root"], found["prefix"]) == (
        "/kota-bandung/di-mana/",
        "/akun/",
        "/kota-bandung/",
    )


def test_redirect_inside_stays_inside(as_head):
    assert as_head.get("/kota-bandung/pergi/")["Location"] == "/kota-bandung/di-mana/"


def test_tenant_url_leads_into_another_government_from_everywhere(kota_cimahi):
    assert kota_cimahi.url("where") == "/kota-cimahi/di-mana/"
    assert root_url("accounts:profile") == "/akun/"


def test_actor_is_the_person_with_the_roles_held_here(client, make_member, kota_bandung, jawa_barat):
    member = make_member(kota_bandung, Role.DINAS_HEAD, name="Ibu Sari")
    for tenant, role in ((kota_bandung, Role.OPERATOR), (jawa_barat, Role.PROVINCE_STAFF)):
        member.user.memberships.create(tenant=tenant, role=role, position="-", valid_from=datetime.date(2020, 1, 1))
    client.force_login(member.user)

    here = json.loads(client.get("/kota-bandung/di-mana/").json()["actor"])
    above = json.loads(client.get("/jawa-barat/di-mana/").json()["actor"])

    assert (here["id"], here["name"], here["role"]) == (member.user.pk, "Ibu Sari", "dinas_head,operator")
    assert above["role"] == "province_staff"
    assert len(here["request"]) == 36
    assert here["request"] != above["request"]


@pytest.mark.parametrize("page", ["di-mana/", "sesudah-batal/", "salah/", "salah-basis-data/", "tidak-ada/", "pergi/"])
def test_everything_is_put_back_when_the_response_is_there(forgiving, page):
    before, held = standing(), connection.standing

    forgiving.get(f"/kota-bandung/{page}")

    assert standing() == before
    assert connection.standing == held
    assert get_script_prefix() == "/"
    assert get_urlconf() in (None, project.ROOT_URLCONF)


def test_page_after_a_rolled_back_savepoint_is_still_inside(as_head):
    assert as_head.get("/kota-bandung/sesudah-batal/").json()["role"] == "loket_t_kota_bandung"


def test_fault_in_a_page_gets_the_fault_page(forgiving):
    assert [forgiving.get(f"/kota-bandung/{page}").status_code for page in ("salah/", "salah-basis-data/", "di-mana/")] == [
        500,
        500,
        200,
    ]


def test_actor_of_before_is_put_back(as_head):
    with acting(id=1, name="Perintah"):
        as_head.get("/kota-bandung/di-mana/")

        assert json.loads(standing()["actor"]) == {"id": 1, "name": "Perintah"}


@pytest.mark.parametrize(
    ("slug", "expected"), [("kab-badung", "2026-11-24"), ("kota-jayapura", "2026-11-24"), ("bali", "2026-11-24")]
)
def test_today_is_the_tenants_local_day(client, make_member, slug, expected):
    tenant = Tenant.objects.get(slug=slug)
    user = make_member(tenant, Role.OPERATOR).user

    with time_machine.travel(LATE_EVENING, tick=False):
        client.force_login(user)
        assert client.get(f"/{slug}/di-mana/").json()["today"] == expected


def test_today_of_the_west_is_still_yesterday(client, head):
    with time_machine.travel(LATE_EVENING, tick=False):
        client.force_login(head.user)
        assert client.get("/kota-bandung/di-mana/").json()["today"] == "2026-11-23"


# Who does not come in --------------------------------------------------------------------------------------------------------


def test_unknown_government_costs_no_query(client, django_assert_num_queries, db):
    directory.find("kota-bandung")

    with django_assert_num_queries(0):
        response = client.get("/kota-atlantis/kantor/")

    assert response.status_code == 404


def test_known_government_costs_a_signed_out_reader_no_query(client, django_assert_num_queries, db):
    directory.find("kota-bandung")

    with django_assert_num_queries(0):
        client.get("/kota-bandung/di-mana/")


def test_directory_is_read_once_for_all_governments(client, django_assert_num_queries, db):
    with django_assert_num_queries(2):  # role and search_path, then all governments
        for slug in ("kota-atlantis", "kota-bandung", "kota-cimahi", "negeri-dongeng"):
            client.get(f"/{slug}/di-mana/")


def test_stranger_gets_the_404_of_an_address_that_does_not_exist(client, stranger, kota_bandung):
    client.force_login(stranger)

    inside, nowhere = client.get("/kota-bandung/di-mana/"), client.get("/kota-atlantis/di-mana/")

    assert (inside.status_code, nowhere.status_code) == (404, 404)
    assert plain(inside).replace("kota-bandung", "kota-atlantis") == plain(nowhere)
    assert sorted(inside.headers) == sorted(nowhere.headers)


def test_member_of_the_neighbour_is_a_stranger_here(client, head, kota_cimahi):
    client.force_login(head.user)

    assert client.get("/kota-cimahi/di-mana/").status_code == 404


def test_governors_staff_are_strangers_in_their_districts(client, governor_staff, kota_bandung):
    client.force_login(governor_staff.user)

    assert client.get("/kota-bandung/di-mana/").status_code == 404


def test_ended_membership_makes_a_stranger(client, head):
    head.user.memberships.update(valid_until=datetime.date(2020, 12, 31))
    client.force_login(head.user)

    assert client.get("/kota-bandung/di-mana/").status_code == 404


def test_signed_out_reader_is_sent_to_sign_in_and_back(client, db):
    response = client.get("/kota-bandung/di-mana/?hal=2")

    assert (response.status_code, response["Location"]) == (302, "/masuk/?next=%2Fkota-bandung%2Fdi-mana%2F%3Fhal%3D2")


# How it is written -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("/kota-bandung", "/kota-bandung/"),
        ("/kota-bandung?a=1", "/kota-bandung/?a=1"),
        ("/Kota-Bandung/di-mana/?a=%20b", "/kota-bandung/di-mana/?a=%20b"),
        ("/KOTA-BANDUNG", "/kota-bandung/"),
        ("/Kota-Bandung/a%3Fb/%C3%A9", "/kota-bandung/a%3Fb/%C3%A9"),
    ],
)
def test_other_spelling_leads_to_the_address(client, db, written, canonical):
    response = client.get(written)

    assert (response.status_code, response["Location"]) == (302, canonical)


def test_form_sent_to_another_spelling_is_sent_again(client, db):
    assert client.post("/Kota-Bandung/di-mana/").status_code == 307


@pytest.mark.parametrize(
    "path",
    [
        "//kota-bandung/di-mana/",
        "/%2fkota-bandung/di-mana/",
        "/./kota-bandung/di-mana/",
        "/../kota-bandung/di-mana/",
        "/..;/kota-bandung/di-mana/",
        "/kota-bandung;a=b/di-mana/",
        "/kota-bandung%00/di-mana/",
        "/kota-bandung%20/di-mana/",
        "/kota-bandung%5c/di-mana/",
        "/kota%E2%80%90bandung/di-mana/",
        "/kota_bandung/di-mana/",
        "/public/di-mana/",
        "/loket_scratch/di-mana/",
        "/kota-bandung'--/di-mana/",
        "/%ff%fe/di-mana/",
    ],
)
def test_hostile_first_segment_leads_nowhere(as_head, path):
    assert as_head.get(path).status_code == 404


@pytest.mark.parametrize(
    "rest", ["//di-mana/", "../kota-cimahi/di-mana/", "..;/kota-cimahi/di-mana/", "%2e%2e/kota-cimahi/di-mana/", "%00"]
)
def test_hostile_rest_stays_inside(as_head, rest):
    response = as_head.get(f"/kota-bandung/{rest}")

    assert response.status_code == 404


def test_encoded_slash_is_the_same_address_for_the_same_member(as_head, client):
    assert as_head.get("/kota-bandung%2fdi-mana/").json()["role"] == "loket_t_kota_bandung"


def test_no_address_of_the_root_begins_with_a_government():
    slugs = [row["slug"] for row in regions.read()] + [regions.MINISTRY["slug"]]

    for slug in slugs:
        for path in (f"/{slug}", f"/{slug}/", f"/{slug}/kantor/"):
            with pytest.raises(Resolver404):
                resolve(path, project.ROOT_URLCONF)


# Not ready -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.NEW, State.FAILED])
def test_unfinished_government_says_so_to_its_members_and_runs_no_page(as_head, kota_bandung, state):
    Tenant.objects.filter(pk=kota_bandung.pk).update(state=state, state_detail="rahasia teknis")
    directory.forget()

    response = as_head.get("/kota-bandung/di-mana/")

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Kota Bandung sedang disiapkan" in response.content.decode()
    assert "rahasia teknis" not in response.content.decode()


def test_unfinished_government_is_404_to_strangers(client, stranger, kota_bandung):
    Tenant.objects.filter(pk=kota_bandung.pk).update(state=State.FAILED)
    directory.forget()
    client.force_login(stranger)

    assert client.get("/kota-bandung/di-mana/").status_code == 404


# The directory ---------------------------------------------------------------------------------------------------------------


def test_directory_hands_out_an_object_of_its_own(db):
    directory.find("kota-bandung").name = "diubah oleh satu halaman"

    assert directory.find("kota-bandung").name == "Kota Bandung"


def test_directory_is_read_again_after_a_while(db, kota_bandung, monkeypatch):
    directory.find("kota-bandung")
    Tenant.objects.filter(pk=kota_bandung.pk).update(name="Kota Kembang")
    early = directory.find("kota-bandung").name
    monkeypatch.setattr(directory, "TTL", -1)

    assert (early, directory.find("kota-bandung").name) == ("Kota Bandung", "Kota Kembang")


def test_change_during_a_reading_makes_it_old(db, kota_bandung, monkeypatch):
    reading = Tenant.objects.select_related

    def change_meanwhile(*fields):
        rows = list(reading(*fields))
        with as_owner():
            Tenant.objects.filter(pk=kota_bandung.pk).update(name="Kota Kembang")
        directory.forget()
        return rows

    monkeypatch.setattr(Tenant.objects, "select_related", change_meanwhile)
    directory.find("kota-bandung")
    monkeypatch.undo()

    assert directory.find("kota-bandung").name == "Kota Kembang"
