from django.urls import path

from guides import addresses as _addresses  # noqa: F401 the converter of its addresses
from guides import views, views_contact

app_name = "guides"
urlpatterns = [
    path("panduan/", views.guide_list, name="list"),
    path("panduan/kontak/", views_contact.contacts, name="contacts"),
    path("panduan/<guide:guide>/", views.detail, name="detail"),
    path("panduan/<guide:guide>/edisi/<int:number>/", views.edition, name="edition"),
    path("panduan/<guide:guide>/ubah/", views.edit, name="edit"),
    path("panduan/<guide:guide>/terbitkan/", views.publish, name="publish"),
    path("panduan/<guide:guide>/buang/", views.discard, name="discard"),
]
