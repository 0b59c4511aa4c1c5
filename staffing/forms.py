"""The HTML edge of staff."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.forms import ForDinas, one_line
from portal.editing import VersionedForm
from staffing import operations
from staffing.models import Staff

FACTS = ("name", "nip", "position", "phone", "serves_from", "serves_until")


class StaffForm(ForDinas):
    name = forms.CharField(label=_("Nama"), max_length=150, help_text=_("Lengkap dengan gelar, seperti pada surat tugas."))
    nip = forms.CharField(
        label=_("NIP"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("18 angka; spasi boleh. Kosongkan untuk pegawai tanpa NIP. Tidak tampak di luar dinas Anda."),
    )
    position = forms.CharField(label=_("Jabatan"), max_length=150, required=False)
    phone = forms.CharField(
        label=_("Telepon"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    serves_from = forms.DateField(label=_("Bertugas sejak"))
    serves_until = forms.DateField(
        label=_("Bertugas sampai"), required=False, help_text=_("Hari terakhir. Kosongkan bila belum ditentukan.")
    )

    def __init__(self, data=None, *, member: Member, today: datetime.date, staff: Staff | None = None, wished: str = ""):
        self.staff = staff
        names = (*FACTS, "version")
        super().__init__(data, initial={name: getattr(staff, name) for name in names} if staff else {"serves_from": today})
        if staff is None:
            self.ask_for_dinas(member, "staff.edit", wished)

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_nip(self):
        return "".join(sign for sign in self.cleaned_data["nip"] if sign not in " .-")

    def save(self, *, by: Member, at: datetime.datetime) -> Staff:
        facts = {name: self.cleaned_data[name] for name in FACTS}
        if self.staff is None:
            return operations.add_staff(dinas=self.chosen_dinas, by=by, at=at, **facts)
        return operations.edit_staff(staff=self.staff, version=self.cleaned_data["version"], by=by, at=at, **facts)


class EndServiceForm(VersionedForm):
    serves_until = forms.DateField(label=_("Hari terakhir bertugas"))
    release_rest = forms.BooleanField(
        label=_("Lepaskan dari jadwal semua hari tugas sesudah tanggal itu"),
        required=False,
        help_text=_("Hari yang dilepas menjadi kosong sampai ada penggantinya."),
    )

    def __init__(self, data=None, *, staff: Staff, today: datetime.date, has_duties: bool):
        self.staff = staff
        super().__init__(data, initial={"serves_until": staff.serves_until or today, "version": staff.version})
        if not has_duties and data is None:
            del self.fields["release_rest"]

    def save(self, *, by: Member, at: datetime.datetime) -> Staff:
        return operations.end_service(staff=self.staff, by=by, at=at, **self.cleaned_data)
