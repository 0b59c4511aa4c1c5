from django.urls import path, register_converter

from staffing import views, views_staff
from staffing.days import Day, Month

register_converter(Month, "month")
register_converter(Day, "day")

app_name = "staffing"
urlpatterns = [
    path("petugas/", views_staff.staff_list, name="staff_list"),
    path("petugas/baru/", views_staff.staff_new, name="staff_new"),
    path("petugas/<uuid:pk>/", views_staff.staff_detail, name="staff_detail"),
    path("petugas/<uuid:pk>/ubah/", views_staff.staff_edit, name="staff_edit"),
    path("petugas/<uuid:pk>/akhiri/", views_staff.staff_end, name="staff_end"),
    path("jadwal/", views.roster, name="roster"),
    path("kantor/<uuid:pk>/jadwal/", views.current, name="current"),
    path("kantor/<uuid:pk>/jadwal/<month:month>/", views.month, name="month"),
    path("kantor/<uuid:pk>/jadwal/<day:day>/", views.day, name="day"),
    path("kantor/<uuid:pk>/jadwal/<day:day>/tugaskan/", views.assign, name="assign"),
    path("kantor/<uuid:pk>/jadwal/<day:day>/lepas/<uuid:duty>/", views.release, name="release"),
]
