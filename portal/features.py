"""
Which features of the device a page may use (Permissions-Policy): the place, on request; the camera on marked pages only.
"""

from functools import wraps

HEADER = "Permissions-Policy"
CLOSED = "microphone=(), payment=(), usb=(), serial=(), display-capture=()"
USUAL = f"camera=(), geolocation=(self), {CLOSED}"
WITH_CAMERA = f"camera=(self), geolocation=(), {CLOSED}"


class PermissionsPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(HEADER, USUAL)
        return response


def with_camera(view):
    """Mark a view whose page asks for the camera; the picture stays on the device unless the page sends it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers[HEADER] = WITH_CAMERA
        return response

    return guarded
