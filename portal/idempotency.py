"""
Sent twice, happens once: the answer to a POST is kept under the key that came with it, in the transaction that it reports.

A crash leaves neither effect nor answer; a repetition gets the kept answer. Only answers to what has happened are kept: a
refusal changed nothing, so asking again is harmless and may succeed. Two repetitions at once are held apart by an advisory
lock: the second of two forms waits for the first one's answer, the second of two API calls is told to come again.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.models import IdempotencyKey
from portal.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
FIELD = "idempotency_key"
KEY = re.compile(r"[\x21-\x7e]{1,100}")
KEPT_HEADERS = ("Content-Type", "Content-Language", "Location", "ETag", "HX-Redirect", "HX-Location", "HX-Trigger")
WAIT = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
NOT_THE_FORM = ("csrfmiddlewaretoken", FIELD)


def fingerprint(*parts: bytes | str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _lock(name: str, *, wait: bool) -> bool:
    """Hold the advisory lock ``name`` until the transaction ends; without ``wait`` False where somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT if wait else TRY, [name])
        return cursor.fetchone()[0] is not False


def _kept(entry: IdempotencyKey) -> HttpResponse:
    response = HttpResponse(bytes(entry.body), status=entry.status)
    del response.headers["Content-Type"]
    for name, value in entry.headers.items():
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response


def _keep(response: HttpResponse, **where) -> None:
    IdempotencyKey.objects.create(
        **where,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        # An answer that tells a secret once says what a repetition is told instead (accounts.api_keys).
        body=getattr(response, "kept", response.content),
    )


def answered(
    act: Callable[[], HttpResponse],
    *,
    tenant,
    scope: str,
    key: str,
    body: str,
    at: datetime.datetime,
    wait: bool,
    keeps: Callable,
) -> HttpResponse:
    """
    The answer of ``act``, or the one it gave when it was called under the same ``scope`` and ``key`` before.

    ``body`` is the fingerprint of what was sent; ``keeps(response)`` says whether an answer is kept. An answer of 400 or more
    undoes whatever ``act`` has written. Raises ``key-reused`` for another body, ``in-flight`` without ``wait``.
    """
    with transaction.atomic():
        if not _lock(f"{scope} {tenant.pk if tenant else ''} {key}", wait=wait):
            raise Problem("in-flight", headers={"Retry-After": "1"})
        where = {"tenant": tenant, "scope": scope, "key": key}
        entry = IdempotencyKey.objects.filter(**where).first()
        if entry is not None and entry.created_at > at - datetime.timedelta(hours=settings.IDEMPOTENCY_HOURS):
            if entry.fingerprint != body:
                raise Problem("key-reused")
            return _kept(entry)
        if entry is not None:
            entry.delete()
        response = act()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        elif keeps(response):
            _keep(response, **where, fingerprint=body, created_at=at)
        return response


# The REST interface -----------------------------------------------------------------------------------------------------------


def key_of(request) -> str:
    """The Idempotency-Key of a call, empty without one. Raises ``malformed``."""
    key = request.headers.get(HEADER, "")
    if HEADER in request.headers and not KEY.fullmatch(key):
        raise Problem("malformed", _("Kepala Idempotency-Key memuat 1 sampai 100 karakter ASCII tanpa spasi."))
    return key


def call_once(
    request: HttpRequest, act: Callable[[], HttpResponse], *, scope: str, tenant, at: datetime.datetime
) -> HttpResponse:
    """The answer to a POST of the REST interface; see ``answered``. Without the header it is simply carried out."""
    key = key_of(request)
    if not key:
        return act()
    body = fingerprint(str(request.method), request.get_full_path(), request.headers.get("Content-Type", ""), request.body)
    return answered(act, tenant=tenant, scope=scope, key=key, body=body, at=at, wait=False, keeps=lambda response: True)


# Forms ------------------------------------------------------------------------------------------------------------------------


def _entries(request: HttpRequest) -> Iterable[str | bytes]:
    for name in sorted(request.POST):
        if name not in NOT_THE_FORM:
            yield from (name, *request.POST.getlist(name))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            yield from (name, str(file.name), digest.digest())


def is_effect(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page's answer to a form says that it happened: a redirect, or what htmx swaps in."""
    return not response.streaming and (response.status_code >= 300 or request.headers.get("HX-Request") == "true")


def form_once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """
    The answer to a posted form, once for each of its hidden ``idempotency_key``.

    The entries are part of the key: a form that comes back from the browser's history with other entries is another form.
    """
    person = getattr(request, "user", None)
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    if person is None or not person.is_authenticated or not KEY.fullmatch(key):
        return act()
    body = fingerprint(request.get_full_path(), *_entries(request))
    own = salted_hmac("portal.idempotency", f"{key} {body}", algorithm="sha256").hexdigest()
    tenant = getattr(request, "tenant", None)
    return answered(
        act,
        tenant=tenant,
        scope=f"user:{person.pk}",
        key=own,
        body=body,
        at=timezone.now(),
        wait=True,
        keeps=lambda response: is_effect(request, response),
    )


def once(view: Callable) -> Callable:
    """For a page outside the governments whose form must not happen twice; inside them FormMiddleware sees to all."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return form_once(request, lambda: view(request, *args, **kwargs))

    return guarded


class FormMiddleware:
    """Every form posted to a page of a government happens once. Stands last: its transaction is that of the view alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if getattr(request, "tenant", None) is None:
            return self.get_response(request)
        return form_once(request, lambda: self.rendered(request))

    def rendered(self, request):
        response = self.get_response(request)
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
        return response


def forget_before(at: datetime.datetime) -> int:
    """Delete the answers kept longer than settings.IDEMPOTENCY_HOURS; for the scheduler. Returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=at - datetime.timedelta(hours=settings.IDEMPOTENCY_HOURS)).delete()[0]
