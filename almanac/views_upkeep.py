"""Seasons and the versions of browsers, as the ministry keeps them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from almanac import operations_filling, operations_upkeep, queries
from almanac.enums import Browser
from almanac.forms import BrowserForm, SeasonForm
from almanac.models import BrowserVersion, Season
from portal.editing import answer, hearing
from portal.listing import Column, Empty, Filter, Listing

READ_AND_SEND = ["GET", "HEAD", "POST"]


# Seasons ----------------------------------------------------------------------------------------------------------------------


def _season_page(request, form, season):
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": saved.name})
            return redirect(f"{reverse('almanac:days')}?tahun={saved.first_on.year}")
    crumbs = [(_("Kalender"), reverse("almanac:days")), (season.name if season else _("Catat musim"), None)]
    return answer(request, "almanac/season_form.html", form, {"crumbs": crumbs, "season": season})


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def season_new(request):
    return _season_page(request, SeasonForm(request.POST or None), None)


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def season_edit(request, pk):
    season = get_object_or_404(Season, pk=pk)
    return _season_page(request, SeasonForm(request.POST or None, season=season), season)


@requires("almanac.edit")
@require_POST
def season_remove(request, pk):
    season = get_object_or_404(Season, pk=pk)
    operations_upkeep.remove_season(season=season, by=request.member, at=timezone.now())
    messages.success(request, _("%(name)s dihapus. Jadwal kantor yang dibuat darinya tetap ada.") % {"name": season.name})
    return redirect(f"{reverse('almanac:days')}?tahun={season.first_on.year}")


# Browsers ---------------------------------------------------------------------------------------------------------------------


@requires("almanac.view")
@require_safe
def browsers(request):
    """The versions of all browsers; the newest of each in a row above the list."""
    may_edit = request.member.may("almanac.edit")
    listing = Listing(
        request,
        BrowserVersion.objects.all(),
        columns=[
            Column("browser", gettext_lazy("Peramban"), sort=("browser", "major")),
            Column("major", gettext_lazy("Versi"), sort="major", numeric=True),
            Column("released_on", gettext_lazy("Terbit pada"), sort="released_on"),
            Column("source", gettext_lazy("Sumber"), sort="source"),
        ],
        filters=[Filter("peramban", gettext_lazy("Peramban"), Browser.choices, "browser")],
        order="-released_on",
        noun=_("versi"),
        empty=Empty(
            _("Belum ada versi peramban"),
            _("Tanpa daftar ini, pemeriksaan perangkat tidak dapat menilai peramban."),
            reverse("almanac:browser_new") if may_edit else "",
            _("Catat versi"),
            "world",
        ),
    )
    context = {
        "crumbs": [(_("Peramban"), None)],
        "newest": list(queries.newest_of_all(request.today).values()),
        "may_edit": may_edit,
    }
    return listing.respond("almanac/browsers.html", context)


def _browser_page(request, form, release):
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            saved = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s tersimpan.") % {"name": saved})
            return redirect("almanac:browsers")
    crumbs = [(_("Peramban"), reverse("almanac:browsers")), (str(release or _("Catat versi")), None)]
    return answer(request, "almanac/browser_form.html", form, {"crumbs": crumbs, "release": release})


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def browser_new(request):
    return _browser_page(request, BrowserForm(request.POST or None, today=request.today), None)


@requires("almanac.edit")
@require_http_methods(READ_AND_SEND)
def browser_edit(request, pk):
    release = get_object_or_404(BrowserVersion, pk=pk)
    return _browser_page(request, BrowserForm(request.POST or None, release=release), release)


@requires("almanac.edit")
@require_POST
def browser_remove(request, pk):
    release = get_object_or_404(BrowserVersion, pk=pk)
    operations_upkeep.remove_browser(release=release, by=request.member, at=timezone.now())
    messages.success(request, _("%(name)s dihapus.") % {"name": release})
    return redirect("almanac:browsers")


@requires("almanac.edit")
@require_POST
def browsers_fill(request):
    count = operations_filling.fill_browsers(at=timezone.now())
    said = ngettext("%(count)d versi ditambahkan.", "%(count)d versi ditambahkan.", count) % {"count": count}
    messages.success(request, said)
    return redirect("almanac:browsers")
