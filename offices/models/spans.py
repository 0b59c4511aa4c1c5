"""Spans of days and of hours as PostgreSQL's ranges, for constraints that let nothing overlap."""

from django.db.models import Func


class TimeSpan(Func):
    """Two times of day as a range; PostgreSQL has none for ``time``, so both stand on one arbitrary day."""

    template = "tsrange('2000-01-01'::date + %(expressions)s)"
    arg_joiner = ", '2000-01-01'::date + "


class DaySpan(Func):
    """From one date to another, both included; without an end where that is NULL."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
