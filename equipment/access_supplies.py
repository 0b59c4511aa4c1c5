"""Who may get which supply: everybody of a government sees all, a dinas changes those of its offices."""

import uuid

from django.http import Http404

from accounts.members import Member
from equipment.models import Supply
from offices.access import check_dinas


def get_supply(member: Member, pk: uuid.UUID, *, right: str = "supplies.view") -> Supply:
    """The supply with its office; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    supply = Supply.objects.select_related("office__dinas").filter(pk=pk).first()
    if supply is None:
        raise Http404
    check_dinas(member, supply.office.dinas, right)
    return supply
