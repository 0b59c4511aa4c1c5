"""
The one policy table: which roles have which right. What is not granted here is refused.

A right is ``room.verb``. Inside a dinas, the roles of a dinas have their rights for that dinas only (``DINAS_SCOPED``), and
before they have one for none; the roles that speak for a government have them for all its dinas.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.enums import DINAS_ROLES, Role

MINISTRY = {Role.MINISTRY_OFFICER}
PUSAT = {Role.MINISTRY_OFFICER, Role.OBSERVER}
HEAD = {Role.GOVERNMENT_HEAD}
PROVINCE = {Role.GOVERNMENT_HEAD, Role.PROVINCE_STAFF}
DINAS_HEAD = {Role.GOVERNMENT_HEAD, Role.DINAS_HEAD}
DINAS = {Role.GOVERNMENT_HEAD, Role.DINAS_HEAD, Role.OPERATOR}
GOVERNMENT = {Role.GOVERNMENT_HEAD, Role.PROVINCE_STAFF, Role.DINAS_HEAD, Role.OPERATOR}
EVERYONE = GOVERNMENT | PUSAT

RULES: dict[str, set[Role]] = {
    "home.view": EVERYONE,
    # accounts
    "people.view": MINISTRY | DINAS_HEAD | PROVINCE,
    "people.invite": MINISTRY | DINAS_HEAD,
    "people.end": MINISTRY | DINAS_HEAD,
    "keys.manage": HEAD,
    "mail.view": MINISTRY | DINAS_HEAD | PROVINCE,
    # almanac
    "almanac.view": EVERYONE,
    "almanac.edit": MINISTRY,
    # guides
    "guides.view": EVERYONE,
    "guides.edit": MINISTRY,
    # circulars
    "circulars.view": EVERYONE,
    "circulars.draft": MINISTRY,
    "circulars.publish": MINISTRY,
    "circulars.acknowledge": HEAD,
    "receipts.view": EVERYONE,
    # offices
    "dinas.view": GOVERNMENT,
    "dinas.create": DINAS_HEAD,
    "dinas.edit": DINAS_HEAD,
    "offices.view": GOVERNMENT,
    "offices.edit": DINAS,
    "offices.close": DINAS_HEAD,
    "localdays.edit": HEAD,
    "layout.view": GOVERNMENT,
    "layout.edit": DINAS,
    # equipment
    "equipment.view": GOVERNMENT,
    "equipment.edit": DINAS,
    "supplies.view": GOVERNMENT,
    "supplies.edit": DINAS,
    # prints
    "prints.view": GOVERNMENT,
    "prints.post": DINAS,
    # workbooks
    "workbooks.export": DINAS,
    "workbooks.import": DINAS,
    # staffing
    "staff.view": DINAS,
    "staff.edit": DINAS,
    "duties.view": GOVERNMENT,
    "duties.edit": DINAS,
    # oversight
    "nation.view": PUSAT,
    "districts.view": PROVINCE,
    "system.view": MINISTRY,
}

DINAS_SCOPED = {
    "dinas.edit",
    "offices.edit",
    "offices.close",
    "layout.edit",
    "equipment.edit",
    "supplies.edit",
    "prints.post",
    "workbooks.export",
    "workbooks.import",
    "staff.view",
    "staff.edit",
    "duties.edit",
    "people.invite",
    "people.end",
}

# Roles whose holders must sign in with a second factor (settings.REQUIRE_SECOND_FACTOR).
SECOND_FACTOR = frozenset({Role.MINISTRY_OFFICER, Role.GOVERNMENT_HEAD, Role.DINAS_HEAD})

# Whom each role may invite: the ministry the heads of governments, heads their own people.
MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.MINISTRY_OFFICER: frozenset({Role.MINISTRY_OFFICER, Role.OBSERVER, Role.GOVERNMENT_HEAD}),
    Role.GOVERNMENT_HEAD: frozenset({Role.PROVINCE_STAFF, Role.DINAS_HEAD, Role.OPERATOR}),
    Role.DINAS_HEAD: frozenset({Role.OPERATOR}),
}

# What a government's own key to the REST interface can be allowed to do: rights that need no person behind them.
API_SCOPES: dict[str, str] = {
    "circulars.view": _("Membaca surat edaran dan status penerimaannya"),
    "receipts.view": _("Membaca tanda terima"),
    "dinas.view": _("Membaca daftar dinas"),
    "almanac.view": _("Membaca kalender hari libur"),
    "offices.view": _("Membaca kantor layanan dan jam layanannya"),
    "offices.edit": _("Mengubah kantor layanan dan jam layanannya"),
    "layout.view": _("Membaca ruang, meja dan denahnya"),
    "layout.edit": _("Mengubah ruang, meja dan denahnya"),
    "equipment.view": _("Membaca inventaris dan perlengkapan meja"),
    "equipment.edit": _("Mengubah inventaris dan perlengkapan meja"),
    "supplies.view": _("Membaca persediaan"),
    "supplies.edit": _("Mencatat persediaan"),
    "prints.view": _("Membaca cetakan kantor dan keadaannya"),
    "prints.post": _("Mencatat cetakan yang dipasang atau diturunkan"),
    "workbooks.export": _("Mengunduh buku kerja Excel, sejauh lingkup kunci ini"),
    "workbooks.import": _("Mengunggah dan menerapkan buku kerja Excel, sejauh lingkup kunci ini"),
    "staff.view": _("Membaca daftar petugas"),
    "staff.edit": _("Mengubah daftar petugas"),
    "duties.view": _("Membaca jadwal piket"),
    "duties.edit": _("Mengubah jadwal piket"),
    "districts.view": _("Membaca keadaan kabupaten/kota di provinsi ini"),
}

REFUSED = _("Peran Anda di sini tidak mencakup tindakan ini. Mintalah kepada pimpinan daerah atau kepala dinas Anda.")


def grants(role: str, right: str) -> bool:
    """Whether ``role`` has ``right``; an unknown right is a programming error, not a refusal."""
    return role in RULES[right]


def is_scoped(role: str, right: str) -> bool:
    """Whether ``role`` has ``right`` for its own dinas only."""
    return role in DINAS_ROLES and right in DINAS_SCOPED


def requires(right: str) -> Callable:
    """
    Mark a page of a mounted government: members with ``right`` enter, other members get 403 with a sentence.

    (Strangers never come this far: the mount answers them with 404.)
    """
    if right not in RULES:
        raise LookupError(f"no such right: {right}")

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.member is None or not request.member.may(right):
                raise PermissionDenied(REFUSED)
            return view(request, *args, **kwargs)

        guarded.access = right
        return guarded

    return mark


def signed_in(view):
    """Mark a page outside the governments for everyone who has signed in."""
    from django.contrib.auth.decorators import login_required

    guarded = login_required(view)
    guarded.access = "signed-in"
    return guarded


def open_to_all(view):
    """Mark a page for everyone, signed in or not."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    guarded.access = "open"
    return guarded
