from django.urls import path

from equipment import views_labels as views

urlpatterns = [
    path("kantor/<uuid:office>/label/", views.labels, name="labels"),
    path("kantor/<uuid:office>/ruang/<uuid:room>/kir.pdf", views.inventory_card_pdf, name="inventory_card"),
]
