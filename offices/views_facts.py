"""Pages beside an office's own: its photograph, its history, and a new office set up like it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import requires
from offices import access, copying, past
from offices import operations_photo as operations
from offices.forms_copy import CopyForm
from offices.forms_photo import PhotoForm
from offices.models import Office, OfficePhoto
from offices.queries_photo import photo_of
from portal.editing import answer, hearing
from portal.images import photo_response


def crumbs_to(office: Office, *more):
    """The way to a page below an office."""
    return [(_("Kantor"), reverse("offices:list")), (office.name, reverse("offices:detail", args=[office.pk])), *more]


# Photograph -------------------------------------------------------------------------------------------------------------------


@requires("offices.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request, pk):
    office = access.get_office(request.member, pk, right="offices.edit")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid():
            with hearing(form):
                form.save(office=office, by=request.member, at=timezone.now())
                messages.success(request, _("Foto %(name)s tersimpan.") % {"name": office.name})
                return redirect("offices:detail", office.pk)
    context = {"crumbs": crumbs_to(office, (_("Foto"), None)), "office": office, "photo": photo_of(office)}
    return answer(request, "offices/office_photo.html", form, context)


@requires("offices.view")
@require_safe
def photo_file(request, pk, sha256):
    """The picture itself; an address that holds another hash than it has now leads nowhere."""
    office = access.get_office(request.member, pk)
    kept = OfficePhoto.objects.filter(office=office, sha256=sha256).first()
    if kept is None:
        raise Http404
    return photo_response(request, kept.content, kept.sha256)


@requires("offices.edit")
@require_POST
def photo_remove(request, pk):
    office = access.get_office(request.member, pk, right="offices.edit")
    if operations.remove_photo(office=office, by=request.member, at=timezone.now()):
        messages.success(request, _("Foto %(name)s dihapus.") % {"name": office.name})
    return redirect("offices:detail", office.pk)


# History ----------------------------------------------------------------------------------------------------------------------


@requires("offices.view")
@require_safe
def office_history(request, pk):
    """All that became of an office: when it served and why not, and who changed what."""
    office = access.get_office(request.member, pk)
    context = {
        "crumbs": crumbs_to(office, (_("Riwayat"), None)),
        "office": office,
        "state": office.state_on(request.today),
        "turns": past.turns(office),
        "history": past.changes(office).page(request.GET.get("hal", "1")),
    }
    return render(request, "offices/office_history.html", context)


# Copy -------------------------------------------------------------------------------------------------------------------------


@requires("offices.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def office_copy(request, pk):
    """A new office of the same dinas, with as much of this one's set-up as is chosen."""
    office = access.get_office(request.member, pk, right="offices.edit")
    form = CopyForm(request.POST or None, office=office, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            made = form.save(by=request.member, at=timezone.now())
            messages.success(request, _("%(name)s dibuka. Periksa yang ikut disalin.") % {"name": made.name})
            return redirect("offices:detail", made.pk)
    context = {"crumbs": crumbs_to(office, (_("Salin"), None)), "office": office, "left_out": copying.LEFT_OUT}
    return answer(request, "offices/office_copy.html", form, context)
