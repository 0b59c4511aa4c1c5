from django.urls import path

from offices import views_facts, views_heads

urlpatterns = [
    path("dinas/<uuid:pk>/pimpinan/", views_heads.dinas_heads, name="dinas_heads"),
    path("dinas/<uuid:pk>/pimpinan/dari-akun/", views_heads.dinas_head_take, name="dinas_head_take"),
    path("dinas/<uuid:pk>/pimpinan/<uuid:head>/", views_heads.dinas_head_edit, name="dinas_head_edit"),
    path("dinas/<uuid:pk>/pimpinan/<uuid:head>/hapus/", views_heads.dinas_head_remove, name="dinas_head_remove"),
    path("dinas/<uuid:pk>/riwayat/", views_heads.dinas_history, name="dinas_history"),
    path("kantor/<uuid:pk>/foto/", views_facts.photo, name="photo"),
    path("kantor/<uuid:pk>/foto/hapus/", views_facts.photo_remove, name="photo_remove"),
    path("kantor/<uuid:pk>/foto/<slug:sha256>.jpg", views_facts.photo_file, name="photo_file"),
    path("kantor/<uuid:pk>/riwayat/", views_facts.office_history, name="history"),
    path("kantor/<uuid:pk>/salin/", views_facts.office_copy, name="copy"),
]
