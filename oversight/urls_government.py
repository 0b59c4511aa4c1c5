from django.urls import path

from oversight import views_home, views_province

app_name = "oversight"
urlpatterns = [
    path("", views_home.home, name="home"),
    path("wilayah/", views_province.districts, name="districts"),
    path("wilayah/kantor/", views_province.offices, name="district_offices"),
    path("wilayah/<slug:slug>/", views_province.district, name="district"),
    path("wilayah/<slug:slug>/kantor/<uuid:pk>/", views_province.office, name="district_office"),
]
