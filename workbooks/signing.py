"""
The passport of a workbook: whose it is, of what form, made when; signed, so that none goes from one government to another.

It stands as names and values in a sheet that is not shown.
"""

import datetime
import json
import uuid
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from workbooks.safety import NotAWorkbook
from workbooks.scope import Scope

FORMAT = 1
SHEET = "_loket"
SALT = "workbooks.passport"


class NotThisWorkbook(NotAWorkbook):
    code = "not-this-workbook"


@dataclass(frozen=True)
class Passport:
    """``workbook`` is the export's own id: rows that are added to it are known again by it."""

    format: int
    government: str
    government_name: str
    dinas: str
    office: str
    scope_name: str
    workbook: str
    made_at: str
    made_by: str

    def rows(self) -> list[tuple[str, str]]:
        """What is written, the signature last."""
        entries = [(name, str(value)) for name, value in asdict(self).items()]
        return [*entries, ("signature", signature(dict(entries), settings.SECRET_KEY))]


def signature(entries: dict[str, str], secret: str) -> str:
    text = json.dumps(entries, sort_keys=True, ensure_ascii=False)
    return salted_hmac(SALT, text, secret=secret, algorithm="sha256").hexdigest()


def issued(scope: Scope, *, by_name: str, at: datetime.datetime) -> Passport:
    return Passport(
        format=FORMAT,
        government=str(scope.tenant.pk),
        government_name=scope.tenant.name,
        dinas=str(scope.dinas.pk),
        office=str(scope.office.pk) if scope.office else "",
        scope_name=scope.name,
        workbook=str(uuid.uuid4()),
        made_at=at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        made_by=by_name,
    )


def read(rows: list[list]) -> Passport:
    """The passport in the hidden sheet. Raises NotThisWorkbook."""
    entries = {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0]}
    given = entries.pop("signature", "")
    version = entries.get("format", "")
    if version.endswith(".0"):
        version = entries["format"] = version[:-2]
    if not given or not version.isdecimal():
        raise NotThisWorkbook(_("Berkas ini tidak dibuat oleh Loket. Unduh buku kerjanya dari halaman ini, lalu isi yang itu."))
    if int(version) > FORMAT:
        raise NotThisWorkbook(_("Berkas ini dibuat oleh Loket yang lebih baru. Unduh buku kerja yang baru dari halaman ini."))
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(given, signature(entries, key)) for key in keys):
        raise NotThisWorkbook(
            _("Tanda pengenal berkas ini tidak cocok: lembar tersembunyinya berubah. Unduh buku kerja yang baru, lalu pindahkan"
              " isiannya.")
        )  # fmt: skip
    texts = {name: value for name, value in entries.items() if name != "format"}
    return Passport(format=int(version), **texts)


def check(passport: Passport, scope: Scope) -> None:
    """Refuse the workbook of another government, dinas or office, by name."""
    names = {"theirs": passport.scope_name, "government": passport.government_name, "ours": scope.name}
    if passport.government != str(scope.tenant.pk):
        raise NotThisWorkbook(
            _("Berkas ini milik %(government)s (%(theirs)s), bukan daerah ini. Tidak ada yang dibaca darinya."), **names
        )
    same_office = passport.office == (str(scope.office.pk) if scope.office else "")
    if passport.dinas != str(scope.dinas.pk) or not same_office:
        raise NotThisWorkbook(
            _("Berkas ini untuk %(theirs)s, sedangkan halaman ini untuk %(ours)s. Unggah di halaman %(theirs)s."), **names
        )
