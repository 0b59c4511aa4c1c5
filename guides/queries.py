"""Reads of the guides and of the customer care contact; for the pages, the REST interface and the rooms above."""

import datetime
import difflib
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion
from portal.dates import clock

# Customer care keeps the hours of Jakarta.
CARE_ZONE, CARE_CLOCKS = "WIB", zoneinfo.ZoneInfo("Asia/Jakarta")


# Guides -----------------------------------------------------------------------------------------------------------------------


def editions(guide: str):
    """The published editions of a guide, the newest first."""
    return GuideVersion.objects.filter(guide=guide, number__isnull=False).order_by("-number")


def current(guide: str) -> GuideVersion | None:
    """The edition that counts; None where none has been published."""
    return editions(guide).first()


def current_editions() -> dict[str, GuideVersion]:
    """The edition that counts of each guide that has one. One query."""
    found = GuideVersion.objects.filter(number__isnull=False).order_by("guide", "-number").distinct("guide")
    return {version.guide: version for version in found}


def draft(guide: str) -> GuideVersion | None:
    return GuideVersion.objects.filter(guide=guide, number=None).first()


@dataclass(frozen=True)
class Shelf:
    """A guide with the edition that counts and the draft of the next one."""

    key: GuideKey
    current: GuideVersion | None
    draft: GuideVersion | None


def shelves() -> list[Shelf]:
    """All guides. Two queries."""
    published = current_editions()
    drafts = {version.guide: version for version in GuideVersion.objects.filter(number=None)}
    return [Shelf(key, published.get(key), drafts.get(key)) for key in GuideKey]


@dataclass(frozen=True)
class StepChange:
    """A step of the draft beside that of the published edition; numbers are those on paper, 0 where it is not there."""

    kind: Literal["same", "new", "gone", "changed"]
    before: Mapping
    after: Mapping
    number_before: int
    number_after: int

    @property
    def number(self) -> int:
        return self.number_after or self.number_before

    @property
    def word(self) -> str:
        words = {"same": _("tetap"), "new": _("baru"), "gone": _("dihapus"), "changed": _("berubah")}
        return words[self.kind]


NOTHING: Mapping = {"title": "", "text": ""}


def compare(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[StepChange]:
    """What becomes of each step, in the order of ``after``; a step that was rewritten in its place is one change."""
    keys_before, keys_after = ([(step["title"], step["text"]) for step in steps] for steps in (before, after))
    changes = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, keys_before, keys_after, autojunk=False).get_opcodes():
        for offset in range(max(b - a, d - c)):
            old, new = (a + offset if a + offset < b else None), (c + offset if c + offset < d else None)
            changes.append(
                StepChange(
                    "same" if kind == "equal" else "gone" if new is None else "new" if old is None else "changed",
                    NOTHING if old is None else before[old],
                    NOTHING if new is None else after[new],
                    0 if old is None else old + 1,
                    0 if new is None else new + 1,
                )
            )
    return changes


# Customer care ----------------------------------------------------------------------------------------------------------------


def contacts():
    """All contacts, the newest first; of several that begin on a day the last one entered counts."""
    return CareContact.objects.order_by("-valid_from", "-entered_at", "-id")


def contact(on: datetime.date) -> CareContact | None:
    """The contact that counts on ``on``."""
    return contacts().filter(valid_from__lte=on).first()


def weekday_words(weekdays: Iterable[int]) -> str:
    """ISO weekdays as people say them: Senin–Jumat; Senin–Kamis, Sabtu."""
    runs: list[list[int]] = []
    for day in sorted(set(weekdays)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    name = lambda day: str(WEEKDAYS[day - 1])  # noqa: E731
    return ", ".join(name(run[0]) if len(run) == 1 else f"{name(run[0])}–{name(run[-1])}" for run in runs)


def care_hours(contact: CareContact) -> str:
    """Senin–Jumat 08.00–19.00 WIB"""
    return f"{weekday_words(contact.weekdays)} {clock(contact.opens)}–{clock(contact.closes, CARE_ZONE)}"
