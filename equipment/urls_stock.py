"""Addresses of supplies and of rounds through rooms."""

from django.urls import include, path

urlpatterns = [
    path("", include("equipment.urls_supplies")),
    path("", include("equipment.urls_stocktakes")),
]
