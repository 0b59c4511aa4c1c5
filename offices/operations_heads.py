"""Writes of who leads a dinas. Rights are asked by who calls (access); the database lets no two lead at a time."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.enums import HeadStanding
from offices.models import Dinas, DinasHead
from portal.dates import plain_date
from portal.errors import DomainError, check_version, explain_integrity

DAY = datetime.timedelta(days=1)


class PeriodReversed(DomainError):
    message = _("Hari terakhir menjabat tidak boleh mendahului hari pertamanya.")
    field = "serves_until"
    code = "period-reversed"


class TwoHeads(DomainError):
    message = _("Pada masa itu dinas ini sudah punya kepala. Akhiri dahulu masa jabatan yang sebelumnya.")
    field = "serves_from"
    status = 409
    code = "two-heads"


class TwoActing(DomainError):
    message = _("Pada masa itu dinas ini sudah punya Plt. atau Plh. Akhiri dahulu masa tugas yang sebelumnya.")
    field = "serves_from"
    status = 409
    code = "two-acting"


class UnknownStanding(DomainError):
    message = _("Kedudukan hanya tiga: kepala, Plt. kepala, Plh. kepala.")
    field = "standing"
    code = "unknown-standing"


class StartsTooEarly(DomainError):
    message = _("%(name)s menjabat sejak %(day)s. Pengganti baru dapat mulai setelah hari itu; periksa tanggalnya.")
    field = "serves_from"
    code = "starts-too-early"


REASONS = {
    "offices_dinashead_period": PeriodReversed,
    "offices_dinashead_one_head": TwoHeads,
    "offices_dinashead_one_acting": TwoActing,
    "offices_dinashead_standing": UnknownStanding,
}


def _values(*, name, standing, serves_from, serves_until) -> dict:
    return {"name": name.strip(), "standing": standing, "serves_from": serves_from, "serves_until": serves_until}


def _lock(dinas: Dinas) -> None:
    """Changes of who leads a dinas come one after the other."""
    Dinas.objects.select_for_update(no_key=True).get(pk=dinas.pk)


def running(dinas: Dinas, standing: str):
    """Who leads (or acts) without an end in sight; None for nobody. The other kind of leading does not count."""
    found = dinas.heads.filter(serves_until=None)
    definitive = HeadStanding.DEFINITIVE
    return (found.filter(standing=definitive) if standing == definitive else found.exclude(standing=definitive)).first()


def record_head(*, dinas: Dinas, succeeds: bool = False, by: Member, at: datetime.datetime, **facts) -> DinasHead:
    """
    Record who leads a dinas. ``facts``: name, standing (HeadStanding), serves_from, serves_until (None: without an end).

    ``succeeds``: whoever leads without an end leaves on the day before. Raises TwoHeads, TwoActing, PeriodReversed,
    StartsTooEarly (the predecessor would end before having begun).
    """
    values = _values(**facts)
    with transaction.atomic():
        _lock(dinas)
        before = running(dinas, values["standing"]) if succeeds else None
        if before is not None and before.serves_from >= values["serves_from"]:
            raise StartsTooEarly(name=before.name, day=plain_date(before.serves_from))
        if before is not None:
            before.serves_until = values["serves_from"] - DAY
            before.version += 1
            before.save(update_fields=["serves_until", "version"])
        with explain_integrity(REASONS):
            return DinasHead.objects.create(dinas=dinas, **values)


def edit_head(*, head: DinasHead, version: int | None, by: Member, at: datetime.datetime, **facts) -> DinasHead:
    """Correct what was recorded, or give it its last day (see ``record_head``)."""
    values = _values(**facts)
    with transaction.atomic():
        _lock(head.dinas)
        row = DinasHead.objects.select_for_update(no_key=True).get(pk=head.pk)
        check_version(row, version, values)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        for name, value in changed.items():
            setattr(row, name, value)
        row.version += 1
        with explain_integrity(REASONS):
            row.save()
        return row


def remove_head(*, head: DinasHead, version: int | None, by: Member, at: datetime.datetime) -> None:
    """Take back what was recorded by mistake; that it was there stays in the audit trail."""
    with transaction.atomic():
        row = DinasHead.objects.select_for_update().get(pk=head.pk)
        check_version(row, version, {})
        row.delete()
