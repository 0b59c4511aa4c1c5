import datetime
import re

from django.db import models

NEVER = "{" + ",".join(['"{}"'] * 7) + "}"
_RANGE = re.compile(r"\[([\d-]+),([\d-]+)\)")


class DateMultiRangeField(models.Field):
    """
    PostgreSQL's ``datemultirange``: a set of days kept as spans, so that "is this day among them?" is one operator.

    In Python a list of ``(first day, day after the last)``.
    """

    description = "A set of days"

    def db_type(self, connection):
        return "datemultirange"

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if value is None or isinstance(value, list):
            return value
        day = datetime.date.fromisoformat
        return [(day(start), day(end)) for start, end in _RANGE.findall(value)]

    def get_prep_value(self, value):
        if isinstance(value, list):
            return "{" + ",".join(f"[{start},{end})" for start, end in value) + "}"
        return value


class WeeksField(models.Field):
    """Seven ``datemultirange``, Monday to Sunday. Asked in SQL only; in Python it is PostgreSQL's text."""

    description = "Sets of days by weekday"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"default": NEVER} | kwargs))

    def db_type(self, connection):
        return "datemultirange[]"


@DateMultiRangeField.register_lookup
class HasDay(models.Lookup):
    """``staffed_days__has_day=date``: the multirange contains the day."""

    lookup_name = "has_day"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @> ({right})::date", (*left_params, *right_params)
