"""Who may get which person and which duty. Staff are seen inside their dinas; duties by everybody of the government."""

import uuid

from django.http import Http404

from accounts.members import Member
from offices.access import check_dinas
from staffing.models import Duty, Staff


def get_staff(member: Member, pk: uuid.UUID, *, right: str = "staff.view") -> Staff:
    """The person with the dinas; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    staff = Staff.objects.select_related("dinas").filter(pk=pk).first()
    if staff is None:
        raise Http404
    check_dinas(member, staff.dinas, right)
    return staff


def get_duty(member: Member, pk: uuid.UUID, *, right: str = "duties.view") -> Duty:
    """The duty with office, dinas and person; the rights are those for the office's dinas."""
    duty = Duty.objects.select_related("office__dinas", "staff").filter(pk=pk).first()
    if duty is None:
        raise Http404
    check_dinas(member, duty.office.dinas, right)
    return duty


def staff_for(member: Member, right: str = "staff.view"):
    """The people of the dinas for which ``member`` has ``right``."""
    ids = member.dinas_ids(right)
    found = Staff.objects.select_related("dinas")
    return found if ids is None else found.filter(dinas__in=ids)
