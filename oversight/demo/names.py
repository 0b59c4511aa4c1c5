"""Invented people, all named after plants and birds."""

import zlib

FIRST = (  # noqa: SIM905
    "Akasia Anggrek Asoka Bakung Bakau Balsa Belimbing Cemara Cempaka Cendana Dadap Dahlia Damar Delima Duku Durian Enau "
    "Flamboyan Gaharu Gambir Jambu Jati Jeruk Kamboja Kapuk Kasturi Kecapi Kelapa Kemiri Kemuning Kenanga Kenari Ketapang "
    "Lontar Mahoni Mangga Manggis Matoa Mawar Melati Mengkudu Meranti Merbau Nangka Nipah Pala Palem Pandan Pinang Pinus "
    "Rambutan Randu Rotan Sagu Salak Sawo Seroja Seruni Sirsak Sukun Teratai Trembesi Ulin Waru"
).split()
SECOND = (  # noqa: SIM905
    "Bangau Beo Camar Cendet Cucak Derkuku Elang Gelatik Jalak Kakatua Kasuari Kenari Kepodang Ketilang Kuntul Kutilang Maleo "
    "Manyar Merak Merpati Murai Nuri Parkit Pelatuk Perkutut Pipit Prenjak Rangkong Tekukur Walet"
).split()


def person(slug: str, number: int) -> str:
    """The name of a government's person with this number; no two of a government share one."""
    start = zlib.crc32(slug.encode())
    return f"{FIRST[(start + 7 * number) % len(FIRST)]} {SECOND[(start // 64 + number) % len(SECOND)]}"


def nip(number: int) -> str:
    """Eighteen digits that belong to nobody: born in a month that does not exist."""
    return f"{20260099_2026_00_1000 + number:018d}"[-18:]
