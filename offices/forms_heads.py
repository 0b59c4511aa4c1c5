"""The form of who leads a dinas."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import operations_heads as operations
from offices.enums import HeadStanding
from offices.models import Dinas, DinasHead
from portal.editing import VersionedForm


class HeadForm(VersionedForm):
    name = forms.CharField(
        label=_("Nama"),
        max_length=150,
        help_text=_("Lengkap dengan gelar, seperti pada surat dinas."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    standing = forms.ChoiceField(
        label=_("Kedudukan"),
        choices=HeadStanding.choices,
        widget=forms.RadioSelect,
        initial=HeadStanding.DEFINITIVE,
        help_text=_("Plt. jika jabatannya kosong, Plh. jika pejabatnya sementara berhalangan."),
    )
    serves_from = forms.DateField(label=_("Menjabat sejak"))
    serves_until = forms.DateField(
        label=_("Menjabat sampai"), required=False, help_text=_("Hari terakhirnya. Kosongkan jika belum diketahui.")
    )

    def __init__(self, data=None, *, dinas: Dinas, head: DinasHead | None = None, today: datetime.date):
        self.dinas, self.head = dinas, head
        names = ("name", "standing", "serves_from", "serves_until", "version")
        initial = {name: getattr(head, name) for name in names} if head else {"serves_from": today}
        super().__init__(data, initial=initial)
        if head is None and dinas.heads.filter(serves_until=None).exists():
            self.fields["succeeds"] = forms.BooleanField(
                label=_("Akhiri masa jabatan yang sebelumnya pada hari sebelum itu"),
                required=False,
                initial=True,
                help_text=_("Kepala menggantikan kepala; Plt. atau Plh. menggantikan Plt. atau Plh."),
            )

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        first, last = (self.cleaned_data.get(name) for name in ("serves_from", "serves_until"))
        if first and last and last < first:
            self.add_error("serves_until", str(operations.PeriodReversed.message))
        return self.cleaned_data

    def save(self, *, by: Member, at: datetime.datetime) -> DinasHead:
        if self.head is not None:
            return operations.edit_head(head=self.head, by=by, at=at, **self.cleaned_data)
        facts = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return operations.record_head(dinas=self.dinas, by=by, at=at, **facts)
