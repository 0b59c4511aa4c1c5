"""Addresses of people below /pusat/: the ministry's own, and the heads of all governments."""

from django.urls import path

from accounts import urls_member, views_heads

app_name = "accounts"
urlpatterns = [
    *urls_member.urlpatterns,
    path("orang/pimpinan/", views_heads.heads, name="heads"),
    path("orang/pimpinan/undang/", views_heads.invite_head, name="invite_head"),
    path("orang/pimpinan/undangan/", views_heads.invitations, name="head_invitations"),
]
