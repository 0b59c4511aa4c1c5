"""
The second factor: who must have one, and whether this session was opened with it.

That a session has passed the second factor stands in the session itself, with the person's id: whoever signs in by password
alone after somebody else's code has not passed it. Activating a factor counts as passing it.
"""

from allauth.account.signals import authentication_step_completed
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from accounts import policy
from portal import mail

PASSED = "second_factor_of"
TARGET = "second_factor_next"


def is_required_of(roles) -> bool:
    """Whether somebody with these roles must have a second factor."""
    return settings.REQUIRE_SECOND_FACTOR and not policy.SECOND_FACTOR.isdisjoint(roles)


def is_missing(request, member) -> bool:
    """Whether ``member`` must still give a second factor in this session before anything else."""
    return is_required_of(member.roles) and request.session.get(PASSED) != member.user.pk


def is_active(user) -> bool:
    """Whether ``user`` has set up an authenticator. It needs the public role."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def pass_it(request) -> None:
    """This session has given the second factor of the person who is signed in."""
    request.session[PASSED] = request.user.pk


def is_readable(authenticator: Authenticator) -> bool:
    """Whether its secret was encrypted under a key that the installation still has."""
    return get_adapter().is_readable(authenticator.data["secret"])


def on_step(*, request, user, method, **_kwargs) -> None:
    if method == "mfa":
        request.session[PASSED] = user.pk


def on_removed(*, request, authenticator, **_kwargs) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(PASSED, None)


def connect() -> None:
    authentication_step_completed.connect(on_step, dispatch_uid="accounts.second_factor")
    authenticator_removed.connect(on_removed, dispatch_uid="accounts.second_factor")


def release(user) -> int:
    """
    Take away all authenticators of somebody who has lost phone and codes, and end their sessions; returns how many there were.

    The person is told by mail, signs in with the password alone, and is led to setting up anew where the role needs it.
    """
    with transaction.atomic():
        taken, _by_model = Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        if taken:
            mail.post(to=user.email, template="accounts/totp_released", context={"name": user.name}, language=user.language)
    return taken
