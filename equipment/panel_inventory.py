"""What the inventory shows on the page of an office: with what it can register, and what is missing or broken."""

from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment import queries
from equipment.enums import Category, Condition, ItemKind
from equipment.models import Item
from offices.enums import OfficeKind
from offices.models import Office
from offices.panels import Panel
from offices.panels import register as register_panel

MOST = 4
# What an office where people come needs once (points 17 and 16), and what is said where there is none that works.
NEEDED = (ItemKind.THERMOMETER, ItemKind.WASHBASIN)


@dataclass
class Outlook:
    """The inventory of an office on a day. ``hindrances`` block it, ``attention`` does not: pairs (sentence, address)."""

    total: int
    ready: int
    unready: list[queries.Readiness]
    hindrances: list[tuple[str, str]] = field(default_factory=list)
    attention: list[tuple[str, str]] = field(default_factory=list)


def outlook(office: Office, on) -> Outlook:
    """Two queries, however many things there are; four where devices are not ready."""
    total, ready = queries.device_counts(office, on)
    unready = queries.unready_devices(office, on, MOST) if total > ready else []
    found = Outlook(total, ready, unready)
    if not ready:
        found.hindrances.append((_no_device(found), reverse("equipment:checks", args=[office.pk])))
    rest = list(_rest(office))
    if office.kind != OfficeKind.PHONE:
        found.hindrances += [_missing(office, kind, rest) for kind in NEEDED if not _works(kind, rest)]
    found.attention += _broken(office, rest)
    return found


def _no_device(found: Outlook) -> str:
    if not found.total:
        return _("Tidak ada perangkat pendaftaran di inventaris")
    first = found.unready[0]
    words = {"name": first.item.name, "reasons": ", ".join(first.reasons)}
    return _("Tidak ada perangkat pendaftaran yang siap: %(name)s %(reasons)s") % words


def _rest(office: Office):
    """What is no device and either needed once or not in order: (kind, condition, room) for each."""
    things = Item.objects.kept().filter(office=office).exclude(category=Category.DEVICE)
    needed = things.filter(kind__in=NEEDED) | things.filter(condition=Condition.BROKEN)
    return (
        needed.annotate(room_name=F("room__name")).order_by("room_name", "kind").values_list("kind", "condition", "room_name")
    )


def _works(kind: str, rest) -> bool:
    return any(found == kind and condition != Condition.BROKEN for found, condition, _room in rest)


def _missing(office: Office, kind: ItemKind, rest) -> tuple[str, str]:
    inventory = reverse("equipment:office_items", args=[office.pk])
    if any(found == kind for found, _condition, _room in rest):
        return _("%(thing)s rusak") % {"thing": str(kind.label).capitalize()}, f"{inventory}?jenis={kind}"
    add = f"{reverse('equipment:item_new', args=[office.pk])}?kind={kind}"
    return _("%(thing)s belum ada") % {"thing": str(kind.label).capitalize()}, add


def _broken(office: Office, rest) -> list[tuple[str, str]]:
    """Furniture, sockets, printers … that are wrecks, by room (points 14 and 18)."""
    counts: dict[tuple[str, str], int] = {}
    for kind, condition, room in rest:
        if condition == Condition.BROKEN and kind not in NEEDED:
            counts[room or "", kind] = counts.get((room or "", kind), 0) + 1
    address = f"{reverse('equipment:office_items', args=[office.pk])}?kondisi=broken"
    found = []
    for (room, kind), count in counts.items():
        words = {"count": count, "kind": ItemKind(kind).label, "room": room or _("belum ditempatkan")}
        text = ngettext("%(room)s: %(count)s %(kind)s rusak berat", "%(room)s: %(count)s %(kind)s rusak berat", count) % words
        found.append((text, f"{address}&jenis={kind}"))
    return found


def office_inventory(request, office) -> dict:
    found = outlook(office, request.today)
    return {
        "office": office,
        "outlook": found,
        "blockers": found.hindrances,
        "may_edit": request.member.may("equipment.edit", dinas=office.dinas_id),
    }


def show() -> None:
    register_panel(Panel("detail", 30, "equipment/panel.html", office_inventory, right="equipment.view"))
