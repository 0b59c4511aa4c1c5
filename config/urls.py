"""Addresses outside the governments. A first segment that names a government never comes here (tenants.mount)."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.urls_signin")),
    path("", include("circulars.urls_public")),
    path("", include("guides.urls")),
    path("", include("oversight.urls_public")),
    path("api/v1/", include("config.urls_api")),
]

handler400 = "portal.error_pages.bad_request"
handler403 = "portal.error_pages.forbidden"
handler404 = "portal.error_pages.not_found"
handler500 = "portal.error_pages.server_error"
handler429 = "portal.error_pages.too_many"
