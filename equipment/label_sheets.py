"""
Sheets of labels: stickers with a QR code that opens the page of a thing.

The sizes are those of the sheets that stationers sell; a sheet that was begun is used up from the first label that is left.
"""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.models import Item
from portal import documents, official
from tenants.models import Tenant


@dataclass(frozen=True)
class Size:
    """A sheet of A4 with labels, in millimetres; ``top`` and ``left`` are its margins, the gaps lie between the labels."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def words(self) -> str:
        """3 × 8 (70 × 37 mm)"""
        width, height = (f"{number:g}".replace(".", ",") for number in (self.width, self.height))
        return f"{self.columns} × {self.rows} ({width} × {height} mm)"


SIZES = {
    size.key: size
    for size in (
        Size("3x8", 3, 8, 70, 37, top=0.5),
        Size("3x7", 3, 7, 63.5, 38.1, left=7.25, top=15.15, gap_x=2.5),
        Size("4x10", 4, 10, 52.5, 29.7),
        Size("5x13", 5, 13, 38.1, 21.2, left=4.75, top=10.7, gap_x=2.5),
        Size("2x7", 2, 7, 99.1, 38.1, left=4.65, top=15.15, gap_x=2.5),
    )
}


def address(item: Item) -> str:
    """What the QR code says; needs the government to be mounted."""
    return settings.SITE_URL + reverse("equipment:by_label", args=[item.label])


def data(items: Sequence[Item], size: Size, start: int, tenant: Tenant) -> dict:
    with official.in_indonesian():
        return {
            "frame": official.frame(title=_("Label barang %(government)s") % {"government": tenant.name}, head=None),
            "size": asdict(size),
            "skip": start - 1,
            "labels": [
                {
                    "label": item.label,
                    "name": item.name,
                    "office": item.office.name,
                    "qr": documents.qr_svg(address(item)),
                    "alt": _("Kode QR barang %(label)s") % {"label": item.label},
                }
                for item in items
            ],
        }


def pdf(items: Sequence[Item], *, size: Size, start: int, tenant: Tenant, at: datetime.datetime) -> bytes:
    """The labels of ``items`` in their order; ``start`` is the place of the first on its sheet, counted from 1 by rows."""
    return documents.pdf("equipment/labels.typ", data(items, size, start, tenant), at=at)
