"""The second factor: setting it up, signing in with it, roles that need it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import policy
from accounts.enums import MINISTRY_ROLES, Role
from portal.models import Mail
from tests.accounts.conftest import PASSWORD


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_factor(with_password):
    """``with_factor(user)`` -> the secret of the authenticator that the user now has."""

    def give(user):
        with_password(user)
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return give


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def activate(client, capture):
    client.get("/akun/faktor-kedua/aktifkan/")
    secret = client.session["mfa.totp.secret"]
    with capture(execute=True):
        return client.post("/akun/faktor-kedua/aktifkan/", {"code": code_of(secret)})


def test_secret_is_encrypted_in_the_database(head, with_factor):
    secret = with_factor(head.user)

    assert secret not in str(Authenticator.objects.get(user=head.user).data)


def test_password_alone_does_not_sign_in_who_has_a_second_factor(client, head, with_factor, sign_in):
    secret = with_factor(head.user)

    assert sign_in(head.user)["Location"] == "/masuk/kode/"
    assert not get_user(client).is_authenticated
    wrong = client.post("/masuk/kode/", {"code": "000000"})
    right = client.post("/masuk/kode/", {"code": code_of(secret)})

    assert "Kode tidak cocok" in wrong.content.decode()
    assert (right.status_code, right["Location"]) == (302, "/kota-bandung/")


def test_second_step_keeps_the_target(client, head, with_factor, sign_in):
    secret = with_factor(head.user)
    sign_in(head.user, next="/kota-bandung/orang/")

    assert client.post("/masuk/kode/", {"code": code_of(secret)})["Location"] == "/kota-bandung/orang/"


def test_code_works_once(client, head, with_factor, sign_in):
    code = code_of(with_factor(head.user))
    sign_in(head.user)
    client.post("/masuk/kode/", {"code": code})
    other = Client()
    other.post("/masuk/", {"login": head.user.email, "password": PASSWORD})

    assert other.post("/masuk/kode/", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_for_long(client, head, with_factor, sign_in):
    secret = with_factor(head.user)
    sign_in(head.user)
    for number in range(5):
        client.post("/masuk/kode/", {"code": f"00000{number}"})

    page = client.post("/masuk/kode/", {"code": code_of(secret)}).content.decode()

    assert "Coba lagi dalam 5 menit" in page
    assert not get_user(client).is_authenticated


def test_activating_right_after_signing_in_needs_no_second_password(
    client, head, sign_in, with_password, django_capture_on_commit_callbacks
):
    with_password(head.user)
    sign_in(head.user)

    response = activate(client, django_capture_on_commit_callbacks)

    assert response["Location"] == "/akun/faktor-kedua/kode/"
    assert Mail.objects.filter(to=head.user.email, subject__startswith="Faktor kedua").count() == 1


def test_activating_in_an_old_session_needs_the_password(client, head, with_password):
    with_password(head.user)
    client.force_login(head.user)

    assert client.get("/akun/faktor-kedua/aktifkan/")["Location"].startswith("/akun/sandi/ulang/")
    response = client.post("/akun/sandi/ulang/?next=/akun/faktor-kedua/aktifkan/", {"password": PASSWORD})
    assert response["Location"] == "/akun/faktor-kedua/aktifkan/"
    assert client.get("/akun/faktor-kedua/aktifkan/").status_code == 200


def test_recovery_code_signs_in_once(head, sign_in, client, with_password, django_capture_on_commit_callbacks):
    with_password(head.user)
    sign_in(head.user)
    activate(client, django_capture_on_commit_callbacks)
    codes = Authenticator.objects.get(user=head.user, type="recovery_codes").wrap().get_unused_codes()
    outcomes = []
    for _each in range(2):
        other = Client()
        other.post("/masuk/", {"login": head.user.email, "password": PASSWORD})
        outcomes.append(other.post("/masuk/kode/", {"code": codes[0]}).status_code)

    assert outcomes == [302, 200]


# Roles that need it -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_role_is_led_to_its_second_factor_where_the_policy_says_so(client, make_member, required, pusat, jawa_barat, role):
    tenant = pusat if role in MINISTRY_ROLES else jawa_barat
    client.force_login(make_member(tenant, role).user)

    response = client.get(f"/{tenant.slug}/orang/")

    led = response.status_code == 302 and response["Location"].startswith("/akun/faktor-kedua/wajib/")
    assert led == (role in policy.SECOND_FACTOR)


def test_nothing_is_required_where_the_setting_is_off(client, head):
    client.force_login(head.user)

    assert client.get("/kota-bandung/orang/").status_code == 200


def test_setting_it_up_opens_the_page_that_was_asked_for(
    client, head, required, sign_in, with_password, django_capture_on_commit_callbacks
):
    with_password(head.user)
    sign_in(head.user)
    gate = client.get("/kota-bandung/orang/")["Location"]
    page = client.get(gate).content.decode()

    activate(client, django_capture_on_commit_callbacks)
    codes = client.get("/akun/faktor-kedua/kode/")

    assert "Aktifkan faktor kedua dahulu" in page
    assert 'href="/kota-bandung/orang/"' in codes.content.decode()
    assert client.get("/kota-bandung/orang/").status_code == 200


def test_post_and_htmx_are_stopped_too(client, head, required):
    client.force_login(head.user)

    post = client.post("/kota-bandung/orang/undang/", {"name": "x"})
    htmx = client.get("/kota-bandung/orang/", headers={"HX-Request": "true"})

    assert post["Location"].startswith("/akun/faktor-kedua/wajib/")
    assert htmx["HX-Redirect"].startswith("/akun/faktor-kedua/wajib/")


def test_session_by_password_of_somebody_who_has_a_factor_asks_for_the_code(client, head, required, with_factor):
    secret = with_factor(head.user)
    client.force_login(head.user)

    gate = client.get(client.get("/kota-bandung/orang/")["Location"])
    assert gate["Location"].startswith("/akun/kode/ulang/")
    response = client.post(gate["Location"], {"code": code_of(secret)})

    assert response["Location"] == "/kota-bandung/orang/"
    assert client.get("/kota-bandung/orang/").status_code == 200


def test_code_of_one_person_opens_nothing_for_another_in_the_same_browser(
    client, head, required, with_factor, make_member, kota_bandung, with_password, sign_in
):
    secret = with_factor(head.user)
    sign_in(head.user)
    client.post("/masuk/kode/", {"code": code_of(secret)})
    session = client.session
    other = with_password(make_member(kota_bandung, Role.GOVERNMENT_HEAD, name="Orang Lain").user)
    client.force_login(other)
    session = client.session
    session["second_factor_of"] = head.user.pk
    session.save()

    assert client.get("/kota-bandung/orang/")["Location"].startswith("/akun/faktor-kedua/wajib/")


def test_required_factor_cannot_be_switched_off(client, head, required, with_factor, sign_in):
    secret = with_factor(head.user)
    sign_in(head.user)
    client.post("/masuk/kode/", {"code": code_of(secret)})

    page = client.get("/akun/faktor-kedua/matikan/").content.decode()
    client.post("/akun/faktor-kedua/matikan/")

    assert "tidak dapat dimatikan" in page
    assert Authenticator.objects.filter(user=head.user, type="totp").exists()


def test_voluntary_factor_can_be_switched_off(client, head, with_factor, sign_in):
    secret = with_factor(head.user)
    sign_in(head.user)
    client.post("/masuk/kode/", {"code": code_of(secret)})

    client.post("/akun/faktor-kedua/matikan/")

    assert not Authenticator.objects.filter(user=head.user).exists()


# A lost phone --------------------------------------------------------------------------------------------------------------


def test_lost_factor_is_released_by_command(client, head, with_factor, sign_in):
    secret = with_factor(head.user)
    sign_in(head.user)
    client.post("/masuk/kode/", {"code": code_of(secret)})

    call_command("release_second_factor", head.user.email.upper())

    assert not Authenticator.objects.filter(user=head.user).exists()
    assert client.get("/akun/")["Location"].startswith("/masuk/")
    assert Mail.objects.filter(to=head.user.email).count() == 1
    assert sign_in(head.user)["Location"] == "/kota-bandung/"


def test_secret_key_that_is_gone_opens_nothing_and_is_mended_by_command(client, head, stranger, with_factor, sign_in, settings):
    secret = with_factor(head.user)
    settings.SECRET_KEY, old = "x" * 50, settings.SECRET_KEY
    other = with_factor(stranger)
    sign_in(head.user)
    assert client.post("/masuk/kode/", {"code": code_of(secret)}).status_code == 200

    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("release_second_factor", "--unreadable")
    assert Authenticator.objects.count() == 2

    settings.SECRET_KEY_FALLBACKS = []
    call_command("release_second_factor", "--unreadable")
    assert [entry.user for entry in Authenticator.objects.all()] == [stranger]
    assert other


@pytest.mark.parametrize("email", ["tidak.ada@contoh.test", "orang.luar@contoh.test"])
def test_release_says_when_there_is_nothing_to_release(stranger, email):
    with pytest.raises(CommandError):
        call_command("release_second_factor", email)
