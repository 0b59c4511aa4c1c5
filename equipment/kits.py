"""
The kit of a registration desk (point 26), part by part: what answers each, and what the desk lacks.

A part is answered by what is known already, where it can be: the device by the inventory, the laminated guides by whoever knows
what hangs where (room prints, through ``answer_with``). The rest is what somebody saw on the desk; that ages.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from equipment.enums import Condition, KitPart, SupplyKind
from equipment.models import Item, KitAnswer, Supply
from offices.enums import RoomPurpose
from offices.models import Desk, Office
from offices.queries_layout import in_order
from portal.dates import plain_date

# Days after which somebody looks again.
AGES_AFTER = datetime.timedelta(days=30)

# Which supplies refill a part.
REFILLS: dict[str, tuple[str, ...]] = {
    KitPart.SANITIZER: (SupplyKind.SANITIZER,),
    KitPart.PAPER: (SupplyKind.PAPER,),
    KitPart.STATIONERY: (SupplyKind.PEN, SupplyKind.SCISSORS, SupplyKind.GLUE, SupplyKind.STATIONERY),
}

Kind = Literal["ok", "bad", "warn", "none"]


@dataclass(frozen=True)
class Answer:
    """
    Whether a part lies on a desk.

    ``kind`` is the sign it is shown with: "ok" there, "bad" missing, "warn" there but soon not or to be looked at again, "none"
    nobody has said. ``word`` is the state in a word, ``detail`` what it rests on; ``link`` and ``link_words`` lead to the one
    place where it is mended, empty where the tap on this page is that place. ``link`` is a ``reverse_lazy``: the REST interface
    asks for answers, too, where no page of the government can be named.
    """

    kind: Kind
    word: str
    detail: str = ""
    link: str = ""
    link_words: str = ""


class Refill(TypedDict, total=False):
    """Of an Answer: the way to the supplies, where they are what has to be mended."""

    link: str
    link_words: str


Source = Callable[[list[Desk]], Mapping[uuid.UUID, Answer]]
_sources: dict[str, Source] = {}


def answer_with(part: str, source: Source) -> None:
    """
    Let ``source(desks) -> {desk.pk: Answer}`` answer a part, in one query for all desks; nobody is asked for it any more.

    ``desks`` carry their ``room``. A desk that the source leaves out counts as not answered.
    """
    _sources[KitPart(part)] = source


def is_asked(part: str) -> bool:
    """Whether the part is answered by somebody who looks at the desk."""
    return part not in _sources


@dataclass(frozen=True)
class Part:
    """One part of a desk's kit; ``asked`` says whether it is answered by a tap."""

    key: str
    label: str
    answer: Answer
    asked: bool
    present: bool | None = None


@dataclass(frozen=True)
class Kit:
    """A registration desk with its parts."""

    desk: Desk
    parts: tuple[Part, ...]

    def _of(self, *kinds: Kind) -> list[Part]:
        return [part for part in self.parts if part.answer.kind in kinds]

    @property
    def missing(self) -> list[Part]:
        return self._of("bad")

    @property
    def unsure(self) -> list[Part]:
        return self._of("warn", "none")

    @property
    def kind(self) -> Kind:
        return "bad" if self.missing else "warn" if self.unsure else "ok"

    @property
    def word(self) -> str:
        return {"bad": _("belum lengkap"), "warn": _("perlu dilihat")}.get(self.kind, _("lengkap"))

    @property
    def sentence(self) -> str:
        """What is missing, for lists of hindrances."""
        return _("%(desk)s belum lengkap: %(parts)s") % {
            "desk": self.desk.name,
            "parts": ", ".join(part.label for part in self.missing),
        }


def registration_desks(**of):
    """The desks to which a kit belongs, with their rooms."""
    return Desk.objects.filter(room__purpose=RoomPurpose.REGISTRATION, **of).select_related("room__office")


def kits(desks: Iterable[Desk], *, at: datetime.datetime, tenant) -> list[Kit]:
    """
    The kits of some registration desks of one office.

    Three queries (devices, answers, supplies) and those of the registered sources, whatever the number of desks. ``at`` and
    ``tenant`` decide how old an answer is, and how its date is told.
    """
    desks = in_order(desks)
    if not desks:
        return []
    derived = {part: source(desks) for part, source in _sources.items()}
    given = {(answer.desk_id, answer.part): answer for answer in KitAnswer.objects.filter(desk__in=desks)}
    stocks = _stocks(desks[0].room.office_id)
    return [
        Kit(desk, tuple(_part(desk, KitPart(part), derived, given, stocks, at, tenant) for part in KitPart.values))
        for desk in desks
    ]


def office_kits(office: Office, *, at: datetime.datetime, tenant) -> list[Kit]:
    """The kits of all registration desks of an office."""
    return kits(registration_desks(room__office=office), at=at, tenant=tenant)


def _part(desk, part, derived, given, stocks, at, tenant) -> Part:
    if part in derived:
        return Part(part, str(part.label), derived[part].get(desk.pk, Answer("none", _("belum diketahui"))), asked=False)
    seen = given.get((desk.pk, part))
    answer = _seen(seen, _is_used_up(part, stocks), desk, at, tenant)
    return Part(part, str(part.label), answer, asked=True, present=seen.present if seen else None)


def _seen(seen: KitAnswer | None, used_up: bool, desk: Desk, at, tenant) -> Answer:
    """The answer that somebody gave, in the light of its age and of the office's supplies."""
    supplies = reverse_lazy("equipment:supplies", args=[desk.room.office_id])
    refill: Refill = {"link": supplies, "link_words": _("Isi persediaan")} if used_up else {}
    if seen is None:
        return Answer("none", _("belum dijawab"), **refill)
    detail = _("dilihat %(name)s, %(day)s") % {"name": seen.seen_by_name, "day": plain_date(tenant.today(seen.seen_at))}
    if used_up:
        detail = _("%(detail)s; habis di persediaan") % {"detail": detail}
    if not seen.present:
        return Answer("bad", _("tidak ada"), detail, **refill)
    if at - seen.seen_at > AGES_AFTER:
        return Answer("warn", _("lihat lagi"), detail, **refill)
    return Answer("warn", _("habis di persediaan"), detail, **refill) if used_up else Answer("ok", _("ada"), detail)


def _stocks(office_id: uuid.UUID) -> dict[str, int]:
    """What is on hand of each kind of supply that the office keeps; a kind that it does not keep is left out."""
    found: dict[str, int] = {}
    for kind, on_hand in Supply.objects.filter(office=office_id, retired_on=None).values_list("kind", "on_hand"):
        found[kind] = found.get(kind, 0) + on_hand
    return found


def _is_used_up(part: str, stocks: Mapping[str, int]) -> bool:
    """Whether the office keeps supplies for a part and all of them are used up."""
    kept = [stocks[kind] for kind in REFILLS.get(part, ()) if kind in stocks]
    return bool(kept) and not any(kept)


# The device -------------------------------------------------------------------------------------------------------------------


def devices(desks: list[Desk]) -> dict[uuid.UUID, Answer]:
    """The device that stands on each desk by the inventory; one that is no wreck, if there is any."""
    found: dict[uuid.UUID, Item] = {}
    standing = Item.objects.kept().filter(desk__in=desks, category="device").order_by("label")
    for item in standing:
        best = found.get(item.desk_id)
        if best is None or (best.condition == Condition.BROKEN and item.condition != Condition.BROKEN):
            found[item.desk_id] = item
    return {desk.pk: _device(desk, found.get(desk.pk)) for desk in desks}


def _device(desk: Desk, item: Item | None) -> Answer:
    if item is None:
        inventory = reverse_lazy("equipment:office_items", args=[desk.room.office_id])
        return Answer("bad", _("tidak ada"), _("Belum ada perangkat di meja ini."), inventory, _("Tempatkan perangkat"))
    name = _("%(item)s, %(condition)s") % {"item": item, "condition": item.get_condition_display()}
    if item.condition == Condition.BROKEN:
        return Answer("bad", _("rusak"), name, reverse_lazy("equipment:item", args=[item.pk]), _("Buka perangkat"))
    return Answer("ok", _("ada"), name, reverse_lazy("equipment:item", args=[item.pk]), _("Buka perangkat"))


answer_with(KitPart.DEVICE, devices)
