"""The page behind an invitation's link, for everybody who may open it."""

import datetime

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts import operations
from accounts.enums import Role
from accounts.models import Membership, User
from tenants.context import mounted
from tests.accounts.conftest import PASSWORD

NEW_PERSON = {"name": "Dr. Orang Baru", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invitation(head, kota_bandung):
    with mounted(kota_bandung):
        return operations.invite(
            tenant=kota_bandung, email="baru@contoh.test", name="Orang Baru", role=Role.DINAS_HEAD, position="Kepala Dinas",
            valid_from=datetime.date(2026, 11, 1), by=head, at=datetime.datetime.now(datetime.UTC),
        )  # fmt: skip


@pytest.fixture
def link(invitation, link_in_mail):
    return link_in_mail(invitation.email)


def test_new_person_sets_a_password_and_is_in(client, link):
    page = client.get(link).content.decode()
    response = client.post(link, NEW_PERSON)

    assert "Kota Bandung" in page
    assert (response.status_code, response["Location"]) == (302, "/kota-bandung/")
    assert get_user(client).email == "baru@contoh.test"
    assert client.get("/kota-bandung/dinas/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "pendek", "again": "pendek"}, "15"),
        ({"again": "lain sekali ini"}, "Kedua kata sandi tidak sama"),
        ({"name": ""}, "Nama"),
        ({"password": "baru@contoh.test", "again": "baru@contoh.test"}, "mirip"),
    ],
)
def test_impossible_entries_come_back_with_a_sentence(client, link, changes, sentence):
    response = client.post(link, NEW_PERSON | changes)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not User.objects.filter(email="baru@contoh.test").exists()


def test_somebody_with_an_account_is_led_to_sign_in_and_back(client, link, stranger, with_password):
    with_password(stranger)
    User.objects.filter(pk=stranger.pk).update(email="baru@contoh.test")

    page = client.get(link).content.decode()
    client.post(link, NEW_PERSON)
    assert f"/masuk/?next={link.replace('/', '%2F')}" in page
    assert not Membership.objects.filter(user=stranger).exists()

    client.post("/masuk/", {"login": "baru@contoh.test", "password": PASSWORD})
    assert "Terima undangan" in client.get(link).content.decode()
    response = client.post(link)
    assert response["Location"] == "/kota-bandung/"
    assert Membership.objects.filter(user=stranger).count() == 1


def test_opening_the_link_accepts_nothing(client, link, stranger, invitation):
    User.objects.filter(pk=stranger.pk).update(email="baru@contoh.test")
    client.force_login(stranger)

    client.get(link)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_wrong_person_is_told_and_can_sign_out(client, link, stranger, invitation):
    client.force_login(stranger)

    response = client.get(link)
    posted = client.post(link, NEW_PERSON)

    page = response.content.decode()
    assert (response.status_code, posted.status_code) == (403, 403)
    assert ("b•••@contoh.test" in page, "baru@contoh.test" in page) == (True, False)
    assert not Membership.objects.filter(user=stranger).exists()
    assert client.post("/keluar/", {"next": link})["Location"] == link


def test_used_link(client, link):
    client.post(link, NEW_PERSON)
    response = Client().get(link)

    assert response.status_code == 410
    assert "sudah diterima" in response.content.decode()
    assert "baru@contoh.test" not in response.content.decode()


def test_pressing_twice_leads_on(client, link):
    client.post(link, NEW_PERSON)

    response = client.post(link, NEW_PERSON)

    assert (response.status_code, response["Location"]) == (302, "/pemerintah/")


def test_withdrawn_link(client, link, invitation, head):
    with mounted(head.tenant):
        operations.withdraw(invitation=invitation, by=head, at=datetime.datetime.now(datetime.UTC))

    response = client.get(link)

    assert (response.status_code, "dibatalkan" in response.content.decode()) == (410, True)


def test_expired_link_names_who_can_send_it_again(client, link, invitation, head):
    type(invitation).objects.filter(pk=invitation.pk).update(expires_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))

    response = client.get(link)

    page = response.content.decode()
    assert (response.status_code, "kedaluwarsa" in page, head.name in page) == (410, True, True)


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é" * 20])
def test_unknown_link(db, client, token):
    response = client.get(f"/undangan/{token}/")

    assert (response.status_code, "tidak dikenal" in response.content.decode()) == (404, True)


def test_page_is_kept_nowhere(client, link):
    assert "no-store" in client.get(link)["Cache-Control"]


def test_membership_that_begins_later_leads_to_the_list(client, link, invitation):
    type(invitation).objects.filter(pk=invitation.pk).update(valid_from="2999-01-01")

    response = client.post(link, NEW_PERSON)

    assert response["Location"] == "/pemerintah/"
    assert "Akan berlaku" in client.get("/pemerintah/").content.decode()
    assert client.get("/kota-bandung/").status_code == 404
