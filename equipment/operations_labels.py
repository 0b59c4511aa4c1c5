"""Writes of labels: which stickers were printed."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment.models import Item, LabelPrint
from portal.errors import DomainError

MOST = 600


class NothingChosen(DomainError):
    message = _("Pilih paling sedikit satu barang.")
    field = "items"
    code = "nothing-chosen"


class TooMany(DomainError):
    message = _("Paling banyak %(most)s label sekali cetak. Cetak per ruang.")
    field = "items"
    code = "too-many"


def note_printed(*, items: Sequence[Item], by: Member, at: datetime.datetime) -> None:
    """Remember that the labels of these things were printed, so that the next time only new ones are offered."""
    if not items:
        raise NothingChosen
    if len(items) > MOST:
        raise TooMany(most=MOST)
    LabelPrint.objects.bulk_create(
        [LabelPrint(item=item, printed_at=at, printed_by_name=by.name) for item in items],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["printed_at", "printed_by_name"],
    )
