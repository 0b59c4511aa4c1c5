"""Who may get which thing of the inventory: everybody of a government sees all, a dinas changes what stands in its offices."""

import uuid

from django.http import Http404

from accounts.members import Member
from equipment.models import Item
from offices.access import check_dinas


def get_item(member: Member, pk: uuid.UUID, *, right: str = "equipment.view") -> Item:
    """The thing with its place; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    return _given(member, right, pk=pk)


def get_item_by_label(member: Member, label: str, *, right: str = "equipment.view") -> Item:
    """The same by what its sticker says (see ``labelling.read``)."""
    return _given(member, right, label=label)


def _given(member: Member, right: str, **wanted) -> Item:
    item = Item.objects.select_related("office__dinas", "room", "desk").filter(**wanted).first()
    if item is None:
        raise Http404
    check_dinas(member, item.office.dinas, right)
    return item
