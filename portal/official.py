"""
The official look of printed matter: the head of a government's letters and the foot that tells what a sheet is.

    frame = official.frame(
        title=_("Jam layanan %(office)s") % {"office": office.name},
        head=official.Letterhead.of(tenant, office.dinas.name, office.address),
        foot=official.Foot(url=url, edition=edition, printed=local_time(at, tenant)),
    )
    content = documents.pdf("prints/hours.typ", {"frame": frame, ...}, at=at)

The Typst side is templates/portal/official.typ; it says how a sheet with head and foot, a sign without head and a page of
labels are written. Every PDF is PDF/A-3a and PDF/UA-1 (portal.documents). Prints speak the language of administration: make
the data inside ``with official.in_indonesian():``.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal import documents
from tenants.models import Tenant

PRINTED_IN = "id"


def in_indonesian() -> AbstractContextManager:
    """The words of a print, whoever asks for it."""
    return translation.override(PRINTED_IN)


def government_line(tenant: Tenant) -> str:
    """As letters begin: Pemerintah Kota Bandung, Pemerintah Provinsi Jawa Barat, Kementerian Dalam Negeri."""
    if tenant.is_ministry:
        return _("Kementerian Dalam Negeri")
    if tenant.is_province:
        return _("Pemerintah Provinsi %(name)s") % {"name": tenant.name}
    return _("Pemerintah %(name)s") % {"name": tenant.name}


@dataclass(frozen=True)
class Letterhead:
    """
    The head of a sheet: ``government``, below it the ``agency`` (dinas) and the ``place`` (address, telephone, mail).

    It is set in capitals; names of any length find their room.
    """

    government: str
    agency: str = ""
    place: str = ""

    @classmethod
    def of(cls, tenant: Tenant, agency: str = "", *place: str) -> "Letterhead":
        """``place``: address, telephone, mail …; empty ones are left out."""
        return cls(government_line(tenant), agency, "  ·  ".join(" ".join(part.split()) for part in place if part))


@dataclass(frozen=True)
class Foot:
    """
    What stands at the foot of every page.

    ``url`` is the live page of what is printed (whole, with host); its QR code stands beside ``url_word``. ``edition`` is the
    short code or number of what is printed, ``printed`` the local moment in words (``23 November 2026 08.00 WIB``).
    """

    url: str = ""
    url_word: str = ""
    edition: str = ""
    printed: str = ""
    note: str = ""


def frame(*, title: str, head: Letterhead | None, foot: Foot | None = None, author: str = "") -> dict:
    """What templates/portal/official.typ needs; ``title`` is the name of the document as a reader aloud tells it."""
    foot = foot or Foot()
    return {
        "title": title,
        "author": author or (head.government if head else "Loket"),
        "lang": PRINTED_IN,
        "head": None if head is None else {"government": head.government, "agency": head.agency, "place": head.place},
        "foot": {
            "qr": documents.qr_svg(foot.url) if foot.url else "",
            "qr-word": _("Kode QR menuju %(url)s") % {"url": foot.url} if foot.url else "",
            "url": foot.url,
            "url-word": foot.url_word,
            "lines": [
                _("Edisi %(edition)s") % {"edition": foot.edition} if foot.edition else "",
                _("dicetak pada %(at)s") % {"at": foot.printed} if foot.printed else "",
                foot.note,
            ],
            "page": pgettext("page of a print", "Halaman"),
        },
    }
