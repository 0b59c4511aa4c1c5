from django.urls import path

from circulars import views_drafting, views_ministry

app_name = "circulars"
urlpatterns = [
    path("surat/", views_ministry.circular_list, name="list"),
    path("surat/baru/", views_drafting.new, name="new"),
    path("surat/<uuid:pk>/", views_ministry.detail, name="ministry_detail"),
    path("surat/<uuid:pk>/pengiriman/", views_ministry.deliveries, name="deliveries"),
    path("surat/<uuid:pk>/lampiran.pdf", views_ministry.attachment, name="attachment"),
    path("surat/<uuid:pk>/ubah/", views_drafting.edit, name="edit"),
    path("surat/<uuid:pk>/tujuan/", views_drafting.recipients, name="recipients"),
    path("surat/<uuid:pk>/lampiran/", views_drafting.attach, name="attach"),
    path("surat/<uuid:pk>/lampiran/hapus/", views_drafting.detach, name="detach"),
    path("surat/<uuid:pk>/terbitkan/", views_drafting.publish, name="publish"),
    path("surat/<uuid:pk>/buang/", views_drafting.discard, name="discard"),
]
