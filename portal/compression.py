"""Pages travel compressed, so that they are usable on 64 kbit/s."""

from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """
    Compresses pages only: files are compressed beforehand (whitenoise), and the REST interface needs its ETags strong.

    Django adds a random number of bytes, so that the size tells nothing of what a page holds (BREACH).
    """

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
