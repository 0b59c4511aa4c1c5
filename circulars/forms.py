"""The forms of a circular: its text with repeatable points, its addressees, its attachment."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circulars.enums import Audience
from circulars.models import Circular
from circulars.operations import Letter
from portal.rows import Rows

MOST_POINTS = 60
ROWS = "butir"


class CircularForm(forms.Form):
    """The text of a circular but for its points (PointRows)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(
        label=_("Nomor surat"), max_length=60, help_text=_("Seperti tertulis pada naskah, misalnya 560/2821/SJ.")
    )
    dated_on = forms.DateField(label=_("Tanggal surat"))
    subject = forms.CharField(label=_("Perihal"), max_length=200)
    opening = forms.CharField(
        label=_("Isi ringkas"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
        help_text=_("Dasar dan maksud surat, dalam beberapa kalimat."),
    )
    signatory = forms.CharField(label=_("Ditandatangani oleh"), max_length=150, initial="Menteri Dalam Negeri")
    audience = forms.ChoiceField(
        label=_("Ditujukan kepada"), choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.ALL
    )
    deadline_on = forms.DateField(
        label=_("Tenggat pengakuan"),
        required=False,
        help_text=_("Sampai akhir hari itu, menurut waktu setempat masing-masing daerah."),
    )
    copy_lines = forms.CharField(
        label=_("Tembusan"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=10000,
        help_text=_("Satu pejabat atau instansi per baris."),
    )

    @classmethod
    def of(cls, circular: Circular) -> "CircularForm":
        return cls(initial={name: getattr(circular, name) for name in cls.base_fields})

    @classmethod
    def keeping(cls, entries: Mapping) -> "CircularForm":
        """What was typed so far, not judged yet."""
        return cls(initial={name: entries.get(name, "") for name in cls.base_fields})

    def clean_copy_lines(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["copy_lines"].splitlines() if line.strip()]
        if any(len(line) > 150 for line in lines):
            raise forms.ValidationError(_("Satu baris tembusan paling panjang 150 karakter."))
        return "\n".join(lines)

    def letter(self, points: list[tuple[str, str]]) -> Letter:
        """The text as the operations take it; the form must be valid."""
        entries = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "copy_lines")}
        return Letter(**entries, points=tuple(points), copies=tuple(self.cleaned_data["copy_lines"].splitlines()))


class PointForm(forms.Form):
    """A row of PointRows: both entries or none."""

    number = forms.CharField(
        label=_("Nomor"), max_length=8, error_messages={"required": _("Beri butir ini nomor, misalnya 1 atau 1a.")}
    )
    text = forms.CharField(
        label=_("Isi butir"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis isi butir ini, atau hapus barisnya.")},
    )


class PointRows(Rows):
    """The points of a letter."""

    form_class, fields, most, prefix = PointForm, ("number", "text"), MOST_POINTS, ROWS

    @classmethod
    def of(cls, circular: Circular | None) -> "PointRows":
        rows = list(circular.points.values_list("number", "text")) if circular else []
        return cls(rows or [("1", "")])

    @property
    def points(self) -> list[tuple[str, str]]:
        return self.entries

    def row_name(self, number: int) -> str:
        return gettext("Baris butir %(row)s") % {"row": number}


class AttachmentForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    attachment = forms.FileField(
        label=_("Naskah surat (PDF)"),
        help_text=_("Paling besar 5 MB. Daerah dapat mengunduhnya dari halaman surat."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class VersionForm(forms.Form):
    """A button that acts on the version the reader has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChosenForm(VersionForm):
    """
    The part of the addressees that the page showed: ``shown`` were on it, ``chosen`` of them are ticked.

    What a search had hidden stays as it was.
    """

    shown = forms.TypedMultipleChoiceField(coerce=int, required=False)
    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, governments, before: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.before = before
        choices = [(str(pk), "") for pk in governments]
        self.fields["shown"].choices = self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    @property
    def governments(self) -> set[int]:
        """All that are chosen now."""
        shown, chosen = set(self.cleaned_data.get("shown", ())), set(self.cleaned_data.get("chosen", ()))
        return (self.before - shown) | chosen
