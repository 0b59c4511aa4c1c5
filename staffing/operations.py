"""
Writes of staff and duties.

Two people a day at most (point 12 of the procedure), nobody twice a day, nobody outside the term: the database holds all of it.
Here the office and then the person are locked before anything is read, so that whoever comes second hears who came first.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from offices import events
from offices.models import Dinas, Office
from portal.dates import long_date, plain_date
from portal.errors import DomainError, check_version, explain_integrity
from staffing.models import SLOTS, Duty, Staff


class NipTaken(DomainError):
    message = _(
        "NIP ini sudah dipakai petugas lain pada masa yang sama. Periksa angkanya, atau akhiri dulu masa tugas yang lama."
    )
    field = "nip"
    status = 409
    code = "nip-taken"


class NipWrong(DomainError):
    message = _("NIP terdiri atas 18 angka. Kosongkan bila petugas ini tidak punya NIP.")
    field = "nip"
    code = "nip-wrong"


class TermBackwards(DomainError):
    message = _("Tanggal akhir harus pada atau sesudah tanggal mulai bertugas.")
    field = "serves_until"
    code = "term-backwards"


class DutiesRemain(DomainError):
    """Duties that are planned after the new end; ``release_rest`` takes them out of the roster."""

    message = _("Masih terjadwal sesudah tanggal itu: %(days)s. Centang di bawah untuk melepaskannya dari jadwal.")
    field = "release_rest"
    status = 409
    code = "duties-remain"


class DutiesDone(DomainError):
    message = _("Tercatat bertugas pada %(days)s; masa tugas harus memuat hari itu.")
    field = "serves_until"
    status = 409
    code = "duties-done"


class OfficeFull(DomainError):
    message = _(
        "%(first)s dan %(second)s sudah bertugas pada %(day)s. Prosedur membatasi dua orang sehari; lepaskan salah satu."
    )
    status = 409
    code = "office-full"


class DayFull(OfficeFull):
    message = _("Sudah ada dua petugas pada hari itu. Prosedur membatasi dua orang sehari; lepaskan salah satu.")


class PersonBusy(DomainError):
    message = _("Petugas ini sudah bertugas di kantor lain pada hari itu.")
    field = "staff"
    status = 409
    code = "person-busy"


class OutsideTerm(DomainError):
    message = _("Petugas ini tidak sedang dalam masa tugas pada hari itu.")
    field = "staff"
    code = "outside-term"


class OtherDinas(DomainError):
    message = _("Petugas ini dari dinas lain. Kantor dijaga oleh petugas dinasnya sendiri.")
    field = "staff"
    code = "other-dinas"


class OfficeNotInService(DomainError):
    message = _("Kantor ini tidak dalam masa layanan pada hari itu.")
    code = "office-not-in-service"


class OfficeServedThen(DomainError):
    """A closing or opening day that would cut off days on which somebody is on duty."""

    message = _(
        "Ada petugas di jadwal kantor ini pada %(days)s. Pilih tanggal yang memuat hari itu, atau lepaskan dulu petugasnya."
    )
    status = 409
    code = "office-served-then"


STAFF_REASONS = {
    "staffing_staff_nip_once_at_a_time": NipTaken,
    "staffing_staff_nip": NipWrong,
    "staffing_staff_period": TermBackwards,
}
DUTY_REASONS = {
    # Only somebody who wrote past the locks comes this far; the sentences with names are above, in ``assign``.
    "staffing_duty_slot_once": DayFull,
    "staffing_duty_person_once_a_day": PersonBusy,
    "staffing_duty_in_term": OutsideTerm,
    "staffing_duty_in_service": OfficeNotInService,
}


def _named(days: Iterable[datetime.date], most: int = 4) -> str:
    """The first of some days in words: 24 November 2026, 25 November 2026 dan 3 hari lain."""
    ordered = sorted(set(days))
    text = ", ".join(plain_date(day) for day in ordered[:most])
    if len(ordered) > most:
        text = _("%(days)s dan %(count)s hari lain") % {"days": text, "count": len(ordered) - most}
    return text


def _locked(model, pk):
    return model.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


# Staff ------------------------------------------------------------------------------------------------------------------------


def _facts(*, name, nip, position, phone, serves_from, serves_until) -> dict:
    if serves_until is not None and serves_until < serves_from:
        raise TermBackwards
    if nip and not (len(nip) == 18 and nip.isascii() and nip.isdecimal()):
        raise NipWrong
    return {
        "name": name.strip(),
        "nip": nip,
        "position": position.strip(),
        "phone": phone.strip(),
        "serves_from": serves_from,
        "serves_until": serves_until,
    }


def add_staff(*, dinas: Dinas, by: Member, at: datetime.datetime, **facts) -> Staff:
    """
    Enter somebody of ``dinas`` who can be put on duty.

    ``facts``: name, nip (18 digits or empty), position, phone, serves_from, serves_until (last day, or None).
    """
    values = _facts(**facts)
    with explain_integrity(STAFF_REASONS):
        return Staff.objects.create(dinas=dinas, **values)


def edit_staff(*, staff: Staff, version: int | None, by: Member, at: datetime.datetime, **facts) -> Staff:
    """Change the facts of a person (see ``add_staff``). A term that would leave duties outside is refused."""
    values = _facts(**facts)
    with transaction.atomic():
        row = _locked(Staff, staff.pk)
        check_version(row, version, values)
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        _refuse_duties_outside(row)
        row.version += 1
        with explain_integrity(STAFF_REASONS):
            row.save()
        return row


def _outside(staff: Staff):
    before = staff.duties.filter(on__lt=staff.serves_from)
    return before if staff.serves_until is None else before | staff.duties.filter(on__gt=staff.serves_until)


def _refuse_duties_outside(staff: Staff) -> None:
    days = list(_outside(staff).order_by("on").values_list("on", flat=True))
    if days:
        field = "serves_from" if days[0] < staff.serves_from else "serves_until"
        raise DutiesDone(field=field, days=_named(days))


def end_service(
    *, staff: Staff, serves_until: datetime.date, release_rest: bool, version: int | None, by: Member, at: datetime.datetime
) -> Staff:
    """
    Say which day is the person's last.

    Days on duty after it that are still to come are taken out of the roster if ``release_rest`` says so; otherwise they refuse
    the change with their dates (DutiesRemain). Days on duty that have passed cannot be cut off (DutiesDone).
    """
    with transaction.atomic():
        row = _locked(Staff, staff.pk)
        check_version(row, version, {"serves_until": serves_until})
        if serves_until < row.serves_from:
            raise TermBackwards
        row.serves_until = serves_until
        today = by.tenant.today(at)
        coming = _outside(row).filter(on__gte=today)
        days, offices = list(coming.values_list("on", flat=True)), set(coming.values_list("office_id", flat=True))
        if days and not release_rest:
            raise DutiesRemain(days=_named(days))
        coming.delete()
        _refuse_duties_outside(row)
        row.version += 1
        with explain_integrity(STAFF_REASONS):
            row.save()
        for office_id in sorted(offices):
            events.office_changed(tenant=by.tenant, office_id=office_id, at=at)
        return row


# Duties -----------------------------------------------------------------------------------------------------------------------


def assign(*, office: Office, staff: Staff, on: datetime.date, by: Member, at: datetime.datetime) -> Duty:
    """
    Put ``staff`` on duty at ``office`` on the day ``on``, in the first free slot; there again already, nothing changes.

    Raises OfficeFull (with both names), PersonBusy (with the other office), OutsideTerm, OtherDinas, OfficeNotInService. A day
    without service hours is not refused: the page warns.
    """
    with transaction.atomic():
        place, person = _locked(Office, office.pk), _locked(Staff, staff.pk)
        _check(place, person, on)
        present = list(Duty.objects.filter(office=place, on=on).select_related("staff").order_by("slot"))
        again = next((duty for duty in present if duty.staff_id == person.pk), None)
        if again:
            return again
        elsewhere = Duty.objects.filter(staff=person, on=on).select_related("office").first()
        if elsewhere:
            sentence = _("%(name)s sudah bertugas di %(office)s pada %(day)s.")
            raise PersonBusy(sentence, name=person.name, office=elsewhere.office.name, day=long_date(on))
        free = [slot for slot in SLOTS if slot not in {duty.slot for duty in present}]
        if not free:
            raise OfficeFull(day=long_date(on), first=present[0].staff.name, second=present[1].staff.name)
        with explain_integrity(DUTY_REASONS):
            duty = Duty.objects.create(office=place, staff=person, on=on, slot=free[0])
        events.office_changed(tenant=by.tenant, office_id=place.pk, at=at)
        return duty


def _check(office: Office, staff: Staff, on: datetime.date) -> None:
    if staff.dinas_id != office.dinas_id:
        raise OtherDinas
    if not office.serves_on(on):
        raise OfficeNotInService
    if not staff.serves_on(on):
        if staff.serves_until is None or on < staff.serves_from:
            raise OutsideTerm(_("%(name)s baru bertugas mulai %(day)s."), name=staff.name, day=plain_date(staff.serves_from))
        raise OutsideTerm(_("%(name)s bertugas hanya sampai %(day)s."), name=staff.name, day=plain_date(staff.serves_until))


def release(*, duty: Duty, by: Member, at: datetime.datetime) -> bool:
    """Take somebody off duty. False where somebody else has done so already."""
    with transaction.atomic():
        _locked(Office, duty.office_id)
        gone, _rows = Duty.objects.filter(pk=duty.pk).delete()
        if gone:
            events.office_changed(tenant=by.tenant, office_id=duty.office_id, at=at)
        return bool(gone)


def follow_office(*, office: Office, by: Member, at: datetime.datetime) -> None:
    """
    Heard before the dates of an office change.

    Duties to come on and after the day of closing leave the roster (the page has said so); those that have passed are facts,
    and a date that would cut them off is refused, as is a first day after duties that stand already.
    """
    early = list(office.duties.filter(on__lt=office.opened_on).values_list("on", flat=True))
    if early:
        raise OfficeServedThen(field="opened_on", days=_named(early))
    if office.closed_on is None:
        return
    late = office.duties.filter(on__gte=office.closed_on)
    late.filter(on__gte=by.tenant.today(at)).delete()
    done = list(late.values_list("on", flat=True))
    if done:
        raise OfficeServedThen(field="closed_on", days=_named(done))
