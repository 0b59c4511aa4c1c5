from django.urls import path

from circulars import views

app_name = "circulars"
urlpatterns = [
    path("surat/", views.inbox, name="inbox"),
    path("surat/<uuid:pk>/", views.detail, name="detail"),
    path("surat/<uuid:pk>/lampiran.pdf", views.attachment, name="attachment"),
    path("surat/<uuid:pk>/akui/", views.acknowledge, name="acknowledge"),
    path("surat/<uuid:pk>/resi/", views.receipt, name="receipt"),
    path("surat/<uuid:pk>/resi.pdf", views.receipt_pdf, name="receipt_pdf"),
]
