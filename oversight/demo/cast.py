"""
The accounts of the demonstration. Everybody is invented and named after a plant; all have the same password.

Plain data without Django, so that ``make run`` can show it.
"""

from dataclasses import dataclass

PASSWORD = "contoh-loket-2026"  # noqa: S105 the point of a demonstration is that everybody knows it


@dataclass(frozen=True)
class Seat:
    """A membership: ``role`` and ``acting`` are keys of accounts.enums, ``dinas`` a name, empty for the whole government."""

    slug: str
    role: str
    position: str
    dinas: str = ""
    acting: str = ""
    days_left: int | None = None


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    says: str
    seats: tuple[Seat, ...]


MANPOWER = "Dinas Tenaga Kerja"
TRADE = "Dinas Perdagangan dan Perindustrian"
TOURISM = "Dinas Pariwisata"
COOPERATIVES = "Dinas Koperasi dan UKM"

ACCOUNTS = (
    Account(
        "petugas@pusat.contoh.test",
        "Melati",
        "Kemendagri: menerbitkan surat edaran, melihat seluruh Indonesia",
        (Seat("pusat", "ministry_officer", "Analis Kebijakan Ahli Muda"),),
    ),
    Account(
        "pengamat@pusat.contoh.test",
        "Kenanga",
        "Pengamat penerima tembusan: membaca saja",
        (Seat("pusat", "observer", "Tenaga Ahli Kantor Staf Presiden"),),
    ),
    Account(
        "staf@jabar.contoh.test",
        "Cendana",
        "Staf Gubernur Jawa Barat: 27 kabupaten/kota (WIB)",
        (Seat("jawa-barat", "province_staff", "Kepala Biro Pemerintahan"),),
    ),
    Account(
        "walikota@bandung.contoh.test",
        "Cempaka",
        "Pimpinan Kota Bandung",
        (Seat("kota-bandung", "government_head", "Wali Kota Bandung"),),
    ),
    Account(
        "kepala@bandung.contoh.test",
        "Flamboyan",
        "Kepala Dinas Tenaga Kerja Kota Bandung",
        (Seat("kota-bandung", "dinas_head", "Kepala Dinas Tenaga Kerja", MANPOWER),),
    ),
    Account(
        "operator@bandung.contoh.test",
        "Seruni",
        "Operator Dinas Tenaga Kerja Kota Bandung",
        (Seat("kota-bandung", "operator", "Operator Loket", MANPOWER),),
    ),
    Account(
        "plt@cimahi.contoh.test",
        "Anggrek",
        "Dua pemerintah daerah: Plt. Wali Kota Cimahi, staf Gubernur Jawa Barat",
        (
            Seat("kota-cimahi", "government_head", "Wali Kota Cimahi", acting="plt", days_left=60),
            Seat("jawa-barat", "province_staff", "Asisten Pemerintahan"),
        ),
    ),
    Account(
        "staf@bali.contoh.test",
        "Kamboja",
        "Staf Gubernur Bali: 9 kabupaten/kota (WITA)",
        (Seat("bali", "province_staff", "Kepala Biro Pemerintahan"),),
    ),
    Account(
        "bupati@badung.contoh.test",
        "Teratai",
        "Pimpinan Kabupaten Badung, surat edaran belum diakui",
        (Seat("kab-badung", "government_head", "Bupati Badung"),),
    ),
    Account(
        "kepala@badung.contoh.test",
        "Pandan",
        "Kepala Dinas Tenaga Kerja Kabupaten Badung",
        (Seat("kab-badung", "dinas_head", "Kepala Dinas Tenaga Kerja", MANPOWER),),
    ),
    Account(
        "staf@papua.contoh.test",
        "Matoa",
        "Staf Gubernur Papua: 9 kabupaten/kota (WIT)",
        (Seat("papua", "province_staff", "Kepala Biro Pemerintahan"),),
    ),
    Account(
        "walikota@jayapura.contoh.test",
        "Merbau",
        "Pimpinan Kota Jayapura, hari pertama: belum ada kantor",
        (Seat("kota-jayapura", "government_head", "Wali Kota Jayapura"),),
    ),
    Account(
        "kepala@biak.contoh.test",
        "Gaharu",
        "Kepala Dinas Tenaga Kerja Kabupaten Biak Numfor",
        (Seat("kab-biak-numfor", "dinas_head", "Kepala Dinas Tenaga Kerja", MANPOWER),),
    ),
)
