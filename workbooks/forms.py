"""The HTML edge of imports."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.models import Dinas, Office
from workbooks import operations
from workbooks.models import ImportRun
from workbooks.safety import LARGEST, NotAWorkbook


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Buku kerja"),
        help_text=_("Berkas .xlsx yang diunduh dari halaman ini, paling besar 10 MB. Loket memeriksanya dahulu."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": _("Berkas ini kosong."), "missing": _("Pilih berkasnya dahulu.")},
        max_length=255,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(str(NotAWorkbook(_("Berkas ini terlalu besar: paling besar 10 MB.")).message))
        return file

    def save(self, *, dinas: Dinas, office: Office | None, by: Member, at: datetime.datetime) -> ImportRun:
        file = self.cleaned_data["file"]
        return operations.receive(dinas=dinas, office=office, name=file.name, content=file.read(), by=by, at=at)
