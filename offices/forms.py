"""The HTML edge of dinas and offices: read what was typed, say what to mend."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import access, coordinates, operations
from offices.enums import OfficeKind, Sector
from offices.models import Dinas, Office
from portal import telephones
from portal.editing import VersionedForm, rewrite
from portal.errors import DomainError


def one_line(text: str) -> str:
    return " ".join(text.split())


class DinasForm(VersionedForm):
    name = forms.CharField(label=_("Nama dinas"), max_length=150, help_text=_("Lengkap, misalnya Dinas Tenaga Kerja."))
    sectors = forms.MultipleChoiceField(
        label=_("Bidang"),
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bidang dalam surat edaran yang dipegang dinas ini. Satu dinas boleh memegang beberapa bidang."),
    )

    def __init__(self, data=None, *, dinas: Dinas | None = None):
        self.dinas = dinas
        initial = {"name": dinas.name, "sectors": dinas.sectors, "version": dinas.version} if dinas else None
        super().__init__(data, initial=initial)

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def save(self, *, by: Member, at: datetime.datetime) -> Dinas:
        values = self.cleaned_data
        if self.dinas is None:
            return operations.create_dinas(name=values["name"], sectors=values["sectors"], by=by, at=at)
        return operations.edit_dinas(dinas=self.dinas, by=by, at=at, **values)


class CoordinatesInput(forms.TextInput):
    """A line of text with a button beside it that asks the device (static/portal/geolocation.js); without it only the line."""

    template_name = "offices/coordinates_input.html"


class PlaceForm(forms.Form):
    """A form with a line for coordinates; ``cleaned_data`` holds them as ``latitude`` and ``longitude``."""

    def clean_coordinates(self):
        try:
            place = coordinates.read(self.cleaned_data["coordinates"])
        except coordinates.UnreadableCoordinates as error:
            raise forms.ValidationError(str(error.message)) from error
        text = f"{place.latitude}, {place.longitude}" if place else ""
        rewrite(self, "coordinates", text)
        self.cleaned_data["latitude"], self.cleaned_data["longitude"] = place or (None, None)
        return text


class ForDinas(VersionedForm):
    """A form of something that belongs to a dinas: asks whose, where there is more than one answer."""

    dinas: dict[str, Dinas]

    def ask_for_dinas(self, member: Member, right: str, wished: str = "") -> None:
        """Put the question first; ``wished`` is the id that is chosen beforehand."""
        self.dinas = {str(dinas.pk): dinas for dinas in access.dinas_for(member, right)}
        choices = [(key, dinas.name) for key, dinas in self.dinas.items()]
        field = forms.ChoiceField(label=_("Dinas"), choices=[("", _("Pilih dinas …")), *choices])
        field.initial = wished if wished in self.dinas else ""
        if len(choices) == 1:
            field = forms.ChoiceField(widget=forms.HiddenInput, choices=choices, initial=choices[0][0])
        self.fields = {"dinas": field, **self.fields}

    @property
    def chosen_dinas(self) -> Dinas:
        return self.dinas[self.cleaned_data["dinas"]]


class OfficeForm(PlaceForm, ForDinas):
    groups = [
        (_("Letak"), "", ["address", "coordinates"]),
        (_("Kontak"), _("Yang boleh diketahui semua orang."), ["phone", "whatsapp", "email"]),
        (_("Untuk warga"), "", ["bring", "opened_on"]),
    ]
    name = forms.CharField(
        label=_("Nama kantor"), max_length=150, help_text=_("Seperti tertulis di pintu, misalnya Loket Cikutra.")
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=OfficeKind.choices, widget=forms.RadioSelect, initial=OfficeKind.COUNTER)
    address = forms.CharField(
        label=_("Alamat"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
        help_text=_("Untuk loket keliling: tempat mangkal atau wilayahnya. Untuk layanan telepon: alamat dinasnya."),
    )
    coordinates = forms.CharField(
        label=_("Koordinat"),
        max_length=2000,
        required=False,
        widget=CoordinatesInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=_("Lintang dan bujur seperti -6.914744, 107.609810, atau tempel tautan dari aplikasi peta mana pun."),
    )
    phone = forms.CharField(
        label=_("Telepon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Nomor kantor, bukan nomor pribadi, dengan kode wilayahnya: 022 1234567."),
    )
    whatsapp = forms.CharField(
        label=_("WhatsApp"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Nomor layanan atau tautan wa.me. Layanan telepon atau WhatsApp memerlukan salah satu nomor."),
    )
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Alamat surel belum lengkap. Contoh: loket@kota.go.id.")},
    )
    bring = forms.CharField(
        label=_("Yang perlu dibawa warga"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu per baris, misalnya KTP, kartu keluarga, telepon genggam. Tampil di halaman umum kantor ini."),
    )
    opened_on = forms.DateField(
        label=_("Melayani sejak"), help_text=_("Hari pertama kantor ini melayani warga; boleh yang akan datang.")
    )

    def __init__(self, data=None, *, member: Member, today: datetime.date, office: Office | None = None, wished: str = ""):
        self.office = office
        names = ("name", "kind", "address", "coordinates", "phone", "whatsapp", "email", "bring", "opened_on", "version")
        initial = {name: getattr(office, name) for name in names} if office else {"opened_on": today}
        super().__init__(data, initial=initial)
        if office is None:
            self.ask_for_dinas(member, "offices.edit", wished)

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_phone(self):
        return self._number("phone", telephones.check)

    def clean_whatsapp(self):
        return self._number("whatsapp", telephones.check_whatsapp)

    def _number(self, name: str, check) -> str:
        """What was understood of a telephone number, in its place."""
        try:
            number = check(self.cleaned_data[name])
        except DomainError as error:
            raise forms.ValidationError(str(error.message)) from error
        rewrite(self, name, number)
        return number

    def save(self, *, by: Member, at: datetime.datetime) -> Office:
        values = {key: value for key, value in self.cleaned_data.items() if key not in ("dinas", "coordinates", "version")}
        if self.office is None:
            return operations.create_office(dinas=self.chosen_dinas, by=by, at=at, **values)
        return operations.edit_office(office=self.office, version=self.cleaned_data["version"], by=by, at=at, **values)


class CloseForm(VersionedForm):
    closed_on = forms.DateField(label=_("Ditutup sejak"), help_text=_("Hari pertama tanpa layanan; boleh yang akan datang."))
    closed_reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca warga dan pemerintah di atas Anda, misalnya: pindah ke Mal Pelayanan Publik."),
    )

    def __init__(self, data=None, *, office: Office, today: datetime.date):
        self.office = office
        initial = {"closed_on": office.closed_on or today, "closed_reason": office.closed_reason, "version": office.version}
        super().__init__(data, initial=initial)

    def save(self, *, by: Member, at: datetime.datetime) -> Office:
        return operations.close_office(office=self.office, by=by, at=at, **self.cleaned_data)
