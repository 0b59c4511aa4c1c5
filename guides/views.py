"""The guides at the ministry: what counts, what is being written, and its publication."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from guides import operations, queries
from guides.enums import GuideKey
from guides.forms import GuideForm, PublishForm, StepRows
from guides.models import GuideVersion
from portal.editing import UNPROCESSABLE, VersionedForm, answer, hearing
from portal.errors import DomainError, LostUpdate
from portal.forms import Difference
from portal.forms import faults as faults_in
from portal.forms import refuse as refuse_in

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _crumbs(guide: GuideKey, label: str = "") -> list:
    crumbs: list = [(_("Panduan"), reverse("guides:list"))]
    if not label:
        return [*crumbs, (guide.label, None)]
    return [*crumbs, (guide.label, reverse("guides:detail", args=[guide])), (label, None)]


@requires("guides.view")
@require_safe
def guide_list(request) -> HttpResponse:
    shelves = queries.shelves()
    contact = queries.contact(request.today)
    context = {
        "shelves": shelves,
        "drafts": [shelf for shelf in shelves if shelf.draft],
        "contact": contact,
        "contact_hours": queries.care_hours(contact) if contact else "",
        "may_edit": request.member.may("guides.edit"),
        "crumbs": [(_("Panduan"), None)],
    }
    return render(request, "guides/guide_list.html", context)


@requires("guides.view")
@require_safe
def detail(request, guide: GuideKey) -> HttpResponse:
    editions = list(queries.editions(guide))
    context = {
        "guide": guide,
        "current": editions[0] if editions else None,
        "earlier": editions[1:],
        "draft": queries.draft(guide),
        "may_edit": request.member.may("guides.edit"),
        "crumbs": _crumbs(guide),
    }
    return render(request, "guides/detail.html", context)


@requires("guides.view")
@require_safe
def edition(request, guide: GuideKey, number: int) -> HttpResponse:
    """One of the editions that were ever published."""
    editions = queries.editions(guide)
    shown, current = editions.filter(number=number).first(), editions.first()
    if shown is None:
        raise Http404
    label = _("Edisi %(number)s") % {"number": number}
    context = {"guide": guide, "shown": shown, "current": current, "crumbs": _crumbs(guide, label)}
    return render(request, "guides/edition.html", context)


@requires("guides.edit")
@require_http_methods(READ_AND_SEND)
def edit(request, guide: GuideKey) -> HttpResponse:
    """The text of the draft; where there is none, of the edition that counts, from which one is begun."""
    draft, status = queries.draft(guide), 200
    text = draft or queries.current(guide)
    if request.method != "POST":
        form, rows = GuideForm.of(text, version=draft.version if draft else 0), StepRows.of(text)
    elif (arranged := StepRows.rearranged(request.POST)) is not None:
        form, rows = GuideForm.keeping(request.POST), arranged
    else:
        form, rows, status = GuideForm(request.POST), StepRows.typed(request.POST), UNPROCESSABLE
        if form.is_valid() & rows.is_valid():
            try:
                _write(request, guide, form, rows)
            except DomainError as error:
                refuse_in(form, error)
                if isinstance(error, LostUpdate):
                    form.lost += _other_steps(error.current, rows.entries)  # type: ignore[attr-defined]
                status = error.status
            else:
                messages.success(request, _("Konsep tersimpan. Yang berlaku tetap edisi lama sampai Anda menerbitkannya."))
                return redirect("guides:publish" if "terbitkan" in request.POST else "guides:detail", guide)
    faults = (faults_in(form) if form.is_bound else []) + rows.faults
    context = {
        "form": form,
        "rows": rows,
        "faults": faults,
        "guide": guide,
        "draft": draft,
        "crumbs": _crumbs(guide, _("Ubah")),
    }
    return render(request, "guides/guide_form.html", context, status=status)


def _write(request, guide: GuideKey, form: GuideForm, rows: StepRows) -> GuideVersion:
    return operations.write(
        guide=guide,
        text=form.text(rows.entries),
        version=form.cleaned_data["version"] or 0,
        by=request.member,
        at=timezone.now(),
    )


def _other_steps(current: GuideVersion, typed: list[tuple[str, str]]) -> list[Difference]:
    """The steps of a lost update, where they differ."""
    now = [(step["title"], step["text"]) for step in current.steps]
    if now == typed:
        return []
    return [Difference(_("Langkah"), *("\n".join(f"{title}: {text}" for title, text in steps) for steps in (now, typed)))]


@requires("guides.edit")
@require_http_methods(READ_AND_SEND)
def publish(request, guide: GuideKey) -> HttpResponse:
    """The draft beside the edition that counts, and the button that makes it the next one."""
    draft, current = queries.draft(guide), queries.current(guide)
    if draft is None:
        messages.info(request, operations.NoDraft().message)
        return redirect("guides:detail", guide)
    form = PublishForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            published = operations.publish(guide=guide, by=request.member, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Edisi %(number)s berlaku sekarang.") % {"number": published.number})
            return redirect("guides:detail", guide)
    changes = queries.compare(current.steps if current else [], draft.steps)
    context = {
        "guide": guide,
        "draft": draft,
        "current": current,
        "changes": changes,
        "changed": sum(change.kind != "same" for change in changes),
        "lacking": operations.lacking(draft, current),
        "crumbs": _crumbs(guide, _("Periksa dan terbitkan")),
    }
    return answer(request, "guides/publish.html", form, context)


@requires("guides.edit")
@require_POST
def discard(request, guide: GuideKey) -> HttpResponse:
    form = VersionedForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        operations.discard(guide=guide, version=version, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Konsep dibuang. Yang berlaku tetap edisi yang terakhir diterbitkan."))
    return redirect("guides:detail", guide)
