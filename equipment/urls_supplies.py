from django.urls import path

from equipment import views_supplies as views

urlpatterns = [
    path("persediaan/", views.all_supplies, name="all_supplies"),
    path("persediaan/<uuid:pk>/", views.supply, name="supply"),
    path("persediaan/<uuid:pk>/ubah/", views.supply_edit, name="supply_edit"),
    path("persediaan/<uuid:pk>/hentikan/", views.supply_retire, name="supply_retire"),
    path("persediaan/<uuid:pk>/pakai-kembali/", views.supply_restore, name="supply_restore"),
    path("kantor/<uuid:office>/persediaan/", views.supplies, name="supplies"),
    path("kantor/<uuid:office>/persediaan/daftar-awal/", views.start_list, name="supplies_start"),
    path("kantor/<uuid:office>/persediaan/baru/", views.supply_new, name="supply_new"),
    path("kantor/<uuid:office>/persediaan/catat/", views.supplies_day, name="supplies_day"),
    path("kantor/<uuid:office>/persediaan/hitung/", views.supplies_count, name="supplies_count"),
    path("kantor/<uuid:office>/persediaan/belanja.pdf", views.shopping_list, name="shopping_list"),
    path("dinas/<uuid:dinas>/persediaan/belanja.pdf", views.shopping_list_dinas, name="shopping_list_dinas"),
]
