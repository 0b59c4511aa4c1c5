"""Pages that change one thing: new, its facts, place and condition, writing off and taking back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import requires
from equipment import access, operations
from equipment.enums import Condition
from equipment.forms import ConditionForm, ItemForm, MoveForm, WriteOffForm
from equipment.place_choices import Places
from equipment.views import crumbs_of
from offices.access import get_office
from offices.views import crumbs_to
from portal.editing import answer, hearing
from portal.errors import DomainError


def _wished(request) -> dict:
    """What the page that led here asks for: a place, a kind."""
    return {name: request.GET[name] for name in ("place", "kind", "purpose") if request.GET.get(name)}


def _new(request, offices, crumbs, back):
    places = Places(offices)
    form = ItemForm(request.POST or None, places=places, wished=_wished(request))
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            added = form.add(places, by=request.member, at=timezone.now())
            messages.success(request, _added(added))
            if "again" in request.POST:
                return redirect(request.get_full_path())
            return redirect("equipment:item", added[0].pk) if len(added) == 1 else redirect(back)
    return answer(request, "equipment/item_form.html", form, {"crumbs": crumbs, "item": None, "back": back})


def _added(items) -> str:
    words = {"count": len(items), "first": items[0].label, "last": items[-1].label, "name": items[0].name}
    if len(items) == 1:
        return _("%(name)s tercatat dengan label %(first)s. Tulis label itu pada barangnya.") % words
    text = ngettext("%(count)s %(name)s tercatat", "%(count)s %(name)s tercatat", len(items)) % words
    return _("%(text)s, masing-masing dengan label sendiri.") % {"text": text}


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    offices = access.offices_for(request.member, request.today)
    crumbs = [(_("Inventaris"), reverse("equipment:items")), (_("Tambah barang"), None)]
    return _new(request, offices, crumbs, reverse("equipment:items"))


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request, office):
    place = get_office(request.member, office, right="equipment.edit")
    back = reverse("equipment:office_items", args=[place.pk])
    crumbs = crumbs_to(place, (_("Inventaris"), back), (_("Tambah barang"), None))
    return _new(request, [place], crumbs, back)


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request, pk):
    thing = access.get_item(request.member, pk, right="equipment.edit")
    form = ItemForm(request.POST or None, item=thing)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.edit(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("equipment:item", thing.pk)
    context = {"crumbs": crumbs_of(thing, (_("Ubah"), None)), "item": thing, "back": reverse("equipment:item", args=[thing.pk])}
    return answer(request, "equipment/item_form.html", form, context)


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_move(request, pk):
    thing = access.get_item(request.member, pk, right="equipment.edit")
    form = MoveForm(request.POST or None, places=Places(access.offices_for(request.member, request.today, thing)), item=thing)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            moved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s sekarang di %(place)s.") % {"name": moved.name, "place": _place(moved)})
            return redirect("equipment:item", thing.pk)
    context = {
        "crumbs": crumbs_of(thing, (_("Pindahkan"), None)),
        "item": thing,
        "title": _("Pindahkan"),
        "verb": _("Pindahkan"),
    }
    return answer(request, "equipment/item_change.html", form, context)


def _place(item) -> str:
    names = [place.name for place in (item.room, item.desk) if place]
    return ", ".join([*names, item.office.name]) if names else _("%(office)s, belum ditempatkan") % {"office": item.office.name}


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_condition(request, pk):
    """One tap on the thing's page; asks again only where a reason is missing."""
    thing = access.get_item(request.member, pk, right="equipment.edit")
    given = request.GET.get("kondisi", thing.condition)
    initial = {"condition": given if given in Condition.values else thing.condition, "version": thing.version}
    form = ConditionForm(request.POST or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            (graded,) = form.set([thing], by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s: %(condition)s.") % _named(graded))
            return redirect("equipment:item", thing.pk)
    context = {
        "crumbs": crumbs_of(thing, (_("Kondisi"), None)),
        "item": thing,
        "title": _("Kondisi"),
        "verb": _("Simpan kondisi"),
    }
    return answer(request, "equipment/item_change.html", form, context)


def _named(item) -> dict:
    return {"name": item.name, "condition": item.get_condition_display()}


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def item_write_off(request, pk):
    thing = access.get_item(request.member, pk, right="equipment.edit")
    form = WriteOffForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            form.write_off([thing], by=request.member, at=timezone.now())
            words = {"name": thing.name, "label": thing.label}
            messages.success(request, _("%(name)s dihapus dari inventaris. Riwayat dan labelnya %(label)s tetap ada.") % words)
            return redirect("equipment:item", thing.pk)
    title = _("Hapus dari inventaris")
    context = {"crumbs": crumbs_of(thing, (title, None)), "item": thing, "title": title, "verb": title, "danger": True}
    return answer(request, "equipment/item_change.html", form, context)


@requires("equipment.edit")
@require_POST
def item_take_back(request, pk):
    thing = access.get_item(request.member, pk, right="equipment.edit")
    version = request.POST.get("version", "")
    try:
        operations.take_back(
            item=thing, version=int(version) if version.isdecimal() else None, by=request.member, at=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("%(name)s kembali ke inventaris. Tempatkan lagi.") % {"name": thing.name})
    return redirect("equipment:item", thing.pk)
