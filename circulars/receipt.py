"""The receipt of an acknowledgement on paper."""

import datetime

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from circulars.models import Acknowledgement, Circular
from portal import documents
from portal.dates import clock, digits, plain_date
from tenants.models import Tenant
from tenants.urls import root_url

# A receipt is a record: on paper it speaks the language of administration, whoever prints it.
PRINTED_IN = "id"


def public_url(entry: Acknowledgement) -> str:
    """The public page that confirms the receipt; the QR code leads to it."""
    return settings.SITE_URL + root_url("circulars:confirm", entry.code)


def days_late(entry: Acknowledgement, circular: Circular, tenant: Tenant) -> int:
    """How many local days after the deadline it was acknowledged; 0 in time or without a deadline."""
    if circular.deadline_on is None:
        return 0
    return max(0, (tenant.today(entry.acknowledged_at) - circular.deadline_on).days)


def utc_words(at: datetime.datetime) -> str:
    there = at.astimezone(datetime.UTC)
    return f"{plain_date(there)} {clock(there, 'UTC')}"


def pdf(entry: Acknowledgement, circular: Circular, tenant: Tenant) -> bytes:
    """The receipt as PDF; the same bytes each time it is asked for."""
    with translation.override(PRINTED_IN):
        url = public_url(entry)
        return documents.pdf(
            "circulars/receipt.typ",
            {
                "lang": PRINTED_IN,
                "head": _("Kementerian Dalam Negeri"),
                "words": _words(entry),
                "facts": _facts(entry, circular),
                "statement": entry.statement,
                "signed": _signed(entry, days_late(entry, circular, tenant)),
                "qr": documents.qr_svg(url),
                "url": url,
                "seal": entry.seal,
            },
            at=entry.acknowledged_at,
        )


def file_name(entry: Acknowledgement) -> str:
    return f"resi-{slugify(entry.circular_number)[:60]}-{slugify(entry.government)[:60]}.pdf"


def _words(entry: Acknowledgement) -> dict[str, str]:
    return {
        "document": _("Tanda terima %(number)s, %(government)s")
        % {"number": entry.circular_number, "government": entry.government},
        "sub": _("Loket · pelaksanaan surat edaran di daerah"),
        "title": _("Tanda Terima Surat Edaran"),
        "number": _("Nomor %(number)s") % {"number": entry.circular_number},
        "statement": _("Pernyataan"),
        "signed": _("Diakui oleh"),
        "check": _("Pemeriksaan keaslian"),
        "check_text": _("Pindai kode ini atau buka alamat di bawahnya. Halaman itu menyatakan apakah tanda terima ini benar."),
        "seal": _("Segel SHA-256"),
        "qr": _("Kode QR menuju halaman pemeriksaan tanda terima ini"),
        "foot": _("Dibuat oleh Loket. Sah selama cocok dengan halaman pemeriksaannya."),
        "page": _("Halaman"),
    }


def _facts(entry: Acknowledgement, circular: Circular) -> list[list[str]]:
    return [
        [_("Pemerintah daerah"), entry.government],
        [_("Surat edaran"), _("Nomor %(number)s") % {"number": entry.circular_number}],
        [_("Tanggal surat"), circular.dated],
        [_("Perihal"), entry.circular_subject],
        [_("Versi naskah"), str(entry.circular_version)],
        [_("SHA-256 naskah"), " ".join(entry.circular_sha256[n : n + 8] for n in range(0, 64, 8))],
    ]


def _signed(entry: Acknowledgement, late: int) -> list[list[str]]:
    lines = [
        [_("Nama"), entry.name],
        [_("Jabatan"), entry.position],
        [_("Waktu setempat"), entry.local_time],
        [_("Waktu UTC"), utc_words(entry.acknowledged_at)],
    ]
    if late:
        words = ngettext("diakui %(days)s hari setelah tenggat", "diakui %(days)s hari setelah tenggat", late)
        lines.append([pgettext("receipt", "Keterangan"), words % {"days": digits(late)}])
    return lines
