"""Addresses below /pusat/."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls_member")),
    path("", include("accounts.urls_ministry")),
    path("", include("almanac.urls_ministry")),
    path("", include("circulars.urls_ministry")),
    path("", include("guides.urls_ministry")),
    path("", include("oversight.urls_ministry")),
]

handler400 = "portal.error_pages.bad_request"
handler403 = "portal.error_pages.forbidden"
handler404 = "portal.error_pages.not_found"
handler500 = "portal.error_pages.server_error"
