from django.urls import path

from oversight import views_public

app_name = "oversight"
urlpatterns = [
    path("", views_public.landing, name="landing"),
    path("kantor/", views_public.counters, name="counters"),
]
