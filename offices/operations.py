"""Writes of dinas and offices. Rights are asked by who calls (access); these keep the rules. Hours: operations_hours."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from accounts.operations import bind, rename_dinas
from audit.operations import reason as audit_reason
from offices import coordinates, events
from offices.access import may_create_dinas
from offices.enums import OfficeKind, Sector
from offices.models import Dinas, Office
from portal import telephones
from portal.errors import DomainError, check_version, explain_integrity


class BoundToOneDinas(DomainError):
    message = _("Peran Anda terikat pada satu dinas. Dinas baru dicatat oleh pimpinan daerah.")
    status = 403
    code = "bound-to-one-dinas"


class DinasNameTaken(DomainError):
    message = _("Sudah ada dinas dengan nama itu. Pakai nama lengkapnya, atau ubah dinas yang sudah ada.")
    field = "name"
    status = 409
    code = "dinas-name-taken"


class UnknownSector(DomainError):
    message = _("Bidang hanya lima: ketenagakerjaan, perdagangan, perindustrian, pariwisata, koperasi dan UKM.")
    field = "sectors"
    code = "unknown-sector"


class OfficeNameTaken(DomainError):
    message = _("Dinas ini sudah punya kantor dengan nama itu. Tambahkan pembedanya, misalnya nama kecamatan.")
    field = "name"
    status = 409
    code = "office-name-taken"


class PhoneMissing(DomainError):
    message = _("Layanan telepon atau WhatsApp memerlukan nomor telepon atau nomor WhatsApp yang dapat dihubungi warga.")
    field = "phone"
    code = "phone-missing"


class ReasonMissing(DomainError):
    message = _("Tulis alasan penutupan: warga dan tingkat di atas Anda akan menanyakannya.")
    field = "closed_reason"
    code = "reason-missing"


class ClosedTooEarly(DomainError):
    message = _("Kantor tidak dapat ditutup sebelum mulai melayani.")
    field = "closed_on"
    code = "closed-too-early"


class OpenedTooLate(DomainError):
    message = _("Kantor ini sudah tercatat ditutup sebelum tanggal itu. Buka kembali dulu, lalu ubah tanggalnya.")
    field = "opened_on"
    code = "opened-too-late"


class OfficeClosed(DomainError):
    message = _("Kantor ini sudah ditutup. Buka kembali dulu sebelum mengubahnya.")
    status = 409
    code = "office-closed"


class DutiesOutside(DomainError):
    message = _("Ada petugas yang terjadwal di luar masa itu. Lepaskan dulu dari jadwal.")
    status = 409
    code = "duties-outside"


DINAS_REASONS = {"offices_dinas_name_once": DinasNameTaken, "offices_dinas_sectors": UnknownSector}
OFFICE_REASONS = {
    "offices_office_name_once": OfficeNameTaken,
    "offices_office_phone_counter": PhoneMissing,
    "offices_office_coordinates": coordinates.UnreadableCoordinates,
    "staffing_duty_in_service": DutiesOutside,
}
# What an office may have and need not.
NOT_ASKED = {"whatsapp": "", "email": "", "bring": ""}
# One constraint holds both ends; which end was moved decides what is said.
MOVED_OPENING = OFFICE_REASONS | {"offices_office_closing": OpenedTooLate}
MOVED_CLOSING = OFFICE_REASONS | {"offices_office_closing": ClosedTooEarly}


def _locked(thing):
    """The row as it stands now, ours until the transaction ends. Rows that refer to it can still be added."""
    return type(thing)._default_manager.select_for_update(no_key=True).get(pk=thing.pk)


def _apply(row, values: dict) -> bool:
    """Put ``values`` on ``row``; whether anything differs."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


# Dinas ------------------------------------------------------------------------------------------------------------------------


def _sectors(sectors: Iterable[str]) -> list[str]:
    chosen = set(sectors)
    return [sector.value for sector in Sector if sector in chosen] + sorted(chosen - set(Sector.values))


def create_dinas(*, name: str, sectors: Iterable[str], by: Member, at: datetime.datetime) -> Dinas:
    """Record a dinas of the government; the head of a dinas records the own one, and is bound to it."""
    if not may_create_dinas(by):
        raise BoundToOneDinas
    with transaction.atomic(), explain_integrity(DINAS_REASONS):
        dinas = Dinas.objects.create(name=name.strip(), sectors=_sectors(sectors))
        bind(dinas_id=dinas.pk, name=dinas.name, by=by)
    return dinas


def edit_dinas(
    *, dinas: Dinas, name: str, sectors: Iterable[str], version: int | None, by: Member, at: datetime.datetime
) -> Dinas:
    """Change name and sectors. The offices' rows above and the memberships carry the name, so they are written again."""
    values = {"name": name.strip(), "sectors": _sectors(sectors)}
    with transaction.atomic():
        row = _locked(dinas)
        check_version(row, version, values)
        name_before = row.name
        if not _apply(row, values):
            return row
        row.version += 1
        with explain_integrity(DINAS_REASONS):
            row.save()
        if row.name != name_before:
            rename_dinas(dinas_id=row.pk, name=row.name, by=by)
        for office_id in row.offices.order_by("pk").values_list("pk", flat=True):
            events.office_changed(tenant=by.tenant, office_id=office_id, at=at)
        return row


# Offices ----------------------------------------------------------------------------------------------------------------------


def _place(latitude: Decimal | None, longitude: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if latitude is None and longitude is None:
        return None, None
    if latitude is None or longitude is None:
        raise coordinates.UnreadableCoordinates
    return coordinates.check(latitude, longitude)


def _facts(*, name, kind, address, latitude, longitude, phone, opened_on, whatsapp, email, bring) -> dict:
    latitude, longitude = _place(latitude, longitude)
    values = {
        "name": name.strip(),
        "kind": kind,
        "address": address.strip(),
        "latitude": latitude,
        "longitude": longitude,
        "phone": telephones.check(phone),
        "whatsapp": telephones.check_whatsapp(whatsapp),
        "email": email.strip(),
        "bring": bring.strip(),
        "opened_on": opened_on,
    }
    if kind == OfficeKind.PHONE and not (values["phone"] or values["whatsapp"]):
        raise PhoneMissing
    return values


def create_office(*, dinas: Dinas, by: Member, at: datetime.datetime, **facts) -> Office:
    """
    Open an office of ``dinas``.

    ``facts``: name, kind (OfficeKind), address, latitude and longitude (Decimal or None, both or neither), phone, opened_on;
    and, where they are known, whatsapp, email, bring (what to bring along, in words).
    """
    values = _facts(**(NOT_ASKED | facts))
    with transaction.atomic():
        with explain_integrity(OFFICE_REASONS):
            office = Office.objects.create(dinas=dinas, **values)
        events.office_changed(tenant=by.tenant, office_id=office.pk, at=at)
        return office


def edit_office(*, office: Office, version: int | None, by: Member, at: datetime.datetime, **facts) -> Office:
    """Change the facts of an office (see ``create_office``); what is not given stays. A closed office is refused."""
    with transaction.atomic():
        row = _locked(office)
        values = _facts(**({name: getattr(row, name) for name in NOT_ASKED} | facts))
        if row.closed_on is not None and row.closed_on <= by.tenant.today(at):
            raise OfficeClosed
        check_version(row, version, values)
        if not _apply(row, values):
            return row
        row.version += 1
        events.office_changing(office=row, by=by, at=at)
        with explain_integrity(MOVED_OPENING):
            row.save()
        events.office_changed(tenant=by.tenant, office_id=row.pk, at=at)
        return row


def close_office(
    *, office: Office, closed_on: datetime.date, closed_reason: str, version: int | None, by: Member, at: datetime.datetime
) -> Office:
    """
    Close an office for good from ``closed_on`` on, its first day without service; also announced ahead.

    Nothing is deleted. What rests on the days after it is put in order by the rooms that own it (events.office_changing).
    """
    values = {"closed_on": closed_on, "closed_reason": closed_reason.strip()}
    if not values["closed_reason"]:
        raise ReasonMissing
    with transaction.atomic():
        row = _locked(office)
        check_version(row, version, values)
        if closed_on < row.opened_on:
            raise ClosedTooEarly
        if not _apply(row, values):
            return row
        row.version += 1
        audit_reason(closed_reason.strip())
        events.office_changing(office=row, by=by, at=at)
        with explain_integrity(MOVED_CLOSING):
            row.save()
        events.office_changed(tenant=by.tenant, office_id=row.pk, at=at)
        return row


def reopen_office(*, office: Office, version: int | None, by: Member, at: datetime.datetime) -> Office:
    """Take a closing back; that it was closed, and why, stays in the audit trail."""
    with transaction.atomic():
        row = _locked(office)
        check_version(row, version, {})
        if row.closed_on is None:
            return row
        row.closed_on, row.closed_reason = None, ""
        row.version += 1
        row.save()
        events.office_changed(tenant=by.tenant, office_id=row.pk, at=at)
        return row
