"""Signing in and out, where one lands, and getting a new password."""

import pytest
from django.contrib.auth import get_user

from accounts.adapter import home_of
from accounts.enums import Role
from accounts.models import User
from portal.models import Mail
from tests.accounts.conftest import PASSWORD

NEW = "kuda lumping di pasar baru"


def signed_in_as(client):
    request = type("Request", (), {"session": client.session})
    return get_user(request)


def test_right_password_opens_the_only_government(client, sign_in, with_password, head):
    with_password(head.user)

    response = sign_in(head.user)

    assert (response.status_code, response["Location"]) == (302, "/kota-bandung/")
    assert signed_in_as(client) == head.user


def test_sign_in_leads_back_to_the_address_that_was_asked_for(sign_in, with_password, head):
    with_password(head.user)

    response = sign_in(head.user, next="/kota-bandung/orang/")

    assert response["Location"] == "/kota-bandung/orang/"


@pytest.mark.parametrize("target", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_site(sign_in, with_password, head, target):
    with_password(head.user)

    assert sign_in(head.user, next=target)["Location"] == "/kota-bandung/"


def test_person_with_two_governments_chooses(make_member, kota_bandung, kota_cimahi, now):
    member = make_member(kota_bandung, Role.OPERATOR)
    other = make_member(kota_cimahi, Role.OPERATOR)
    other.memberships[0].user = member.user
    other.memberships[0].save()

    assert home_of(member.user, at=now) == "/pemerintah/"


def test_sign_in_is_deaf_to_capitals_in_the_address(client, sign_in, with_password, head):
    with_password(head.user)
    head.user.email = head.user.email.upper()

    sign_in(head.user)

    assert signed_in_as(client).is_authenticated


def answer_to(client, email, password):
    response = client.post("/masuk/", {"login": email, "password": password})
    return response.status_code, response.content.decode().replace(email, "…"), bool(client.session.get("_auth_user_id"))


def test_wrong_password_unknown_address_and_inactive_account_get_the_same_answer(client, with_password, head, stranger):
    with_password(head.user)
    with_password(stranger)
    User.objects.filter(pk=stranger.pk).update(is_active=False)

    answers = [
        answer_to(client, head.user.email, "salah"),
        answer_to(client, "tidak.ada@contoh.test", "salah"),
        answer_to(client, stranger.email, "salah"),
    ]

    told = [(status, page.count("tidak cocok"), signed_in) for status, page, signed_in in answers]
    assert told == [(200, 1, False)] * 3


def test_unknown_address_costs_a_hash_like_a_known_one(db, client, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))

    client.post("/masuk/", {"login": "tidak.ada@contoh.test", "password": "salah"})

    assert hashed == ["salah"]


def test_nobody_signs_up(db, client):
    assert client.get("/masuk/undangan/").status_code == 302
    assert client.get("/accounts/signup/").status_code == 404


def test_sign_out_needs_a_post(client, head):
    client.force_login(head.user)

    assert client.get("/keluar/").status_code == 200
    assert signed_in_as(client).is_authenticated
    assert client.post("/keluar/").status_code == 302
    assert not signed_in_as(client).is_authenticated


def test_language_of_the_account_follows_the_sign_in(client, sign_in, with_password, head):
    with_password(head.user)
    User.objects.filter(pk=head.user.pk).update(language="en")

    assert sign_in(head.user).cookies["django_language"].value == "en"


def test_language_chosen_before_the_sign_in_stays(client, sign_in, with_password, head):
    with_password(head.user)
    client.cookies["django_language"] = "en"

    assert "django_language" not in sign_in(head.user).cookies


# A new password ---------------------------------------------------------------------------------------------------------------


def test_reset_answers_the_same_for_an_unknown_address(client, head):
    known = client.post("/masuk/lupa/", {"email": head.user.email})
    unknown = client.post("/masuk/lupa/", {"email": "tidak.ada@contoh.test"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([head.user.email, "tidak.ada@contoh.test"])
    assert "/masuk/lupa/" not in Mail.objects.get(to="tidak.ada@contoh.test").text


def test_reset_link_gives_a_new_password_once(client, head, link_in_mail, sign_in, with_password):
    with_password(head.user)
    client.post("/masuk/lupa/", {"email": head.user.email})
    link = link_in_mail(head.user.email)
    form = client.get(link)["Location"]

    refused = client.post(form, {"password1": "pendek", "password2": "pendek"})
    differing = client.post(form, {"password1": NEW, "password2": NEW + "x"})
    accepted = client.post(form, {"password1": NEW, "password2": NEW})

    head.user.refresh_from_db()
    assert (refused.status_code, differing.status_code, accepted.status_code) == (200, 200, 302)
    assert "Kedua kata sandi tidak sama" in differing.content.decode()
    assert head.user.check_password(NEW)
    assert "tidak berlaku lagi" in client.get(link).content.decode()


def link_of(client, member, link_in_mail):
    client.post("/masuk/lupa/", {"email": member.user.email})
    return link_in_mail(member.user.email)


def test_reset_mails_have_a_limit_per_address(client, head):
    statuses = [client.post("/masuk/lupa/", {"email": head.user.email}).status_code for _each in range(4)]

    assert statuses == [302, 302, 302, 429]


def test_reset_key_stands_in_no_key_of_the_outbox(client, head, link_in_mail):
    link = link_of(client, head, link_in_mail)
    token = link.rstrip("/").rpartition("-")[2]

    assert token not in Mail.objects.get(to=head.user.email).key


def test_reset_mail_is_forgotten_once_sent(client, head):
    client.post("/masuk/lupa/", {"email": head.user.email})

    assert Mail.objects.get().secret


def test_password_change_keeps_this_session_and_tells_by_mail(client, head, sign_in, with_password):
    with_password(head.user)
    sign_in(head.user)

    wrong = client.post("/akun/sandi/", {"oldpassword": "salah", "password1": NEW, "password2": NEW})
    right = client.post("/akun/sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert "Kata sandi sekarang tidak cocok" in wrong.content.decode()
    assert (right.status_code, right["Location"]) == (302, "/akun/")
    assert client.get("/akun/").status_code == 200
    assert Mail.objects.filter(to=head.user.email, subject__contains="sudah diganti").count() == 1
