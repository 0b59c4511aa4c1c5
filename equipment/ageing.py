"""
How long the answer of a check holds, and what it means on a day. Nothing of it is kept: time alone changes it.

Points 19 and 20 of the Kemnaker procedure ask for a working camera, stable internet and a current browser, and say nothing of
how often to look. The days are ours (ADR 0065): a line may turn bad in a week, browsers come out every two to four weeks, a
camera breaks seldom.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.enums import CheckKind, CheckState
from equipment.models import Check

HOLDS_DAYS: dict[str, int] = {CheckKind.CAMERA: 30, CheckKind.INTERNET: 7, CheckKind.BROWSER: 30}
SIGNS = {CheckState.FRESH: "ok", CheckState.AGEING: "warn", CheckState.OVERDUE: "late", CheckState.NEVER: "none"}


def lapses_on(kind: str, checked_on: datetime.date) -> datetime.date:
    """The first day on which an answer of ``checked_on`` does not count any more."""
    return checked_on + datetime.timedelta(days=HOLDS_DAYS[kind])


def state(kind: str, *, ok: bool | None, checked_on: datetime.date | None, on: datetime.date) -> CheckState:
    """What the newest answer means on the day ``on``. A bad answer stays one until somebody looks again."""
    if checked_on is None:
        return CheckState.NEVER
    if not ok:
        return CheckState.FAILED
    age, holds = (on - checked_on).days, HOLDS_DAYS[kind]
    if age >= holds:
        return CheckState.OVERDUE
    return CheckState.AGEING if age * 4 >= holds * 3 else CheckState.FRESH


@dataclass(frozen=True)
class Standing:
    """One of a device's three checks on the day ``on``; ``check`` is the newest, None where nobody has looked yet."""

    kind: CheckKind
    check: Check | None
    on: datetime.date

    @property
    def state(self) -> CheckState:
        return state(
            self.kind,
            ok=self.check.ok if self.check else None,
            checked_on=self.check.checked_on if self.check else None,
            on=self.on,
        )

    @property
    def holds(self) -> bool:
        """Whether it speaks for the device today."""
        return self.state in (CheckState.FRESH, CheckState.AGEING)

    @property
    def is_due(self) -> bool:
        return self.state != CheckState.FRESH

    @property
    def lapses_on(self) -> datetime.date | None:
        return lapses_on(self.kind, self.check.checked_on) if self.check and self.check.ok else None

    @property
    def sign(self) -> str:
        """The kind of ``<c-state>``."""
        return SIGNS.get(self.state, "bad")

    @property
    def word(self) -> str:
        return str(self.state.label)

    @property
    def age(self) -> str:
        """How old the answer is: hari ini, 5 hari lalu; empty without one."""
        if self.check is None:
            return ""
        days = (self.on - self.check.checked_on).days
        if days <= 0:
            return _("hari ini")
        return ngettext("%(days)s hari lalu", "%(days)s hari lalu", days) % {"days": days}

    @property
    def sentence(self) -> str:
        """Why it does not hold, for lists of reasons: "internet bermasalah: unduh 0,8 Mbit/s"."""
        text = _("%(what)s %(state)s") % {"what": self.kind.label, "state": self.word}
        if self.state == CheckState.FAILED and self.check and self.check.note:
            return _("%(text)s: %(note)s") % {"text": text, "note": self.check.note}
        return text


def standings(newest: dict[str, Check], on: datetime.date) -> list[Standing]:
    """All three checks of a device by its newest answers (queries.newest_checks)."""
    return [Standing(kind, newest.get(kind), on) for kind in CheckKind]


# From what must be mended first to what is in order.
URGENCY = (CheckState.FAILED, CheckState.NEVER, CheckState.OVERDUE, CheckState.AGEING, CheckState.FRESH)


def worst(found: list[Standing]) -> Standing | None:
    """The one that asks for attention first; None of a thing that is not checked."""
    return min(found, key=lambda each: URGENCY.index(each.state), default=None)
