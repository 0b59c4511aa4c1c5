"""What hangs where in an office, what should, and what of it is out of date: for the pages, the REST interface and the PDFs."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.enums import KitPart
from guides import queries as guides
from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion
from offices import queries as offices
from offices.models import Desk, Office, Room
from offices.timetable import Timetable
from portal.dates import plain_date
from prints import editions
from prints.editions import Counter, Edition
from prints.enums import PrintKind
from prints.models import Posting
from prints.places import GUIDES, Slot, slots

GUIDE_OF = {PrintKind.EMAIL_GUIDE: GuideKey.EMAIL, PrintKind.ACCOUNT_GUIDE: GuideKey.ACCOUNT}
# The words of the queue sign; another wording is another number.
SIGN = 1


# What prints say today --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matter:
    """All that the prints of an office are made of, on a day."""

    office: Office
    on: datetime.date
    timetable: Timetable
    guides: dict[str, GuideVersion]
    contact: CareContact | None

    @property
    def counter(self) -> Counter:
        return Counter.of(self.office)

    def guide(self, kind: str) -> GuideVersion | None:
        return self.guides.get(GUIDE_OF[PrintKind(kind)])

    @cached_property
    def hours(self) -> Edition:
        return editions.hours(self.counter, self.timetable, self.on)

    def edition(self, slot: Slot) -> Edition | None:
        """What the print would say today; None where it cannot be printed yet."""
        if slot.kind == PrintKind.HOURS:
            return self.hours if self.timetable.has_hours else None
        if slot.kind in GUIDES:
            guide = self.guide(slot.kind)
            return Edition({"guide": guide.guide, "number": guide.number}, str(guide.number)) if guide else None
        if slot.kind == PrintKind.CARE_CARD:
            return editions.plain(care_says(self.contact)) if self.contact else None
        if slot.kind == PrintKind.DESK_CARD:
            desk, room = slot.place.desk, slot.place.room
            names = {"desk": desk and desk.name, "room": room and room.name, "office": self.office.name}
            return editions.plain(names | {"kit": list(KitPart.values)})
        return editions.plain({"sign": SIGN})

    def differences(self, slot: Slot, posting: Posting) -> list[str]:
        """What of a print that hangs does not hold any more, in words; empty where it is current."""
        if slot.kind == PrintKind.HOURS:
            return editions.hours_differences(posting.says, self.counter, self.timetable, self.on)
        now = self.edition(slot)
        if now is None:
            return []
        return editions.differences(posting.says, now.says, _words(slot.kind))

    def obstacle(self, slot: Slot) -> str:
        """Why a print cannot be made, as a sentence."""
        if slot.kind == PrintKind.HOURS:
            return _("Isi jam layanan kantor dahulu.")
        if slot.kind in GUIDES:
            return _("Kementerian belum menerbitkan panduan ini.")
        return _("Kementerian belum mengisi kontak layanan pelanggan.")


def care_says(contact: CareContact) -> dict:
    return {
        "ways": [contact.phone, contact.whatsapp, contact.email],
        "hours": [sorted(contact.weekdays), f"{contact.opens:%H:%M}", f"{contact.closes:%H:%M}"],
        "note": contact.note,
    }


def _words(kind: str) -> dict[str, str]:
    if kind in GUIDES:
        return {"number": _("edisi panduan")}
    if kind == PrintKind.CARE_CARD:
        return {"ways": _("kontak"), "hours": _("jam layanan pelanggan"), "note": _("catatan")}
    return {"desk": _("nama meja"), "room": _("nama ruang"), "office": _("nama kantor"), "kit": _("isi kelengkapan")}


def matter(office: Office, on: datetime.date) -> Matter:
    """Eight queries at most, four less where the calendar of ``office`` was fetched beforehand."""
    prefetch_related_objects([office], *offices.CALENDAR)
    rests = offices.own_rests(on - editions.HORIZON, on + editions.HORIZON)
    return Matter(office, on, offices.timetable(office, rests), guides.current_editions(), guides.contact(on))


# What hangs -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One print at one place: what hangs there, what should be printed today, and what differs."""

    slot: Slot
    matter: Matter
    edition: Edition | None
    posting: Posting | None = None
    changes: list[str] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        return bool(self.changes)

    @property
    def is_missing(self) -> bool:
        """Whether it must hang there and does not."""
        return self.posting is None and self.slot.required

    @property
    def is_due(self) -> bool:
        """Whether it belongs into the stack that is printed now."""
        return self.edition is not None and (self.is_missing or self.is_stale)

    @property
    def wants_lamination(self) -> bool:
        return self.posting is not None and not self.is_stale and self.slot.is_guide and not self.posting.laminated

    @property
    def state(self) -> str:
        """``current``, ``bare`` (not laminated), ``stale``, ``missing`` or, where it is only offered, ``none``."""
        if self.is_stale:
            return "stale"
        if self.posting is None:
            return "missing" if self.slot.required else "none"
        return "bare" if self.wants_lamination else "current"

    @property
    def kind(self) -> str:
        """The sign of ``c-state``."""
        return {"current": "ok", "bare": "warn", "stale": "bad", "missing": "bad"}.get(self.state, "none")

    @property
    def word(self) -> str:
        words = {
            "current": _("terpasang, masih berlaku"),
            "bare": _("terpasang, belum dilaminasi"),
            "stale": _("usang"),
            "missing": _("belum dipasang"),
        }
        return words.get(self.state, _("belum dipasang"))

    @property
    def detail(self) -> str:
        """What the state rests on, in a sentence without its end."""
        if self.posting is not None and self.is_stale:
            return self._since(editions.listed(self.changes))
        if self.posting is not None:
            return _("edisi %(edition)s, %(day)s") % {
                "edition": self.posting.edition,
                "day": plain_date(self.posting.posted_on),
            }
        return self.matter.obstacle(self.slot) if self.edition is None else ""

    def _since(self, what: str) -> str:
        guide = self.matter.guide(self.slot.kind) if self.slot.is_guide else None
        if guide is not None and guide.published_at is not None:
            named = {
                "number": guide.number,
                "day": plain_date(guide.published_at),
                "old": self.posting and self.posting.edition,
            }
            return _("yang terpasang edisi %(old)s; edisi %(number)s terbit %(day)s") % named
        if self.posting is not None and self.posting.changed_on:
            return _("%(what)s berubah sejak %(day)s") % {"what": what, "day": plain_date(self.posting.changed_on)}
        return _("%(what)s berubah") % {"what": what}

    @property
    def link(self) -> str:
        """Where that which prevents the print is mended; for pages of the government."""
        is_mendable = self.edition is None and self.slot.kind == PrintKind.HOURS
        return reverse("offices:hours", args=[self.matter.office.pk]) if is_mendable else ""


@dataclass(frozen=True)
class Board:
    """All prints of an office, in walking order."""

    office: Office
    matter: Matter
    standings: list[Standing]

    @property
    def due(self) -> list[Standing]:
        return [each for each in self.standings if each.is_due]

    @property
    def stale(self) -> list[Standing]:
        return [each for each in self.standings if each.is_stale]

    @property
    def missing(self) -> list[Standing]:
        return [each for each in self.standings if each.is_missing]

    @property
    def bare(self) -> list[Standing]:
        return [each for each in self.standings if each.wants_lamination]

    @property
    def required(self) -> int:
        return sum(each.slot.required for each in self.standings)

    @property
    def in_order(self) -> int:
        """How many of the required ones hang, current and laminated where they must be."""
        return sum(each.slot.required and each.state == "current" for each in self.standings)

    def of(self, keys: Iterable[str]) -> list[Standing]:
        """Those with these keys, in walking order."""
        wanted = set(keys)
        return [each for each in self.standings if each.slot.key in wanted]

    def find(self, key: str) -> Standing | None:
        return next((each for each in self.standings if each.slot.key == key), None)


def board(office: Office, on: datetime.date) -> Board:
    """
    Every place of ``office`` with what must or may hang there on the local day ``on``.

    Eleven queries at most, whatever the number of rooms, desks and prints.
    """
    rooms = list(Room.objects.filter(office=office))
    desks = list(Desk.objects.filter(room__office=office).select_related("room"))
    hanging = {(each.room_id, each.desk_id, each.kind): each for each in Posting.objects.filter(office=office, removed_on=None)}
    found = matter(office, on)
    standings = []
    for slot in slots(office, rooms, desks):
        posting = hanging.get((*slot.place.key, slot.kind))
        changes = found.differences(slot, posting) if posting else []
        standings.append(Standing(slot, found, found.edition(slot), posting, changes))
    return Board(office, found, standings)


def stale(office: Office, on: datetime.date) -> list[Standing]:
    """What hangs in ``office`` and does not hold any more on ``on``."""
    return board(office, on).stale
