"""The form that opens an office set up like another one."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import copying
from offices.forms import CoordinatesInput, PlaceForm, one_line
from offices.models import Office


class CopyForm(PlaceForm):
    name = forms.CharField(
        label=_("Nama kantor baru"), max_length=150, help_text=_("Seperti tertulis di pintu, misalnya Loket Cikutra.")
    )
    address = forms.CharField(
        label=_("Alamat"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"})
    )
    coordinates = forms.CharField(
        label=_("Koordinat"),
        max_length=2000,
        required=False,
        widget=CoordinatesInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=_("Boleh menyusul."),
    )
    opened_on = forms.DateField(label=_("Melayani sejak"), help_text=_("Hari pertama kantor baru ini melayani warga."))

    def __init__(self, data=None, *, office: Office, today: datetime.date):
        self.office = office
        offered = copying.choices()
        super().__init__(data, initial={"opened_on": today, "parts": [key for key, _label in offered]})
        self.fields["parts"] = forms.MultipleChoiceField(
            label=_("Yang ikut disalin"), choices=offered, required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def save(self, *, by: Member, at: datetime.datetime) -> Office:
        values = self.cleaned_data
        facts = {key: values[key] for key in ("name", "address", "latitude", "longitude", "opened_on")}
        return copying.copy_office(source=self.office, chosen=values["parts"], by=by, at=at, **facts)
