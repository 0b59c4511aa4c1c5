"""Addresses of people and keys inside a government."""

from django.urls import path

from accounts import urls_member, views_keys

app_name = "accounts"
urlpatterns = [
    *urls_member.urlpatterns,
    path("kunci/", views_keys.key_list, name="keys"),
    path("kunci/baru/", views_keys.new, name="key_new"),
    path("kunci/<uuid:pk>/", views_keys.detail, name="key"),
    path("kunci/<uuid:pk>/cabut/", views_keys.revoke, name="key_revoke"),
]
