"""Who may get which circular and which delivery."""

import datetime
import re

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.members import Member
from accounts.policy import REFUSED
from circulars import queries
from circulars.models import Acknowledgement, Circular, Delivery

CODE = re.compile(r"[A-Za-z0-9_-]{43}")


def get_circular(member: Member, pk, *, right: str = "circulars.view") -> Circular:
    """
    A circular, for the ministry's people. Drafts are seen by those who draft; observers get 404, not 403.

    Governments reach a circular by its delivery only.
    """
    found = queries.circulars(drafts=member.may("circulars.draft")).filter(pk=pk).first() if member.tenant.is_ministry else None
    if found is None:
        raise Http404
    if not member.may(right):
        raise PermissionDenied(REFUSED)
    return found


def get_delivery(member: Member, pk, *, at: datetime.datetime, right: str = "circulars.view") -> Delivery:
    """
    A delivery to the member's own government, with its circular, its receipt if there is one, and ``state`` at ``at``.

    A province's role reads the deliveries of its districts too (row level security); this is not the way to them.
    """
    found = queries.inbox(member.tenant, at=at).select_related("circular", "tenant", "acknowledgement").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not member.may(right):
        raise PermissionDenied(REFUSED)
    return found


def get_acknowledgement(code: str) -> Acknowledgement | None:
    """The receipt at a public address, whoever asks; None for an address that never was."""
    return Acknowledgement.objects.filter(code=code).first() if CODE.fullmatch(code) else None
