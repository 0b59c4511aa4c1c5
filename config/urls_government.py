"""Addresses inside a government: one configuration for all 552, mounted below the slug."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls_member")),
    path("", include("accounts.urls_government")),
    path("", include("almanac.urls_government")),
    path("", include("circulars.urls")),
    path("", include("offices.urls")),
    path("", include("equipment.urls")),
    path("", include("staffing.urls")),
    path("", include("workbooks.urls")),
    path("", include("prints.urls")),
    path("", include("oversight.urls_government")),
]

handler400 = "portal.error_pages.bad_request"
handler403 = "portal.error_pages.forbidden"
handler404 = "portal.error_pages.not_found"
handler500 = "portal.error_pages.server_error"
