"""Who leads each dinas of the demonstration, and what residents are told of its offices."""

import datetime

from offices.models import Dinas, DinasHead, Office
from oversight.demo import names

# Beyond the numbers of staff.
FIRST_HEAD = 700
BRING = "KTP\nKartu keluarga\nTelepon genggam yang aktif\nAlamat surel, jika sudah punya"


def furnish(slug: str, dinas: Dinas, offices: list[Office], *, number: int, on: datetime.date) -> None:
    """A head since last year, in every fourth dinas an acting one; contact and what to bring for its offices."""
    acting = number % 4 == 3
    DinasHead.objects.create(
        dinas=dinas,
        name=names.person(slug, FIRST_HEAD + number),
        standing="plt" if acting else "definitive",
        serves_from=on.replace(day=1) if acting else datetime.date(on.year - 1, 1, 2),
    )
    for office in offices:
        office.email, office.bring = f"loket.{number}@contoh.test", BRING
        office.whatsapp = f"(000) 555-{200 + number:04d}"
    Office.objects.bulk_update(offices, ["email", "bring", "whatsapp"])
