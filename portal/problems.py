"""
Problem details (RFC 9457): the one shape in which the REST interface says no, in the caller's language.

``handle`` turns whatever was raised in an endpoint into a problem; ``ProblemMiddleware`` does it for answers that no endpoint
gave: an unknown address, a fault of the server, a database that is away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from portal.errors import DomainError, LostUpdate
from portal.language import LanguageMiddleware

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/"
PREFIX = "/api/"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its stable code, its status, its title and what to do, told when nothing better is known."""

    code: str
    status: int
    title: str
    detail: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("malformed", 400, _("Permintaan tidak terbaca"), _("Isi permintaan bukan JSON yang sah.")),
        Kind("invalid", 400, _("Isian tidak sesuai"), _("Perbaiki isian yang disebut pada errors, lalu kirim lagi.")),
        Kind(
            "not-authenticated", 401, _("Belum masuk"), _("Masuklah, atau sertakan kunci pemerintah daerah yang masih berlaku.")
        ),
        Kind("forbidden", 403, _("Tidak berwenang"), _("Peran Anda di sini tidak mencakup tindakan ini.")),
        Kind("csrf", 403, _("Token CSRF tidak sah"), _("Sertakan token CSRF dari kuki pada kepala X-CSRFToken.")),
        Kind("not-found", 404, _("Tidak ditemukan"), _("Alamat ini tidak ada, atau tidak terbuka bagi Anda.")),
        Kind("method-not-allowed", 405, _("Metode tidak tersedia"), _("Pakailah salah satu metode pada kepala Allow.")),
        Kind("not-acceptable", 406, _("Bentuk jawaban tidak tersedia"), _("Jawaban hanya tersedia sebagai application/json.")),
        Kind("conflict", 409, _("Bertentangan dengan keadaan sekarang"), _("Muat ulang data ini, lalu putuskan lagi.")),
        Kind("in-flight", 409, _("Masih diproses"), _("Permintaan dengan kunci ini masih diproses. Kirim lagi sebentar lagi.")),
        Kind("length-required", 411, _("Panjang isi tidak disebut"), _("Sertakan kepala Content-Length.")),
        Kind("lost-update", 412, _("Data sudah berubah"), LostUpdate.message),
        Kind("too-large", 413, _("Isi terlalu besar"), _("Kecilkan isi permintaan.")),
        Kind("unsupported-media-type", 415, _("Jenis isi tidak didukung"), _("Kirim isi sebagai application/json.")),
        Kind("refused", 422, _("Permintaan ditolak"), DomainError.message),
        Kind("key-reused", 422, _("Kunci sudah dipakai"), _("Kunci ini sudah dipakai untuk isi lain. Pakailah kunci baru.")),
        Kind(
            "precondition-required",
            428,
            _("Versi tidak disebut"),
            _("Sertakan kepala If-Match dengan ETag dari data yang Anda ubah."),
        ),
        Kind(
            "throttled", 429, _("Terlalu banyak permintaan"), _("Tunggu selama waktu pada kepala Retry-After, lalu kirim lagi.")
        ),
        Kind(
            "fault",
            500,
            _("Gangguan pada Loket"),
            _("Permintaan ini gagal diproses. Tidak ada yang berubah. Coba sekali lagi."),
        ),
        Kind("unavailable", 503, _("Loket sedang tidak dapat melayani"), _("Coba lagi sebentar lagi. Tidak ada yang berubah.")),
    )
}
BY_STATUS = {kind.status: kind for kind in reversed(KINDS.values())}


class Problem(exceptions.APIException):
    """Raised by the REST interface itself, where no exception of Django or DRF says what is wrong."""

    def __init__(self, code: str, detail=None, *, errors: Mapping | None = None, headers: Mapping | None = None):
        self.kind = KINDS[code]
        self.status_code = self.kind.status
        self.errors, self.headers = dict(errors or {}), dict(headers or {})
        super().__init__(str(detail or self.kind.detail), code)


@dataclass
class Found:
    """What an exception amounts to."""

    kind: Kind
    detail: str = ""
    code: str = ""
    errors: dict = field(default_factory=dict)
    headers: dict = field(default_factory=dict)
    current: object = None


def by_field(detail, path: str = "") -> dict[str, list[str]]:
    """DRF's nested error details flattened: ``{"hours.1.opens": ["…"]}``; what belongs to no field under the empty path."""
    entries: Iterable[tuple[Any, Any]]
    if isinstance(detail, Mapping):
        entries = detail.items()
    elif isinstance(detail, list | tuple) and any(isinstance(entry, Mapping | list) for entry in detail):
        entries = enumerate(detail)
    else:
        texts = [str(entry) for entry in (detail if isinstance(detail, list | tuple) else [detail])]
        return {path: texts} if texts else {}
    found: dict[str, list[str]] = {}
    for name, inner in entries:
        here = path if name in ("non_field_errors", "__all__") else f"{path}.{name}".lstrip(".")
        for where, texts in by_field(inner, here).items():
            found.setdefault(where, []).extend(texts)
    return found


def found_in(error: Exception) -> Found | None:
    """What ``error`` amounts to, or None for a fault of ours."""
    if isinstance(error, Problem):
        return Found(error.kind, str(error.detail), errors=error.errors, headers=error.headers)
    if isinstance(error, LostUpdate):
        return Found(KINDS["lost-update"], str(error.message), current=error.current)
    if isinstance(error, DomainError):
        kind = BY_STATUS.get(error.status, KINDS["refused"])
        kind = KINDS["refused"] if kind.status == 422 else KINDS["conflict"] if kind.status == 409 else kind
        return Found(kind, str(error.message), error.code, {error.field: [str(error.message)]} if error.field else {})
    if isinstance(error, exceptions.ValidationError):
        return of_fields(by_field(error.detail))
    if isinstance(error, ValidationError):
        return of_fields(by_field(error.message_dict if hasattr(error, "error_dict") else error.messages))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        said = error.args[0] if error.args and isinstance(error.args[0], str | Promise) else ""
        return Found(KINDS["forbidden"], str(said))
    if isinstance(error, Http404):
        return Found(KINDS["not-found"])
    if isinstance(error, RequestDataTooBig):
        return Found(KINDS["too-large"])
    if isinstance(error, SuspiciousOperation):
        return Found(KINDS["malformed"])
    if isinstance(error, exceptions.APIException):
        return Found(BY_STATUS.get(error.status_code, KINDS["invalid"]))
    return None


def of_fields(errors: dict[str, list[str]]) -> Found:
    whole = errors.pop("", [])
    return Found(KINDS["invalid"], " ".join(whole), errors=errors)


def answer(request, found: Found) -> HttpResponse:
    kind = found.kind
    body = {
        "type": f"{PAGE}#{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": found.detail or str(kind.detail),
        "instance": request.path,
        "code": found.code or kind.code,
        "errors": found.errors,
    }
    if found.current is not None:
        body["current"] = found.current
    if kind.status >= 500:
        body["reference"] = str(getattr(request, "id", "") or "")[:36]
    response = JsonResponse(body, status=kind.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    for name, value in found.headers.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


def handle(error: Exception, context: Mapping) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER: the problem, or None for a fault of ours, which goes the way of all faults (log, 500)."""
    found = found_in(error)
    if found is None:
        return None
    if found.current is not None:
        found.current = context["view"].present(found.current)
    return answer(context["request"], found)


class ProblemMiddleware:
    """Every refusal below /api/ is a problem, also where no view of the interface was reached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith(PREFIX):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        language = LanguageMiddleware.choose(request)
        with translation.override(language):
            kind = BY_STATUS.get(response.status_code) or BY_STATUS[500 if response.status_code >= 500 else 400]
            problem = answer(request, Found(kind))
        problem.headers["Content-Language"] = language
        for name in KEPT_HEADERS:
            if name in response.headers:
                problem.headers[name] = response.headers[name]
        return problem
