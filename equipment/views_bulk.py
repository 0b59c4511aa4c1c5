"""What is done to several chosen rows of a list: first what would be refused and why, then the rest, all or none."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.policy import requires
from equipment import access, places
from equipment.forms import ConditionForm, PlaceForm, WriteOffForm
from equipment.models import Item
from equipment.place_choices import Places
from portal.editing import UNPROCESSABLE, hearing

MOVE, GRADE, WRITE_OFF = "pindah", "kondisi", "hapus"
MOST = 500


@dataclass(frozen=True)
class Refusal:
    item: Item
    reason: str


def _chosen(request) -> list[Item]:
    """The things whose boxes were ticked, as this government has them."""
    field = forms.UUIDField()
    keys = []
    for text in request.POST.getlist("item")[:MOST]:
        try:
            keys.append(field.clean(text))
        except forms.ValidationError:
            continue
    found = Item.objects.select_related("office__dinas", "room", "desk").in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _form(request, action: str, items: list[Item]):
    sent = request.POST if "go" in request.POST else None
    if action == MOVE:
        mine, _others = access.editable(request.member, items)
        offices = access.offices_for(request.member, request.today, mine[0] if mine else None)
        return PlaceForm(sent, places=Places(offices, desks=False))
    if action == GRADE:
        return ConditionForm(sent, today=request.today)
    if action == WRITE_OFF:
        return WriteOffForm(sent, today=request.today)
    raise Http404


def _sorted_out(request, items: list[Item], form) -> tuple[list[Item], list[Refusal]]:
    """Which of the things the wish can be fulfilled for; the others with the reason."""
    mine, others = access.editable(request.member, items)
    refused = [Refusal(item, _("milik %(dinas)s") % {"dinas": item.office.dinas.name}) for item in others]
    refused += [Refusal(item, _("sudah dihapus dari inventaris")) for item in mine if item.removed_on]
    left = [item for item in mine if not item.removed_on]
    if isinstance(form, PlaceForm) and form.is_bound and form.is_valid():
        why = places.refusals(left, form.chosen.room)
        refused += [Refusal(item, why[item.pk]) for item in left if item.pk in why]
        left = [item for item in left if item.pk not in why]
    return left, refused


def _act(form, items: list[Item], *, by, at) -> str:
    count = len(items)
    if isinstance(form, PlaceForm):
        form.move(items, by=by, at=at)
        text = ngettext("%(count)s barang dipindahkan.", "%(count)s barang dipindahkan.", count)
    elif isinstance(form, ConditionForm):
        form.set(items, by=by, at=at)
        text = ngettext("Kondisi %(count)s barang tersimpan.", "Kondisi %(count)s barang tersimpan.", count)
    else:
        form.write_off(items, by=by, at=at)
        text = ngettext("%(count)s barang dihapus dari inventaris.", "%(count)s barang dihapus dari inventaris.", count)
    return text % {"count": count}


TITLES = {
    MOVE: (lambda: _("Pindahkan barang terpilih"), lambda: _("Pindahkan")),
    GRADE: (lambda: _("Kondisi barang terpilih"), lambda: _("Simpan kondisi")),
    WRITE_OFF: (lambda: _("Hapus barang terpilih dari inventaris"), lambda: _("Hapus dari inventaris")),
}


@requires("equipment.edit")
@require_POST
def bulk(request):
    """
    Asked with the ticked boxes it shows the question; sent with it, it acts where nothing is refused.

    Where something is refused the page says what and why, and asks whether to go on with the others (``without`` says yes).
    """
    action, items, back = request.POST.get("action", ""), _chosen(request), _back(request)
    form = _form(request, action, items)
    if not items:
        messages.warning(request, _("Pilih dahulu barangnya: centang kotak di depan namanya."))
        return redirect(back)
    left, refused = _sorted_out(request, items, form)
    if form.is_bound and form.is_valid() and left and (not refused or "without" in request.POST):
        with hearing(form):
            messages.success(request, _act(form, left, by=request.member, at=timezone.now()))
            return redirect(back)
    title, verb = (text() for text in TITLES[action])
    context = {
        "crumbs": [(_("Inventaris"), reverse("equipment:items")), (title, None)],
        "title": title, "verb": verb, "action": action, "items": left, "refused": refused, "chosen": items, "form": form,
        "back": back, "asked": form.is_bound and not form.errors, "danger": action == WRITE_OFF,
    }  # fmt: skip
    status = UNPROCESSABLE if form.is_bound and (form.errors or refused) else 200
    return render(request, "equipment/bulk.html", context, status=status)


def _back(request) -> str:
    """The list from which this came, with its filters."""
    url = request.POST.get("back", "")
    inventory = reverse("equipment:items")
    own = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if own else inventory
