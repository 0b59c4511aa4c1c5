"""The list of things as pages and exports show it: its columns, filters and search."""

import datetime
from collections.abc import Callable
from operator import attrgetter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment import queries
from equipment.enums import Category, CheckKind, CheckState, Condition, ItemKind
from equipment.models import Item
from offices.enums import RoomPurpose
from offices.models import Office, Room
from portal.dates import short_date
from portal.listing import Column, Empty, Filter, Listing

REMOVED = "dihapus"
UNPLACED = "belum"
DUE = "perlu"
EXPORTED = 20_000


def items(request, office: Office | None = None) -> Listing:
    """The things of a government, or of one office; those that were written off only where the reader asks for them."""
    removed = request.GET.get("status") == REMOVED
    found = Item.objects.exclude(removed_on=None) if removed else Item.objects.kept()
    found = found.select_related("office", "room", "desk")
    if office is not None:
        found = found.filter(office=office)
    return Listing(
        request,
        found,
        columns=_columns(office),
        search=["name", "label", "item_code", "register_number", "note"],
        filters=_filters(request, office),
        order="name",
        noun=_("barang"),
        search_label=_("Cari nama, label, atau kode"),
        empty=_empty(request, office),
    )


def _columns(office: Office | None) -> list[Column]:
    return [
        Column("name", _("Barang"), sort=["name", "label"]),
        Column("label", _("Label"), sort="label"),
        Column("kind", _("Jenis"), sort="kind", shown=False),
        Column("office", _("Kantor"), sort="office__name", shown=office is None),
        Column("place", _("Tempat"), sort=["room__name", "desk__name"]),
        Column("purpose", _("Kegunaan"), sort="purpose"),
        Column("item_code", _("Kode barang"), sort="item_code", shown=False),
        Column("register_number", _("NUP"), sort="register_number", shown=False),
        Column("year", _("Tahun"), sort="year", numeric=True, shown=False),
        Column("note", _("Keterangan"), shown=False),
        Column("checks", _("Pemeriksaan")),
        Column("condition", _("Kondisi"), sort="condition", hideable=False),
    ]


def _filters(request, office: Office | None) -> list[Filter]:
    def checked(found, value):
        return queries.by_checks(found, value, request.today)

    if office is None:
        offices = [(str(pk), name) for pk, name in Office.objects.order_by("name").values_list("pk", "name")]
        place = Filter("kantor", _("Kantor"), offices, "office")
    else:
        rooms = [(str(pk), name) for pk, name in Room.objects.filter(office=office).values_list("pk", "name")]
        place = Filter("ruang", _("Ruang"), [*rooms, (UNPLACED, _("belum ditempatkan"))], _in_room)
    unsettled = [(state.value, str(state.label)) for state in CheckState if state != CheckState.FRESH]
    return [
        place,
        Filter("golongan", _("Golongan"), Category.choices, "category"),
        Filter("jenis", _("Jenis"), ItemKind.choices, "kind"),
        Filter("kegunaan", _("Kegunaan"), RoomPurpose.choices, "purpose"),
        Filter("kondisi", _("Kondisi"), Condition.choices, "condition"),
        Filter("periksa", _("Pemeriksaan"), [(DUE, _("perlu diperiksa")), *unsettled], checked),
        Filter("status", _("Status"), [(REMOVED, _("dihapus dari inventaris"))], lambda found, value: found),
    ]


def _in_room(found, value):
    return found.filter(room=None) if value == UNPLACED else found.filter(Q(room=value))


def _empty(request, office: Office | None) -> Empty:
    may_add = request.member.may("equipment.edit", **({"dinas": office.dinas_id} if office else {}))
    url = reverse("equipment:item_new", args=[office.pk]) if office else reverse("equipment:new")
    return Empty(
        _("Belum ada barang"),
        _("Mulai dari perangkat pendaftaran: laptop, komputer, tablet, atau ponsel. Setiap barang mendapat label sendiri."),
        url if may_add else "",
        _("Tambah barang"),
        "device-desktop",
    )


# Export -----------------------------------------------------------------------------------------------------------------------

Telling = Callable[[Item], str]


def table(listing: Listing, on: datetime.date) -> list[list[str]]:
    """The rows of the list as it is seen, all pages, with their headings; texts as a spreadsheet shows them."""
    shown = [column for column in listing.columns if column.key in listing.shown]
    found = list(listing.everything[:EXPORTED])
    tellings = _tellings()
    if "checks" in listing.shown:
        tellings["checks"] = _checks(found, on)
    columns = [tellings.get(column.key) or attrgetter(column.key) for column in shown]
    return [[str(column.label) for column in shown], *([tell(item) for tell in columns] for item in found)]


def _tellings() -> dict[str, Telling]:
    """How the columns are told that are not simply text. Labels are looked up once: in thousands of rows that is the cost."""
    kinds, purposes, conditions = (
        {value: str(label) for value, label in choices.choices} for choices in (ItemKind, RoomPurpose, Condition)
    )
    removed = _("%(condition)s, dihapus %(day)s")

    def condition(item: Item) -> str:
        text = conditions[item.condition]
        return removed % {"condition": text, "day": short_date(item.removed_on)} if item.removed_on else text

    return {
        "kind": lambda item: kinds[item.kind],
        "office": lambda item: item.office.name,
        "place": lambda item: " – ".join(place.name for place in (item.room, item.desk) if place),
        "purpose": lambda item: purposes.get(item.purpose, ""),
        "year": lambda item: "" if item.year is None else str(item.year),
        "condition": condition,
    }


def _checks(found: list[Item], on: datetime.date) -> Telling:
    newest = queries.newest_checks(found)
    kinds = {kind: str(kind.label) for kind in CheckKind}
    words = {state: str(state.label) for state in CheckState}

    def checks(item: Item) -> str:
        return "; ".join(f"{kinds[each.kind]}: {words[each.state]}" for each in queries.standings(newest, item, on))

    return checks
