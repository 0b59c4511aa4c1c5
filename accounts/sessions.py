"""
Sessions end: ten hours after the sign-in, and after an hour without a request.

Whoever is led to the sign-in page comes back to where they were: with htmx the page around the fragment, after a form the page
of the form. The moments stand in the session itself, so that asking costs no query; the last request is noted once a minute.
"""

from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

BEGAN, SEEN = "began_at", "seen_at"
NOTED_EVERY = 60
ENDED = "berakhir"


class SessionEndMiddleware:
    """Ends sessions whose time is over, and leads every request without one to the sign-in page and back again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ended = self.end_if_over(request)
        response = self.get_response(request)
        if getattr(response, "url", "").partition("?")[0] == settings.LOGIN_URL and response.status_code == 302:
            return lead_to_sign_in(request, response.url, ended=ended)
        return response

    @staticmethod
    def end_if_over(request) -> bool:
        """Whether the session that the request came with is no more."""
        if not request.user.is_authenticated:
            return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None
        now = timezone.now().timestamp()
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_AGE:
            logout(request)
            request.user = AnonymousUser()
            return True
        if now - seen > NOTED_EVERY:
            request.session[SEEN] = now
        return False


def lead_to_sign_in(request, url: str, *, ended: bool):
    """To the sign-in page, with the address to come back to; htmx is told to leave its page whole."""
    here = page_of(request)
    query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    if here is not None:
        query["next"] = here
    if ended:
        query["sesi"] = ENDED
    target = f"{settings.LOGIN_URL}?{urlencode(query)}" if query else str(settings.LOGIN_URL)
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def page_of(request) -> str | None:
    """The address of the page on which a request was made that is no page itself; None where it is one."""
    if request.htmx:
        address = request.htmx.current_url or ""
    elif request.method not in ("GET", "HEAD"):
        address = request.headers.get("Referer", "")
    else:
        return None
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return str(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def whole_page(request, url: str):
    """A redirect of the whole page, also for a request by htmx."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def on_login(*, request, **_kwargs) -> None:
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


def on_logout(*, request, **_kwargs) -> None:
    if request.session.session_key:
        UserSession.objects.filter(session_key=request.session.session_key).delete()


def connect() -> None:
    user_logged_in.connect(on_login, dispatch_uid="accounts.sessions")
    user_logged_out.connect(on_logout, dispatch_uid="accounts.sessions")


def open_sessions(user, *, now) -> list[tuple[UserSession, dict]]:
    """The sessions of ``user`` that are still open, the newest first, each with its data. Two queries."""
    entries = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    kept = {session.session_key: session.get_decoded() for session in live(entries, now)}
    found = []
    for entry in entries:
        data = kept.get(entry.session_key)
        if data and now.timestamp() - data.get(SEEN, now.timestamp()) <= settings.SESSION_IDLE_AGE:
            found.append((entry, data))
    return found


def live(entries, now):
    return Session.objects.filter(session_key__in=[entry.session_key for entry in entries], expire_date__gt=now)
