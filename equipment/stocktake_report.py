"""The report of a round on paper: found, missing, from elsewhere, unknown, with room for two signatures."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from equipment import queries_stocktakes as queries
from equipment.models import Item, StockTake
from portal import documents, official
from portal.dates import digits, local_time, plain_date
from tenants.models import Tenant


def file_name(stock_take: StockTake) -> str:
    return f"sensus-{slugify(stock_take.room.name)[:60]}-{stock_take.started_at:%Y-%m-%d}.pdf"


def pdf(stock_take: StockTake, *, tenant: Tenant, at: datetime.datetime) -> bytes:
    found = queries.round_of(stock_take)
    office = stock_take.room.office
    with official.in_indonesian():
        url = settings.SITE_URL + reverse("equipment:stock_take", args=[stock_take.pk])
        data = {
            "frame": official.frame(
                title=_("Laporan sensus barang %(room)s") % {"room": stock_take.room.name},
                head=official.Letterhead.of(tenant, office.dinas.name, office.address),
                foot=official.Foot(url=url, url_word=_("Halaman sensus ini"), printed=local_time(at, tenant)),
            ),
            "title": _("Laporan Sensus Barang"),
            "sub": f"{stock_take.room.name}, {office.name}",
            "facts": _facts(found, tenant),
            "lists": _lists(found, tenant),
            "signed": [_("Pelaksana sensus"), _("Penanggung jawab ruang")],
            "sign-name": _("Nama dan NIP"),
        }
        return documents.pdf("equipment/stocktake.typ", data, at=at)


def _facts(found: queries.Round, tenant: Tenant) -> list[list[str]]:
    taken = found.stock_take
    done = _("belum selesai")
    if taken.finished_at is not None:
        done = f"{local_time(taken.finished_at, tenant)}, {taken.finished_by_name}"
    seen = _("%(seen)s dari %(expected)s barang") % {"seen": digits(found.seen), "expected": digits(found.expected)}
    return [
        [_("Dimulai"), f"{local_time(taken.started_at, tenant)}, {taken.started_by_name}"],
        [_("Selesai"), done],
        [_("Ditemukan"), seen],
        [_("Tidak ditemukan"), digits(len(found.missing))],
        [_("Dari ruang lain"), digits(len(found.moved))],
        [_("Label tidak dikenal"), digits(len(found.unknown))],
    ]


def _thing(item: Item) -> list[str]:
    number = " / ".join(filter(None, [item.item_code, item.register_number]))
    return [item.label, item.name, number, item.get_condition_display()]


def _lists(found: queries.Round, tenant: Tenant) -> list[dict]:
    things = [_("Label"), _("Barang"), _("Kode barang / NUP"), _("Kondisi")]
    missing = [[*_thing(each.item), _last(each, tenant)] for each in found.missing]
    moved = [
        [*_thing(line.item), line.came_from_name, _("sudah dibetulkan") if line.place_corrected else _("hanya dicatat")]
        for line in found.moved
        if line.item
    ]
    unknown = [[line.label, local_time(line.read_at, tenant), line.read_by_name] for line in found.unknown]
    lists = [
        {"title": _("Tidak ditemukan"), "head": [*things, _("Terakhir terlihat")], "rows": missing},
        {"title": _("Ditemukan"), "head": things, "rows": [_thing(line.item) for line in found.found if line.item]},
        {"title": _("Dari ruang lain"), "head": [*things, _("Tercatat di"), _("Tempat")], "rows": moved},
        {"title": _("Label tidak dikenal"), "head": [_("Label"), _("Dibaca"), _("Oleh")], "rows": unknown},
    ]
    return [_numbered(each) for each in lists if each["rows"]]


def _numbered(each: dict) -> dict:
    rows = [[str(number), *row] for number, row in enumerate(each["rows"], start=1)]
    return each | {"head": [pgettext("list of a round", "No."), *each["head"]], "rows": rows}


def _last(each: queries.Missing, tenant: Tenant) -> str:
    seen = f"{plain_date(tenant.local(each.seen.at))}, {each.seen.room}" if each.seen else _("belum pernah")
    return f"{seen} ({each.elsewhere})" if each.elsewhere else seen
