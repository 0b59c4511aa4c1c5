"""Addresses of supplies."""

from django.urls import include, path

urlpatterns = [
    path("", include("equipment.urls_supplies")),
]
