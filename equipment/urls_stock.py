"""Addresses of supplies, of rounds through rooms, and of what they print."""

from django.urls import include, path

urlpatterns = [
    path("", include("equipment.urls_supplies")),
    path("", include("equipment.urls_stocktakes")),
    path("", include("equipment.urls_labels")),
]
