from django.urls import path

from equipment import views_stocktakes as views

urlpatterns = [
    path("kantor/<uuid:office>/sensus/", views.stock_takes, name="stock_takes"),
    path("kantor/<uuid:office>/sensus/<uuid:room>/mulai/", views.stock_take_start, name="stock_take_start"),
    path("sensus/<uuid:pk>/", views.stock_take, name="stock_take"),
    path("sensus/<uuid:pk>/daftar/", views.stock_take_lists, name="stock_take_lists"),
    path("sensus/<uuid:pk>/baris/<uuid:line>/tempat/", views.line_place, name="stock_take_place"),
    path("sensus/<uuid:pk>/baris/<uuid:line>/kondisi/", views.line_condition, name="stock_take_condition"),
    path("sensus/<uuid:pk>/baris/<uuid:line>/hapus/", views.line_withdraw, name="stock_take_withdraw"),
    path("sensus/<uuid:pk>/selesai/", views.stock_take_finish, name="stock_take_finish"),
    path("sensus/<uuid:pk>/batal/", views.stock_take_abandon, name="stock_take_abandon"),
    path("sensus/<uuid:pk>/laporan.pdf", views.stock_take_pdf, name="stock_take_pdf"),
]
