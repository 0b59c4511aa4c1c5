"""The HTML edge of the calendar: its days, its seasons, the versions of browsers."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac import operations, operations_upkeep
from almanac.enums import Browser, DayKind
from almanac.models import BrowserVersion, PublicDay, Season
from portal.editing import VersionedForm


class DayForm(VersionedForm):
    on = forms.DateField(label=_("Tanggal"))
    name = forms.CharField(
        label=_("Nama hari"), max_length=150, help_text=_("Seperti dalam keputusan, misalnya Hari Raya Natal.")
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=DayKind.choices, widget=forms.RadioSelect, initial=DayKind.HOLIDAY)
    decree = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor keputusan bersama atau keputusan presiden.")
    )
    provisional = forms.BooleanField(label=_("Menunggu keputusan; tanggalnya perkiraan"), required=False)

    def __init__(self, data=None, *, day: PublicDay | None = None, on: datetime.date | None = None):
        self.day = day
        names = ("on", "name", "kind", "decree", "provisional", "version")
        initial = {name: getattr(day, name) for name in names} if day else {"on": on}
        super().__init__(data, initial=initial)

    def save(self, *, by: Member, at: datetime.datetime) -> PublicDay:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        if self.day is None:
            return operations.add_day(by=by, at=at, **values)
        return operations.correct_day(day=self.day, version=version, by=by, at=at, **values)


class ConfirmForm(forms.Form):
    """The decree of a year, once it is out."""

    decree = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Nomor keputusan bersama; dicatat pada setiap hari yang dikukuhkan.")
    )


class SeasonForm(VersionedForm):
    name = forms.CharField(label=_("Nama musim"), max_length=80, help_text=_("Misalnya Ramadan 1448 H."))
    first_on = forms.DateField(label=_("Hari pertama"))
    last_on = forms.DateField(label=_("Hari terakhir"))
    provisional = forms.BooleanField(label=_("Menunggu penetapan; tanggalnya perkiraan"), required=False)

    def __init__(self, data=None, *, season: Season | None = None):
        self.season = season
        names = ("name", "first_on", "last_on", "provisional", "version")
        super().__init__(data, initial={name: getattr(season, name) for name in names} if season else None)

    def save(self, *, by: Member, at: datetime.datetime) -> Season:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        values["name"] = " ".join(values["name"].split())
        if self.season is None:
            return operations_upkeep.add_season(by=by, at=at, **values)
        return operations_upkeep.edit_season(season=self.season, version=version, by=by, at=at, **values)


class BrowserForm(VersionedForm):
    browser = forms.ChoiceField(label=_("Peramban"), choices=Browser.choices)
    major = forms.IntegerField(
        label=_("Versi utama"), min_value=1, max_value=9999, help_text=_("Angka sebelum titik pertama, misalnya 157.")
    )
    released_on = forms.DateField(label=_("Terbit pada"))

    def __init__(self, data=None, *, release: BrowserVersion | None = None, today: datetime.date | None = None):
        self.release = release
        names = ("browser", "major", "released_on", "version")
        initial = {name: getattr(release, name) for name in names} if release else {"released_on": today}
        super().__init__(data, initial=initial)

    def save(self, *, by: Member, at: datetime.datetime) -> BrowserVersion:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        if self.release is None:
            return operations_upkeep.add_browser(by=by, at=at, **values)
        return operations_upkeep.edit_browser(release=self.release, version=version, by=by, at=at, **values)
