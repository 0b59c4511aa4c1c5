"""Default deny: a view without an access mark (accounts.policy) is not served."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404

# Views of libraries carry no mark of ours; here stands what they are open to. Compared by the URL walk test.
LIBRARY_VIEWS = {
    "allauth.account.views": "open",
    "allauth.mfa": "open",
    "allauth.usersessions": "open",
    "django.views.i18n": "open",
    "django.contrib.staticfiles.views": "open",
}


def mark_of(view) -> str | None:
    """The access mark of a view: a right, ``signed-in``, ``open``, or None where it carries none."""
    for candidate in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        mark = getattr(candidate, "access", None)
        if mark:
            return mark
    module = getattr(view, "__module__", "") or ""
    return next((mark for prefix, mark in LIBRARY_VIEWS.items() if module.startswith(prefix)), None)


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if mark_of(view) is None:
            if settings.TESTING:
                raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} carries no access mark")
            raise Http404
