"""Addresses of people outside the governments."""

from allauth.account import views as account
from django.urls import path

from accounts import views_account, views_invitation, views_signin
from accounts.policy import open_to_all

app_name = "accounts"
urlpatterns = [
    path("masuk/", open_to_all(account.login), name="login"),
    path("keluar/", open_to_all(account.logout), name="logout"),
    path("undangan/<str:token>/", views_invitation.invitation, name="invitation"),
    path("pemerintah/", views_account.governments, name="governments"),
    path("akun/", views_account.profile, name="profile"),
    path("akun/sesi/", views_account.sessions, name="sessions"),
    path("akun/sesi/<int:pk>/akhiri/", views_account.end_session, name="end_session"),
    path("akun/sesi/lain/akhiri/", views_account.end_other_sessions, name="end_other_sessions"),
    path("akun/faktor-kedua/wajib/", views_signin.second_factor_required, name="second_factor_required"),
]
