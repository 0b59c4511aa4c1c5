from django.urls import path

from oversight import views_ministry, views_system

app_name = "oversight"
urlpatterns = [
    path("", views_ministry.country, name="nation"),
    path("wilayah/", views_ministry.governments, name="governments"),
    path("wilayah/<slug:slug>/", views_ministry.government, name="government"),
    path("wilayah/<slug:slug>/", views_ministry.government, name="province"),
    path("wilayah/<slug:slug>/kantor/<uuid:pk>/", views_ministry.office, name="office"),
    path("kantor/", views_ministry.offices, name="offices"),
    path("sistem/", views_system.system, name="system"),
]
