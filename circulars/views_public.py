"""The public page behind the QR code of a receipt. It confirms what the receipt says, and tells nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.gate import address_of
from accounts.policy import open_to_all
from circulars import access, sealing
from circulars.receipt import utc_words
from portal.throttling import spend


@open_to_all
@require_safe
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """
    Whether a receipt is genuine: government, circular, who acknowledged in which office, when. 404 for an unknown address.

    Runs as ``loket_app``. Rate-limited by address; the codes themselves cannot be guessed.
    """
    spent = spend("address", f"resi:{address_of(request)}")
    if spent.used > spent.limit:
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(spent.resets_in)
        return response
    entry = access.get_acknowledgement(code)
    if entry is None:
        response = render(request, "circulars/confirm_unknown.html", status=404)
    else:
        context = {"entry": entry, "holds": sealing.holds(entry), "utc": utc_words(entry.acknowledged_at)}
        response = render(request, "circulars/confirm.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
