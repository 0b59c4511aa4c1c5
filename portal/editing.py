"""
Pages that change something: what the operation refuses becomes an error of the form, and every entry stays.

    form = OfficeForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            operations.edit_office(office=office, by=request.member, at=timezone.now(), **form.cleaned_data)
            return redirect("offices:detail", office.pk)
    return answer(request, "offices/office_edit.html", form)

A form of something that carries a version is a ``VersionedForm``. Where somebody else has saved in between, the page comes back
with both versions side by side (templates/portal/lost_update.html); it then carries the newer version, so that saving once more
is done knowingly.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.errors import DomainError
from portal.forms import refuse

UNPROCESSABLE = 422


class VersionedForm(forms.Form):
    """Carries the version that was on the screen; ``cleaned_data["version"]`` is None for something new."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


def rewrite(form: forms.BaseForm, name: str, text: str) -> None:
    """Put what was understood of an entry in its place: the page shows it from here on. Called while the form is cleaned."""
    given: Any = form.data
    data = given.copy()
    data[form.add_prefix(name)] = text
    form.data = data


@contextmanager
def hearing(form: forms.BaseForm) -> Iterator[None]:
    """Turn the refusal of an operation into an error of ``form``; whatever else goes wrong passes through."""
    try:
        yield
    except DomainError as error:
        refuse(form, error)


def answer(request: HttpRequest, template: str, form: forms.BaseForm, context: dict | None = None) -> HttpResponse:
    """The page with its form: 200 when it is asked for, 422 when something in it has to be mended."""
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, {**(context or {}), "form": form}, status=status)
