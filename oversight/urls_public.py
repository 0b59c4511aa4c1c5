from django.urls import path, re_path

from oversight import views_public

TENTH = r"-?\d{1,3}\.\d"

app_name = "oversight"
urlpatterns = [
    path("", views_public.landing, name="landing"),
    path("kantor/", views_public.counters, name="counters"),
    re_path(rf"^kantor/sekitar/(?P<latitude>{TENTH}),(?P<longitude>{TENTH})\.json$", views_public.places, name="places"),
    path("kantor/<slug:government>/<uuid:pk>/", views_public.counter, name="counter"),
    re_path(
        r"^kantor/(?P<government>[a-z0-9-]+)/(?P<pk>[0-9a-f-]{36})/foto-(?P<digest>[0-9a-f]{64})\.jpg$",
        views_public.photo,
        name="photo",
    ),
]
