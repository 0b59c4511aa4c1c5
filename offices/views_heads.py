"""Pages of who leads a dinas, and of its history."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from audit import history
from offices import access, leadership
from offices import operations_heads as operations
from offices.forms_heads import HeadForm
from offices.models import Dinas, DinasHead
from portal.editing import answer, hearing
from portal.errors import DomainError


def _crumbs(dinas: Dinas, *more):
    return [(_("Dinas"), reverse("offices:dinas_list")), (dinas.name, reverse("offices:dinas_detail", args=[dinas.pk])), *more]


def _head(request, dinas: Dinas, head) -> DinasHead:
    found = dinas.heads.select_related("dinas").filter(pk=head).first()
    if found is None:
        raise Http404
    return found


@requires("dinas.view")
@require_http_methods(["GET", "HEAD", "POST"])
def dinas_heads(request, pk):
    """All who lead and led a dinas; whoever may, records the next."""
    dinas = access.get_dinas(request.member, pk, right="dinas.edit" if request.method == "POST" else "dinas.view")
    form = HeadForm(request.POST or None, dinas=dinas, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            head = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tercatat.") % {"name": head.name})
            return redirect("offices:dinas_heads", dinas.pk)
    heads = list(dinas.heads.all())
    may_edit = request.member.may("dinas.edit", dinas=dinas)
    context = {
        "crumbs": _crumbs(dinas, (_("Pimpinan"), None)),
        "dinas": dinas,
        "heads": [(head, head.serves_on(request.today), head.serves_from > request.today) for head in heads],
        "leadership": leadership.on(heads, request.today),
        "suggestions": leadership.suggestions(request.member, dinas, request.today) if may_edit else [],
        "may_edit": may_edit,
    }
    return answer(request, "offices/dinas_heads.html", form, context)


@requires("dinas.edit")
@require_POST
def dinas_head_take(request, pk):
    """Record what the account of a head says: name, standing and days."""
    dinas = access.get_dinas(request.member, pk, right="dinas.edit")
    offered = leadership.suggestions(request.member, dinas, request.today)
    chosen = next((each for each in offered if str(each.membership.pk) == request.POST.get("membership")), None)
    if chosen is None:
        messages.info(request, _("Usulan ini sudah tidak ada. Periksa daftar di bawah."))
        return redirect("offices:dinas_heads", dinas.pk)
    try:
        operations.record_head(dinas=dinas, succeeds=True, by=request.member, at=timezone.now(), **chosen.facts)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("%(name)s tercatat.") % {"name": chosen.facts["name"]})
    return redirect("offices:dinas_heads", dinas.pk)


@requires("dinas.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def dinas_head_edit(request, pk, head):
    dinas = access.get_dinas(request.member, pk, right="dinas.edit")
    found = _head(request, dinas, head)
    form = HeadForm(request.POST or None, dinas=dinas, head=found, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("offices:dinas_heads", dinas.pk)
    crumbs = _crumbs(dinas, (_("Pimpinan"), reverse("offices:dinas_heads", args=[dinas.pk])), (found.name, None))
    return answer(request, "offices/dinas_head_form.html", form, {"crumbs": crumbs, "dinas": dinas, "head": found})


@requires("dinas.edit")
@require_POST
def dinas_head_remove(request, pk, head):
    dinas = access.get_dinas(request.member, pk, right="dinas.edit")
    found = _head(request, dinas, head)
    version = request.POST.get("version", "")
    try:
        operations.remove_head(
            head=found, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Catatan %(name)s dihapus. Jejaknya tetap ada di riwayat.") % {"name": found.name})
    return redirect("offices:dinas_heads", dinas.pk)


@requires("dinas.view")
@require_safe
def dinas_history(request, pk):
    dinas = access.get_dinas(request.member, pk)
    found = history.of("offices_dinas", dinas.pk, within=[("offices_dinashead", "dinas_id", [dinas.pk])])
    context = {
        "crumbs": _crumbs(dinas, (_("Riwayat"), None)),
        "dinas": dinas,
        "history": found.page(request.GET.get("hal", "1")),
    }
    return render(request, "offices/dinas_history.html", context)
