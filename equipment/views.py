"""Pages of the inventory: its lists, exports, one thing."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from audit import history
from equipment import access, ageing, labelling, listings, measuring, queries
from equipment.enums import Category, Condition
from equipment.models import Item
from offices.access import get_office
from offices.views import crumbs_to


def crumbs_of(item: Item, *more):
    """The way to a page below a thing."""
    inventory = (_("Inventaris"), reverse("equipment:office_items", args=[item.office_id]))
    return crumbs_to(item.office, inventory, (item.name, reverse("equipment:item", args=[item.pk])), *more)


def _jump(request):
    """Who types or scans a whole label into the search is led to the thing; None where it is none, or not ours."""
    label = labelling.read(request.GET.get("cari", ""))
    found = Item.objects.filter(label=label).first() if label else None
    if found is None:
        return None
    url = reverse("equipment:item", args=[found.pk])
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def _page(request, office=None):
    if (found := _jump(request)) is not None:
        return found
    listing = listings.items(request, office)
    newest = queries.newest_checks(listing.rows) if "checks" in listing.shown else {}
    for each in listing.rows:
        standings = queries.standings(newest, each, request.today)
        each.standing = ageing.worst(standings)
    export = reverse("equipment:office_items_csv", args=[office.pk]) if office else reverse("equipment:items_csv")
    may_edit = request.member.may("equipment.edit", **({"dinas": office.dinas_id} if office else {}))
    context = {
        "crumbs": crumbs_to(office, (_("Inventaris"), None)) if office else [(_("Inventaris"), None)],
        "office": office,
        "tally": queries.tally(office),
        "may_edit": may_edit,
        "new_url": reverse("equipment:item_new", args=[office.pk]) if office else reverse("equipment:new"),
        "export_url": f"{export}?{request.GET.urlencode()}",
    }
    return listing.respond("equipment/items.html", context)


@requires("equipment.view")
@require_safe
def items(request):
    return _page(request)


@requires("equipment.view")
@require_safe
def office_items(request, office):
    return _page(request, get_office(request.member, office))


# Export -----------------------------------------------------------------------------------------------------------------------

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(request, office=None):
    """The list as it is seen, all its pages; semicolons and a byte order mark, as Excel in Indonesia opens it."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"inventaris-{request.tenant.slug}-{request.today:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    for row in listings.table(listings.items(request, office), request.today):
        writer.writerow([_safe(text) for text in row])
    return response


@requires("equipment.view")
@require_safe
def items_csv(request):
    return _csv(request)


@requires("equipment.view")
@require_safe
def office_items_csv(request, office):
    return _csv(request, get_office(request.member, office))


# One thing --------------------------------------------------------------------------------------------------------------------


@requires("equipment.view")
@require_safe
def item(request, pk):
    thing = access.get_item(request.member, pk)
    standings = queries.standings(queries.newest_checks([thing]), thing, request.today)
    told = history.of("equipment_item", thing.pk, within=[("equipment_check", "item_id", [thing.pk])])
    may_edit = request.member.may("equipment.edit", dinas=thing.office.dinas_id)
    context = {
        "crumbs": crumbs_to(thing.office, *_above(thing), (thing.name, None)),
        "item": thing,
        "readiness": queries.Readiness(thing, tuple(standings)) if thing.category == Category.DEVICE else None,
        "checks": [(each, measuring.spoken(each.check.result) if each.check else "") for each in standings],
        "conditions": [each for each in Condition if each != thing.condition],
        "may_edit": may_edit and thing.removed_on is None,
        "may_take_back": may_edit and thing.removed_on is not None,
        "history": told.page(request.GET.get("hal", "1")),
    }
    return render(request, "equipment/item.html", context)


def _above(thing: Item):
    return [(_("Inventaris"), reverse("equipment:office_items", args=[thing.office_id]))]


@requires("equipment.view")
@require_safe
def by_label(request, label):
    known = labelling.read(label)
    if known is None:
        raise Http404
    return redirect("equipment:item", access.get_item_by_label(request.member, known).pk)
