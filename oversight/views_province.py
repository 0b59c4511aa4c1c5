"""What the governor's staff see of the districts of their province; row level security holds the same line below."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from oversight import access, lists, nation, pages, queries
from oversight.states import Days


def _province(request):
    """Only provinces have districts: elsewhere these pages do not exist."""
    if not request.tenant.is_province:
        raise Http404
    return request.tenant


@requires("districts.view")
@require_safe
def districts(request):
    province, days, letters = _province(request), Days.at(timezone.now()), pages.letters(request)
    found = queries.governments(letters.chosen, days).filter(parent=province)
    listing = lists.governments(request, found, letters.chosen, days, nationwide=False)
    context = {
        "crumbs": [(_("Kabupaten/kota"), None)],
        "letters": letters,
        "place": pages.BELOW,
        "nationwide": False,
        "whole": nation.total(nation.provinces(letters.chosen, days, only=province)),
    }
    return listing.respond("oversight/governments.html", context)


@requires("districts.view")
@require_safe
def offices(request):
    province, days = _province(request), Days.at(timezone.now())
    found = queries.offices(days).filter(tenant__parent=province)
    crumbs = [(_("Kabupaten/kota"), reverse("oversight:districts")), (_("Kantor"), None)]
    return lists.offices(request, found, nationwide=False).respond(
        "oversight/offices.html", {"crumbs": crumbs, "place": pages.BELOW}
    )


@requires("districts.view")
@require_safe
def district(request, slug):
    _province(request)
    tenant = access.get_government(request.member, slug)
    crumbs = [(_("Kabupaten/kota"), reverse("oversight:districts")), (tenant.name, None)]
    return pages.government(request, tenant, Days.at(timezone.now()), crumbs=crumbs, place=pages.BELOW)


@requires("districts.view")
@require_safe
def office(request, slug, pk):
    _province(request)
    days = Days.at(timezone.now())
    found = access.get_office(request.member, slug, pk, days)
    crumbs = [
        (_("Kabupaten/kota"), reverse("oversight:districts")),
        (found.tenant.name, reverse("oversight:district", args=[slug])),
        (found.name, None),
    ]
    return pages.office(request, found, days, crumbs=crumbs)
