"""Addresses of hours, special days and calendars; they belong to the namespace of offices.urls."""

from django.urls import path

from offices import views_days, views_hours

urlpatterns = [
    path("kantor/<uuid:pk>/jam/", views_hours.office_hours, name="hours"),
    path("kantor/<uuid:pk>/jam/baca/", views_hours.reading, name="reading"),
    path("kantor/<uuid:pk>/jam/jadwal/baru/", views_hours.schedule_new, name="schedule_new"),
    path("kantor/<uuid:pk>/jam/musim/baru/", views_hours.season_new, name="season_new"),
    path("kantor/<uuid:pk>/jam/jadwal/<uuid:schedule>/", views_hours.schedule_edit, name="schedule"),
    path("kantor/<uuid:pk>/jam/jadwal/<uuid:schedule>/hapus/", views_hours.schedule_remove, name="schedule_remove"),
    path("kantor/<uuid:pk>/hari-khusus/", views_days.special_days, name="special_days"),
    path("kantor/<uuid:pk>/hari-khusus/baru/", views_days.special_new, name="special_new"),
    path("kantor/<uuid:pk>/hari-khusus/<uuid:special>/", views_days.special_edit, name="special"),
    path("kantor/<uuid:pk>/hari-khusus/<uuid:special>/hapus/", views_days.special_remove, name="special_remove"),
    path("kantor/<uuid:pk>/kalender/", views_days.calendar_month, name="calendar"),
    path("kantor/<uuid:pk>/kalender/<int:year>/", views_days.calendar_year, name="calendar_year"),
    path("kantor/<uuid:pk>/kalender/<int:year>/<int:month>/", views_days.calendar_month, name="calendar_month"),
    path("hari-daerah/", views_days.local_days, name="local_days"),
    path("hari-daerah/baru/", views_days.local_day_new, name="local_day_new"),
    path("hari-daerah/<uuid:pk>/", views_days.local_day_edit, name="local_day"),
    path("hari-daerah/<uuid:pk>/hapus/", views_days.local_day_remove, name="local_day_remove"),
]
