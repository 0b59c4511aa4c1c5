"""The HTML edge of rounds."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment import operations_stocktakes as operations
from equipment.enums import Condition
from equipment.models import StockTakeLine
from offices.forms import one_line


class GradeForm(forms.Form):
    """The condition of what has just been read: the list of checks inside the round."""

    condition = forms.ChoiceField(label=_("Kondisi"), choices=Condition.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False, help_text=_("Wajib jika tidak Baik, misalnya layar retak.")
    )

    def __init__(self, data=None, *, line: StockTakeLine):
        self.line = line
        initial = {"condition": line.item.condition, "reason": line.item.condition_reason} if line.item else None
        super().__init__(data, initial=initial, auto_id="kondisi-%s")

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])

    def save(self, *, by: Member, at: datetime.datetime) -> StockTakeLine:
        return operations.grade(line=self.line, by=by, at=at, **self.cleaned_data)
