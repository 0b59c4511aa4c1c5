"""The HTML edge of supplies."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.members import Member
from equipment import operations_supplies as operations
from equipment.enums import MovementKind, SupplyKind
from equipment.models import Supply
from offices.forms import one_line
from offices.models import Office
from portal.editing import VersionedForm

FACTS = ("kind", "name", "unit", "minimum")
UNITS = ("rim", "buah", "kotak", "botol", "pak", "lusin", "lembar")


def number_field(label, *, least: int = 0, **kwargs) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"} | kwargs.pop("attrs", {}))
    return forms.IntegerField(label=label, min_value=least, max_value=operations.MOST, widget=widget, **kwargs)


class SupplyForm(VersionedForm):
    kind = forms.ChoiceField(label=_("Jenis"), choices=SupplyKind.choices)
    name = forms.CharField(
        label=_("Nama barang"), max_length=100, help_text=_("Seperti tertulis di kemasan, misalnya Kertas A4 80 gram.")
    )
    unit = forms.CharField(
        label=_("Satuan"), max_length=20, help_text=_("Dalam satuan apa Anda menghitungnya: rim, buah, kotak, botol …")
    )
    minimum = number_field(
        _("Persediaan minimum"), initial=0, help_text=_("Di bawah jumlah ini Loket memperingatkan. 0 jika tidak ada batas.")
    )
    on_hand = number_field(
        _("Persediaan sekarang"), required=False, help_text=_("Yang ada di kantor saat ini. Kosongkan jika belum ada.")
    )

    def __init__(self, data=None, *, office: Office, supply: Supply | None = None):
        self.office, self.supply = office, supply
        super().__init__(data, initial={name: getattr(supply, name) for name in (*FACTS, "version")} if supply else None)
        self.fields["unit"].widget.attrs["list"] = "satuan"
        if supply is not None:
            del self.fields["on_hand"]

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_unit(self):
        return one_line(self.cleaned_data["unit"])

    def save(self, *, by: Member, at: datetime.datetime) -> Supply:
        facts = {name: self.cleaned_data[name] for name in FACTS}
        if self.supply is None:
            there = self.cleaned_data["on_hand"] or 0
            return operations.add_supply(office=self.office, on_hand=there, by=by, at=at, **facts)
        version = self.cleaned_data["version"]
        return operations.edit_supply(supply=self.supply, version=version, by=by, at=at, **facts)


class MovementForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Yang terjadi"), choices=MovementKind.choices, widget=forms.RadioSelect, initial=MovementKind.USED
    )
    quantity = forms.IntegerField(
        label=_("Jumlah"),
        min_value=-operations.MOST,
        max_value=operations.MOST,
        widget=forms.NumberInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        help_text=_("Koreksi yang mengurangi ditulis dengan tanda minus, misalnya -2."),
    )
    on = forms.DateField(label=_("Tanggal"))
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False, help_text=_("Wajib untuk koreksi."))

    def __init__(self, data=None, *, supply: Supply, today: datetime.date):
        self.supply = supply
        super().__init__(data, initial={"on": today})

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])

    def save(self, *, by: Member, at: datetime.datetime):
        return operations.record(supply=self.supply, by=by, at=at, **self.cleaned_data)


class Row:
    """One supply of a page that asks for numbers of many: its bound fields by name."""

    def __init__(self, form: forms.Form, supply: Supply, names: tuple[str, ...]):
        self.supply = supply
        self.fields = [form[f"{name}-{supply.pk}"] for name in names]


class Sheet(forms.Form):
    """Numbers for the supplies of an office, a row each; what is left empty says nothing."""

    names: tuple[str, ...] = ()
    labels: dict[str, Any] = {}

    def __init__(self, data=None, *, supplies: list[Supply], **kwargs):
        self.supplies = supplies
        super().__init__(data, **kwargs)
        for supply in supplies:
            for name in self.names:
                label = _("%(what)s: %(item)s") % {"what": self.labels[name], "item": supply.name}
                self.fields[f"{name}-{supply.pk}"] = number_field(label, required=False, attrs={"aria-label": label})

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(self, supply, self.names) for supply in self.supplies]

    def number(self, name: str, supply: Supply) -> int | None:
        return self.cleaned_data.get(f"{name}-{supply.pk}")

    def hear(self, refused: operations.Refused, default: str) -> None:
        """Put each refusal where it belongs."""
        for pk, error in refused.by_supply.items():
            name = error.field if error.field in self.names else default
            self.add_error(f"{name}-{pk}", str(error.message))


class DaySheet(Sheet):
    """What a day brought: used, came in."""

    names = ("used", "came_in")
    labels = {"used": pgettext_lazy("supply sheet", "Terpakai"), "came_in": pgettext_lazy("supply sheet", "Masuk")}
    on = forms.DateField(label=_("Tanggal"))

    def __init__(self, data=None, *, today: datetime.date, **kwargs):
        super().__init__(data, initial={"on": today}, **kwargs)

    def entries(self) -> list[operations.Entry]:
        return [
            operations.Entry(supply.pk, came_in=self.number("came_in", supply) or 0, used=self.number("used", supply) or 0)
            for supply in self.supplies
        ]

    def save(self, *, office: Office, by: Member, at: datetime.datetime) -> int:
        try:
            done = operations.record_day(office=office, entries=self.entries(), on=self.cleaned_data["on"], by=by, at=at)
        except operations.Refused as refused:
            self.hear(refused, "used")
            raise
        return len(done)


class CountSheet(Sheet):
    """What was counted on the shelf."""

    names = ("counted",)
    labels = {"counted": pgettext_lazy("supply sheet", "Hasil hitung")}
    reason = forms.CharField(
        label=_("Alasan selisih"),
        max_length=200,
        required=False,
        help_text=_("Kosongkan untuk “Hitung fisik” dengan tanggal hari ini."),
    )

    def counted(self) -> dict[uuid.UUID, int]:
        typed = {supply.pk: self.number("counted", supply) for supply in self.supplies}
        return {pk: number for pk, number in typed.items() if number is not None}

    def save(self, *, office: Office, by: Member, at: datetime.datetime) -> tuple[int, int]:
        """How many were counted, and how many of these differed."""
        counted, reason = self.counted(), one_line(self.cleaned_data["reason"])
        try:
            return len(counted), len(operations.count(office=office, counted=counted, reason=reason, by=by, at=at))
        except operations.Refused as refused:
            self.hear(refused, "counted")
            raise
