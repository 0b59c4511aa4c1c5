"""The forms of a guide: its text with repeatable steps, its publication, and the customer care contact."""

import datetime

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.models import GuideVersion
from guides.operations import MOST_STEPS, Text
from portal.editing import VersionedForm
from portal.rows import Rows


class GuideForm(VersionedForm):
    """The text of a guide but for its steps (StepRows)."""

    title = forms.CharField(label=_("Judul"), max_length=120, help_text=_("Seperti akan tercetak di kepala panduan."))
    lead = forms.CharField(
        label=_("Pengantar"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dua atau tiga kalimat: untuk siapa, dan apa yang perlu disiapkan."),
    )

    @classmethod
    def of(cls, text: GuideVersion | None, *, version: int) -> "GuideForm":
        """``version`` 0 where there is no draft yet and ``text`` is the published edition."""
        return cls(initial={"version": version, **({"title": text.title, "lead": text.lead} if text else {})})

    @classmethod
    def keeping(cls, entries) -> "GuideForm":
        """What was typed so far, not judged yet."""
        return cls(initial={name: entries.get(name, "") for name in cls.base_fields})

    def text(self, steps: list[tuple[str, str]]) -> Text:
        """As the operations take it; the form must be valid."""
        return Text(self.cleaned_data["title"], self.cleaned_data["lead"], tuple(steps))


class StepForm(forms.Form):
    title = forms.CharField(
        label=_("Langkah"), max_length=120, error_messages={"required": _("Beri langkah ini judul, atau hapus barisnya.")}
    )
    text = forms.CharField(label=_("Penjelasan"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class StepRows(Rows):
    """The steps of a guide."""

    form_class, fields, most, prefix = StepForm, ("title", "text"), MOST_STEPS, "langkah"

    @classmethod
    def of(cls, text: GuideVersion | None) -> "StepRows":
        steps = [(step["title"], step["text"]) for step in text.steps] if text else []
        return cls(steps or [cls.blank()])

    def row_name(self, number: int) -> str:
        return gettext("Langkah %(number)s") % {"number": number}


class PublishForm(VersionedForm):
    change = forms.CharField(
        label=_("Yang berubah"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu kalimat. Kantor membacanya sebelum mencetak ulang."),
    )


class ContactForm(forms.Form):
    valid_from = forms.DateField(label=_("Berlaku sejak"), help_text=_("Cetakan lama dinyatakan usang mulai hari itu."))
    phone = forms.CharField(label=_("Telepon"), max_length=60, required=False)
    whatsapp = forms.CharField(label=_("WhatsApp"), max_length=30, required=False)
    email = forms.EmailField(label=_("Surel"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari layanan"),
        coerce=int,
        choices=[(day + 1, format_lazy("{}", WEEKDAYS[day])) for day in range(7)],
        widget=forms.CheckboxSelectMultiple,
        initial=[1, 2, 3, 4, 5],
    )
    opens = forms.TimeField(label=_("Buka (WIB)"), initial=datetime.time(8))
    closes = forms.TimeField(label=_("Tutup (WIB)"), initial=datetime.time(19))
    note = forms.CharField(
        label=_("Catatan"), max_length=200, required=False, help_text=_("Ikut tercetak pada kartu layanan pelanggan.")
    )
