"""Pages of the inventory."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from equipment import access, labelling, queries
from offices.access import get_office
from offices.views import crumbs_to
from portal.listing import Column, Listing


def _listing(request, found) -> Listing:
    columns = [
        Column("name", _("Barang"), sort="name"),
        Column("label", _("Label"), sort="label"),
        Column("place", _("Tempat"), sort=["office__name", "room__name", "desk__name"]),
        Column("condition", _("Kondisi"), hideable=False),
    ]
    return Listing(request, found, columns, search=["name", "label"], order="name", noun=_("barang"))


@requires("equipment.view")
@require_safe
def items(request):
    return _listing(request, queries.items()).respond("equipment/items.html", {"crumbs": [(_("Inventaris"), None)]})


@requires("equipment.view")
@require_safe
def office_items(request, office):
    place = get_office(request.member, office)
    context = {"crumbs": crumbs_to(place, (_("Inventaris"), None)), "office": place}
    return _listing(request, queries.items().filter(office=place)).respond("equipment/items.html", context)


@requires("equipment.view")
@require_safe
def item(request, pk):
    thing = access.get_item(request.member, pk)
    crumbs = [(_("Inventaris"), reverse("equipment:items")), (thing.name, None)]
    return render(request, "equipment/item.html", {"crumbs": crumbs, "item": thing})


@requires("equipment.view")
@require_safe
def by_label(request, label):
    known = labelling.read(label)
    if known is None:
        raise Http404
    return redirect("equipment:item", access.get_item_by_label(request.member, known).pk)
