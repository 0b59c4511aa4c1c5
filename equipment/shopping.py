"""The shopping list on paper: what brings the stock of an office, or of all offices of a dinas, to where it should be."""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from equipment import queries_supplies as queries
from equipment import words_supplies
from equipment.forecast import WINDOW
from offices.models import Dinas, Office
from portal import documents, official
from portal.dates import digits, local_time, plain_date
from tenants.models import Tenant


def file_name(name: str, today: datetime.date) -> str:
    return f"belanja-{slugify(name)[:60]}-{today:%Y-%m-%d}.pdf"


def of_office(office: Office, *, tenant: Tenant, today: datetime.date, at: datetime.datetime) -> bytes:
    place = reverse("equipment:supplies", args=[office.pk])
    return _pdf(office.dinas, [queries.office_stock(office, today)], office.name, place, tenant, today, at, office.address)


def of_dinas(dinas: Dinas, *, tenant: Tenant, today: datetime.date, at: datetime.datetime) -> bytes:
    """All offices of a dinas that are not closed, each with its own table, and what they need together."""
    standing = list(Office.objects.filter(dinas=dinas).select_related("dinas").not_closed_on(today).order_by("name", "id"))
    place = reverse("equipment:all_supplies")
    return _pdf(dinas, queries.stocks(standing, today), dinas.name, place, tenant, today, at)


def _pdf(dinas, stocks: Sequence[queries.OfficeStock], name, place, tenant, today, at, address="") -> bytes:
    with official.in_indonesian():
        frame = official.frame(
            title=_("Daftar belanja persediaan %(name)s") % {"name": name},
            head=official.Letterhead.of(tenant, dinas.name, address),
            foot=official.Foot(
                url=settings.SITE_URL + place, url_word=_("Keadaan persediaan saat ini"), printed=local_time(at, tenant)
            ),
        )
        offices = [_office(each) for each in stocks if each.shopping]
        data = {
            "frame": frame,
            "title": _("Daftar Belanja Persediaan"),
            "sub": name,
            "intro": _(
                "Jumlah yang perlu dibeli agar tersedia persediaan minimum ditambah pemakaian %(days)s hari layanan, dihitung "
                "dari pemakaian tercatat sampai %(day)s."
            )
            % {"days": WINDOW, "day": plain_date(today)},
            "nothing": "" if offices else _("Tidak ada yang perlu dibeli: semua persediaan mencukupi."),
            "head": [
                pgettext("shopping list", "No."), _("Barang"), _("Sisa"), _("Minimum"), _("Perlu dibeli"), _("Dibeli"),
                _("Harga"),
            ],
            "offices": offices if len(stocks) > 1 else [each | {"name": ""} for each in offices],
            "together": _together(stocks) if len(stocks) > 1 else [],
            "together-title": _("Jumlah seluruh kantor"),
            "together-head": [pgettext("shopping list", "No."), _("Barang"), _("Perlu dibeli")],
            "signed": [_("Disusun oleh"), _("Menyetujui")],
            "sign-place": _("Tanggal: ……………………"),
            "sign-name": _("Nama dan NIP"),
        }  # fmt: skip
        return documents.pdf("equipment/shopping.typ", data, at=at)


def _office(stock: queries.OfficeStock) -> dict:
    rows = [
        [
            str(number),
            row.supply.name,
            f"{digits(row.supply.on_hand)} {row.supply.unit}",
            digits(row.supply.minimum),
            f"{digits(row.buy)} {row.supply.unit}",
            words_supplies.sentence(row.forecast),
        ]
        for number, row in enumerate(stock.shopping, start=1)
    ]
    return {"name": stock.office.name, "rows": rows}


def _together(stocks: Sequence[queries.OfficeStock]) -> list[list[str]]:
    """The same thing of all offices in one line; names are compared without regard to capitals."""
    sums: dict[tuple[str, str], list] = {}
    for row in (row for stock in stocks for row in stock.shopping):
        own = sums.setdefault((row.supply.name.lower(), row.supply.unit.lower()), [row.supply.name, 0, row.supply.unit])
        own[1] += row.buy
    found = sorted(sums.values(), key=lambda each: each[0].lower())
    return [[str(number), name, f"{digits(count)} {unit}"] for number, (name, count, unit) in enumerate(found, start=1)]
