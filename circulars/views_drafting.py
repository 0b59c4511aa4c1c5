"""Writing a circular: text, addressees, attachment, and the last look before it goes out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import requires
from circulars import access, operations, queries
from circulars.forms import AttachmentForm, ChosenForm, CircularForm, PointRows, VersionForm
from circulars.models import LARGEST_ATTACHMENT, Circular
from portal.errors import DomainError, LostUpdate
from portal.forms import Difference
from portal.forms import faults as faults_in
from portal.forms import refuse as refuse_in
from tenants.models import Tenant

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _crumbs(circular: Circular, label: str) -> list:
    return [
        (_("Surat edaran"), reverse("circulars:list")),
        (circular.number, reverse("circulars:ministry_detail", args=[circular.pk])),
        (label, None),
    ]


def _draft(request: HttpRequest, pk) -> Circular:
    return access.get_circular(request.member, pk, right="circulars.draft")


def _already_out(request: HttpRequest, circular: Circular) -> HttpResponse:
    messages.info(request, operations.AlreadyPublished(name=circular.published_by_name).message)
    return redirect("circulars:ministry_detail", circular.pk)


def _refuse(form, error: DomainError) -> None:
    """Say the refusal; there are no two texts to compare where only a button was pressed."""
    refuse_in(form, error)
    form.lost = []


# The text ---------------------------------------------------------------------------------------------------------------------


@requires("circulars.draft")
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    return _write(request, None, [(_("Surat edaran"), reverse("circulars:list")), (_("Konsep baru"), None)])


@requires("circulars.draft")
@require_http_methods(READ_AND_SEND)
def edit(request: HttpRequest, pk) -> HttpResponse:
    circular = _draft(request, pk)
    if circular.is_published:
        return _already_out(request, circular)
    return _write(request, circular, _crumbs(circular, _("Ubah")))


def _write(request: HttpRequest, circular: Circular | None, crumbs: list) -> HttpResponse:
    status = 200
    if request.method != "POST":
        form, rows = CircularForm.of(circular) if circular else CircularForm(), PointRows.of(circular)
    elif (moved := PointRows.rearranged(request.POST)) is not None:
        form, rows = CircularForm.keeping(request.POST), moved
    else:
        form, rows = CircularForm(request.POST), PointRows.typed(request.POST)
        status = 422
        if form.is_valid() & rows.is_valid():
            try:
                saved = _save(request, circular, form, rows)
            except DomainError as error:
                refuse_in(form, error)
                if isinstance(error, LostUpdate):
                    form.lost += _other_points(error.current, rows.points)  # type: ignore[attr-defined]
                status = error.status
            else:
                return redirect("circulars:ministry_detail", saved.pk)
    faults = (faults_in(form) if form.is_bound else []) + rows.faults
    context = {"form": form, "rows": rows, "faults": faults, "circular": circular, "crumbs": crumbs}
    return render(request, "circulars/circular_form.html", context, status=status)


def _other_points(current: Circular, typed: list[tuple[str, str]]) -> list[Difference]:
    """The points of a lost update, where they differ."""
    now = list(current.points.values_list("number", "text"))
    if now == typed:
        return []
    return [Difference(_("Butir"), *("\n".join(f"{number}. {text}" for number, text in points) for points in (now, typed)))]


def _save(request: HttpRequest, circular: Circular | None, form: CircularForm, rows: PointRows) -> Circular:
    letter, asked = form.letter(rows.points), {"by": request.member, "at": timezone.now()}
    if circular is None:
        saved = operations.draft(letter=letter, **asked)
        messages.success(request, _("Konsep tersimpan. Belum ada daerah yang menerimanya."))
        return saved
    saved = operations.edit(circular=circular, letter=letter, version=form.cleaned_data["version"], **asked)
    messages.success(request, _("Perubahan konsep tersimpan."))
    return saved


# Addressees -------------------------------------------------------------------------------------------------------------------


@requires("circulars.draft")
@require_http_methods(READ_AND_SEND)
def recipients(request: HttpRequest, pk) -> HttpResponse:
    """
    The picker: all governments by province, a search that keeps what was ticked before, a button for a whole province.

    It saves what it showed; the rest of the choice stays.
    """
    circular = _draft(request, pk)
    if circular.is_published:
        return _already_out(request, circular)
    search, form, status = request.GET.get("cari", "").replace("\x00", "").strip()[:100], None, 200
    if request.method == "POST":
        form = _chosen_form(request, circular)
        if form.is_valid():
            try:
                saved = operations.choose(
                    circular=circular,
                    governments=_with_provinces(request, form.governments),
                    version=form.cleaned_data["version"],
                    by=request.member,
                    at=timezone.now(),
                )
            except DomainError as error:
                _refuse(form, error)
            else:
                return _after_choosing(request, saved, search)
        status = 422
    groups = queries.picker(circular, search=search, ticked=form.governments if form else None)
    context = {
        "circular": circular,
        "form": form or VersionForm(initial={"version": circular.version}),
        "groups": groups,
        "found": sum(len(group["governments"]) for group in groups),
        "chosen": circular.chosen.count(),
        "search": search,
        "place": request.GET.get("provinsi", ""),
        "crumbs": _crumbs(circular, _("Tujuan")),
    }
    return render(request, "circulars/recipients.html", context, status=status)


def _chosen_form(request: HttpRequest, circular: Circular) -> ChosenForm:
    governments = Tenant.objects.governments().order_by("pk").values_list("pk", flat=True)
    before = set(circular.chosen.values_list("pk", flat=True))
    return ChosenForm(request.POST, governments=governments, before=before)


def _with_provinces(request: HttpRequest, chosen: set[int]) -> set[int]:
    """``chosen``, with or without the whole province whose button was pressed (``semua-12``, ``kosong-12``)."""
    action, _dash, province = request.POST.get("provinsi", "").partition("-")
    if action not in ("semua", "kosong") or not province.isdecimal():
        return chosen
    whole = Tenant.objects.governments().filter(pk=province) | Tenant.objects.governments().filter(parent_id=province)
    members = set(whole.values_list("pk", flat=True))
    return chosen | members if action == "semua" else chosen - members


def _after_choosing(request: HttpRequest, circular: Circular, search: str) -> HttpResponse:
    if request.POST.get("provinsi"):
        province = request.POST["provinsi"].rpartition("-")[2]
        query = urlencode({"provinsi": province, **({"cari": search} if search else {})})
        return redirect(f"{reverse('circulars:recipients', args=[circular.pk])}?{query}#provinsi-{province}")
    messages.success(request, _("Tujuan surat tersimpan."))
    return redirect("circulars:ministry_detail", circular.pk)


# The attachment ---------------------------------------------------------------------------------------------------------------


@requires("circulars.draft")
@require_http_methods(READ_AND_SEND)
def attach(request: HttpRequest, pk) -> HttpResponse:
    circular, status = _draft(request, pk), 200
    if circular.is_published:
        return _already_out(request, circular)
    form = AttachmentForm(initial={"version": circular.version})
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                _attach(request, circular, form)
            except DomainError as error:
                _refuse(form, error)
            else:
                messages.success(request, _("Lampiran tersimpan."))
                return redirect("circulars:ministry_detail", pk)
    context = {
        "form": form,
        "detach_form": VersionForm(initial={"version": circular.version}, auto_id="hapus_%s"),
        "circular": circular,
        "crumbs": _crumbs(circular, _("Lampiran")),
    }
    return render(request, "circulars/attach.html", context, status=status)


def _attach(request: HttpRequest, circular: Circular, form: AttachmentForm) -> None:
    file = form.cleaned_data["attachment"]
    if file.size > LARGEST_ATTACHMENT:
        raise operations.TooLarge(megabytes=LARGEST_ATTACHMENT // operations.MEGABYTE)
    operations.attach(
        circular=circular,
        name=file.name,
        content=file.read(),
        version=form.cleaned_data["version"],
        by=request.member,
        at=timezone.now(),
    )


@requires("circulars.draft")
@require_POST
def detach(request: HttpRequest, pk) -> HttpResponse:
    circular, form = _draft(request, pk), VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        operations.detach(circular=circular, version=version, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Lampiran dihapus."))
    return redirect("circulars:ministry_detail", pk)


# The last look ----------------------------------------------------------------------------------------------------------------


@requires("circulars.publish")
@require_http_methods(READ_AND_SEND)
def publish(request: HttpRequest, pk) -> HttpResponse:
    circular = access.get_circular(request.member, pk, right="circulars.publish")
    if circular.is_published:
        return _already_out(request, circular)
    form, status = VersionForm(initial={"version": circular.version}), 200
    if request.method == "POST":
        form, status = VersionForm(request.POST), 422
        if form.is_valid():
            try:
                operations.publish(
                    circular=circular, version=form.cleaned_data["version"], by=request.member, at=timezone.now()
                )
            except operations.AlreadyPublished as error:
                messages.info(request, error.message)
                return redirect("circulars:ministry_detail", pk)
            except DomainError as error:
                _refuse(form, error)
                circular = access.get_circular(request.member, pk)
            else:
                messages.success(request, _("Surat diterbitkan dan terkirim."))
                return redirect("circulars:ministry_detail", pk)
    context = {
        "form": form,
        "circular": circular,
        "addressees": queries.addressees(circular),
        "lacking": operations.lacking(circular, today=request.today),
        "crumbs": _crumbs(circular, _("Periksa dan terbitkan")),
    }
    return render(request, "circulars/publish.html", context, status=status)


@requires("circulars.draft")
@require_http_methods(READ_AND_SEND)
def discard(request: HttpRequest, pk) -> HttpResponse:
    circular = _draft(request, pk)
    if circular.is_published:
        return _already_out(request, circular)
    form, status = VersionForm(initial={"version": circular.version}), 200
    if request.method == "POST":
        form, status = VersionForm(request.POST), 422
        if form.is_valid():
            try:
                operations.discard(
                    circular=circular, version=form.cleaned_data["version"], by=request.member, at=timezone.now()
                )
            except DomainError as error:
                _refuse(form, error)
            else:
                messages.success(request, _("Konsep dibuang."))
                return redirect("circulars:list")
    context = {"form": form, "circular": circular, "crumbs": _crumbs(circular, _("Buang konsep"))}
    return render(request, "circulars/discard.html", context, status=status)
