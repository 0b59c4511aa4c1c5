from django.urls import path

from prints import views

app_name = "prints"
urlpatterns = [
    path("kantor/<uuid:pk>/cetakan/", views.prints, name="prints"),
    path("kantor/<uuid:pk>/cetakan/cetakan.pdf", views.pdf, name="pdf"),
    path("kantor/<uuid:pk>/cetakan/pasang/", views.post, name="post"),
    path("kantor/<uuid:pk>/cetakan/<uuid:posting>/turunkan/", views.take_down, name="take_down"),
]
