"""The dinas and offices of the demonstration. Streets are invented; a plan says how its office stands."""

from dataclasses import dataclass, field
from typing import Literal

from offices.enums import OfficeKind, Sector
from oversight.demo import cast
from oversight.demo.correspondence import chance

# full: two people on every service day · alone: one · gap: nobody for a week from yesterday on · ending: runs out in three days
# bare: hours, and nobody ever · no_hours: a roster without hours · empty: neither
Roster = Literal["full", "alone", "gap", "ending", "bare", "no_hours", "empty"]


@dataclass(frozen=True)
class Plan:
    name: str
    roster: Roster
    address: str = "Jl. Contoh 1"
    kind: str = OfficeKind.COUNTER
    place: tuple[str, str] | None = None
    phone: str = ""
    every_day: bool = False
    staff: int = 4
    closed: str = ""


@dataclass(frozen=True)
class Agency:
    name: str
    sectors: tuple[str, ...]
    offices: tuple[Plan, ...] = field(default=())


MANPOWER = (Sector.MANPOWER,)
MARKET = (Sector.TRADE, Sector.INDUSTRY)
TOURISM = (Sector.TOURISM,)
SMALL = (Sector.COOPERATIVES,)


def phone(number: int) -> str:
    return f"(000) 555-{number:04d}"


# Governments whose story an account tells; entered through the operations of the rooms.
TOLD: dict[str, tuple[Agency, ...]] = {
    "kota-bandung": (
        Agency(
            cast.MANPOWER,
            MANPOWER,
            (
                Plan("Loket Cikutra", "full", "Jl. Contoh Cikutra 12", place=("-6.899000", "107.644000"), staff=5),
                Plan("Loket Gedebage", "gap", "Jl. Contoh Gedebage 3", place=("-6.950000", "107.690000"), every_day=True),
                Plan("Loket Keliling Selatan", "alone", "Alun-alun Contoh", OfficeKind.MOBILE, every_day=True, staff=2),
                Plan(
                    "Layanan Telepon Prakerja",
                    "full",
                    "Jl. Contoh Cikutra 12",
                    OfficeKind.PHONE,
                    phone=phone(110),
                    every_day=True,
                ),
                Plan(
                    "Loket Ujung Berung",
                    "full",
                    "Jl. Contoh Ujung Berung 8",
                    closed="Gedung direnovasi; layanan pindah ke Cikutra.",
                ),
            ),
        ),
        Agency(cast.TRADE, MARKET, (Plan("Loket Pasar Contoh", "full", "Pasar Contoh Blok A", every_day=True),)),
        Agency(
            cast.TOURISM,
            TOURISM,
            (Plan("Loket Wisata Braga", "ending", "Jl. Contoh Braga 21", place=("-6.918000", "107.609000")),),
        ),
        Agency(cast.COOPERATIVES, SMALL, (Plan("Loket UKM Kiaracondong", "empty", "Jl. Contoh Kiaracondong 5"),)),
    ),
    "kota-cimahi": (
        Agency(
            cast.MANPOWER,
            MANPOWER,
            (
                Plan("Loket Cimahi Tengah", "full", "Jl. Contoh Cimahi 4", place=("-6.873000", "107.542000"), every_day=True),
                Plan("Loket Cimahi Utara", "bare", "Jl. Contoh Utara 9", every_day=True),
            ),
        ),
        Agency(
            "Dinas Perdagangan, Koperasi, UKM, dan Perindustrian",
            MARKET + SMALL,
            (Plan("Loket Baros", "no_hours", "Jl. Contoh Baros 2"),),
        ),
    ),
    "jawa-barat": (
        Agency(
            "Dinas Tenaga Kerja dan Transmigrasi",
            MANPOWER,
            (
                Plan(
                    "Loket Provinsi Soekarno-Hatta", "full", "Jl. Contoh Soekarno-Hatta 532", place=("-6.937000", "107.640000")
                ),
            ),
        ),
    ),
    "kab-badung": (
        Agency(
            cast.MANPOWER,
            MANPOWER,
            (
                Plan("Loket Mangupura", "full", "Jl. Contoh Mangupura 7", place=("-8.581000", "115.177000"), every_day=True),
                Plan("Loket Kuta", "gap", "Jl. Contoh Kuta 18", place=("-8.718000", "115.169000"), every_day=True),
                Plan("Loket Petang", "alone", "Balai Banjar Contoh"),
            ),
        ),
        Agency(cast.TOURISM, TOURISM, (Plan("Loket Nusa Dua", "ending", "Jl. Contoh Nusa Dua 1"),)),
    ),
    "bali": (
        Agency(
            "Dinas Ketenagakerjaan dan ESDM",
            MANPOWER,
            (Plan("Loket Provinsi Renon", "full", "Jl. Contoh Renon 77", every_day=True),),
        ),
    ),
    "kab-biak-numfor": (
        Agency(
            cast.MANPOWER,
            MANPOWER,
            (
                Plan("Loket Biak Kota", "full", "Jl. Contoh Pelabuhan 3", place=("-1.180000", "136.080000"), every_day=True),
                Plan("Loket Keliling Numfor", "gap", "Dermaga Contoh", OfficeKind.MOBILE, every_day=True),
            ),
        ),
    ),
    "papua": (
        Agency(cast.MANPOWER, MANPOWER, (Plan("Loket Provinsi Kotaraja", "alone", "Jl. Contoh Kotaraja 10", every_day=True),)),
    ),
}
# Whole provinces in three time zones, and some governments of all others.
WELL_KNOWN = {"jawa-barat": 94, "papua": 75, "sulawesi-selatan": 80, "jawa-timur": 50}
# Provinces in which all offices are as they should be.
EXEMPLARY = {"bali", "di-yogyakarta", "gorontalo", "kalimantan-timur"}
ELSEWHERE = 9
NONE_YET = {"kota-jayapura"}
DRAWN: tuple[tuple[int, Roster], ...] = (
    (55, "full"),
    (66, "ending"),
    (76, "alone"),
    (86, "gap"),
    (92, "bare"),
    (96, "no_hours"),
    (100, "empty"),
)


def drawn(tenant) -> tuple[Agency, ...]:
    """The dinas of a government without a story; none for most of those far from the three provinces."""
    province = tenant.slug if tenant.is_province else tenant.parent.slug
    exemplary = province in EXEMPLARY
    share = 100 if exemplary else WELL_KNOWN.get(province, ELSEWHERE)
    if tenant.slug in NONE_YET or chance(f"{tenant.slug}/kantor") >= share:
        return ()
    short = tenant.name.partition(" ")[2] or tenant.name
    roster = "full" if exemplary else next(kind for limit, kind in DRAWN if chance(f"{tenant.slug}/piket") < limit)
    address = f"Jl. Contoh {short} {1 + chance(f'{tenant.slug}/alamat')}"
    every_day = exemplary or chance(f"{tenant.slug}/hari") < 70
    plans = [Plan(f"Loket {short}", roster, address, every_day=every_day)]
    if chance(f"{tenant.slug}/dua") < 35:
        plans.append(Plan(f"Loket Keliling {short}", "full", f"Lapangan Contoh {short}", OfficeKind.MOBILE))
    return (Agency(cast.MANPOWER, MANPOWER, tuple(plans)),)
