"""Columns that only offices have: how they are reached, when they serve, where they lie."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from offices import coordinates, hours
from offices.coordinates import UnreadableCoordinates
from offices.hours import UnreadableHours
from portal import telephones
from portal.dates import clock
from portal.errors import DomainError
from workbooks.columns import CellFault, Code, Column, Line, one_line, plain_text


@dataclass(frozen=True)
class Telephone(Code):
    """A number as it is written here; ``whatsapp`` ones may be links."""

    max_length: int = 30
    width: int = 18
    whatsapp: bool = False

    def understand(self, raw):
        try:
            return (telephones.check_whatsapp if self.whatsapp else telephones.check)(super().understand(raw))
        except DomainError as error:
            raise CellFault(str(error.message)) from None


@dataclass(frozen=True)
class Email(Line):
    def understand(self, raw):
        text = super().understand(raw)
        try:
            validate_email(text)
        except ValidationError:
            raise CellFault(_("“%(text)s” bukan alamat surel."), text=text) from None
        return text


@dataclass(frozen=True)
class DayHours(Column):
    """The spans of a day as text: 08.00-12.00, 13.00-15.00; empty or "tutup" for none. ``weekday`` 1 is Monday."""

    weekday: int = 1
    width: int = 24

    def understand(self, raw):
        if isinstance(raw, datetime.time | datetime.timedelta | int | float | datetime.date):
            raise CellFault(
                _("jam buka dan tutup ditulis bersama sebagai teks, seperti 08.00-15.30; yang tertulis hanya %(text)s."),
                text=plain_text(raw) if not isinstance(raw, datetime.time) else clock(raw),
            )
        try:
            return hours.day_text(hours.read_day(self.weekday, one_line(plain_text(raw))), self.weekday)
        except UnreadableHours as error:
            raise CellFault(str(error.message)) from None

    def cell(self, value):
        return value or str(_("tutup"))

    def spoken(self, value):
        return value or str(_("tutup"))

    def spans(self, value: str) -> list[hours.Span]:
        return hours.read_day(self.weekday, value)


@dataclass(frozen=True)
class Place(Column):
    """Latitude and longitude in one cell, as they are typed or copied from a map; the value is their text."""

    def understand(self, raw):
        try:
            place = coordinates.read(one_line(plain_text(raw)))
        except UnreadableCoordinates as error:
            raise CellFault(str(error.message)) from None
        return f"{place.latitude}, {place.longitude}" if place else ""

    def pair(self, value: str) -> tuple[Decimal | None, Decimal | None]:
        place = coordinates.read(value)
        return (place.latitude, place.longitude) if place else (None, None)
