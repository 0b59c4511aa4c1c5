"""What follows a sign-in: the browser is known, the page speaks the person's language. And what follows a new password."""

from allauth.account.signals import password_reset, user_logged_in
from django.conf import settings

from accounts import attempts, devices

YEAR = 60 * 60 * 24 * 365


def on_login(*, request, response, user, **_kwargs) -> None:
    devices.remember(request, response, user.email)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        set_language(request, response, user.language)


def on_password_reset(*, user, **_kwargs) -> None:
    attempts.forget((attempts.EMAIL, user.email))


def set_language(request, response, language: str) -> None:
    name = settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(name, language, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")


def connect() -> None:
    user_logged_in.connect(on_login, dispatch_uid="accounts.signin")
    password_reset.connect(on_password_reset, dispatch_uid="accounts.signin")
