"""
Rows of a form that can be added, lifted and removed without JavaScript: the points of a letter, the steps of a guide.

    class PointRows(Rows):
        form_class, fields, most, prefix = PointForm, ("number", "text"), 60, "butir"

    if (rows := PointRows.rearranged(request.POST)) is not None: show the page again, nothing is judged or saved
    else: rows = PointRows.typed(request.POST); rows.is_valid(); rows.entries

Each tool is an ordinary submit button named ``baris`` with ``tambah``, ``hapus-3``, ``naik-3`` or ``turun-3``.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

from django import forms
from django.utils.translation import gettext as _


class Rows:
    """``entries`` are tuples in the order of ``fields``; rows in which nothing was typed are left out of them."""

    form_class: ClassVar[type[forms.Form]]
    fields: ClassVar[tuple[str, ...]]
    most: ClassVar[int]
    prefix: ClassVar[str]

    def __init__(self, rows: Sequence[tuple], entries: Mapping | None = None, focus: int | None = None):
        formset_class = forms.formset_factory(self.form_class, extra=0, max_num=self.most, absolute_max=self.most)
        if entries is None:
            initial = [dict(zip(self.fields, row, strict=True)) for row in rows]
            self.formset = formset_class(initial=initial, prefix=self.prefix)
        else:
            self.formset = formset_class(entries, prefix=self.prefix)
        for form in self.formset.forms:
            form.empty_permitted, form.use_required_attribute = True, False
        if focus is not None and self.formset.forms:
            row = self.formset.forms[max(0, min(focus, len(self.formset.forms) - 1))]
            row.fields[self.fields[0]].widget.attrs["autofocus"] = True

    @classmethod
    def blank(cls) -> tuple:
        return ("",) * len(cls.fields)

    @classmethod
    def typed(cls, entries: Mapping) -> Self:
        return cls([], entries)

    @classmethod
    def rearranged(cls, entries: Mapping) -> Self | None:
        """The rows after the button that was pressed; None where it was another button."""
        action, _dash, place = entries.get("baris", "").partition("-")
        rows = cls._read(entries)
        if action == "tambah":
            return cls([*rows, cls.blank()][: cls.most], focus=len(rows))
        if action not in ("hapus", "naik", "turun") or not place.isdecimal() or int(place) >= len(rows):
            return cls(rows) if action else None
        row = rows.pop(int(place))
        target = {"naik": max(0, int(place) - 1), "turun": int(place) + 1}.get(action)
        if target is not None:
            rows.insert(target, row)
        return cls(rows, focus=int(place) - 1 if target is None else target)

    @classmethod
    def _read(cls, entries: Mapping) -> list[tuple]:
        given = entries.get(f"{cls.prefix}-TOTAL_FORMS", "0")
        total = min(int(given), cls.most) if given.isdecimal() else 0
        return [tuple(entries.get(f"{cls.prefix}-{n}-{name}", "") for name in cls.fields) for n in range(total)]

    def is_valid(self) -> bool:
        return self.formset.is_valid()

    @property
    def entries(self) -> list[tuple]:
        rows = ([form.cleaned_data.get(name, "") for name in self.fields] for form in self.formset.forms)
        return [tuple(row) for row in rows if any(row)]

    def row_name(self, number: int) -> str:
        """How the summary of faults calls a row."""
        return _("Baris %(row)s") % {"row": number}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """For the summary: (id of the control, sentence)."""
        if not self.formset.is_bound:
            return []
        found = [("", str(error)) for error in self.formset.non_form_errors()]
        for number, form in enumerate(self.formset.forms, start=1):
            for name, errors in form.errors.items():
                found += [(form[name].auto_id, f"{self.row_name(number)}: {error}") for error in errors]
        return found
