"""Writes of checks: what somebody saw on a device, or what the device measured of itself. A check is never changed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment.enums import Category, CheckKind
from equipment.models import Check, Item
from equipment.operations import DayAhead, ItemRemoved
from offices import events
from portal.errors import DomainError


class NotADevice(DomainError):
    message = _("%(item)s bukan perangkat; yang diperiksa kamera, internet, dan perambannya hanya perangkat.")
    code = "not-a-device"


class NothingChecked(DomainError):
    message = _("Jawab paling sedikit satu pemeriksaan.")
    code = "nothing-checked"


class NoteMissing(DomainError):
    message = _("Tulis apa yang tidak baik, supaya yang memperbaiki tahu.")
    field = "note"
    code = "note-missing"


@dataclass(frozen=True)
class Answer:
    """What was found; ``result`` as in ``Check.result``, ``note`` says what is wrong."""

    ok: bool
    note: str = ""
    result: Mapping = field(default_factory=dict)


def record(
    *,
    item: Item,
    answers: Mapping[str, Answer],
    on: datetime.date,
    by: Member,
    at: datetime.datetime,
    measured: bool = False,
) -> list[Check]:
    """
    Write down one look at a device on the day ``on``: the answers by CheckKind, one or all three.

    Raises NotADevice, NothingChecked, NoteMissing (what is not good says why), DayAhead.
    """
    if not answers:
        raise NothingChecked
    for kind, answer in answers.items():
        if not answer.ok and not answer.note.strip():
            raise NoteMissing(field=f"{CheckKind(kind).value}_note")
    if on > by.tenant.today(at):
        raise DayAhead
    with transaction.atomic():
        row = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
        if row.removed_on is not None:
            raise ItemRemoved(item=str(row))
        if row.category != Category.DEVICE:
            raise NotADevice(item=str(row))
        checks = Check.objects.bulk_create(
            Check(
                item=row,
                kind=CheckKind(kind),
                ok=answer.ok,
                result=dict(answer.result),
                measured=measured,
                note=answer.note.strip(),
                checked_on=on,
                checked_at=at,
                checked_by_id=by.user.pk,
                checked_by_name=by.name,
            )
            for kind, answer in answers.items()
        )
        events.office_changed(tenant=by.tenant, office_id=row.office_id, at=at)
        return checks
