"""The past of an office: when it opened, closed and opened again, and every change of it and of what belongs to it."""

import datetime
from dataclasses import dataclass

from audit import history
from audit.models import Action, Event
from offices.models import Office

# (table, column that names the office); what stands one step further is reached through what stood there ever.
OWN = (
    ("offices_officephoto", "office_id"),
    ("offices_schedule", "office_id"),
    ("offices_specialdays", "office_id"),
    ("offices_room", "office_id"),
)
BELOW = (
    ("offices_servicehours", "schedule_id", "offices_schedule"),
    ("offices_specialhours", "special_id", "offices_specialdays"),
    ("offices_desk", "room_id", "offices_room"),
)


@dataclass(frozen=True)
class Turn:
    """A day on which it was said that the office closes (with the reason), or that it does not after all."""

    at: datetime.datetime
    by: str
    closed_on: datetime.date | None
    reason: str

    @property
    def reopened(self) -> bool:
        return self.closed_on is None


def turns(office: Office) -> list[Turn]:
    """All closings and reopenings, in the order in which they were entered. One query."""
    events = Event.objects.filter(table_name="offices_office", row_id=str(office.pk), action=Action.UPDATE).order_by("sequence")
    found = []
    for event in events:
        before, after = ((row["closed_on"], row["closed_reason"]) for row in (event.before or {}, event.after or {}))
        if before != after:
            day = after[0] and datetime.date.fromisoformat(after[0])
            found.append(Turn(event.at, event.actor_name, day, after[1]))
    return found


def changes(office: Office) -> history.History:
    """Every change of the office, its hours, rooms, desks and photograph."""
    own = str(office.pk)
    within = [(table, column, [own]) for table, column in OWN]
    parents = dict(OWN)
    for table, column, parent in BELOW:
        within.append((table, column, history.rows_ever(parent, parents[parent], [own])))
    return history.of("offices_office", office.pk, within=within)
