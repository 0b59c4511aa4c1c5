"""Addresses of people inside a government and below /pusat/."""

from django.urls import path

from accounts import views_people

app_name = "accounts"
urlpatterns = [
    path("orang/", views_people.people, name="people"),
    path("orang/undangan/", views_people.invitations, name="invitations"),
    path("orang/undang/", views_people.invite, name="invite"),
    path("orang/undangan/<uuid:pk>/kirim-ulang/", views_people.resend, name="resend"),
    path("orang/undangan/<uuid:pk>/batalkan/", views_people.withdraw, name="withdraw"),
    path("orang/<uuid:pk>/akhiri/", views_people.end, name="end_membership"),
]
