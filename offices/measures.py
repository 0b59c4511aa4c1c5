"""Measures of rooms as people type them, in metres with a comma; the database keeps whole centimetres."""

import re

from django.utils.translation import gettext_lazy as _

from portal.errors import DomainError

METRES = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:m|meter)?", re.IGNORECASE | re.ASCII)
CENTIMETRES = re.compile(r"(\d{2,5})\s*cm", re.IGNORECASE | re.ASCII)


class UnreadableLength(DomainError):
    message = _("Tulis ukuran dalam meter, misalnya 4,5.")
    code = "unreadable-length"


def read_metres(text: str) -> int | None:
    """``4,5`` (also ``4.5``, ``4,5 m``, ``450 cm``) as 450; None where nothing was typed."""
    text = text.strip()
    if not text:
        return None
    if found := CENTIMETRES.fullmatch(text):
        return int(found[1])
    if found := METRES.fullmatch(text):
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    raise UnreadableLength


def metres(length: int | None) -> str:
    """450 as ``4,5``; empty where nobody has measured."""
    if length is None:
        return ""
    whole, rest = divmod(length, 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") if rest else str(whole)
