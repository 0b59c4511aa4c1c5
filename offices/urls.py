from django.urls import include, path

from offices import views, views_dinas

app_name = "offices"
urlpatterns = [
    path("dinas/", views_dinas.dinas_list, name="dinas_list"),
    path("dinas/baru/", views_dinas.dinas_new, name="dinas_new"),
    path("dinas/<uuid:pk>/", views_dinas.dinas_detail, name="dinas_detail"),
    path("dinas/<uuid:pk>/ubah/", views_dinas.dinas_edit, name="dinas_edit"),
    path("kantor/", views.office_list, name="list"),
    path("kantor/baru/", views.office_new, name="new"),
    path("kantor/<uuid:pk>/", views.office_detail, name="detail"),
    path("kantor/<uuid:pk>/ubah/", views.office_edit, name="edit"),
    path("kantor/<uuid:pk>/tutup/", views.office_close, name="close"),
    path("kantor/<uuid:pk>/buka-kembali/", views.office_reopen, name="reopen"),
    path("", include("offices.urls_facts")),
    path("", include("offices.urls_layout")),
    path("", include("offices.urls_hours")),
]
