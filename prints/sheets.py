"""
What stands on each print, as data for the Typst files below templates/prints, and the PDF of one or many of them.

Words are Indonesian, whoever prints. The moment of printing is in the foot alone, so that equal content makes equal sheets.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from equipment.enums import KitPart
from guides import queries as guides
from guides.enums import GuideKey
from offices.enums import OfficeKind, Weekday
from offices.hours import Span, breaks
from offices.timetable import Period
from portal import documents, official
from portal.dates import clock, local_time, long_date, plain_date
from prints import editions
from prints.enums import PrintKind
from prints.queries import Matter, Standing
from tenants.models import Tenant
from tenants.urls import root_url

TEMPLATE = "prints/sheets.typ"
CARDS_ON_A_SHEET = 4


def pdf(standings: Sequence[Standing], tenant: Tenant, *, at: datetime.datetime) -> bytes:
    """These prints as one file in the order given; each must have an edition. Customer-care cards go four to a sheet."""
    with official.in_indonesian():
        office = standings[0].slot.place.office
        title = _("Cetakan %(office)s") % {"office": office.name}
        if len(standings) == 1:
            title = f"{standings[0].slot.kind.label}, {standings[0].slot.place.name}"
        frame = official.frame(title=title, head=None, author=official.government_line(tenant))
        sheets = [_sheet(standing, tenant, at) for standing in _thinned(standings)]
        return documents.pdf(TEMPLATE, {"frame": frame, "sheets": sheets}, at=at)


def _thinned(standings: Iterable[Standing]) -> list[Standing]:
    """One sheet of customer-care cards for every four that are asked for."""
    kept, cards = [], 0
    for standing in standings:
        if standing.slot.kind == PrintKind.CARE_CARD:
            cards += 1
            if cards % CARDS_ON_A_SHEET != 1:
                continue
        kept.append(standing)
    return kept


def _sheet(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    make = {
        PrintKind.HOURS: hours,
        PrintKind.EMAIL_GUIDE: guide,
        PrintKind.ACCOUNT_GUIDE: guide,
        PrintKind.DESK_CARD: desk_card,
        PrintKind.QUEUE_SIGN: queue_sign,
        PrintKind.CARE_CARD: care_card,
    }[standing.slot.kind]
    return {"kind": standing.slot.kind.value, **make(standing, tenant, at)}


def counter_url(tenant: Tenant, office, code: str = "") -> str:
    """The public page of an office; with the code of a print it tells whether that one still holds."""
    url = settings.SITE_URL + root_url("oversight:counter", tenant.slug, office.pk)
    return f"{url}?cetakan={code}" if code else url


def guide_url(guide: str, number: int | None = None) -> str:
    url = settings.SITE_URL + root_url("guides:public", guide)
    return f"{url}?edisi={number}" if number else url


def _frame(
    standing: Standing,
    tenant: Tenant,
    at: datetime.datetime,
    *,
    url: str,
    url_word: str,
    headed: bool = True,
    for_one_place: bool = True,
) -> dict:
    office = standing.slot.place.office
    return official.frame(
        title=f"{standing.slot.kind.label}, {standing.slot.place.name}",
        head=official.Letterhead.of(tenant, office.dinas.name, office.address) if headed else None,
        foot=official.Foot(
            url=url,
            url_word=url_word,
            edition=standing.edition.code if standing.edition else "",
            printed=local_time(at, tenant),
            note=standing.slot.place.name if for_one_place else "",
        ),
        author=official.government_line(tenant),
    )


# The service-hours form -------------------------------------------------------------------------------------------------------


def hours(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    matter = standing.matter
    says = standing.edition.says if standing.edition else {}
    url = counter_url(tenant, matter.office, standing.edition.code if standing.edition else "")
    return {
        "frame": _frame(standing, tenant, at, url=url, url_word=_("Pindai untuk melihat jam layanan terbaru.")),
        "office": matter.office.name,
        "periods": [_period(period, says["on"]) for period in _shown(matter)],
        "days": [_day(datetime.date.fromisoformat(on), spans, why, tenant) for on, spans, why in says["days"]],
        "service": _service(says["service"]),
        "contact": _contact(matter, tenant),
        "words": {
            "title": _("Jam layanan"),
            "days": _("Hari khusus sampai %(day)s") % {"day": plain_date(datetime.date.fromisoformat(says["until"]))},
        },
    }


def _shown(matter: Matter) -> list[Period]:
    until = matter.on + editions.HORIZON
    return editions.standing_periods(matter.timetable, matter.on, until)


def _period(period: Period, on: str) -> dict:
    begins = period.first if period.first and (period.seasonal or period.first.isoformat() > on) else None
    return {
        "seasonal": period.seasonal,
        "name": period.name or _("Jam musiman"),
        "dates": _dates(begins, period.last),
        "lines": _week(period.week),
    }


def _week(week: Sequence[Span]) -> list[dict]:
    """Neighbouring days with the same hours; ``rest`` names the breaks between their spans."""
    by_day = {weekday: tuple(sorted(span for span in week if span.weekday == weekday)) for weekday in Weekday}
    lines = []
    for times, run in groupby(Weekday, key=lambda weekday: [(span.opens, span.closes) for span in by_day[weekday]]):
        first, *others = list(run)
        rests = [f"{clock(before)}–{clock(after)}" for before, after in breaks(by_day[first])]
        lines.append(
            {
                "label": f"{first.label}–{others[-1].label}" if others else str(first.label),
                "spans": [f"{clock(opens)}–{clock(closes)}" for opens, closes in times],
                "closed": _("tutup"),
                "rest": _("istirahat %(times)s") % {"times": ", ".join(rests)} if rests else "",
            }
        )
    return lines


def _dates(begins: datetime.date | None, ends: datetime.date | None) -> str:
    if begins and ends:
        return _("%(first)s sampai %(last)s") % {"first": plain_date(begins), "last": plain_date(ends)}
    if begins:
        return _("Mulai %(day)s") % {"day": plain_date(begins)}
    return _("Sampai %(day)s") % {"day": plain_date(ends)} if ends else ""


def _day(on: datetime.date, spans: list, why: str, tenant: Tenant) -> dict:
    read = datetime.time.fromisoformat
    text = ", ".join(f"{clock(read(opens))}–{clock(read(closes))}" for opens, closes in spans)
    return {"date": long_date(on), "hours": text or _("tutup"), "closed": not spans, "why": why}


def _service(dates: list) -> list[str]:
    opens, closes = (each and datetime.date.fromisoformat(each) for each in dates)
    sentences = []
    if opens:
        sentences.append(_("Mulai melayani %(day)s.") % {"day": long_date(opens)})
    if closes:
        sentences.append(_("Tidak melayani lagi mulai %(day)s.") % {"day": long_date(closes)})
    return sentences


def _contact(matter: Matter, tenant: Tenant) -> list[list[str]]:
    office = matter.office
    lines = [
        [_("Alamat"), " ".join(office.address.split()) if office.kind != OfficeKind.PHONE else ""],
        [_("Telepon"), office.phone],
        [_("WhatsApp"), office.whatsapp],
        [_("Surel"), office.email],
        [_("Waktu"), _("Semua jam dalam %(zone)s; hari libur nasional tutup.") % {"zone": tenant.zone_abbr}],
    ]
    return [line for line in lines if line[1]]


# Guides -----------------------------------------------------------------------------------------------------------------------


def guide(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    version = standing.matter.guide(standing.slot.kind)
    if version is None:
        raise LookupError(standing.slot.kind)
    url = guide_url(version.guide, version.number)
    return {
        "frame": _frame(standing, tenant, at, url=url, url_word=_("Pindai untuk membaca panduan ini di telepon Anda.")),
        "title": version.title,
        "lead": version.lead,
        "steps": version.steps,
        "words": {"secret": _("Kata sandi hanya untuk Anda. Petugas tidak menanyakan, melihat, atau mencatatnya.")},
    }


# Cards and signs --------------------------------------------------------------------------------------------------------------


def desk_card(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    office, desk, room = standing.slot.place.office, standing.slot.place.desk, standing.slot.place.room
    url = counter_url(tenant, office)
    return {
        "frame": _frame(standing, tenant, at, url=url, url_word=_("Jam layanan dan alamat kantor ini"), headed=False),
        "office": office.name,
        "desk": desk.name if desk else "",
        "room": room.name if room else "",
        "kit": [str(KitPart(part).label).capitalize() for part in KitPart.values],
        "words": {"kit": _("Kelengkapan meja, periksa setiap pagi")},
    }


def queue_sign(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    return {
        "frame": _frame(standing, tenant, at, url="", url_word="", headed=False),
        "office": standing.slot.place.office.name,
        "words": {
            "keep": _("Jaga jarak"),
            "metre": _("1 meter"),
            "wait": _("Tunggu di belakang tanda sampai petugas memanggil Anda."),
        },
    }


def care_card(standing: Standing, tenant: Tenant, at: datetime.datetime) -> dict:
    contact = standing.matter.contact
    if contact is None:
        raise LookupError(standing.slot.kind)
    ways = [[_("Telepon"), contact.phone], [_("WhatsApp"), contact.whatsapp], [_("Surel"), contact.email]]
    return {
        "frame": _frame(standing, tenant, at, url=guide_url(GuideKey.ACCOUNT), url_word="", headed=False, for_one_place=False),
        "ways": [way for way in ways if way[1]],
        "hours": guides.care_hours(contact),
        "note": contact.note,
        "words": {
            "title": _("Layanan pelanggan program"),
            "when": _("Jika pendaftaran terhenti dan petugas di sini tidak dapat membantu."),
            "secret": _("Jangan pernah menyebutkan kata sandi atau kode SMS."),
        },
    }


def file_name(standings: Sequence[Standing]) -> str:
    return f"cetakan-{standings[0].slot.kind.value}.pdf" if len(standings) == 1 else "cetakan.pdf"
