"""The nouns of this room: dinas and office, when an office serves, and how it is laid out."""

from offices.models.layout import Desk, Room
from offices.models.office import Dinas, DinasHead, Office, OfficePhoto, OfficeQuerySet
from offices.models.schedules import LocalDay, Schedule, ServiceHours, SpecialDays, SpecialHours
from offices.models.spans import DaySpan, TimeSpan

__all__ = [
    "DaySpan",
    "Desk",
    "Dinas",
    "DinasHead",
    "LocalDay",
    "Office",
    "OfficePhoto",
    "OfficeQuerySet",
    "Room",
    "Schedule",
    "ServiceHours",
    "SpecialDays",
    "SpecialHours",
    "TimeSpan",
]
