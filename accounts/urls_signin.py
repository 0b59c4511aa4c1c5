"""Sign-in: allauth's views under our addresses. They keep the names by which allauth finds them, and get their marks here."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import views_signin
from accounts.policy import open_to_all, signed_in

urlpatterns = [
    path("masuk/", open_to_all(account.login), name="account_login"),
    path("masuk/kode/", open_to_all(factor.authenticate), name="mfa_authenticate"),
    path("masuk/nonaktif/", open_to_all(account.account_inactive), name="account_inactive"),
    path("masuk/undangan/", open_to_all(RedirectView.as_view(url="/masuk/")), name="account_signup"),
    path("masuk/lupa/", open_to_all(account.password_reset), name="account_reset_password"),
    path("masuk/lupa/terkirim/", open_to_all(account.password_reset_done), name="account_reset_password_done"),
    path("masuk/lupa/selesai/", open_to_all(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    re_path(
        r"^masuk/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        open_to_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("keluar/", open_to_all(account.logout), name="account_logout"),
    path("akun/sandi/", signed_in(account.password_change), name="account_change_password"),
    path("akun/sandi/baru/", signed_in(views_signin.password_set), name="account_set_password"),
    path("akun/sandi/ulang/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("akun/kode/ulang/", signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path("akun/faktor-kedua/", signed_in(views_signin.second_factor), name="mfa_index"),
    path("akun/faktor-kedua/aktifkan/", signed_in(views_signin.activate), name="mfa_activate_totp"),
    path("akun/faktor-kedua/matikan/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("akun/faktor-kedua/kode/", signed_in(views_signin.recovery_codes), name="mfa_view_recovery_codes"),
    path("akun/faktor-kedua/kode/baru/", signed_in(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("akun/faktor-kedua/kode/unduh/", signed_in(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
