"""Circulars as the ministry reads them: the list, one circular, its deliveries."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.policy import requires
from circulars import access, operations, queries, sealing
from circulars.enums import CircularState, DeliveryState
from circulars.files import attachment_response
from portal.listing import Column, Empty, Filter, Listing
from tenants.enums import Level
from tenants.models import Tenant

COLUMNS = [
    Column("subject", gettext_lazy("Surat edaran"), sort="subject"),
    Column("dated", gettext_lazy("Tanggal"), sort="dated_on"),
    Column("deadline", gettext_lazy("Tenggat"), sort="deadline_on"),
    Column("opened", gettext_lazy("Dibuka"), sort="opened", numeric=True),
    Column("acknowledged", gettext_lazy("Diakui"), sort="acknowledged", numeric=True),
    Column("state", gettext_lazy("Keadaan"), sort="state"),
]
DELIVERY_COLUMNS = [
    Column("name", gettext_lazy("Pemerintah daerah"), sort="tenant__name"),
    Column("delivered", gettext_lazy("Terkirim"), sort="delivered_at", shown=False),
    Column("opened", gettext_lazy("Pertama dibuka"), sort="opened_at"),
    Column("acknowledged", gettext_lazy("Diakui"), sort="acknowledged_at"),
    Column("state", gettext_lazy("Keadaan"), sort="state"),
]
# What the figures of a circular link to: key, words, which deliveries. The numbers and the rows are the same question.
STANDINGS = {
    "owing": (gettext_lazy("harus mengakui"), lambda found: found.owed()),
    "opened": (gettext_lazy("sudah dibuka"), lambda found: found.owed().filter(opened_at__isnull=False)),
    "unopened": (gettext_lazy("belum dibuka"), lambda found: found.owed().filter(opened_at=None)),
    "acknowledged": (gettext_lazy("sudah diakui"), lambda found: found.owed().filter(acknowledged_at__isnull=False)),
    "waiting": (gettext_lazy("belum diakui"), lambda found: found.owed().filter(acknowledged_at=None)),
    "overdue": (gettext_lazy("lewat tenggat"), lambda found: found.filter(state=DeliveryState.OVERDUE)),
    "late": (gettext_lazy("diakui terlambat"), lambda found: found.filter(state=DeliveryState.ACKNOWLEDGED_LATE)),
    "informed": (gettext_lazy("untuk diketahui"), lambda found: found.filter(state=DeliveryState.INFORMED)),
}


def crumbs(*more) -> list:
    return [(_("Surat edaran"), reverse("circulars:list")), *more]


@requires("circulars.view")
@require_safe
def circular_list(request: HttpRequest) -> HttpResponse:
    drafts = request.member.may("circulars.draft")
    listing = Listing(
        request,
        queries.circulars(drafts=drafts),
        columns=COLUMNS,
        search=["number", "subject"],
        filters=[Filter("keadaan", gettext_lazy("Keadaan"), CircularState.choices, "state")] if drafts else [],
        order="-dated",
        noun=_("surat edaran"),
        empty=Empty(
            _("Belum ada surat edaran"),
            _("Tulis konsep pertama; surat baru terkirim setelah Anda menerbitkannya."),
            reverse("circulars:new") if drafts else "",
            _("Tulis surat edaran"),
            icon="mail",
        ),
    )
    return listing.respond("circulars/circular_list.html", {"crumbs": [(_("Surat edaran"), None)], "may_draft": drafts})


@requires("circulars.view")
@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    at = timezone.now()
    circular = access.get_circular(request.member, pk)
    context = {"circular": circular, "crumbs": crumbs((circular.number, None))}
    if not circular.is_published:
        context |= {
            "addressees": queries.addressees(circular),
            "lacking": operations.lacking(circular, today=request.today),
        }
        return render(request, "circulars/draft.html", context)
    context |= {"counts": queries.delivery_counts(circular, at=at), "holds": sealing.circular_holds(circular)}
    return render(request, "circulars/ministry_detail.html", context)


@requires("circulars.view")
@require_safe
def attachment(request: HttpRequest, pk) -> HttpResponse:
    return attachment_response(access.get_circular(request.member, pk))


def _in_province(found: QuerySet, province: str) -> QuerySet:
    return found.filter(tenant_id=province) | found.filter(tenant__parent_id=province)


@requires("circulars.view")
@require_safe
def deliveries(request: HttpRequest, pk) -> HttpResponse:
    at = timezone.now()
    circular = access.get_circular(request.member, pk)
    provinces = Tenant.objects.filter(level=Level.PROVINCE).order_by("name").values_list("pk", "name")
    listing = Listing(
        request,
        queries.deliveries(circular, at=at),
        columns=DELIVERY_COLUMNS,
        search=["tenant__name"],
        filters=[
            Filter(
                "keadaan",
                gettext_lazy("Keadaan"),
                [(key, words) for key, (words, _rows) in STANDINGS.items()],
                lambda found, key: STANDINGS[key][1](found),
            ),
            Filter("provinsi", gettext_lazy("Provinsi"), provinces, _in_province),
        ],
        order="name",
        noun=_("pemerintah daerah"),
        empty=Empty(_("Belum terkirim"), _("Surat terkirim pada saat diterbitkan."), icon="send"),
    )
    context = {
        "circular": circular,
        "counts": queries.delivery_counts(circular, at=at),
        "crumbs": crumbs((circular.number, reverse("circulars:ministry_detail", args=[pk])), (_("Pengiriman"), None)),
    }
    return listing.respond("circulars/deliveries.html", context)
