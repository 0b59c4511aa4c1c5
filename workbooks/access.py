"""Who may get which import: those who may import for its dinas."""

import uuid

from django.http import Http404

from accounts.members import Member
from offices.access import check_dinas
from workbooks.models import ImportRun


def get_run(member: Member, pk: uuid.UUID, *, right: str = "workbooks.import") -> ImportRun:
    """The run with dinas and office; Http404 where this government has none such, PermissionDenied for another dinas's role."""
    run = ImportRun.objects.select_related("dinas", "office", "file").defer("file__content").filter(pk=pk).first()
    if run is None:
        raise Http404
    check_dinas(member, run.dinas, right)
    return run
