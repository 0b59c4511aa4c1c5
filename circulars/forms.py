"""The forms of a circular: its text with repeatable points, its addressees, its attachment."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from circulars.enums import Audience
from circulars.models import Circular
from circulars.operations import Letter

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


PointFormSet = forms.formset_factory(PointForm, extra=0, max_num=MOST_POINTS, absolute_max=MOST_POINTS)


class PointRows:
    """
    The points as rows of a form, with buttons that add, lift and remove a row without judging or saving anything.

    Each is an ordinary submit button named ``baris``, so they work without JavaScript.
    """

    def __init__(self, rows: list[tuple[str, str]], entries: Mapping | None = None, focus: int | None = None):
        if entries is None:
            self.formset = PointFormSet(initial=[{"number": number, "text": text} for number, text in rows], prefix=ROWS)
        else:
            self.formset = PointFormSet(entries, prefix=ROWS)
        for form in self.formset.forms:
            form.empty_permitted, form.use_required_attribute = True, False
        if focus is not None and self.formset.forms:
            row = self.formset.forms[max(0, min(focus, len(self.formset.forms) - 1))]
            row.fields["number"].widget.attrs["autofocus"] = True

    @classmethod
    def of(cls, circular: Circular | None) -> "PointRows":
        rows = list(circular.points.values_list("number", "text")) if circular else []
        return cls(rows or [("1", "")])

    @classmethod
    def typed(cls, entries: Mapping) -> "PointRows":
        return cls([], entries)

    @classmethod
    def rearranged(cls, entries: Mapping) -> "PointRows | None":
        """The rows after the button that was pressed; None where it was another button."""
        action, _dash, place = entries.get("baris", "").partition("-")
        rows = cls._read(entries)
        if action == "tambah":
            return cls([*rows, ("", "")][:MOST_POINTS], focus=len(rows))
        if action not in ("hapus", "naik") or not place.isdecimal() or int(place) >= len(rows):
            return cls(rows) if action else None
        row = rows.pop(int(place))
        if action == "naik":
            rows.insert(max(0, int(place) - 1), row)
        return cls(rows, focus=int(place) - 1)

    @staticmethod
    def _read(entries: Mapping) -> list[tuple[str, str]]:
        given = entries.get(f"{ROWS}-TOTAL_FORMS", "0")
        total = min(int(given), MOST_POINTS) if given.isdecimal() else 0
        return [(entries.get(f"{ROWS}-{n}-number", ""), entries.get(f"{ROWS}-{n}-text", "")) for n in range(total)]

    def is_valid(self) -> bool:
        return self.formset.is_valid()

    @property
    def points(self) -> list[tuple[str, str]]:
        rows = (form.cleaned_data for form in self.formset.forms)
        return [(row["number"], row["text"]) for row in rows if row.get("number") or row.get("text")]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """For the summary: (id of the control, sentence)."""
        if not self.formset.is_bound:
            return []
        found = [("", str(error)) for error in self.formset.non_form_errors()]
        for number, form in enumerate(self.formset.forms, start=1):
            for name, errors in form.errors.items():
                found += [(form[name].auto_id, f"{_('Baris butir %(row)s') % {'row': number}}: {error}") for error in errors]
        return found


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
        self.fields["shown"].choices = self.fields["chosen"].choices = choices

    @property
    def governments(self) -> set[int]:
        """All that are chosen now."""
        shown, chosen = set(self.cleaned_data.get("shown", ())), set(self.cleaned_data.get("chosen", ()))
        return (self.before - shown) | chosen
