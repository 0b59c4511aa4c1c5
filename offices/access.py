"""
Who may get which dinas and office.

Everybody of a government sees all its dinas and offices; heads and operators of a dinas change those of their own.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices.models import Dinas, LocalDay, Office, Schedule, SpecialDays

OTHER_DINAS = _(
    "Ini milik %(dinas)s. Anda dapat melihatnya; yang dapat mengubahnya kepala dan operator dinas itu, atau pimpinan daerah."
)
NO_DINAS = _(
    "Kantor dibuka oleh dinas Anda sendiri, dan dinas itu belum tercatat di sini. Mintalah pimpinan daerah mencatatnya."
)


def check_dinas(member: Member, dinas: Dinas, right: str) -> None:
    """Refuse with a sentence who has not ``right`` for this dinas."""
    if not member.may(right, dinas=dinas.pk):
        raise PermissionDenied(OTHER_DINAS % {"dinas": dinas.name})


def get_dinas(member: Member, pk: uuid.UUID, *, right: str = "dinas.view") -> Dinas:
    """The dinas; Http404 where this government has none such, PermissionDenied for the role of another dinas."""
    dinas = Dinas.objects.filter(pk=pk).first()
    if dinas is None:
        raise Http404
    check_dinas(member, dinas, right)
    return dinas


def get_office(member: Member, pk: uuid.UUID, *, right: str = "offices.view") -> Office:
    """The office with its dinas; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    office = Office.objects.select_related("dinas").filter(pk=pk).first()
    if office is None:
        raise Http404
    check_dinas(member, office.dinas, right)
    return office


def may_create_dinas(member: Member) -> bool:
    """Heads of a government, and heads of a dinas that is not recorded yet."""
    return member.may("dinas.create") and (member.dinas_ids("dinas.edit") is None or member.awaiting_dinas is not None)


def dinas_for(member: Member, right: str):
    """The dinas for which ``member`` has ``right``."""
    ids = member.dinas_ids(right)
    return Dinas.objects.all() if ids is None else Dinas.objects.filter(pk__in=ids)


def get_schedule(member: Member, pk: uuid.UUID, *, right: str = "offices.view") -> Schedule:
    """The schedule with its office and hours; as ``get_office``."""
    found = Schedule.objects.select_related("office__dinas").prefetch_related("hours").filter(pk=pk).first()
    if found is None:
        raise Http404
    check_dinas(member, found.office.dinas, right)
    return found


def get_special_days(member: Member, pk: uuid.UUID, *, right: str = "offices.view") -> SpecialDays:
    """The special days with their office and hours; as ``get_office``."""
    found = SpecialDays.objects.select_related("office__dinas").prefetch_related("hours").filter(pk=pk).first()
    if found is None:
        raise Http404
    check_dinas(member, found.office.dinas, right)
    return found


def get_local_day(member: Member, pk: uuid.UUID) -> LocalDay:
    """A day of the government; who may change it is asked by the page's mark (localdays.edit)."""
    found = LocalDay.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
