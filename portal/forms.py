"""
How every form of the portal looks and how it hears a refusal.

``PortalRenderer`` is the project's form renderer: any Django form comes out with its label above, help below, errors beside the
fields and in a summary. Dates and times get the browser's own pickers.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.dates import plain_date
from portal.errors import DomainError, LostUpdate

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
TIME_FORMATS = ("%H:%M", "%H.%M", "%H:%M:%S")
# What is said of a required field without an entry, for each kind of field.
MISSING = {
    "plain": _("Isi “%(label)s”."),
    "group": _("Isi “%(label)s”."),
    "choices": _("Pilih “%(label)s”."),
    "check": _("Centang “%(label)s” untuk melanjutkan."),
}


class PortalBoundField(BoundField):
    """A field as the templates of the portal want it; ``kind`` tells them which of the four shapes it has."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        adapt(field)
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            asked = "choices" if isinstance(field.widget, forms.Select) else self.kind
            field.error_messages["required"] = MISSING[asked] % {"label": self.label}

    @cached_property
    def kind(self) -> str:
        widget = self.field.widget
        if isinstance(widget, CHOICES):
            return "choices"
        if isinstance(widget, forms.MultiWidget):
            return "group"
        return "check" if isinstance(widget, forms.CheckboxInput) else "plain"

    @property
    def optional(self) -> bool:
        """Whether the label says so: most fields are required, so the others are marked."""
        return not self.field.required and not self.field.disabled and self.kind != "check"

    @property
    def anchor(self) -> str:
        """The id that the summary's link goes to: of a group its first control."""
        return f"{self.auto_id}_0" if self.kind in ("choices", "group") else self.id_for_label or self.auto_id


class Native:
    """
    A control of the browser's own (date, time, number) that keeps what it cannot show.

    Such a control shows nothing for an entry it does not understand; then it comes back as a line of text, and keeps it.
    """

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown:
            native = self.native(shown)
            context["widget"]["value"] = shown if native is None else native
            if native is None:
                context["widget"]["type"] = "text"
        return context


class DateEntry(Native, forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def native(self, shown: str) -> str | None:
        day = parsed(shown, DATE_FORMATS)
        return day and day.strftime("%Y-%m-%d")


class TimeEntry(Native, forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")

    def native(self, shown: str) -> str | None:
        time = parsed(shown, TIME_FORMATS)
        return time and time.strftime("%H:%M")


class NumberEntry(Native, forms.NumberInput):
    def native(self, shown: str) -> str | None:
        try:
            return shown if float(shown) == float(shown) else None
        except ValueError:
            return None


ENTRIES = {forms.DateInput: DateEntry, forms.TimeInput: TimeEntry, forms.NumberInput: NumberEntry}


def parsed(text: str, accepted: tuple[str, ...]) -> datetime.datetime | None:
    for form in accepted:
        try:
            return datetime.datetime.strptime(text.strip(), form)  # noqa: DTZ007 only its day or its time is used
        except ValueError:
            continue
    return None


def adapt(field: forms.Field) -> None:
    """Give a field for a date, time or number the browser's control; dates are read with the day first, in every language."""
    entry = ENTRIES.get(type(field.widget))
    if entry:
        required, field.widget = field.widget.is_required, entry(field.widget.attrs)
        field.widget.is_required = required
    if type(field) is forms.DateField:
        field.input_formats = DATE_FORMATS
    elif type(field) is forms.TimeField:
        field.input_formats = TIME_FORMATS


class PortalRenderer(TemplatesSetting):
    form_template_name = "portal/forms/form.html"
    formset_template_name = "portal/forms/formset.html"
    field_template_name = "portal/forms/field.html"
    bound_field_class = PortalBoundField


@dataclass(frozen=True)
class Group:
    """Fields under one heading; see ``groups``."""

    legend: str
    intro: str
    fields: list[BoundField]


def groups(form: forms.BaseForm) -> Iterable[Group]:
    """
    The visible fields of a form in the groups it declares, the rest without a heading first.

        class OfficeForm(forms.Form):
            groups = [(_("Alamat"), _("Seperti tertulis di pintu."), ["street", "city"])]
    """
    declared = [(legend, intro, list(names)) for legend, intro, names in getattr(form, "groups", [])]
    grouped = {name for _legend, _intro, names in declared for name in names}
    loose = [field for field in form.visible_fields() if field.name not in grouped]
    if loose:
        yield Group("", "", loose)
    for legend, intro, names in declared:
        yield Group(legend, intro, [form[name] for name in names if name in form.fields and not form[name].is_hidden])


def faults(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What the summary lists: each error with the id of the control to mend, empty for the whole form."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        anchor = "" if field.is_hidden else field.anchor
        found += [(anchor, named(str(field.label), str(error))) for error in field.errors]
    return found


def named(label: str, text: str) -> str:
    """An error as it stands in the summary, away from its field: with the field's name, where it does not say it itself."""
    return text if label in text else f"{label}: {text}"


@dataclass(frozen=True)
class Difference:
    """One field of a lost update: what stands there now, and what was typed."""

    label: str
    current: str
    submitted: str


def refuse(form: forms.BaseForm, error: DomainError) -> None:
    """
    Show the refusal of an operation in the form that asked for it; every entry stays.

    A lost update also gets ``form.lost``, the differences for the page to show, and the form takes on the current version: who
    has compared both and saves again, saves knowingly.
    """
    form.add_error(error.field if error.field in form.fields else None, str(error.message))
    if isinstance(error, LostUpdate):
        form.lost = differences(form, error)
        if "version" in form.fields:
            form.data = form.data.copy()
            form.data[form.add_prefix("version")] = str(error.current.version)


def differences(form: forms.BaseForm, error: LostUpdate) -> list[Difference]:
    found = []
    for field in form.visible_fields():
        if not hasattr(error.current, field.name):
            continue
        now, typed = (spoken(field.field, value) for value in (getattr(error.current, field.name), field.value()))
        if now != typed:
            found.append(Difference(str(field.label), now, typed))
    return found


def spoken(field: forms.Field, value) -> str:
    """A value as the form would show it: of a choice its label."""
    value = field.prepare_value(value)
    if value in (None, "", []):
        return str(_("kosong"))
    if isinstance(field, forms.DateField):
        day = value if isinstance(value, datetime.date) else parsed(str(value), DATE_FORMATS)
        return plain_date(day) if day else str(value)
    choices = getattr(field, "choices", None)
    if choices is not None:
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, list | tuple)}
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(each), str(each)) for each in values)
    return str(field.widget.format_value(value) or value)
