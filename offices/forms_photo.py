"""The form of an office's photograph."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import operations_photo as operations
from offices.models import Office, OfficePhoto
from portal import images

# Told exactly, so that an iPhone turns its HEIC into JPEG by itself.
ACCEPTED = "image/jpeg,image/png,image/webp"


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Foto"),
        help_text=_("JPEG, PNG, atau WebP, paling besar 8 MB. Foto dikecilkan; letak dan waktu pengambilannya dihapus."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Pilih dahulu fotonya."), "empty": _("Berkas ini kosong. Pilih foto yang lain.")},
    )

    def clean_photo(self):
        file = self.cleaned_data["photo"]
        if file.size > images.LARGEST_UPLOAD:  # before it is read into memory
            raise forms.ValidationError(str(images.ImageTooHeavy.message))
        return file

    def save(self, *, office: Office, by: Member, at: datetime.datetime) -> OfficePhoto:
        return operations.set_photo(office=office, content=self.cleaned_data["photo"].read(), by=by, at=at)
