"""The HTML edge of special days and of the government's own days."""

import datetime
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import hours, operations_days
from offices.models import LocalDay, Office, SpecialDays
from offices.timetable import Hours
from portal.editing import VersionedForm, rewrite
from portal.errors import LostUpdate

CLOSED, OTHER = "closed", "hours"
ANY_DAY = 1


class PastForm(VersionedForm):
    """Something with days: the statement about the past is asked for only where it is needed."""

    past = forms.BooleanField(
        label=_("Ya, ubah juga hari yang sudah lewat. Alasannya tercatat di jejak audit."), required=False
    )

    def ask_about_past(self, needed: bool) -> None:
        if not needed:
            self.fields["past"].widget = forms.HiddenInput()

    def show_past(self) -> None:
        """The operation has asked for it."""
        self.fields["past"].widget = forms.CheckboxInput()


class SpecialForm(PastForm):
    """Days on which an office is closed, or open at other hours; a new entry can be made for several offices at once."""

    first_on = forms.DateField(label=_("Dari tanggal"))
    last_on = forms.DateField(label=_("Sampai tanggal"), required=False, help_text=_("Kosongkan jika hanya satu hari."))
    reason = forms.CharField(
        label=_("Keterangan"), max_length=200, help_text=_("Dibaca warga, misalnya: rapat kerja dinas, perbaikan gedung.")
    )
    mode = forms.ChoiceField(
        label=_("Pada hari itu kantor"),
        choices=[(CLOSED, _("tutup")), (OTHER, _("buka pada jam lain"))],
        widget=forms.RadioSelect,
        initial=CLOSED,
    )
    hours = forms.CharField(
        label=_("Jam"),
        max_length=120,
        required=False,
        help_text=_("Hanya jika buka pada jam lain, misalnya 09.00-12.00."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data=None, *, office: Office, today: datetime.date, special: SpecialDays | None = None, others=(), on=None
    ):
        """``others``: further offices that a new entry may be for; ``on``: the day it begins with."""
        self.office, self.special, self.today = office, special, today
        self.others = {str(each.pk): each for each in others}
        super().__init__(data, initial=self._initial(special, on) | {"version": office.hours_version})
        if special is None and self.others:
            self.fields["offices"] = forms.MultipleChoiceField(
                label=_("Berlaku juga untuk"),
                choices=[(key, each.name) for key, each in self.others.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.ask_about_past(special is not None and special.first_on < today)

    @staticmethod
    def _initial(special: SpecialDays | None, on) -> dict:
        if special is None:
            return {"first_on": on}
        text = ", ".join(f"{span.opens:%H.%M}-{span.closes:%H.%M}" for span in special.hours.all())
        last = special.last_on if special.last_on != special.first_on else None
        facts = {"first_on": special.first_on, "last_on": last, "reason": special.reason}
        return facts | {"hours": text, "mode": OTHER if text else CLOSED}

    def clean(self):
        values = super().clean() or self.cleaned_data
        if values.get("first_on") and not values.get("last_on") and "last_on" not in self.errors:
            values["last_on"] = values["first_on"]
        values["spans"] = self._spans(values)
        return values

    def _spans(self, values: dict) -> list[Hours]:
        if values.get("mode") != OTHER or "hours" in self.errors:
            return []
        try:
            spans = hours.read_day(ANY_DAY, values.get("hours", ""))
        except hours.UnreadableHours as error:
            self.add_error("hours", str(error.message))
            return []
        if not spans:
            self.add_error("hours", _("Tulis jamnya, atau pilih tutup."))
        else:
            rewrite(self, "hours", hours.day_text(spans, ANY_DAY))
        return [(span.opens, span.closes) for span in spans]

    def save(self, *, by: Member, at: datetime.datetime) -> list[SpecialDays]:
        values = self.cleaned_data
        asked = {name: values[name] for name in ("first_on", "last_on", "reason", "past")}
        asked |= {"hours": values["spans"], "by": by, "at": at}
        if self.special is None:
            chosen = [self.others[key] for key in values.get("offices", [])]
            return operations_days.add_special_days(offices=[self.office, *chosen], **asked)
        try:
            return [operations_days.edit_special_days(special=self.special, version=values["version"], **asked)]
        except LostUpdate as error:
            raise self._lost(error) from error

    def _lost(self, error: LostUpdate) -> LostUpdate:
        current = SpecialDays.objects.filter(pk=self.special.pk).first() if self.special else None
        now = SimpleNamespace(version=error.current.hours_version, **(self._initial(current, None) if current else {}))
        return LostUpdate(current=now, submitted=error.submitted)


class LocalDayForm(PastForm):
    on = forms.DateField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama hari"), max_length=150, help_text=_("Misalnya Hari Jadi Kota, atau pilkada."))
    decree = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor keputusan kepala daerah, jika ada.")
    )

    def __init__(self, data=None, *, today: datetime.date, day: LocalDay | None = None, on: datetime.date | None = None):
        self.day = day
        names = ("on", "name", "decree", "version")
        super().__init__(data, initial={name: getattr(day, name) for name in names} if day else {"on": on})
        self.ask_about_past(day is not None and day.on < today)

    def save(self, *, by: Member, at: datetime.datetime) -> LocalDay:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        if self.day is None:
            return operations_days.add_local_day(by=by, at=at, **values)
        return operations_days.edit_local_day(day=self.day, version=version, by=by, at=at, **values)
