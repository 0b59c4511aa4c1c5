"""The HTML edge of weekly schedules: one line of text for each day, quick for who comes from Excel."""

import datetime
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import hours, operations_hours, queries
from offices.enums import ScheduleKind, Weekday
from offices.hours import Span
from offices.models import Office, Schedule
from portal.editing import VersionedForm, rewrite
from portal.errors import LostUpdate

# What most counters have: Friday with the long break for prayer.
USUAL = {**dict.fromkeys(range(1, 5), "08.00-12.00, 13.00-15.30"), 5: "08.00-11.30, 13.30-15.30"}
# In Ramadan: from eight, half an hour's break, an hour on Friday (article 4 of Perpres 21/2023).
RAMADAN = {**dict.fromkeys(range(1, 5), "08.00-12.00, 12.30-15.00"), 5: "08.00-11.30, 12.30-15.30"}
WORKDAYS, TO_THURSDAY = range(2, 6), range(2, 5)


def day_name(weekday: int) -> str:
    return f"day_{weekday}"


DAY_NAMES = [day_name(weekday) for weekday in Weekday]


def lines_of(week: Iterable[Span]) -> dict[str, str]:
    """The week as the form shows it: a line of text for each day."""
    spans = list(week)
    return {day_name(weekday): hours.day_text(spans, weekday) for weekday in Weekday}


def understood(weekday: int, text: str) -> tuple[list[Span], str, bool]:
    """The spans of a line, what is said below it, and whether it could be read."""
    try:
        spans = hours.read_day(weekday, text)
    except hours.UnreadableHours as error:
        return [], str(error.message), False
    return spans, hours.reading(spans), True


class WeekForm(VersionedForm):
    """Seven lines; below each what was understood of it."""

    def __init__(self, data=None, *, week: Iterable[Span] = (), **given):
        self.before = sorted(week)
        super().__init__(data, initial=lines_of(self.before) | given)
        for weekday in Weekday:
            entry = forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("tutup"), "inputmode": "text"})
            self.fields[day_name(weekday)] = forms.CharField(
                label=weekday.label, max_length=120, required=False, widget=entry, help_text=self._said(weekday)
            )

    def text_of(self, weekday: int) -> str:
        name = day_name(weekday)
        given = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
        return given[:200]

    def _said(self, weekday: int) -> str:
        """What is understood of a day; of one that cannot be read its error says more."""
        _spans, said, readable = understood(weekday, self.text_of(weekday))
        return said if readable else str(_("belum terbaca"))

    @property
    def week(self) -> list[Span]:
        """What can be read of the lines as they stand."""
        return [span for weekday in Weekday for span in understood(weekday, self.text_of(weekday))[0]]

    # Buttons that work without a script; nothing is judged yet ----------------------------------------------------------------

    def pressed(self, button: str) -> Self:
        """The same entries after one of the copying buttons."""
        texts: dict[str, str] = {}
        if button == "monday":
            texts = dict.fromkeys([day_name(weekday) for weekday in WORKDAYS], self.text_of(1))
        elif button == "thursday":
            texts = dict.fromkeys([day_name(weekday) for weekday in TO_THURSDAY], self.text_of(1))
        elif button == "usual":
            texts = {day_name(day): text for day, text in USUAL.items() if not self.text_of(day).strip()}
        return self._filled(texts)

    def _filled(self, texts: dict) -> Self:
        entries = {name: self.data.get(name, "") for name in self.fields} | texts
        form = self._again()
        form.initial = entries
        for weekday in Weekday:
            form.fields[day_name(weekday)].help_text = form._said(weekday)
        return form

    def _again(self) -> Self:
        """An unbound form of the same thing."""
        raise NotImplementedError

    def clean(self):
        week: list[Span] = []
        for weekday in Weekday:
            name = day_name(weekday)
            if name in self.errors:
                continue
            spans, said, readable = understood(weekday, self.cleaned_data[name])
            if not readable:
                self.add_error(name, said)
                continue
            week += spans
            rewrite(self, name, hours.day_text(spans, weekday))
        self.cleaned_data["week"] = week
        return self.cleaned_data

    def both_versions(self, error: LostUpdate, current: Schedule | None, **more) -> LostUpdate:
        """The lost update in the terms of the form: what stands there now, line by line."""
        now = SimpleNamespace(version=error.current.hours_version, **lines_of(queries.spans_of(current)), **more)
        return LostUpdate(current=now, submitted=error.submitted)


class HoursForm(WeekForm):
    """The regular week that holds on a day."""

    def __init__(self, data=None, *, office: Office, on: datetime.date):
        self.office, self.on = office, on
        self.schedule = queries.regular_on(office, on)
        super().__init__(data, week=queries.spans_of(self.schedule), version=office.hours_version)

    def _again(self) -> "HoursForm":
        return HoursForm(office=self.office, on=self.on)

    def save(self, *, by: Member, at: datetime.datetime) -> Office:
        values = self.cleaned_data
        try:
            return operations_hours.set_hours(
                office=self.office, week=values["week"], version=values["version"], by=by, at=at, schedule=self.schedule
            )
        except LostUpdate as error:
            current = queries.regular_on(Office.objects.get(pk=self.office.pk), self.on)
            raise self.both_versions(error, current) from error


class RegularForm(WeekForm):
    """Another regular week: from when it holds, and its lines. The first of an office holds from ever on."""

    valid_from = forms.DateField(
        label=_("Berlaku mulai"), help_text=_("Jadwal biasa sebelumnya berlaku sampai sehari sebelum tanggal ini.")
    )

    def __init__(self, data=None, *, office: Office, schedule: Schedule | None = None, start=None, week=()):
        self.office, self.schedule = office, schedule
        week = queries.spans_of(schedule) if schedule else week
        given = {"version": office.hours_version, "valid_from": schedule.valid_from if schedule else start}
        super().__init__(data, week=week, **given)
        if schedule is not None and schedule.valid_from is None:
            del self.fields["valid_from"]

    def _again(self) -> "RegularForm":
        return RegularForm(office=self.office, schedule=self.schedule)

    def save(self, *, by: Member, at: datetime.datetime) -> Schedule:
        values = self.cleaned_data
        asked = {
            "valid_from": values.get("valid_from"), "week": values["week"], "version": values["version"], "by": by, "at": at,
        }  # fmt: skip
        try:
            if self.schedule is None:
                return operations_hours.add_regular(office=self.office, **asked)
            return operations_hours.edit_regular(schedule=self.schedule, **asked)
        except LostUpdate as error:
            current = Schedule.objects.filter(pk=self.schedule.pk).first() if self.schedule else None
            raise self.both_versions(error, current, valid_from=current and current.valid_from) from error


class SeasonForm(WeekForm):
    """A season's week: its name, its first and last day, its lines."""

    name = forms.CharField(label=_("Nama"), max_length=80, help_text=_("Dibaca warga, misalnya Ramadan 1448 H."))
    valid_from = forms.DateField(label=_("Hari pertama"))
    valid_until = forms.DateField(label=_("Hari terakhir"))

    def __init__(self, data=None, *, office: Office, schedule: Schedule | None = None, template=None):
        """``template``: something with name, first_on and last_on, such as almanac's Season, that the form begins with."""
        self.office, self.schedule, self.template = office, schedule, template
        given: dict = {"version": office.hours_version}
        if schedule is not None:
            given |= {name: getattr(schedule, name) for name in ("name", "valid_from", "valid_until")}
        elif template is not None:
            given |= {"name": template.name, "valid_from": template.first_on, "valid_until": template.last_on}
            given |= {day_name(day): text for day, text in RAMADAN.items()}
        super().__init__(data, week=queries.spans_of(schedule), **given)

    def _again(self) -> "SeasonForm":
        return SeasonForm(office=self.office, schedule=self.schedule)

    def save(self, *, by: Member, at: datetime.datetime) -> Schedule:
        names = ("name", "valid_from", "valid_until", "week", "version")
        asked = {name: self.cleaned_data[name] for name in names} | {"by": by, "at": at}
        try:
            if self.schedule is None:
                return operations_hours.add_season(office=self.office, **asked)
            return operations_hours.edit_season(schedule=self.schedule, **asked)
        except LostUpdate as error:
            current = Schedule.objects.filter(pk=self.schedule.pk).first() if self.schedule else None
            facts = {name: getattr(current, name) for name in names[:3]} if current else {}
            raise self.both_versions(error, current, **facts) from error


def form_of(schedule: Schedule, data=None) -> "RegularForm | SeasonForm":
    """The form that changes a schedule of either kind."""
    kind = SeasonForm if schedule.kind == ScheduleKind.SEASONAL else RegularForm
    return kind(data, office=schedule.office, schedule=schedule)
