"""One line in the log for each request: method, path, code, time, whose; and its number, for error page and trail."""

import time

import structlog
from django.dispatch import receiver
from django_structlog import signals
from django_structlog.middlewares import RequestMiddleware

from portal import metrics

# Parts of an address that open something for whoever knows them.
SECRET_PARTS = {"token", "code", "key", "uidb36"}


def path_of(request) -> str:
    """The address without its query string and without secrets."""
    path = request.path
    match = getattr(request, "resolver_match", None)
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), "…")
    return path


class RequestLogMiddleware(RequestMiddleware):
    """Sets ``request.id``; binds tenant and user to every line that the request writes."""

    def prepare(self, request):
        request.started = time.perf_counter()
        super().prepare(request)
        request.id = structlog.contextvars.get_contextvars()["request_id"]

    def process_view(self, request, view, args, kwargs):
        tenant = getattr(request, "tenant", None)
        if tenant is not None:
            structlog.contextvars.bind_contextvars(tenant=tenant.slug)
        self.bind_user_id(request)

    def handle_response(self, request, response):
        response.headers["X-Request-ID"] = request.id
        metrics.observe(request, response, time.perf_counter() - request.started)
        super().handle_response(request, response)

    @staticmethod
    def format_request(request) -> str:
        return f"{request.method} {path_of(request)}"


@receiver(signals.bind_extra_request_finished_metadata)
def describe(request, log_kwargs, **kwargs):
    log_kwargs.pop("request", None)
    match = getattr(request, "resolver_match", None)
    log_kwargs |= {
        "method": request.method,
        "path": path_of(request),
        "milliseconds": round((time.perf_counter() - request.started) * 1000),
    }
    if match and match.view_name:
        log_kwargs["route"] = match.view_name
