"""
Printed matter: PDF by Typst, QR codes by segno.

A document is a Typst file below ``templates/``. What it says comes in as JSON and is shown as text: nothing a person has typed
is ever read as markup. Only the portal's own fonts take part, so that a document looks the same on every machine; the PDFs are
PDF/A-3a and PDF/UA-1, to be kept and to be read aloud.
"""

import datetime
import io
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.http import HttpResponse

FONTS = Path(__file__).parent / "fonts"
STANDARDS = ["a-3a", "ua-1"]
# What the font has signs for (Latin with its accents, punctuation, currencies). PDF/A forbids what cannot be shown, so all
# else is replaced by a sign that says so; the page shows the text as it is.
UNPRINTABLE = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u0148\u014a-\u017e\u01a0\u01a1\u01af\u01b0\u01fa-\u021b\u0237\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9"
    "\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2122]"
)
REPLACEMENT = "\N{CURRENCY SIGN}"


def printable(value):
    """``value`` (text, number, or lists and dicts of them) with every text in signs that can be printed."""
    if isinstance(value, str):
        return UNPRINTABLE.sub(REPLACEMENT, unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\t", " ")))
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf(template: str, data: dict, *, at: datetime.datetime) -> bytes:
    """
    The document ``template`` (below ``templates/``) about ``data``, which the file reads by ``json(bytes(sys.inputs.data))``.

    ``at`` is the moment that stands in the file as its making: with equal data the bytes are equal.
    """
    root = settings.BASE / "templates"
    return typst.compile(  # type: ignore[call-overload]
        str(root / template),
        root=str(root),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=at.replace(microsecond=0),
    )


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The PDF to be shown in the browser or saved as ``name``; never taken for anything else, never kept by others."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def qr_svg(text: str, *, label: str = "") -> str:
    """A QR code as an SVG drawing, dark on white in either theme; ``label`` is what is read aloud."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", scale=4, border=3, light="#fff", xmldecl=False, svgns=True, omitsize=True, title=label or None)
    return out.getvalue().decode()
