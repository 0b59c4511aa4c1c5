from django.urls import path

from equipment import views, views_bulk, views_checks, views_items

urlpatterns = [
    path("inventaris/", views.items, name="items"),
    path("inventaris/unduh.csv", views.items_csv, name="items_csv"),
    path("inventaris/baru/", views_items.new, name="new"),
    path("inventaris/terpilih/", views_bulk.bulk, name="bulk"),
    path("inventaris/label/<str:label>/", views.by_label, name="by_label"),
    path("inventaris/<uuid:pk>/", views.item, name="item"),
    path("inventaris/<uuid:pk>/ubah/", views_items.item_edit, name="item_edit"),
    path("inventaris/<uuid:pk>/pindah/", views_items.item_move, name="item_move"),
    path("inventaris/<uuid:pk>/kondisi/", views_items.item_condition, name="item_condition"),
    path("inventaris/<uuid:pk>/hapus/", views_items.item_write_off, name="item_write_off"),
    path("inventaris/<uuid:pk>/kembalikan/", views_items.item_take_back, name="item_take_back"),
    path("inventaris/<uuid:pk>/periksa/", views_checks.item_check, name="item_check"),
    path("inventaris/<uuid:pk>/uji/", views_checks.self_test, name="self_test"),
    path("inventaris/<uuid:pk>/uji/denyut/", views_checks.pulse, name="pulse"),
    path("inventaris/<uuid:pk>/uji/unduh/", views_checks.download, name="download"),
    path("inventaris/<uuid:pk>/uji/unggah/", views_checks.upload, name="upload"),
    path("kantor/<uuid:office>/inventaris/", views.office_items, name="office_items"),
    path("kantor/<uuid:office>/inventaris/unduh.csv", views.office_items_csv, name="office_items_csv"),
    path("kantor/<uuid:office>/inventaris/baru/", views_items.item_new, name="item_new"),
    path("kantor/<uuid:office>/inventaris/periksa/", views_checks.checks, name="checks"),
]
