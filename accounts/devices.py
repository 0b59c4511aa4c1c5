"""
Browsers that somebody has signed in with before, known by a signed cookie.

The cookie opens nothing: it only gives the browser its own count of failed attempts, so that strangers who guess cannot lock
out the person who works there. It names e-mail addresses by hash and holds a few, for computers that several people share.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "accounts.devices"
AGE = 60 * 60 * 24 * 180
MOST = 8


def cookie_name() -> str:
    return "__Host-peramban" if settings.SECURE_COOKIES else "peramban"


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:16]


def _known(request) -> dict[str, str]:
    try:
        known = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}


def device_of(request, email: str) -> str | None:
    """What names this browser for ``email``, or None where nobody has signed in here with that address."""
    return _known(request).get(_mark(email))


def remember(request, response, email: str) -> None:
    """After a sign-in: this browser is known for ``email`` from now on."""
    known = _known(request)
    number = known.pop(_mark(email), None) or secrets.token_urlsafe(12)
    known[_mark(email)] = number
    value = signing.dumps(dict(list(known.items())[-MOST:]), salt=SALT)
    response.set_cookie(cookie_name(), value, max_age=AGE, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax")


# What a browser says of itself, for the list of sessions. In this order: Edge and Opera also say Chrome, Chrome says Safari.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def spoken(user_agent: str) -> tuple[str, str]:
    """Browser and system of a user agent, each empty where it is not known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return browser, system
