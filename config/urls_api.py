"""Addresses of the REST interface. What stands inside a government begins with its slug and is mounted by accounts.gate."""

from django.urls import path

from accounts import api as accounts_api

urlpatterns = [
    path("me", accounts_api.Me.as_view(), name="me"),
    path("governments", accounts_api.Governments.as_view(), name="governments"),
    path("governments/<slug:slug>", accounts_api.Government.as_view(), name="government"),
]
app_name = "api"
