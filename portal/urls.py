from django.urls import path

from portal import components, preferences

app_name = "portal"
urlpatterns = [
    path("tampilan/", preferences.theme, name="theme"),
    path("bahasa/", preferences.language, name="language"),
    path("_/komponen/", components.components, name="components"),
]
