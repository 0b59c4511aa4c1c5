"""Whom participants and assistants ask when something fails (point 11), with the day from which it holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.policy import requires
from guides import operations, queries
from guides.forms import ContactForm
from portal.dates import plain_date
from portal.editing import answer, hearing


@requires("guides.view")
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request) -> HttpResponse:
    """All contacts with the form for the next one; the form is for who edits."""
    if request.method == "POST" and not request.member.may("guides.edit"):
        return requires("guides.edit")(lambda request: HttpResponse())(request)
    current = queries.contact(request.today)
    form = ContactForm(request.POST or None, initial=_of(current) | {"valid_from": request.today})
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            entered = operations.set_contact(by=request.member, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Kontak tersimpan; berlaku sejak %(day)s.") % {"day": plain_date(entered.valid_from)})
            return redirect("guides:contacts")
    found = [
        {"contact": each, "hours": queries.care_hours(each), "counts": current is not None and each.pk == current.pk}
        for each in queries.contacts()
    ]
    context = {
        "contacts": found,
        "current": current,
        "today": request.today,
        "may_edit": request.member.may("guides.edit"),
        "crumbs": [(_("Panduan"), reverse("guides:list")), (_("Layanan pelanggan"), None)],
    }
    return answer(request, "guides/contacts.html", form, context)


def _of(contact) -> dict:
    names = ("phone", "whatsapp", "email", "weekdays", "opens", "closes")
    return {name: getattr(contact, name) for name in names} if contact else {}
