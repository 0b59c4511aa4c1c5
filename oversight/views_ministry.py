"""The pages below /pusat/: the country, every government, every office. Observers see the same; nobody writes here."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from oversight import access, briefing, freshness, lists, nation, pages, queries
from oversight.states import Days


@requires("nation.view")
@require_safe
def country(request):
    days, letters = Days.at(timezone.now()), pages.letters(request)
    provinces = nation.provinces(letters.chosen, days)
    tag = freshness.etag(request, provinces, [(each.pk, each.deadline_on) for each in letters.choices])
    if response := freshness.known(request, tag):
        return response
    whole, links = nation.total(provinces), letters.links()
    layer = briefing.layer_of(request.GET.get("ukuran", ""), whole)
    addresses = {province.slug: links.province(province.slug) for province in provinces}
    context = {
        "crumbs": [],
        "letters": letters,
        "whole": whole,
        "links": pages.figure_links(links),
        "obstacles": briefing.obstacles(whole, links),
        "provinces": [(province, addresses[province.slug]) for province in provinces],
        "calls": briefing.calls(provinces, addresses),
        "layer": layer,
        "layers": pages.layers(request, layer),
        "tiles": briefing.tiles(provinces, layer, addresses),
        "today": request.today,
    }
    return freshness.stamp(render(request, "oversight/nation.html", context), tag)


@requires("nation.view")
@require_safe
def governments(request):
    days, letters = Days.at(timezone.now()), pages.letters(request)
    found = queries.governments(letters.chosen, days)
    listing = lists.governments(request, found, letters.chosen, days, nationwide=True)
    context = {"crumbs": [(_("Wilayah"), None)], "letters": letters, "place": pages.ABOVE, "nationwide": True}
    return listing.respond("oversight/governments.html", context)


@requires("nation.view")
@require_safe
def offices(request):
    days = Days.at(timezone.now())
    listing = lists.offices(request, queries.offices(days), nationwide=True)
    return listing.respond("oversight/offices.html", {"crumbs": [(_("Kantor"), None)], "place": pages.ABOVE})


@requires("nation.view")
@require_safe
def government(request, slug):
    tenant = access.get_government(request.member, slug)
    crumbs = [(_("Wilayah"), reverse("oversight:governments"))]
    if not tenant.is_province:
        crumbs.append((tenant.parent.name, reverse("oversight:province", args=[tenant.parent.slug])))
    return pages.government(request, tenant, Days.at(timezone.now()), crumbs=[*crumbs, (tenant.name, None)], place=pages.ABOVE)


@requires("nation.view")
@require_safe
def office(request, slug, pk):
    days = Days.at(timezone.now())
    found = access.get_office(request.member, slug, pk, days)
    crumbs = [(_("Wilayah"), reverse("oversight:governments"))]
    if not found.tenant.is_province:
        crumbs.append((found.tenant.parent.name, reverse("oversight:province", args=[found.tenant.parent.slug])))
    crumbs.append((found.tenant.name, reverse("oversight:government", args=[slug])))
    return pages.office(request, found, days, crumbs=[*crumbs, (found.name, None)])
