"""What the ministry does with a guide: write the next edition, publish it; and tell whom to ask when something fails."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from accounts.policy import REFUSED
from guides import queries
from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion
from portal.errors import DomainError, check_version, explain_integrity

MOST_STEPS = 30


class NoDraft(DomainError):
    message = _("Konsep ini sudah diterbitkan atau dibuang. Muat ulang halamannya.")
    status, code = 409, "no-draft"


class StepIncomplete(DomainError):
    message = _("Setiap langkah memerlukan judul.")
    field, code = "steps", "step-incomplete"


class TooManySteps(DomainError):
    message = _("Paling banyak %(most)s langkah; panduan yang lebih panjang tidak muat di meja.")
    field, code = "steps", "too-many-steps"


class NotReady(DomainError):
    """Publication was asked for, but something is missing: the message says what."""

    code = "not-ready"


class Unreachable(DomainError):
    message = _("Isi paling sedikit satu: telepon, WhatsApp, atau surel.")
    field, code = "phone", "unreachable"


class HoursReversed(DomainError):
    message = _("Jam tutup harus setelah jam buka.")
    field, code = "closes", "hours-reversed"


class NoWeekday(DomainError):
    message = _("Pilih paling sedikit satu hari layanan.")
    field, code = "weekdays", "no-weekday"


@dataclass(frozen=True)
class Text:
    """The whole text of an edition; ``steps`` are pairs of title and text, in the order in which they are done."""

    title: str
    lead: str = ""
    steps: tuple[tuple[str, str], ...] = ()

    def plain(self) -> dict:
        """As the model keeps it. Raises StepIncomplete, TooManySteps."""
        steps = [(title.strip(), text.strip()) for title, text in self.steps]
        steps = [pair for pair in steps if any(pair)]
        if not all(title for title, _text in steps):
            raise StepIncomplete
        if len(steps) > MOST_STEPS:
            raise TooManySteps(most=MOST_STEPS)
        return {
            "title": " ".join(self.title.split()),
            "lead": self.lead.strip(),
            "steps": [{"title": title, "text": text} for title, text in steps],
        }


@contextmanager
def _changing(guide: str, *, by: Member, version: int | None, submitted: dict) -> Iterator[GuideVersion]:
    """The locked draft. Raises NoDraft, LostUpdate, PermissionDenied."""
    if not by.may("guides.edit"):
        raise PermissionDenied(REFUSED)
    with transaction.atomic():
        locked = GuideVersion.objects.select_for_update().filter(guide=guide, number=None).first()
        if locked is None:
            raise NoDraft
        check_version(locked, version, submitted)
        yield locked


def write(*, guide: GuideKey, text: Text, version: int | None, by: Member, at: datetime.datetime) -> GuideVersion:
    """
    The draft of the next edition with the text ``text``; it is begun where there is none.

    ``version`` is the one that was read, 0 where there was no draft, None for whatever stands there. Raises StepIncomplete,
    TooManySteps, LostUpdate.
    """
    if not by.may("guides.edit"):
        raise PermissionDenied(REFUSED)
    plain = text.plain()
    with transaction.atomic():
        begun = GuideVersion(guide=guide, version=0, **plain)
        # Two officers who begin at once: the second waits for the first, and is told of the other's draft.
        GuideVersion.objects.bulk_create([begun], ignore_conflicts=True)
        locked = GuideVersion.objects.select_for_update().get(guide=guide, number=None)
        if locked.pk != begun.pk or version:
            check_version(locked, version, plain)
        for name, value in plain.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
    return locked


def discard(*, guide: GuideKey, version: int | None, by: Member, at: datetime.datetime) -> None:
    """Delete the draft; the audit trail keeps what it said. Raises NoDraft, LostUpdate."""
    with _changing(guide, by=by, version=version, submitted={}) as locked:
        locked.delete()


def lacking(version: GuideVersion, current: GuideVersion | None) -> list:
    """What a draft still needs before it can be published, as sentences."""
    missing = []
    if not version.title:
        missing.append(_("Beri panduan ini judul."))
    if not version.steps:
        missing.append(_("Tulis paling sedikit satu langkah."))
    if current and all(getattr(current, name) == getattr(version, name) for name in ("title", "lead", "steps")):
        missing.append(_("Isinya masih sama dengan edisi yang berlaku."))
    return missing


def publish(*, guide: GuideKey, change: str, version: int | None, by: Member, at: datetime.datetime) -> GuideVersion:
    """
    Make the draft the next edition. From then on every print of an earlier one is out of date.

    ``change`` says in a sentence what is different. Raises NoDraft (also to the second of two officers), LostUpdate, NotReady.
    """
    with _changing(guide, by=by, version=version, submitted={"change": change}) as locked:
        current = queries.current(guide)
        missing = lacking(locked, current)
        if missing:
            raise NotReady(missing[0])
        change = " ".join(change.split())
        if current and not change:
            raise NotReady(_("Tulis apa yang berubah; kantor membacanya sebelum mencetak ulang."), field="change")
        locked.number = current.number + 1 if current and current.number else 1
        locked.change, locked.published_at, locked.published_by_name = change, at, by.name
        locked.version += 1
        locked.save()
    return locked


def set_contact(
    *,
    valid_from: datetime.date,
    phone: str = "",
    whatsapp: str = "",
    email: str = "",
    weekdays: list[int],
    opens: datetime.time,
    closes: datetime.time,
    note: str = "",
    by: Member,
    at: datetime.datetime,
) -> CareContact:
    """
    The customer care contact from ``valid_from`` on; of two that begin on one day the later entry counts.

    Earlier ones stay as they were. Raises Unreachable, HoursReversed, NoWeekday.
    """
    if not by.may("guides.edit"):
        raise PermissionDenied(REFUSED)
    if not weekdays:
        raise NoWeekday
    with explain_integrity({"guides_carecontact_reachable": Unreachable, "guides_carecontact_order": HoursReversed}):
        return CareContact.objects.create(
            valid_from=valid_from,
            phone=phone,
            whatsapp=whatsapp,
            email=email,
            weekdays=sorted(set(weekdays)),
            opens=opens,
            closes=closes,
            note=note,
            entered_at=at,
            entered_by_name=by.name,
        )
