import pytest
from django import forms
from django.http import QueryDict

from portal.editing import VersionedForm, answer, hearing, rewrite
from portal.errors import DomainError


class Named(VersionedForm):
    name = forms.CharField(label="Nama")


def typed(**entries) -> Named:
    data = QueryDict(mutable=True)
    data.update(entries)
    return Named(data)


def test_refusal_becomes_an_error_of_its_field():
    form = typed(name="Loket")

    with hearing(form):
        raise DomainError("Nama ini sudah ada.", field="name")

    assert form.errors == {"name": ["Nama ini sudah ada."]}


def test_refusal_without_a_field_is_the_whole_forms():
    form = typed(name="Loket")

    with hearing(form):
        raise DomainError("Kantor sudah ditutup.")

    assert form.non_field_errors() == ["Kantor sudah ditutup."]


def test_what_is_no_refusal_passes_through():
    with pytest.raises(ZeroDivisionError), hearing(typed(name="Loket")):
        raise ZeroDivisionError


@pytest.mark.parametrize(("entries", "version"), [({}, None), ({"version": "3"}, 3)])
def test_something_new_has_no_version(entries, version):
    form = typed(name="Loket", **entries)

    assert (form.is_valid(), form.cleaned_data["version"]) == (True, version)


def test_what_was_understood_is_shown_in_place_of_what_was_typed():
    form = typed(name="  Loket ")

    rewrite(form, "name", "Loket")

    assert form["name"].value() == "Loket"


@pytest.mark.parametrize(("form", "status"), [(Named(), 200), (typed(name="Loket"), 200), (typed(name=""), 422)])
def test_answer_is_422_where_something_is_to_be_mended(rf, monkeypatch, form, status):
    monkeypatch.setattr("portal.editing.render", lambda request, template, context, status: status)

    assert answer(rf.get("/"), "x.html", form) == status
