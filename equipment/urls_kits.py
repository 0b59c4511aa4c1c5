from django.urls import path

from equipment import views_kits

urlpatterns = [
    path("kantor/<uuid:office>/meja/", views_kits.office_kits, name="kits"),
    path("kantor/<uuid:office>/ruang/<uuid:room>/meja/<uuid:desk>/", views_kits.kit, name="kit"),
    path("kantor/<uuid:office>/ruang/<uuid:room>/meja/<uuid:desk>/jawab/", views_kits.answer, name="kit_answer"),
]
