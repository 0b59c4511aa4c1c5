"""The HTML edge of rooms and plans: lengths as people type them, a table of desks beside the drawing."""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import arrangement, operations_layout
from offices.enums import RoomPurpose
from offices.forms import one_line
from offices.measures import UnreadableLength, metres, read_metres
from offices.models import Desk, Office, Room
from offices.operations_layout import MOST_DESKS, Placed
from offices.queries_layout import rect
from portal.editing import VersionedForm
from portal.errors import LostUpdate
from portal.forms import Difference
from portal.rows import Rows

NEW_WIDTH, NEW_DEPTH = 120, 60


class LengthField(forms.CharField):
    """A length in metres with a comma; its value is in whole centimetres, or None."""

    def __init__(self, **kwargs):
        entry = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8, "placeholder": "4,5"})
        super().__init__(max_length=12, required=False, widget=entry, **kwargs)

    def prepare_value(self, value):
        return metres(value) if isinstance(value, int) else value

    def clean(self, value):
        try:
            return read_metres(super().clean(value))
        except UnreadableLength as error:
            raise forms.ValidationError(str(error.message)) from error


class RoomForm(VersionedForm):
    name = forms.CharField(
        label=_("Nama ruang"), max_length=80, help_text=_("Seperti tertulis di pintunya, misalnya Ruang Pendaftaran.")
    )
    purpose = forms.ChoiceField(
        label=_("Kegunaan"),
        choices=RoomPurpose.choices,
        widget=forms.RadioSelect,
        help_text=_("Satu ruang satu kegunaan: pendaftaran terpisah dari pelatihan."),
    )
    width = LengthField(label=_("Lebar (meter)"), help_text=_("Dari dinding ke dinding, misalnya 4,5."))
    depth = LengthField(label=_("Panjang (meter)"), help_text=_("Boleh menyusul; denah dapat digambar setelah ruang diukur."))
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False, help_text=_("Misalnya lantai atau pintu."))

    def __init__(self, data=None, *, office: Office, room: Room | None = None):
        self.office, self.room = office, room
        initial = {name: getattr(room, name) for name in self.base_fields} if room else None
        super().__init__(data, initial=initial)

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_note(self):
        return one_line(self.cleaned_data["note"])

    def save(self, *, by: Member, at: datetime.datetime) -> Room:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if self.room is None:
            return operations_layout.add_room(office=self.office, by=by, at=at, **facts)
        return operations_layout.edit_room(room=self.room, version=self.cleaned_data["version"], by=by, at=at, **facts)


# The plan ---------------------------------------------------------------------------------------------------------------------


def _centimetres(label, *, least: int, most: int, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 1, "autocomplete": "off"}),
        error_messages={"invalid": _("Tulis bilangan bulat dalam sentimeter.")},
    )


class DeskForm(forms.Form):
    """A row of the plan's table."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Nama meja"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Beri meja ini nama, atau hapus barisnya.")},
    )
    x = _centimetres(_("Dari kiri (cm)"), least=0, most=10_000, required=False)
    y = _centimetres(_("Dari atas (cm)"), least=0, most=10_000, required=False)
    width = _centimetres(_("Lebar (cm)"), least=20, most=500, required=True)
    depth = _centimetres(_("Panjang (cm)"), least=20, most=500, required=True)

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean(self):
        x, y = self.cleaned_data.get("x"), self.cleaned_data.get("y")
        if (x is None) != (y is None) and not {"x", "y"} & set(self.errors):
            self.add_error("x" if x is None else "y", _("Isi keduanya, dari kiri dan dari atas, atau kosongkan keduanya."))
        return self.cleaned_data


class DeskRows(Rows):
    """The desks of a plan, a row each."""

    form_class, fields, most, prefix = DeskForm, ("id", "name", "x", "y", "width", "depth"), MOST_DESKS, "meja"

    @classmethod
    def of(cls, desks: Sequence[Desk]) -> "DeskRows":
        return cls([tuple(getattr(desk, name) for name in ("pk", *cls.fields[1:])) for desk in desks])

    @classmethod
    def _read(cls, entries: Mapping) -> list[tuple]:
        return [tuple("" if value is None else value for value in row) for row in super()._read(entries)]

    @classmethod
    def moved(cls, entries: Mapping, floor: tuple[int, int]) -> "DeskRows | None":
        """As ``rearranged``; a new desk (``tambah``) and one without a place (``taruh-3``) go where there is a metre around."""
        rows = cls._read(entries)
        action, _dash, place = entries.get("baris", "").partition("-")
        if action == "tambah" and len(rows) < cls.most:
            rows.append(_put(new_desk(rows), rows, floor))
            return cls(rows, focus=len(rows) - 1)
        if action == "taruh" and place.isdecimal() and int(place) < len(rows):
            number = int(place)
            rows[number] = _put(rows[number], rows, floor)
            return cls(rows, focus=number)
        return cls.rearranged(entries)

    @classmethod
    def arranged(cls, entries: Mapping, floor: tuple[int, int]) -> "tuple[DeskRows, arrangement.Arrangement]":
        """As many desks as asked for (``jumlah``), laid out by themselves; those that were there already come first."""
        rows = cls._read(entries)
        asked = entries.get("jumlah", "").strip()
        count = min(int(asked), cls.most) if asked.isdecimal() and asked.isascii() else len(rows)
        while len(rows) < count:
            rows.append(new_desk(rows))
        sizes = [(_size(row[4], NEW_WIDTH), _size(row[5], NEW_DEPTH)) for row in rows]
        found = arrangement.arrange(*floor, sizes)
        placed = [(*row[:2], *(place or ("", "", *size))) for row, place, size in zip(rows, found.places, sizes, strict=True)]
        return cls(placed), found

    def row_name(self, number: int) -> str:
        return gettext("Meja pada baris %(row)s") % {"row": number}

    @property
    def placed(self) -> list[Placed]:
        """The desks as the operation takes them; the rows must be valid."""
        return [Placed(name, x, y, width, depth, id or None) for id, name, x, y, width, depth in self._filled()]

    def _filled(self) -> list[tuple]:
        rows = ([form.cleaned_data.get(name) for name in self.fields] for form in self.formset.forms)
        return [tuple(row) for row in rows if row[1]]

    @property
    def desks(self) -> list[Desk]:
        """The rows as desks for the drawing: what can be read of what was typed, in the order of the rows."""
        return [_readable([form[name].value() for name in self.fields]) for form in self.formset.forms]


def new_desk(rows: Sequence[tuple]) -> tuple:
    """A row for one more desk, with the next free number and the size of the last one."""
    taken = {str(row[1]).strip() for row in rows}
    number = next(n for n in range(1, MOST_DESKS + 2) if gettext("Meja %(number)s") % {"number": n} not in taken)
    size = (_size(rows[-1][4], NEW_WIDTH), _size(rows[-1][5], NEW_DEPTH)) if rows else (NEW_WIDTH, NEW_DEPTH)
    return ("", gettext("Meja %(number)s") % {"number": number}, "", "", *size)


def _put(row: tuple, rows: Sequence[tuple], floor: tuple[int, int]) -> tuple:
    """The row with the first free place of the room, if there is one."""
    others = [at for other in rows if other is not row and (at := rect(_readable(other)))]
    size = (_size(row[4], NEW_WIDTH), _size(row[5], NEW_DEPTH))
    found = arrangement.free_place(*floor, size, others)
    return (*row[:2], *found) if found else row


def _whole(value, least: int, most: int) -> int | None:
    text = str("" if value is None else value).strip()
    if not (text.isdecimal() and text.isascii() and len(text) < 6):
        return None
    return int(text) if least <= int(text) <= most else None


def _size(value, otherwise: int) -> int:
    return _whole(value, 20, 500) or otherwise


def _readable(values) -> Desk:
    pk, name, x, y, width, depth = values
    left, top = _whole(x, 0, 10_000), _whole(y, 0, 10_000)
    place = (left, top) if left is not None and top is not None else (None, None)
    known = pk if isinstance(pk, uuid.UUID) else uuid.uuid4()
    return Desk(
        id=known, name=str(name or ""), x=place[0], y=place[1], width=_size(width, NEW_WIDTH), depth=_size(depth, NEW_DEPTH)
    )


def spoken(desk: Placed | Desk) -> str:
    """Where a desk stands, in words."""
    size = _("%(width)s × %(depth)s cm") % {"width": desk.width, "depth": desk.depth}
    if desk.x is None:
        return gettext("belum ditempatkan, %(size)s") % {"size": size}
    return gettext("%(x)s cm dari kiri, %(y)s cm dari atas, %(size)s") % {"x": desk.x, "y": desk.y, "size": size}


def plan_differences(error: LostUpdate) -> list[Difference]:
    """What two people drew differently, desk by desk."""
    now = {desk.pk: desk for desk in error.current.desks.all()}
    typed = {placed.id: placed for placed in error.submitted["desks"] if placed.id in now}
    found = []
    for pk, desk in sorted(now.items(), key=lambda each: each[1].name):
        other = typed.get(pk)
        mine = spoken(other) if other else gettext("dihapus")
        if other and other.name != desk.name:
            mine = f"{other.name}: {mine}"
        if mine != spoken(desk):
            found.append(Difference(desk.name, spoken(desk), mine))
    new = [placed for placed in error.submitted["desks"] if placed.id not in now]
    return found + [Difference(placed.name, gettext("tidak ada"), spoken(placed)) for placed in new]


class PlanForm(VersionedForm):
    """Carries the version of the room that was on the screen; the desks are DeskRows."""
