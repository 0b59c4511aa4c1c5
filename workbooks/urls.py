from django.urls import path

from workbooks import views

app_name = "workbooks"
urlpatterns = [
    path("kantor/<uuid:pk>/excel/", views.office, name="office"),
    path("kantor/<uuid:pk>/excel/unduh.xlsx", views.office_workbook, name="office_workbook"),
    path("kantor/<uuid:pk>/excel/csv/<slug:sheet>/", views.office_csv, name="office_csv"),
    path("dinas/<uuid:pk>/excel/", views.dinas, name="dinas"),
    path("dinas/<uuid:pk>/excel/unduh.xlsx", views.dinas_workbook, name="dinas_workbook"),
    path("dinas/<uuid:pk>/excel/csv/<slug:sheet>/", views.dinas_csv, name="dinas_csv"),
    path("excel/<uuid:pk>/", views.run, name="run"),
    path("excel/<uuid:pk>/terapkan/", views.apply, name="apply"),
    path("excel/<uuid:pk>/periksa/", views.check_again, name="check_again"),
    path("excel/<uuid:pk>/batal/", views.cancel, name="cancel"),
    path("excel/<uuid:pk>/lanjutkan/", views.wake, name="wake"),
]
