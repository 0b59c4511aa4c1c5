"""Who may get which thing of the inventory: everybody of a government sees all, a dinas changes what stands in its offices."""

import datetime
import uuid
from collections.abc import Iterable

from django.http import Http404

from accounts.members import Member
from equipment.models import Item
from offices.access import check_dinas, dinas_for
from offices.models import Office


def get_item(member: Member, pk: uuid.UUID, *, right: str = "equipment.view") -> Item:
    """The thing with its place; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    return _given(member, right, pk=pk)


def get_item_by_label(member: Member, label: str, *, right: str = "equipment.view") -> Item:
    """The same by what its sticker says (see ``labelling.read``)."""
    return _given(member, right, label=label)


def offices_for(member: Member, on: datetime.date, item: Item | None = None):
    """The offices into which ``member`` may put things on the day ``on``, that of ``item`` first."""
    found = Office.objects.not_closed_on(on).filter(dinas__in=dinas_for(member, "equipment.edit")).order_by("name", "pk")
    if item is None:
        return list(found)
    return [item.office, *found.exclude(pk=item.office_id)]


def editable(member: Member, items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """``items`` in two: those that ``member`` may change, and the others. They carry their office."""
    mine: list[Item] = []
    others: list[Item] = []
    for item in items:
        (mine if member.may("equipment.edit", dinas=item.office.dinas_id) else others).append(item)
    return mine, others


def _given(member: Member, right: str, **wanted) -> Item:
    item = Item.objects.select_related("office__dinas", "room", "desk").filter(**wanted).first()
    if item is None:
        raise Http404
    check_dinas(member, item.office.dinas, right)
    return item
