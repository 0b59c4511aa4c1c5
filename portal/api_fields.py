"""
Fields of the REST interface that take what the document says and nothing like it: a number is no text, "yes" is no truth value,
``2026-1-5`` no date. DRF's own fields are generous, and a generous reader hides mistakes of the writer.
"""

import datetime
import math
import re
import uuid

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A century is enough for every date here, and leaves room to count days beyond both ends.
DAY_PATTERN = r"^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
DAY = re.compile(DAY_PATTERN)
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
# Some text: no NUL, and something to see in it. One line of it: no control characters either.
TEXT = r"^[^\x00]*[^\s\x00][^\x00]*$"
LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
NO_TEXT = _("Bagian ini tidak boleh kosong.")
NO_LINE = _("Tulislah dalam satu baris, tanpa tanda kendali.")
WRONG = _("Jenis nilai ini tidak sesuai.")


class Strict:
    """Refuses a value of another JSON type before the field reads it."""

    json_types: tuple[type, ...] = (str,)

    def run_validation(self, data=empty):
        known = data is None or data is empty or isinstance(data, self.json_types)
        if not known or (isinstance(data, bool) and bool not in self.json_types):
            raise serializers.ValidationError(WRONG, code="type")
        return super().run_validation(data)


class Shaped(Strict, serializers.CharField):
    """Text of a pattern, which the document says, too; empty only with ``allow_blank``."""

    def __init__(self, *, pattern: str, message, **kwargs):
        super().__init__(**kwargs)
        self.validators.append(RegexValidator(pattern, message=message))


class Line(Shaped):
    """Text on one line, single spaces between words."""

    def __init__(self, **kwargs):
        super().__init__(pattern=LINE, message=NO_LINE, **kwargs)

    def to_internal_value(self, data):
        return re.sub(" +", " ", super().to_internal_value(data))


class Text(Shaped):
    """Text of several lines."""

    def __init__(self, **kwargs):
        super().__init__(pattern=TEXT, message=NO_TEXT, **kwargs)


class Digits(Shaped):
    """So many digits."""

    def __init__(self, *, length: int, **kwargs):
        super().__init__(pattern=rf"^[0-9]{{{length}}}$", message=WRONG, **kwargs)


class Email(Strict, serializers.EmailField):
    pass


class Choice(Strict, serializers.ChoiceField):
    json_types = (str, int)

    def to_internal_value(self, data):
        if data not in self.choices:
            self.fail("invalid_choice", input=str(data)[:50])
        return super().to_internal_value(data)


class Whole(Strict, serializers.IntegerField):
    """A whole number; JSON writes some of them as ``3.0``."""

    json_types = (int, float)

    def to_internal_value(self, data):
        if isinstance(data, float) and not data.is_integer():
            raise serializers.ValidationError(WRONG, code="type")
        return super().to_internal_value(int(data))


class Flag(Strict, serializers.BooleanField):
    json_types = (bool,)


class Degrees(Strict, serializers.FloatField):
    """Geographical degrees, as a JSON number."""

    json_types = (int, float)

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            raise serializers.ValidationError(WRONG, code="type")
        return value


class Uuid(Strict, serializers.UUIDField):
    def to_internal_value(self, data):
        if not UUID.fullmatch(data):
            self.fail("invalid", value=str(data)[:50])
        return uuid.UUID(data)


@extend_schema_field({"type": "string", "format": "date", "pattern": DAY_PATTERN, "example": "2026-11-23"})
class Day(Strict, serializers.DateField):
    """A date of this century, as ``2026-11-23``."""

    def to_internal_value(self, data):
        if not DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        try:
            return datetime.date.fromisoformat(data)
        except ValueError:
            self.fail("invalid", format="YYYY-MM-DD")


class Moment(serializers.DateTimeField):
    """A moment, told in UTC whatever the time zone of who asks."""

    def __init__(self, **kwargs):
        super().__init__(default_timezone=datetime.UTC, **kwargs)


@extend_schema_field({"type": "string", "pattern": r"^(?:[01]\d|2[0-3]):[0-5]\d$", "example": "08:00"})
class Clock(Strict, serializers.TimeField):
    """A time of day as ``08:00``, on the clocks of the government."""

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)

    def to_internal_value(self, data):
        if not CLOCK.fullmatch(data):
            self.fail("invalid", format="hh:mm")
        return datetime.time.fromisoformat(data)


class Entries(serializers.Serializer):
    """What a caller sends: fields that are not declared are refused, so that a misspelt one is not lost in silence."""

    def to_internal_value(self, data):
        if isinstance(data, dict):
            unknown = set(data) - set(self.fields)
            if unknown:
                raise serializers.ValidationError(
                    {str(name)[:100]: [_("Isian ini tidak dikenal.")] for name in sorted(unknown)}
                )
        return super().to_internal_value(data)
