from django.urls import path

from portal import mail_pages

app_name = "portal"
urlpatterns = [
    path("surel/", mail_pages.mails, name="mails"),
    path("surel/<uuid:pk>/kirim-ulang/", mail_pages.resend, name="resend_mail"),
]
