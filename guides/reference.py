"""
What every installation begins with: a first edition of each guide, in Loket's own words after points 1 to 11 of the Kemnaker
procedure, and the customer care contact of 2020, marked as to be confirmed.
"""

import datetime
import json
from pathlib import Path

from django.db import transaction

from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion

FIRST_EDITIONS = Path(__file__).parent / "data" / "first_editions.json"
FROM = datetime.date(2020, 4, 1)
CARE = {
    "valid_from": FROM,
    "phone": "021-25541246",
    "email": "info@prakerja.go.id",
    "weekdays": [1, 2, 3, 4, 5],
    "opens": datetime.time(8),
    "closes": datetime.time(19),
    "note": "Data tahun 2020, belum dikonfirmasi kementerian.",
    "confirmed": False,
}


@transaction.atomic
def load(*, at: datetime.datetime) -> int:
    """
    Enter what is missing, as the owner of the database: a first edition where a guide has none, a contact where there is none.

    Never changes what the ministry has written. Returns how many rows were entered.
    """
    texts = json.loads(FIRST_EDITIONS.read_text(encoding="utf-8"))
    known = set(GuideVersion.objects.filter(number__isnull=False).values_list("guide", flat=True))
    first = [
        GuideVersion(guide=key, number=1, **texts[key], published_at=at, published_by_name="Loket")
        for key in GuideKey
        if key not in known
    ]
    GuideVersion.objects.bulk_create(first)
    entered = len(first)
    if not CareContact.objects.exists():
        CareContact.objects.create(**CARE, entered_at=at, entered_by_name="Loket")
        entered += 1
    return entered
