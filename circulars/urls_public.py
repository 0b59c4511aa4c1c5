from django.urls import path

from circulars import views_public

app_name = "circulars"
urlpatterns = [path("resi/<str:code>/", views_public.confirm, name="confirm")]
