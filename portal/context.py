"""
What the shell around every page shows: ``{{ shell.… }}`` in templates.

Everything is worked out when a template asks for it: a partial that htmx fetches pays for none of it.
"""

from types import SimpleNamespace

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import navigation
from portal.preferences import THEMES, theme_of
from tenants.urls import root_url

MAIN_PLACES = 4


def kind_of(tenant) -> str:
    """The line below a government's name: whose it is."""
    if tenant.is_ministry:
        return _("Pusat")
    if tenant.is_province:
        return _("Pemerintah provinsi")
    return tenant.parent.name


def root_url_or_none(name: str) -> str | None:
    try:
        return root_url(name)
    except NoReverseMatch:
        return None


class Shell:
    def __init__(self, request):
        self.request = request
        # Absent when a request fails before the mount and the sign-in middleware have seen it.
        self.tenant = getattr(request, "tenant", None)
        self.user = getattr(request, "user", None)

    @cached_property
    def here(self) -> str:
        """The address to come back to after a change of language or theme; a page that was posted to has none of its own."""
        return self.request.get_full_path() if self.request.method in ("GET", "HEAD") else self.home_url

    @cached_property
    def home_url(self) -> str:
        return f"/{self.tenant.slug}/" if self.tenant else "/"

    @cached_property
    def government(self):
        return SimpleNamespace(name=self.tenant.name, kind=kind_of(self.tenant)) if self.tenant else None

    @cached_property
    def governments(self) -> list:
        if not self.signed_in:
            return []
        return [
            SimpleNamespace(**vars(place), current=place.url == self.home_url) for place in navigation.places_for(self.request)
        ]

    @cached_property
    def public_url(self) -> str:
        return "/" if self.tenant else ""

    @cached_property
    def navigation(self) -> list:
        if self.tenant is None:
            return []
        entries: list[SimpleNamespace] = []
        for entry in navigation.entries_for(self.request):
            url = reverse(entry.url_name)
            count = entry.count(self.request) if entry.count else 0
            shown = SimpleNamespace(label=entry.label, icon=entry.icon, url=url, count=count, pages=entry.pages)
            shown.current = shown.main = False
            entries.append(shown)
        self._mark_current(entries)
        bar = len(entries) if len(entries) <= MAIN_PLACES + 1 else MAIN_PLACES
        for shown in entries[:bar]:
            shown.main = True
        return entries

    def _mark_current(self, entries) -> None:
        """The entry that names this page, else the one with the longest address above it; the home only for itself."""
        path, view = self.request.path, getattr(self.request.resolver_match, "view_name", "")
        for entry in entries:
            if view in entry.pages:
                entry.current = True
                return
        above = [entry for entry in entries if path == entry.url or (entry.url != self.home_url and path.startswith(entry.url))]
        if above:
            max(above, key=lambda entry: len(entry.url)).current = True

    @cached_property
    def navigation_rest(self) -> list:
        return [entry for entry in self.navigation if not entry.main]

    @property
    def navigation_rest_count(self) -> int:
        return sum(entry.count for entry in self.navigation_rest)

    @cached_property
    def signed_in(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @cached_property
    def person(self):
        if not self.signed_in:
            return None
        member = getattr(self.request, "member", None)
        return SimpleNamespace(name=self.user.name, email=self.user.email, role=member.title if member else "")

    @cached_property
    def account(self) -> list:
        return [
            SimpleNamespace(label=entry.label, icon=entry.icon, url=root_url(entry.url_name))
            for entry in navigation.account_entries()
        ]

    @cached_property
    def sign_in_url(self) -> str:
        """Empty on the page of sign-in itself."""
        address = str(settings.LOGIN_URL)
        return "" if self.signed_in or self.request.path == address else address

    @cached_property
    def sign_out_url(self) -> str | None:
        return root_url_or_none("account_logout")

    @cached_property
    def languages(self) -> list:
        now = get_language()
        return [SimpleNamespace(code=code, name=name, current=code == now) for code, name in settings.LANGUAGES]

    @cached_property
    def language(self):
        return next((each for each in self.languages if each.current), self.languages[0])

    @cached_property
    def language_url(self) -> str:
        return root_url("portal:language")

    @cached_property
    def themes(self) -> list:
        now = theme_of(self.request)
        return [SimpleNamespace(key=theme.key, name=theme.name, icon=theme.icon, current=theme.key == now) for theme in THEMES]

    @cached_property
    def theme_icon(self) -> str:
        return next(each.icon for each in self.themes if each.current)

    @cached_property
    def theme_url(self) -> str:
        return root_url("portal:theme")


def shell(request) -> dict:
    """Context processor."""
    return {"shell": Shell(request)}
