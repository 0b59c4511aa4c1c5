"""
The language of a page: what the reader chose, else Indonesian.

The browser's own preference is not asked on pages: half the computers of the dinas run an English system and belong to people
who work in Indonesian. The REST interface does listen to Accept-Language.
"""

from django.conf import settings
from django.utils import translation


class LanguageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self.choose(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def choose(request) -> str:
        # Pages that caches keep change their language by a link, which sets nothing.
        chosen = request.GET.get("bahasa") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.LANGUAGES):
            return chosen
        if request.path_info.startswith("/api/"):
            return translation.get_language_from_request(request)
        return settings.LANGUAGE_CODE
