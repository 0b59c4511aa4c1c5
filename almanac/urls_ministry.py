from django.urls import path

from almanac import views, views_upkeep

app_name = "almanac"
urlpatterns = [
    path("kalender/", views.days, name="days"),
    path("kalender/baru/", views.day_new, name="day_new"),
    path("kalender/isi/", views.fill, name="fill"),
    path("kalender/<int:year>/", views.sheet, name="sheet"),
    path("kalender/<int:year>/kukuhkan/", views.confirm, name="confirm"),
    path("kalender/hari/<int:pk>/", views.day_edit, name="day_edit"),
    path("kalender/hari/<int:pk>/batal/", views.day_cancel, name="day_cancel"),
    path("kalender/musim/baru/", views_upkeep.season_new, name="season_new"),
    path("kalender/musim/<int:pk>/", views_upkeep.season_edit, name="season_edit"),
    path("kalender/musim/<int:pk>/hapus/", views_upkeep.season_remove, name="season_remove"),
    path("peramban/", views_upkeep.browsers, name="browsers"),
    path("peramban/baru/", views_upkeep.browser_new, name="browser_new"),
    path("peramban/isi/", views_upkeep.browsers_fill, name="browsers_fill"),
    path("peramban/<int:pk>/", views_upkeep.browser_edit, name="browser_edit"),
    path("peramban/<int:pk>/hapus/", views_upkeep.browser_remove, name="browser_remove"),
]
