from django.urls import path

from equipment import views

urlpatterns = [
    path("inventaris/", views.items, name="items"),
    path("inventaris/<uuid:pk>/", views.item, name="item"),
    path("inventaris/label/<str:label>/", views.by_label, name="by_label"),
    path("kantor/<uuid:office>/inventaris/", views.office_items, name="office_items"),
]
