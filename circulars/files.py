"""The attachment of a circular as a response: to be saved, never to be opened by the browser as something else."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from circulars.models import Attachment, Circular


def attachment_response(circular: Circular) -> HttpResponse:
    """Raises 404 where there is none."""
    found = Attachment.objects.filter(circular=circular).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, circular.attachment_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
