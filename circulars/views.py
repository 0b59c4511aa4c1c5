"""The circulars at a government: inbox, text, acknowledgement, receipt."""

import structlog
from django.contrib import messages
from django.db import DatabaseError, transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import requires
from circulars import access, operations_delivery, queries, sealing
from circulars import receipt as receipts
from circulars.enums import DeliveryState
from circulars.files import attachment_response
from portal import documents
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing

log = structlog.get_logger(__name__)

COLUMNS = [
    Column("subject", gettext_lazy("Surat edaran"), sort="circular__subject"),
    Column("delivered", gettext_lazy("Diterima"), sort="delivered_at"),
    Column("deadline", gettext_lazy("Tenggat pengakuan"), sort="circular__deadline_on"),
    Column("state", gettext_lazy("Keadaan"), sort="state"),
]


def crumbs(*more) -> list:
    return [(_("Surat edaran"), reverse("circulars:inbox")), *more]


@requires("circulars.view")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    listing = Listing(
        request,
        queries.inbox(request.tenant, at=at),
        columns=COLUMNS,
        search=["circular__subject", "circular__number"],
        filters=[Filter("keadaan", gettext_lazy("Keadaan"), DeliveryState.choices, "state")],
        order="-delivered",
        noun=_("surat edaran"),
        empty=Empty(
            _("Belum ada surat edaran"),
            _("Surat edaran Menteri Dalam Negeri untuk daerah Anda akan muncul di sini."),
            icon="mail",
        ),
    )
    context = {"crumbs": [(_("Surat edaran"), None)], "counts": queries.inbox_counts(request.tenant, at=at)}
    return listing.respond("circulars/inbox.html", context)


@requires("circulars.view")
@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    at = timezone.now()
    delivery = access.get_delivery(request.member, pk, at=at)
    if delivery.opened_at is None and _is_read_now(request):
        _note_opening(request, delivery, at)
        delivery = access.get_delivery(request.member, pk, at=at)
    context = {
        "crumbs": crumbs((delivery.circular.number, None)),
        "delivery": delivery,
        "circular": delivery.circular,
        "state": DeliveryState(delivery.state),
        "acknowledgement": getattr(delivery, "acknowledgement", None),
        "may_acknowledge": request.member.may("circulars.acknowledge") and not delivery.for_information,
    }
    return render(request, "circulars/detail.html", context)


def _is_read_now(request: HttpRequest) -> bool:
    """Whether a person looks at the page: not a link preview, not a browser that fetches ahead."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def _note_opening(request: HttpRequest, delivery, at) -> None:
    """The one thing a reading request writes. Whatever happens to it, the letter is shown."""
    try:
        with transaction.atomic():
            operations_delivery.open(delivery=delivery, by=request.member, at=at)
    except DatabaseError:
        log.exception("opening_not_noted", delivery=str(delivery.pk))


@requires("circulars.view")
@require_safe
def attachment(request: HttpRequest, pk) -> HttpResponse:
    return attachment_response(access.get_delivery(request.member, pk, at=timezone.now()).circular)


@requires("circulars.acknowledge")
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, pk) -> HttpResponse:
    at = timezone.now()
    delivery = access.get_delivery(request.member, pk, at=at, right="circulars.acknowledge")
    if delivery.acknowledged_at:
        return redirect("circulars:receipt", pk)
    refusal = None
    if request.method == "POST":
        try:
            operations_delivery.acknowledge(delivery=delivery, by=request.member, at=at)
        except operations_delivery.AlreadyAcknowledged as error:
            messages.info(request, error.message)
            return redirect("circulars:receipt", pk)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Surat diakui. Tanda terimanya tersimpan dan dapat dicetak."))
            return redirect("circulars:receipt", pk)
    context = {
        "crumbs": crumbs((delivery.circular.number, reverse("circulars:detail", args=[pk])), (_("Akui"), None)),
        "delivery": delivery,
        "circular": delivery.circular,
        "state": DeliveryState(delivery.state),
        "statement": operations_delivery.statement(delivery.circular, request.tenant),
        "government": operations_delivery.government_name(request.tenant),
        "position": request.member.as_holder_of("circulars.acknowledge").title,
        "now": at,
        "form": Form(),
        "refusal": refusal,
    }
    return render(request, "circulars/acknowledge.html", context, status=422 if refusal else 200)


def _receipt_of(request: HttpRequest, pk):
    delivery = access.get_delivery(request.member, pk, at=timezone.now(), right="receipts.view")
    entry = getattr(delivery, "acknowledgement", None)
    if entry is None:
        raise Http404
    return delivery, entry


@requires("receipts.view")
@require_safe
def receipt(request: HttpRequest, pk) -> HttpResponse:
    delivery, entry = _receipt_of(request, pk)
    url = receipts.public_url(entry)
    context = {
        "crumbs": crumbs((delivery.circular.number, reverse("circulars:detail", args=[pk])), (_("Tanda terima"), None)),
        "delivery": delivery,
        "circular": delivery.circular,
        "entry": entry,
        "holds": sealing.holds(entry),
        "days_late": receipts.days_late(entry, delivery.circular, delivery.tenant),
        "utc": receipts.utc_words(entry.acknowledged_at),
        "public_url": url,
        "qr": documents.qr_svg(url, label=_("Kode QR menuju halaman pemeriksaan tanda terima ini")),
    }
    return render(request, "circulars/receipt.html", context)


@requires("receipts.view")
@require_safe
def receipt_pdf(request: HttpRequest, pk) -> HttpResponse:
    delivery, entry = _receipt_of(request, pk)
    return documents.pdf_response(receipts.pdf(entry, delivery.circular, delivery.tenant), receipts.file_name(entry))
