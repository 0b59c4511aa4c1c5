"""The HTML edge of the inventory: read what was typed, say what to mend."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment import operations
from equipment.enums import DEVICES, FURNITURE, Category, Condition, ItemKind
from equipment.models import Item
from equipment.operations import MOST_AT_ONCE
from equipment.place_choices import Place, Places, key_of
from offices.enums import RoomPurpose
from portal.editing import VersionedForm


def one_line(text: str) -> str:
    return " ".join(text.split())


def kinds() -> list:
    """All kinds in groups by what they are kept for."""
    others = [kind for kind in ItemKind if kind not in (*DEVICES, *FURNITURE)]
    groups = ((Category.DEVICE, DEVICES), (Category.FURNITURE, FURNITURE), (Category.OTHER, others))
    return [(category.label, [(kind.value, kind.label) for kind in members]) for category, members in groups]


def offer(form: forms.Form, name: str, choices: list) -> None:
    """Fill in the choices that only the request knows."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    field.choices = choices


class ItemForm(VersionedForm):
    """The facts of a thing; for a new one also how many, where and in what condition."""

    kind = forms.ChoiceField(label=_("Jenis"))
    name = forms.CharField(
        label=_("Merek dan tipe"), max_length=150, help_text=_("Seperti tertulis pada barangnya, misalnya Laptop 14 inci.")
    )
    count = forms.IntegerField(
        label=_("Jumlah"), min_value=1, max_value=MOST_AT_ONCE, initial=1,
        help_text=_("Barang yang sama sekaligus, misalnya 8 kursi. Setiap barang mendapat label sendiri."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Tempat"))
    condition = forms.ChoiceField(
        label=_("Kondisi"), choices=Condition.choices, widget=forms.RadioSelect, initial=Condition.GOOD
    )
    purpose = forms.ChoiceField(
        label=_("Kegunaan"), choices=[("", _("mengikuti ruangnya")), *RoomPurpose.choices], required=False,
        help_text=_("Perangkat dipakai untuk pendaftaran atau pelatihan, tidak keduanya, dan berada di ruang kegunaannya."),
    )  # fmt: skip
    has_camera = forms.BooleanField(label=_("Punya kamera"), required=False)
    item_code = forms.CharField(
        label=_("Kode barang"), max_length=30, required=False, help_text=_("Dari daftar barang milik daerah, jika sudah ada.")
    )
    register_number = forms.CharField(
        label=_("NUP"), max_length=20, required=False,
        help_text=_("Nomor urut pendaftaran. Untuk beberapa barang: NUP barang pertama, berikutnya dilanjutkan."),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Tahun perolehan"), min_value=1950, max_value=2100, required=False)
    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)

    groups = [(_("Kode barang milik daerah"), "", ["item_code", "register_number", "year", "note"])]

    def __init__(self, data=None, *, places: Places | None = None, item: Item | None = None, wished: dict | None = None):
        self.item = item
        initial = dict(wished or {})
        if item is not None:
            names = ("kind", "name", "purpose", "has_camera", "item_code", "register_number", "year", "note", "version")
            initial = {name: getattr(item, name) for name in names}
        super().__init__(data, initial=initial)
        offer(self, "kind", [("", _("Pilih jenis …")), *kinds()])
        if places is not None:
            offer(self, "place", places.choices)
        else:
            for name in ("count", "place", "condition"):
                del self.fields[name]

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def _facts(self) -> dict:
        return {key: value for key, value in self.cleaned_data.items() if key not in ("place", "version")}

    def add(self, places: Places, *, by: Member, at: datetime.datetime) -> list[Item]:
        place = places.by_key[self.cleaned_data["place"]]
        return operations.add(office=place.office, room=place.room, desk=place.desk, by=by, at=at, **self._facts())

    def edit(self, *, by: Member, at: datetime.datetime) -> Item:
        if self.item is None:
            raise TypeError("a form without a thing adds things")
        return operations.edit(item=self.item, version=self.cleaned_data["version"], by=by, at=at, **self._facts())


class PlaceForm(forms.Form):
    """Where to: one of the places of the offices that the person looks after."""

    place = forms.ChoiceField(label=_("Pindah ke"))
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)

    def __init__(self, data=None, *, places: Places, initial: dict | None = None):
        self.places = places
        super().__init__(data, initial=initial)
        offer(self, "place", [("", _("Pilih tempat …")), *places.choices])

    @property
    def chosen(self) -> Place:
        return self.places.by_key[self.cleaned_data["place"]]

    def move(self, items: list[Item], *, by: Member, at: datetime.datetime) -> list[Item]:
        place = self.chosen
        return operations.move_all(
            items=items, room=place.room, desk=place.desk, office=place.office, reason=self.cleaned_data["reason"], by=by, at=at
        )


class MoveForm(PlaceForm):
    """The same for one thing; two who move it at once do not overwrite one another."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data=None, *, places: Places, item: Item):
        self.item = item
        super().__init__(data, places=places, initial={"place": key_of(item), "version": item.version})

    def save(self, *, by: Member, at: datetime.datetime) -> Item:
        place = self.chosen
        return operations.move(
            item=self.item, room=place.room, desk=place.desk, office=place.office, version=self.cleaned_data["version"],
            reason=self.cleaned_data["reason"], by=by, at=at,
        )  # fmt: skip


class Dated(forms.Form):
    """What happened on a day, and why."""

    on = forms.DateField(label=_("Tanggal"))
    reason = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, data=None, *, today: datetime.date, initial: dict | None = None):
        super().__init__(data, initial={"on": today, **(initial or {})})

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])


class ConditionForm(Dated):
    condition = forms.ChoiceField(label=_("Kondisi"), choices=Condition.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False, help_text=_("Wajib jika tidak Baik: apa yang rusak atau kurang.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    field_order = ["condition", "on", "reason"]

    def set(self, items: list[Item], *, by: Member, at: datetime.datetime) -> list[Item]:
        return operations.set_condition(items=items, by=by, at=at, **self.cleaned_data)


class WriteOffForm(Dated):
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, help_text=_("Misalnya dilelang, dihibahkan, hilang (nomor laporan), diganti.")
    )

    def write_off(self, items: list[Item], *, by: Member, at: datetime.datetime) -> list[Item]:
        return operations.write_off(items=items, by=by, at=at, **self.cleaned_data)
