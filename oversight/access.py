"""Who may look at which government and office from above. What is not theirs is not there: 404."""

import uuid

from django.http import Http404

from accounts.members import Member
from oversight import queries
from oversight.models import OfficeStatus
from oversight.states import Days
from tenants.models import Tenant


def visible(by: Member):
    """The governments below the member's own: for the ministry all, for a province its kabupaten/kota."""
    governments = Tenant.objects.governments().select_related("parent")
    return governments if by.tenant.is_ministry else governments.filter(parent=by.tenant)


def get_government(by: Member, slug: str) -> Tenant:
    tenant = visible(by).filter(slug=slug).first()
    if tenant is None:
        raise Http404
    return tenant


def get_office(by: Member, slug: str, office_id: uuid.UUID, days: Days) -> OfficeStatus:
    """The office of that government; two governments may have offices of the same id."""
    office = queries.offices(days).filter(tenant=get_government(by, slug), office_id=office_id).first()
    if office is None:
        raise Http404
    return office
