"""
A PDF that is asked for again and again is made once: its ETag tells what would be printed, without printing it.

Making costs a few tenths of a second of a processor; a person and an address may ask for so many a minute.
"""

import datetime
import hashlib
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from portal import documents
from portal.throttling import Spent, spend
from prints import sheets
from prints.queries import Standing
from tenants.context import as_public
from tenants.models import Tenant

# Another look of the same content is another file.
LOOK = 1


def etag(standings: Sequence[Standing], tenant: Tenant, on: datetime.date) -> str:
    """Of the PDF of these prints, as it is made on the day ``on``."""
    said = [(standing.slot.key, standing.slot.place.name, standing.edition and standing.edition.code) for standing in standings]
    days = [standing.edition.says for standing in standings if standing.edition]
    facts = [(standing.matter.office.name, standing.matter.office.address) for standing in standings[:1]]
    content = repr((LOOK, tenant.slug, on, said, days, facts))
    return quote_etag(hashlib.sha256(content.encode()).hexdigest()[:20])


def spend_one(who: str) -> Spent:
    """Count one PDF of ``who``; the counter belongs to the public role."""
    with as_public():
        return spend("pdf", who)


def response(request: HttpRequest, standings: Sequence[Standing], tenant: Tenant, *, at: datetime.datetime) -> HttpResponse:
    """The PDF, or 304 where the caller has it. ``standings`` each have an edition."""
    tag = etag(standings, tenant, tenant.today(at))
    known = get_conditional_response(request, etag=tag) if "If-None-Match" in request.headers else None
    if known is not None:
        return known
    answer = documents.pdf_response(sheets.pdf(standings, tenant, at=at), sheets.file_name(standings))
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = tag
    return answer
