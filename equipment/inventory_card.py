"""
Kartu Inventaris Ruangan: what stands in a room, in the official table.

Things that are alike in name, code, year and condition share a line with their number and the span of their register numbers.
"""

import datetime
from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from equipment.enums import Condition
from equipment.models import Item
from offices.enums import HeadStanding
from offices.models import DinasHead, Room
from portal import documents, official
from portal.dates import digits, local_time, plain_date
from tenants.models import Tenant


def file_name(room: Room) -> str:
    return f"kir-{slugify(room.office.name)[:50]}-{slugify(room.name)[:50]}.pdf"


def things(room: Room):
    alike = ("kind", "name", "item_code", "year", "condition", "note")
    return Item.objects.kept().filter(room=room).order_by(*alike, "register_number", "label")


def pdf(room: Room, *, tenant: Tenant, leader: DinasHead | None, at: datetime.datetime) -> bytes:
    """``leader``: who leads the dinas today, None where nobody is recorded."""
    office = room.office
    standing = leader.get_standing_display() if leader else HeadStanding.DEFINITIVE.label
    with official.in_indonesian():
        items = list(things(room))
        data = {
            "frame": official.frame(
                title=_("Kartu Inventaris Ruangan %(room)s") % {"room": room.name},
                head=official.Letterhead.of(tenant, office.dinas.name, office.address),
                foot=official.Foot(
                    url=settings.SITE_URL + reverse("offices:room", args=[office.pk, room.pk]),
                    url_word=_("Isi ruang saat ini"),
                    printed=local_time(at, tenant),
                ),
            ),
            "title": _("Kartu Inventaris Ruangan"),
            "facts": [
                [_("Kantor"), office.name],
                [_("Ruang"), f"{room.name} ({room.get_purpose_display()})"],
                [_("Keadaan per"), plain_date(tenant.today(at))],
            ],
            "head": [
                pgettext("inventory card", "No."),
                _("Nama barang"),
                _("Merek/model"),
                _("No. register"),
                _("Kode barang"),
                _("Tahun"),
                _("Jumlah"),
                _("Baik"),
                _("Kurang Baik"),
                _("Rusak Berat"),
                pgettext("inventory card", "Keterangan"),
            ],
            "condition": _("Keadaan barang"),
            "rows": rows(items),
            "empty": "" if items else _("Tidak ada barang yang tercatat di ruang ini."),
            "sum": [_("Jumlah"), digits(len(items))],
            "signed": [
                {
                    "above": _("Mengetahui,"),
                    "word": f"{standing[:1].upper()}{standing[1:]} {office.dinas.name}",
                    "name": leader.name if leader else "",
                },
                {"above": "", "word": _("Pengurus barang / penanggung jawab ruang"), "name": ""},
            ],
            "sign-place": "……………………, …………………… ",
            "sign-name": "NIP ……………………",
        }
        return documents.pdf("equipment/kir.typ", data, at=at)


def rows(items: Iterable[Item]) -> list[list[str]]:
    """One list of cells a line, in the columns of the card."""
    found = []
    key = lambda item: (item.kind, item.name, item.item_code, item.year, item.condition, item.note)  # noqa: E731
    for number, (_key, group) in enumerate(groupby(items, key), start=1):
        alike = list(group)
        first = alike[0]
        marks = [digits(len(alike)) if first.condition == condition else "" for condition in Condition.values]
        found.append(
            [
                str(number),
                first.get_kind_display(),
                first.name,
                _numbers([item.register_number for item in alike if item.register_number]),
                first.item_code,
                str(first.year or ""),
                digits(len(alike)),
                *marks,
                "; ".join(filter(None, [first.note, _labels(alike)])),
            ]
        )
    return found


def _numbers(numbers: list[str]) -> str:
    """0001 s.d. 0004 where they follow one another, else all of them."""
    whole = [int(number) for number in numbers if number.isascii() and number.isdecimal()]
    run = len(numbers) > 2 and len(whole) == len(numbers) and whole == list(range(whole[0], whole[0] + len(whole)))
    return _("%(first)s s.d. %(last)s") % {"first": numbers[0], "last": numbers[-1]} if run else ", ".join(numbers)


def _labels(alike: list[Item]) -> str:
    return ", ".join(item.label for item in alike[:4]) + (" …" if len(alike) > 4 else "")
