"""Pages of the workbook of an office, and of a dinas: download, upload, what an upload would change."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from offices.access import get_dinas, get_office
from offices.models import Dinas, Office
from offices.views import crumbs_to
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing
from workbooks import access, operations, queries, scope, writing
from workbooks.enums import OPEN, WAITING, Action, RunState
from workbooks.forms import UploadForm
from workbooks.models import ImportRun
from workbooks.sheets import BY_KEY

KINDS = {
    RunState.RECEIVED: "none", RunState.CHECKING: "none", RunState.CHECKED: "warn", RunState.APPLYING: "none",
    RunState.APPLIED: "ok", RunState.REFUSED: "bad", RunState.CANCELLED: "none",
}  # fmt: skip
ROW_KINDS = {Action.NEW: "ok", Action.CHANGE: "warn", Action.REMOVE: "bad", Action.FAULT: "late"}


# Where a workbook is fetched and brought back ---------------------------------------------------------------------------------


def _scope(request, dinas: Dinas, office: Office | None):
    return scope.of(dinas=dinas, office=office, tenant=request.tenant, today=request.today)


def _crumbs(dinas: Dinas, office: Office | None, *more):
    here = (_("Buku kerja Excel"), reverse("workbooks:office", args=[office.pk]) if office else _home(dinas, None))
    trail = [*more] or [(here[0], None)]
    above = (
        crumbs_to(office)
        if office
        else [(_("Dinas"), reverse("offices:dinas_list")), (dinas.name, reverse("offices:dinas_detail", args=[dinas.pk]))]
    )
    return [*above, *([here] if more else []), *trail]


def _home(dinas: Dinas, office: Office | None) -> str:
    return reverse("workbooks:office", args=[office.pk]) if office else reverse("workbooks:dinas", args=[dinas.pk])


def _page(request, dinas: Dinas, office: Office | None):
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            run = form.save(dinas=dinas, office=office, by=request.member, at=timezone.now())
            return redirect("workbooks:run", run.pk)
    place = _scope(request, dinas, office)
    kind, key = ("office", office.pk) if office else ("dinas", dinas.pk)
    context = {
        "crumbs": _crumbs(dinas, office),
        "name": place.name,
        "office": office,
        "dinas": dinas,
        "download_url": reverse(f"workbooks:{kind}_workbook", args=[key]),
        "sheets": [
            {"sheet": sheet, "url": reverse(f"workbooks:{kind}_csv", args=[key, sheet.key])}
            for sheet in writing.visible_sheets(place, request.member)
        ],
        "uploads": [_upload(run) for run in queries.runs(dinas, office)[:10]],
    }
    return answer(request, "workbooks/home.html", form, context)


@dataclass(frozen=True)
class Upload:
    """A run with its state as colour and word."""

    run: ImportRun
    kind: str
    word: str


def _upload(run: ImportRun) -> Upload:
    """A checked run says what the check has found."""
    if run.state == RunState.CHECKED and run.faults:
        return Upload(run, "bad", _("ada baris salah"))
    if run.state == RunState.CHECKED and not run.changes:
        return Upload(run, "none", _("tidak ada perubahan"))
    return Upload(run, KINDS[RunState(run.state)], run.get_state_display())


@requires("workbooks.import")
@require_http_methods(["GET", "HEAD", "POST"])
def office(request, pk):
    found = get_office(request.member, pk, right="workbooks.import")
    return _page(request, found.dinas, found)


@requires("workbooks.import")
@require_http_methods(["GET", "HEAD", "POST"])
def dinas(request, pk):
    return _page(request, get_dinas(request.member, pk, right="workbooks.import"), None)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _workbook(request, place) -> HttpResponse:
    content = writing.workbook(place, by=request.member, at=timezone.now())
    return _file(content, writing.MEDIA_TYPE, writing.file_name(place, "xlsx"))


def _csv(request, place, key: str) -> HttpResponse:
    sheet = BY_KEY.get(key)
    if sheet is None or sheet not in writing.visible_sheets(place, request.member):
        raise Http404
    name = f"{sheet.key}-{writing.file_name(place, 'csv')}"
    return _file(writing.sheet_csv(sheet, place), "text/csv; charset=utf-8", name)


@requires("workbooks.export")
@require_safe
def office_workbook(request, pk):
    found = get_office(request.member, pk, right="workbooks.export")
    return _workbook(request, _scope(request, found.dinas, found))


@requires("workbooks.export")
@require_safe
def office_csv(request, pk, sheet):
    found = get_office(request.member, pk, right="workbooks.export")
    return _csv(request, _scope(request, found.dinas, found), sheet)


@requires("workbooks.export")
@require_safe
def dinas_workbook(request, pk):
    return _workbook(request, _scope(request, get_dinas(request.member, pk, right="workbooks.export"), None))


@requires("workbooks.export")
@require_safe
def dinas_csv(request, pk, sheet):
    return _csv(request, _scope(request, get_dinas(request.member, pk, right="workbooks.export"), None), sheet)


# What an upload would change --------------------------------------------------------------------------------------------------


def _listing(request, run: ImportRun) -> Listing:
    sheets = [(tally.key, tally.title) for tally in queries.tallies(run)]
    actions = [(action.value, action.label) for action in Action if action != Action.SAME]
    return Listing(
        request,
        queries.rows(run),
        columns=[
            Column("where", _("Baris"), sort="number"),
            Column("action", _("Tindakan"), sort="action", hideable=False),
            Column("what", _("Data"), sort="title"),
            Column("changes", _("Perubahan"), hideable=False),
        ],
        search=["title"],
        filters=[
            Filter("lembar", _("Lembar"), sheets, "sheet"),
            Filter("tindakan", _("Tindakan"), actions, "action"),
            Filter("perhatian", _("Perhatian"), [("ya", _("dengan peringatan"))], lambda rows, _v: rows.exclude(warnings=[])),
        ],
        order="number",
        per_page=50,
        noun=_("baris"),
        search_label=_("Cari nama"),
        empty=Empty(
            _("Tidak ada yang berubah"),
            _("Setiap baris berkas ini sama dengan isi Loket."),
            icon="circle-check",
        ),
    )


@requires("workbooks.import")
@require_safe
def run(request, pk):
    """The run; while it is under way a small part of it is fetched every second, and all of it when that is over."""
    found = access.get_run(request.member, pk)
    waiting = found.state in WAITING
    context = {
        "crumbs": _crumbs(found.dinas, found.office, (found.file_name, None)),
        "run": found,
        "waiting": waiting,
        "home_url": _home(found.dinas, found.office),
        "tallies": [tally for tally in queries.tallies(found) if tally.touched],
        "untouched": [tally.title for tally in queries.tallies(found) if not tally.touched],
        "may_apply": found.state == RunState.CHECKED and not found.faults and found.changes,
        "may_cancel": found.state in OPEN,
        "may_check": found.state == RunState.CHECKED and bool(found.reason),
    }
    if (request.headers.get("HX-Target") or "").endswith("#impor"):
        response = render(request, "workbooks/run.html#state", context)
        if not waiting:
            response["HX-Refresh"] = "true"
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response
    if waiting or found.state == RunState.REFUSED:
        return render(request, "workbooks/run.html", context | {"listing": None})
    listing = _listing(request, found)
    for row in listing.rows:
        row.sheet_title = BY_KEY[row.sheet].title
        row.kind = ROW_KINDS[Action(row.action)]
    return listing.respond("workbooks/run.html", context)


def _asked(request, pk, act, done: str):
    """Do what a button asks for; a refusal becomes a message on the same page."""
    found = access.get_run(request.member, pk)
    try:
        act(run=found, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        if done:
            messages.success(request, done)
    return redirect("workbooks:run", found.pk)


@requires("workbooks.import")
@require_POST
def apply(request, pk):
    return _asked(request, pk, operations.start, "")


@requires("workbooks.import")
@require_POST
def check_again(request, pk):
    return _asked(request, pk, operations.check_again, "")


@requires("workbooks.import")
@require_POST
def cancel(request, pk):
    return _asked(request, pk, operations.cancel, _("Impor dibatalkan. Tidak ada yang berubah."))


@requires("workbooks.import")
@require_POST
def wake(request, pk):
    return _asked(request, pk, operations.wake, "")
