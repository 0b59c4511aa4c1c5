"""
How every form of the portal looks and how it hears a refusal.

``PortalRenderer`` is the project's form renderer: any Django form comes out with its label above, help below, errors beside the
fields and in a summary. Dates and times get the browser's own pickers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.errors import DomainError, LostUpdate

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class PortalBoundField(BoundField):
    """A field as the templates of the portal want it; ``kind`` tells them which of the four shapes it has."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        adapt(field.widget)

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


def adapt(widget: forms.Widget) -> None:
    """Give a date, time or number widget the browser's own control and the value in the form that this control reads."""
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif type(widget) is forms.TimeInput:
        widget.input_type, widget.format = "time", "%H:%M"
    elif type(widget) is forms.DateTimeInput:
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"


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
        found += [("" if field.is_hidden else field.anchor, str(error)) for error in field.errors]
    return found


# Refusals of the domain ---------------------------------------------------------------------------------------------------------


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
    if value is None or value == "":
        return str(_("kosong"))
    choices = getattr(field, "choices", None)
    if choices is not None:
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, list | tuple)}
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(each), str(each)) for each in values)
    return str(field.widget.format_value(value) or value)
