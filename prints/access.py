"""Who may get which print: everybody of a government sees all, the dinas of an office says what hangs there."""

import uuid

from django.http import Http404

from offices.models import Office
from prints.models import Posting


def get_posting(office: Office, pk: uuid.UUID) -> Posting:
    """A print that hangs or hung in ``office``; else Http404. The office was got with the right that is asked for."""
    posting = Posting.objects.select_related("office__dinas").filter(office=office, pk=pk).first()
    if posting is None:
        raise Http404
    return posting
