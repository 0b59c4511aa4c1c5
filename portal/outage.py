"""
The database is away: everybody is told so with 503, and the next request tries it again.

Whatever fails on the way (a page, the session, the page of errors itself) ends here, so this stands outside every middleware
that asks the database. A connection that broke is closed: the one that follows is new, without a restart.
"""

import sys

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError, connections
from django.dispatch import receiver
from django.utils import translation

from portal import error_pages, problems
from portal.language import LanguageMiddleware

NO_DATABASE = (OperationalError, InterfaceError)


class OutageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            response = self.get_response(request)
        except Exception as error:
            if not is_outage(error):
                raise
            request.database_failed, response = True, None
        if not getattr(request, "database_failed", False):
            return response
        close_broken()
        if response is not None and response.status_code in (200, 503):
            return response  # it said so itself, or it found a way around
        return say_so(request)


@receiver(got_request_exception)
def note(sender, request=None, **_kwargs) -> None:
    """Django turns an exception into an answer where it happens; this is where its cause can still be seen."""
    if request is not None and is_outage(sys.exc_info()[1]):
        request.database_failed = True


def is_outage(error: BaseException | None) -> bool:
    """Whether the database is behind ``error``, perhaps as the cause of its cause."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, NO_DATABASE):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def close_broken() -> None:
    """Close what can no longer be used; a transaction around the request (only tests have one) is left to its owner."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def say_so(request):
    """The page, or the problem for the REST interface: from files alone, without session, user and database."""
    language = LanguageMiddleware.choose(request)
    with translation.override(language):
        if request.path_info.startswith(problems.PREFIX):
            headers = {"Retry-After": str(error_pages.SECONDS_UNTIL_AGAIN)}
            response = problems.answer(request, problems.Found(problems.KINDS["unavailable"], headers=headers))
        else:
            response = error_pages.unavailable(request)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response
