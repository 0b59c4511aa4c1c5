"""Which governments a person may enter, on which local day; the switcher; one's own account."""

import datetime
import re

import pytest

from accounts.enums import Role, Standing
from accounts.members import load
from accounts.models import Membership, User
from accounts.navigation import places
from accounts.queries import governments_of, people
from tenants.models import Tenant

DAY = datetime.timedelta(days=1)
MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture
def give(db):
    """``give(user, tenant, role=…, **fields)``"""

    def make(user, tenant, role=Role.OPERATOR, **fields):
        given = {"position": "Staf", "valid_from": datetime.date(2020, 1, 1)} | fields
        return Membership.objects.create(user=user, tenant=tenant, role=role, **given)

    return make


def slugs(user, at) -> list[str]:
    return [each.tenant.slug for each in governments_of(user, at)]


def test_governments_are_those_in_force_ministry_first(stranger, give, pusat, jawa_barat, kota_bandung, kota_cimahi, bali, now):
    give(stranger, kota_bandung)
    give(stranger, kota_cimahi, valid_until=MONDAY - DAY)
    give(stranger, bali, valid_from=MONDAY + DAY)
    give(stranger, pusat, Role.OBSERVER)
    give(stranger, jawa_barat, Role.PROVINCE_STAFF)

    assert slugs(stranger, now) == ["pusat", "jawa-barat", "kota-bandung"]


@pytest.mark.parametrize(
    ("slug", "end_of_day"),
    [("kota-bandung", (16, 59)), ("kab-badung", (15, 59)), ("kota-jayapura", (14, 59))],
)
def test_last_day_ends_at_midnight_of_the_government(stranger, give, slug, end_of_day):
    tenant = Tenant.objects.get(slug=slug)
    give(stranger, tenant, valid_until=MONDAY)
    last = datetime.datetime(2026, 11, 23, *end_of_day, tzinfo=datetime.UTC)

    assert slugs(stranger, last) == [slug]
    assert slugs(stranger, last + datetime.timedelta(minutes=1)) == []
    assert load(stranger, tenant, at=last) is not None
    assert load(stranger, tenant, at=last + datetime.timedelta(minutes=1)) is None


def test_python_and_sql_agree_on_every_membership(stranger, give, kota_bandung, now):
    spans = [
        {},
        {"valid_from": MONDAY},
        {"valid_from": MONDAY + DAY},
        {"valid_until": MONDAY},
        {"valid_until": MONDAY - DAY},
        {"valid_until": MONDAY, "ended_at": now, "end_reason": "x"},
        {"valid_until": MONDAY + DAY, "ended_at": now, "end_reason": "x"},
    ]
    for number, span in enumerate(spans):
        give(User.objects.create(email=f"{number}@contoh.test", name=str(number), password="!"), kota_bandung, **span)

    for day in (MONDAY - DAY, MONDAY, MONDAY + DAY):
        on = set(Membership.objects.on(day).values_list("pk", flat=True))
        assert {entry.pk for entry in Membership.objects.all() if entry.holds_on(day)} == on
        assert all(entry.standing == entry.standing_at(day) for entry in people(kota_bandung, day=day))


def test_inactive_account_is_nobody(head, kota_bandung, now):
    head.user.is_active = False

    assert load(head.user, kota_bandung, at=now) is None


def test_loading_a_member_is_one_query(head, kota_bandung, now, django_assert_num_queries):
    user = User.objects.get(pk=head.user.pk)

    with django_assert_num_queries(1):
        member = load(user, kota_bandung, at=now)
        assert member.title == "Wali Kota Bandung"
        assert [entry.tenant.parent_id for entry in member.everywhere] == [kota_bandung.parent_id]


def test_switcher_inside_a_government_shows_all_and_costs_no_query(
    stranger, give, kota_bandung, kota_cimahi, now, django_assert_num_queries
):
    give(stranger, kota_bandung)
    give(stranger, kota_cimahi)
    member = load(stranger, kota_bandung, at=now)
    request = type("Request", (), {"member": member, "user": stranger})

    with django_assert_num_queries(0):
        found = places(request)

    assert [(place.name, place.kind, place.url) for place in found] == [
        ("Kota Bandung", "Jawa Barat", "/kota-bandung/"),
        ("Kota Cimahi", "Jawa Barat", "/kota-cimahi/"),
    ]


def test_shell_offers_the_other_government(client, stranger, give, kota_bandung, kota_cimahi):
    give(stranger, kota_bandung)
    give(stranger, kota_cimahi)
    client.force_login(stranger)

    page = client.get("/kota-bandung/dinas/").content.decode()

    assert re.findall(r'<a href="(/kota-\w+/)" ?(aria-current="true")?', page)[:2] == [
        ("/kota-bandung/", 'aria-current="true"'),
        ("/kota-cimahi/", ""),
    ]


# The page of choice -----------------------------------------------------------------------------------------------------------


def test_choice_names_each_role_with_plt_and_its_end(client, stranger, give, kota_bandung):
    give(
        stranger, kota_bandung, Role.DINAS_HEAD, position="Kepala Dinas", acting="plt", valid_until=datetime.date(2999, 12, 31)
    )
    client.force_login(stranger)

    page = client.get("/pemerintah/").content.decode()

    assert "Plt. Kepala Dinas" in page
    assert "sampai 31 Desember 2999" in page


def test_search_appears_with_many_and_finds_by_words(client, stranger, give, db):
    for tenant in Tenant.objects.governments():
        give(stranger, tenant)
    client.force_login(stranger)
    few = client.get("/pemerintah/").content.decode()
    for number in range(3):
        parent = Tenant.objects.get(slug="jawa-barat")
        tenant = Tenant.objects.create(
            slug=f"kota-uji-{number}", schema_name=f"kota_uji_{number}", name=f"Kota Uji {number}", level="kota", parent=parent,
            timezone="Asia/Jakarta",
        )  # fmt: skip
        give(stranger, tenant)

    many = client.get("/pemerintah/").content.decode()
    found = client.get("/pemerintah/?cari=UJI kota").content.decode()
    nothing = client.get("/pemerintah/?cari=antah").content.decode()

    assert ("Cari pemerintahan" in few, "Cari pemerintahan" in many) == (False, True)
    main = found.partition("<main")[2]
    assert re.findall(r'<h2><a href="/([\w-]+)/">', main) == ["kota-uji-0", "kota-uji-1", "kota-uji-2"]
    assert "Tidak ada yang cocok" in nothing


def test_person_without_a_role_is_told_how_to_get_one(client, stranger):
    client.force_login(stranger)

    assert "melalui undangan" in client.get("/pemerintah/").content.decode()


# One's own account ------------------------------------------------------------------------------------------------------------


def test_profile_lists_own_roles_in_every_state(client, stranger, give, kota_bandung, kota_cimahi, bali):
    give(stranger, kota_bandung)
    give(stranger, kota_cimahi, valid_until=datetime.date(2021, 1, 1))
    give(stranger, bali, valid_from=datetime.date(2999, 1, 1))
    client.force_login(stranger)

    response = client.get("/akun/")

    states = {entry.tenant.slug: entry.standing for entry in response.context["memberships"]}
    assert states == {"kota-bandung": Standing.ACTIVE, "kota-cimahi": Standing.ENDED, "bali": Standing.COMING}


def test_profile_changes_name_and_language(client, stranger):
    client.force_login(stranger)

    response = client.post("/akun/", {"name": "Nama Lain, S.H.", "language": "en"})
    wrong = client.post("/akun/", {"name": "", "language": "xx"})

    stranger.refresh_from_db()
    assert (stranger.name, stranger.language, response.cookies["django_language"].value) == ("Nama Lain, S.H.", "en", "en")
    assert wrong.status_code == 422
