from django.urls import path

from guides import addresses as _addresses  # noqa: F401 the converter of its addresses
from guides import views_public

app_name = "guides"
urlpatterns = [path("panduan/<guide:guide>/", views_public.public, name="public")]
