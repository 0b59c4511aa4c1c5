"""
The page of components, for those who build pages: each once, in each of its states.

Its data are invented, but for the list of governments.
"""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.forms import Difference
from portal.listing import Column, Empty, Filter, Listing
from tenants.enums import Level
from tenants.models import ZONES, Tenant

STATES = [
    ("ok", _("siap")),
    ("bad", _("terhambat")),
    ("warn", _("perlu perhatian")),
    ("none", _("belum ada data")),
    ("late", _("terlambat")),
]


class Example(forms.Form):
    """Every kind of field a form of the portal has."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)
    name = forms.CharField(label=_("Nama loket"), max_length=80, help_text=_("Seperti tertulis di pintu."))
    kind = forms.ChoiceField(
        label=_("Jenis loket"), choices=[("", _("Pilih …")), ("tetap", _("Loket tetap")), ("keliling", _("Loket keliling"))]
    )
    opened_on = forms.DateField(label=_("Mulai melayani"), help_text=_("Hari pertama loket ini dibuka untuk umum."))
    opens_at = forms.TimeField(label=_("Jam buka"))
    desks = forms.IntegerField(label=_("Jumlah meja"), min_value=1, required=False)
    days = forms.MultipleChoiceField(
        label=_("Hari layanan"),
        choices=[("1", _("Senin")), ("2", _("Selasa")), ("3", _("Rabu")), ("4", _("Kamis")), ("5", _("Jumat"))],
        widget=forms.CheckboxSelectMultiple,
    )
    access = forms.ChoiceField(
        label=_("Akses kursi roda"),
        choices=[("ya", _("Ada")), ("tidak", _("Belum ada"))],
        widget=forms.RadioSelect,
        help_text=_("Termasuk jalur dari jalan sampai ke meja."),
    )
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(label=_("Foto pintu depan"), required=False, help_text=_("JPG atau PNG, paling besar 5 MB."))
    agreed = forms.BooleanField(label=_("Alamat ini sudah diperiksa di lapangan"))

    groups = [
        (_("Pelayanan"), _("Kapan loket ini melayani."), ["opened_on", "opens_at", "desks", "days"]),
        (_("Tempat"), "", ["access", "note", "photo", "agreed"]),
    ]


# code:column,row of the tile map of provinces; invented values.
PLACES = (
    "11:0,0 12:1,1 13:1,2 14:2,1 15:2,2 16:2,3 17:1,3 18:2,4 19:3,2 21:3,1 31:4,5 32:5,5 33:6,5 34:6,6 35:7,5 36:3,5 51:8,6 "
    "52:9,6 53:10,6 61:5,2 62:6,3 63:7,3 64:7,2 65:7,1 71:11,1 72:10,2 73:9,4 74:10,4 75:10,1 76:9,3 81:12,4 82:12,2 91:15,2 "
    "92:14,2 93:15,4 94:14,3 95:15,3 96:13,2"
)


def tiles() -> list[dict]:
    found = []
    for number, place in enumerate(PLACES.split()):
        code, spot = place.split(":")
        column, row = map(int, spot.split(","))
        kind, _word = STATES[number * 7 % 5]
        value = "–" if kind == "none" else str(100 - number)
        found.append(
            {
                "column": column,
                "row": row,
                "label": code,
                "value": value,
                "kind": kind,
                "url": "#peta",
                "title": f"{code}: {value}",
            }
        )
    return found


def rows() -> list[dict]:
    names = [
        _("Loket Cikutra"),
        _("Loket Gedebage"),
        _("Loket Keliling Selatan"),
        _("Loket Ujung Berung"),
        _("Loket Arcamanik"),
    ]
    return [
        {
            "name": name,
            "address": _("Jl. Contoh %(number)s") % {"number": number * 4},
            "kind": kind,
            "word": word,
            "rooms": number * 3,
        }
        for number, (name, (kind, word)) in enumerate(zip(names, STATES, strict=True), start=1)
    ]


def governments(request) -> Listing:
    levels = [
        (Level.PROVINCE.value, Level.PROVINCE.label),
        (Level.KABUPATEN.value, Level.KABUPATEN.label),
        (Level.KOTA.value, Level.KOTA.label),
    ]
    return Listing(
        request,
        Tenant.objects.governments().select_related("parent"),
        columns=[
            Column("name", _("Pemerintah daerah"), sort="name"),
            Column("level", _("Tingkat"), sort="level"),
            Column("parent", _("Provinsi"), sort="parent__name"),
            Column("zone", _("Waktu")),
            Column("number", _("Nomor"), sort="id", numeric=True),
            Column("slug", _("Alamat"), shown=False),
        ],
        search=["name", "slug"],
        filters=[
            Filter("tingkat", _("Tingkat"), levels, "level"),
            Filter("waktu", _("Waktu"), list(ZONES.items()), "timezone"),
        ],
        order="name",
        noun=_("pemerintah daerah"),
        empty=Empty(
            _("Belum ada pemerintah daerah"), _("Daftar ini terisi setelah wilayah disiapkan."), icon="building-community"
        ),
        key="wilayah",
    )


@require_safe
def components(request):
    context = {
        "crumbs": [(_("Tim pembuat"), "/_/komponen/"), (_("Komponen"), None)],
        "states": STATES,
        "rows": rows(),
        "tiles": tiles(),
        "parts": [("ok", 9), ("warn", 3), ("bad", 2)],
        "form": Example(auto_id="kosong_%s", initial={"name": _("Loket Cikutra")}),
        "wrong": Example(
            {"name": "", "opened_on": "31-31-2026", "desks": "0", "days": ["1"], "version": "3"}, auto_id="salah_%s"
        ),
        "lost": [Difference(_("Jam buka"), "08.00", "07.30"), Difference(_("Jumlah meja"), "4", "6")],
        "day": datetime.date(2026, 11, 23),
        "time": datetime.time(8, 0),
    }
    return governments(request).respond("portal/components.html", context)


components.access = "open"  # type: ignore[attr-defined]
