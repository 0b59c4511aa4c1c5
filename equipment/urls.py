"""Addresses of the room: the inventory, the kits of desks, rounds and supplies."""

from django.urls import include, path

app_name = "equipment"
urlpatterns = [
    path("", include("equipment.urls_items")),
    path("", include("equipment.urls_kits")),
    path("", include("equipment.urls_stock")),
]
