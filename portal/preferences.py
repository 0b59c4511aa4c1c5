"""Language and appearance: kept in a cookie each, chosen by a form that needs no script."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

COOKIE = "tampilan"
YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True)
class Theme:
    key: str
    name: str
    icon: str


THEMES = (
    Theme("auto", _("Ikuti perangkat"), "device-desktop"),
    Theme("light", _("Terang"), "sun"),
    Theme("dark", _("Gelap"), "moon"),
)
THEME_KEYS = {theme.key for theme in THEMES}


def theme_of(request) -> str:
    """The chosen theme; what the device prefers where none was chosen."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEME_KEYS else "auto"


def _back(request, name: str, value: str, allowed) -> HttpResponseRedirect:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if own else "/")
    if value in allowed:
        response.set_cookie(name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@require_POST
def theme(request):
    return _back(request, COOKIE, request.POST.get("theme", ""), THEME_KEYS)


@require_POST
def language(request):
    return _back(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), dict(settings.LANGUAGES))


# Open to all; the rooms above mark theirs with accounts.policy.
theme.access = language.access = "open"  # type: ignore[attr-defined]
