"""Keys to the REST interface: made, shown once, checked, revoked."""

import datetime
import hashlib

import pytest
from django.db import connection

from accounts import keys
from accounts.enums import Role
from accounts.models import ApiKey
from audit.models import Event
from tenants.context import as_public, mounted

DAY = datetime.timedelta(days=1)
FORM = {"name": "SIMPEG", "scopes": ["offices.view", "duties.view"], "expires_on": "2027-02-01"}


@pytest.fixture
def issue(head, kota_bandung, now):
    def make(**changes):
        given = {"name": "SIMPEG", "scopes": ["offices.view"], "expires_at": now + 30 * DAY} | changes
        with mounted(kota_bandung):
            return keys.issue(tenant=kota_bandung, by=head, at=now, **given)

    return make


def authenticate(secret, at):
    with as_public():
        return keys.authenticate(secret, at)


def test_key_opens_and_only_its_hash_is_kept(issue, now):
    key, secret = issue()

    assert authenticate(secret, now) == key
    assert key.key_digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.split("_", 2)[2] not in str(ApiKey.objects.values().get())


def test_use_is_noted_once_a_day_and_leaves_no_event(issue, now, django_assert_num_queries):
    _key, secret = issue()
    connection.check_constraints()
    events = Event.objects.count()

    assert authenticate(secret, now).last_used_on == datetime.date(2026, 11, 23)
    with as_public(), django_assert_num_queries(2):  # the role and the key
        keys.authenticate(secret, now)
    connection.check_constraints()

    assert Event.objects.count() == events


@pytest.mark.parametrize(
    "spoil",
    [
        lambda secret: secret[:-1],
        lambda secret: secret + "x",
        lambda secret: secret[:-2] + ("aa" if secret[-2:] != "aa" else "bb"),
        lambda secret: secret.replace("loket_", "Loket_"),
        lambda secret: "loket_aaaaaaaa_" + secret.split("_", 2)[2],
        lambda secret: "loket_",
        lambda secret: "",
        lambda secret: "loket_\x00aaaaaa_x",
        lambda secret: "é" * 50,
    ],
)
def test_anything_else_opens_nothing(issue, now, spoil):
    _key, secret = issue()

    assert authenticate(spoil(secret), now) is None


def test_expired_key_opens_nothing(issue, now):
    _key, secret = issue()

    assert authenticate(secret, now + 30 * DAY - datetime.timedelta(seconds=1)) is not None
    assert authenticate(secret, now + 30 * DAY) is None


def test_revoked_key_opens_nothing_at_once(issue, head, now):
    key, secret = issue()
    with mounted(head.tenant):
        keys.revoke(key=key, by=head, at=now)

        with pytest.raises(keys.AlreadyRevoked):
            keys.revoke(key=key, by=head, at=now)
    assert authenticate(secret, now) is None


@pytest.mark.parametrize("scopes", [[], ["people.invite"], ["offices.view", "keys.manage"], ["tidak.ada"]])
def test_scopes_outside_the_list_are_refused(issue, scopes):
    with pytest.raises(keys.ScopeUnknown):
        issue(scopes=scopes)


def test_only_provinces_give_the_scope_of_districts(jawa_barat, kota_bandung):
    assert set(keys.scopes_for(jawa_barat)) - set(keys.scopes_for(kota_bandung)) == {"districts.view"}


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_key_lasts_a_year_at_most(issue, now, days):
    with pytest.raises(keys.ExpiryOutOfRange):
        issue(expires_at=now + days * DAY)


def test_holder_may_what_the_scopes_say(issue, kota_bandung):
    key, _secret = issue(scopes=["offices.view", "duties.edit"])
    holder = keys.holder(key)

    assert [right for right in ("offices.view", "offices.edit", "duties.edit", "people.view") if holder.may(right)] == [
        "offices.view",
        "duties.edit",
    ]
    assert (holder.tenant, holder.dinas_ids("duties.edit"), holder.dinas_ids("offices.edit")) == (kota_bandung, None, set())
    assert "SIMPEG" in holder.name
    assert holder.user.pk == key.created_by_id


# Pages ------------------------------------------------------------------------------------------------------------------------


def test_secret_is_shown_once(client, head, now):
    client.force_login(head.user)

    response = client.post("/kota-bandung/kunci/baru/", FORM)
    key = ApiKey.objects.get()
    first, second = (client.get(response["Location"]).content.decode() for _each in range(2))

    assert response["Location"] == f"/kota-bandung/kunci/{key.pk}/"
    assert (f"loket_{key.prefix}_" in first, 'id="kunci"' in first, 'id="kunci"' in second) == (True, True, False)
    assert "new_api_key" not in client.session
    assert key.expires_at.astimezone(head.tenant.zone) == datetime.datetime(2027, 2, 2, tzinfo=head.tenant.zone)


def test_form_without_scope_or_date_keeps_its_entries(client, head):
    client.force_login(head.user)

    response = client.post("/kota-bandung/kunci/baru/", {"name": "SIMPEG", "expires_on": "2099-01-01"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="SIMPEG"' in page
    assert "sekurang-kurangnya satu lingkup" in page


def test_list_shows_own_keys_only_and_costs_the_same(
    client, head, issue, kota_cimahi, make_member, now, django_assert_num_queries
):
    other = make_member(kota_cimahi, Role.GOVERNMENT_HEAD)
    with mounted(kota_cimahi):
        foreign, _ = keys.issue(
            tenant=kota_cimahi, name="Kunci Cimahi", scopes=["offices.view"], expires_at=now + DAY, by=other, at=now
        )
    issue(name="Kunci satu")
    client.force_login(head.user)
    client.get("/kota-bandung/kunci/")

    def listed(expected):
        with django_assert_num_queries(9):
            page = client.get("/kota-bandung/kunci/").content.decode()
        assert (page.count('<tr id="kunci-'), "Kunci Cimahi" in page) == (expected, False)

    listed(1)
    issue(name="Kunci dua")
    issue(name="Kunci tiga")
    listed(3)
    assert client.get(f"/kota-bandung/kunci/{foreign.pk}/").status_code == 404
    assert client.post(f"/kota-bandung/kunci/{foreign.pk}/cabut/").status_code == 404


def test_revoking_by_the_page(client, head, issue, now):
    key, secret = issue()
    client.force_login(head.user)

    client.post(f"/kota-bandung/kunci/{key.pk}/cabut/")
    again = client.post(f"/kota-bandung/kunci/{key.pk}/cabut/", follow=True)

    assert authenticate(secret, now) is None
    assert "sudah dicabut" in again.content.decode()
