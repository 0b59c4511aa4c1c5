from django.urls import path

from almanac import views_government

app_name = "almanac"
urlpatterns = [
    path("kalender/", views_government.calendar, name="calendar"),
    path("kalender/<int:year>/", views_government.calendar, name="calendar"),
]
