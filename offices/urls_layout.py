from django.urls import path

from offices import views_layout

urlpatterns = [
    path("kantor/<uuid:pk>/ruang/", views_layout.room_list, name="rooms"),
    path("kantor/<uuid:pk>/ruang/baru/", views_layout.room_new, name="room_new"),
    path("kantor/<uuid:pk>/ruang/<uuid:room>/", views_layout.room_detail, name="room"),
    path("kantor/<uuid:pk>/ruang/<uuid:room>/ubah/", views_layout.room_edit, name="room_edit"),
    path("kantor/<uuid:pk>/ruang/<uuid:room>/hapus/", views_layout.room_remove, name="room_remove"),
    path("kantor/<uuid:pk>/ruang/<uuid:room>/denah/", views_layout.plan, name="plan"),
]
