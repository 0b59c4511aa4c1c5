"""The circular this portal was made for, as data: SE Mendagri 560/2821/SJ (April 2020)."""

import datetime
import json
from pathlib import Path

from accounts.members import Member
from circulars import operations
from circulars.models import Circular

SE_560 = Path(__file__).parent / "data" / "se_560_2821_sj.json"


def letter_of(path: Path, *, deadline_on: datetime.date | None = None) -> operations.Letter:
    """A letter kept as JSON; ``dated`` is a day (``2020-04-27``) or, where the source names no day, a month (``2020-04``)."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    dated = entries.pop("dated")
    day_known = len(dated) == len("2020-04-01")
    return operations.Letter(
        **entries
        | {
            "dated_on": datetime.date.fromisoformat(dated if day_known else f"{dated}-01"),
            "day_known": day_known,
            "deadline_on": deadline_on,
            "points": tuple(tuple(point) for point in entries["points"]),
            "copies": tuple(entries["copies"]),
        }
    )


def load_se_560(*, by: Member, at: datetime.datetime, deadline_on: datetime.date | None = None) -> Circular:
    """
    SE 560/2821/SJ, published to all governments at ``at``; the one that is there already where it was loaded before.

    The letter itself sets no date for its acknowledgement; ``deadline_on`` is the portal's. ``by`` is a ministry officer.
    """
    letter = letter_of(SE_560, deadline_on=deadline_on)
    circular = Circular.objects.filter(number=letter.number).first()
    if circular is None:
        circular = operations.draft(letter=letter, by=by, at=at)
    if not circular.is_published:
        circular = operations.publish(circular=circular, by=by, at=at)
    return circular
