"""What the ministry does with a circular: draft, edit, address, attach, discard, publish."""

import datetime
import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from accounts.policy import REFUSED
from circulars import notices, queries, sealing
from circulars.enums import Audience, CircularState
from circulars.models import LARGEST_ATTACHMENT, Attachment, Circular, Copy, Delivery, Point
from portal.errors import DomainError, check_version, explain_integrity
from tenants.models import Tenant

MEGABYTE = 1024 * 1024


class NumberTaken(DomainError):
    message = _("Nomor ini sudah dipakai surat edaran lain. Periksa kembali nomornya.")
    field, code = "number", "number-taken"


class DeadlineTooEarly(DomainError):
    message = _("Tenggat tidak boleh lebih awal daripada tanggal surat.")
    field, code = "deadline_on", "deadline-too-early"


class PointTwice(DomainError):
    message = _("Nomor butir %(number)s dipakai dua kali. Beri setiap butir nomornya sendiri.")
    field, code = "points", "point-twice"


class PointIncomplete(DomainError):
    message = _("Setiap butir memerlukan nomor dan isi.")
    field, code = "points", "point-incomplete"


class AlreadyPublished(DomainError):
    message = _("Surat ini sudah diterbitkan oleh %(name)s; isinya tidak dapat diubah lagi.")
    status, code = 409, "already-published"


class NotReady(DomainError):
    """Publication was asked for, but something is missing: the message says what."""

    code = "not-ready"


class UnknownGovernment(DomainError):
    message = _("Salah satu pilihan bukan pemerintah daerah. Muat ulang daftar, lalu pilih lagi.")
    field, code = "chosen", "unknown-government"


class NotPdf(DomainError):
    message = _("Lampiran harus berupa PDF yang utuh. Simpan naskah sebagai PDF, lalu unggah lagi.")
    field, code = "attachment", "not-pdf"


class TooLarge(DomainError):
    message = _("Lampiran paling besar %(megabytes)s MB. Perkecil berkasnya, lalu unggah lagi.")
    field, code = "attachment", "too-large"


CONSTRAINTS = {"circulars_circular_number_once": NumberTaken, "circulars_circular_deadline": DeadlineTooEarly}


@dataclass(frozen=True)
class Letter:
    """
    What an officer writes: the whole text of a draft.

    ``points`` are pairs of number and text, in order; ``day_known`` is false where of an old letter only month and year are
    known (``dated_on`` is then the first of the month).
    """

    number: str
    dated_on: datetime.date
    subject: str
    opening: str = ""
    signatory: str = "Menteri Dalam Negeri"
    deadline_on: datetime.date | None = None
    audience: str = Audience.ALL
    points: tuple[tuple[str, str], ...] = ()
    copies: tuple[str, ...] = field(default=())
    day_known: bool = True

    def plain(self) -> dict:
        """The fields that stand on the circular itself."""
        return {name: value for name, value in vars(self).items() if name not in ("points", "copies")}


def _tidy(letter: Letter) -> Letter:
    """Without the white space around the entries and without empty rows. Raises PointIncomplete, PointTwice."""
    points = [(number.strip(), text.strip()) for number, text in letter.points]
    points = [pair for pair in points if any(pair)]
    if not all(number and text for number, text in points):
        raise PointIncomplete
    seen: set[str] = set()
    for number, _text in points:
        if number in seen:
            raise PointTwice(number=number)
        seen.add(number)
    copies = tuple(office.strip() for office in letter.copies if office.strip())
    return replace(letter, number=letter.number.strip(), subject=letter.subject.strip(), points=tuple(points), copies=copies)


def _write_parts(circular: Circular, letter: Letter) -> None:
    circular.points.all().delete()
    circular.copies.all().delete()
    Point.objects.bulk_create(
        Point(circular=circular, order=order, number=number, text=text)
        for order, (number, text) in enumerate(letter.points, start=1)
    )
    Copy.objects.bulk_create(
        Copy(circular=circular, order=order, office=office) for order, office in enumerate(letter.copies, start=1)
    )


@contextmanager
def _changing(circular: Circular, *, by: Member, version: int | None, submitted: dict) -> Iterator[Circular]:
    """The locked draft, to be saved with the next version. Raises AlreadyPublished, LostUpdate, PermissionDenied."""
    if not by.may("circulars.draft"):
        raise PermissionDenied(REFUSED)
    with transaction.atomic():
        locked = Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)
        if locked.is_published:
            raise AlreadyPublished(name=locked.published_by_name)
        check_version(locked, version, submitted)
        locked.version += 1
        with explain_integrity(CONSTRAINTS):
            yield locked
            locked.save()


def draft(*, letter: Letter, by: Member, at: datetime.datetime) -> Circular:
    """A new draft. Raises NumberTaken, DeadlineTooEarly, PointIncomplete, PointTwice."""
    if not by.may("circulars.draft"):
        raise PermissionDenied(REFUSED)
    letter = _tidy(letter)
    with explain_integrity(CONSTRAINTS):
        circular = Circular.objects.create(**letter.plain(), drafted_at=at, drafted_by_id=by.user.pk, drafted_by_name=by.name)
        _write_parts(circular, letter)
    return circular


def edit(*, circular: Circular, letter: Letter, version: int | None, by: Member, at: datetime.datetime) -> Circular:
    """
    The draft with the text ``letter``; ``version`` is the one that was read, None for whatever stands there.

    Raises LostUpdate, AlreadyPublished and what ``draft`` raises.
    """
    letter = _tidy(letter)
    with _changing(circular, by=by, version=version, submitted=letter.plain()) as locked:
        for name, value in letter.plain().items():
            setattr(locked, name, value)
        _write_parts(locked, letter)
    return locked


def choose(
    *, circular: Circular, governments: Collection[int], version: int | None, by: Member, at: datetime.datetime
) -> Circular:
    """
    The draft addressed to exactly these governments (ids of tenants).

    Raises UnknownGovernment, LostUpdate, AlreadyPublished.
    """
    wanted = set(governments)
    with _changing(circular, by=by, version=version, submitted={"chosen": sorted(wanted)}) as locked:
        if Tenant.objects.governments().filter(pk__in=wanted).count() != len(wanted):
            raise UnknownGovernment
        locked.audience = Audience.CHOSEN
        locked.chosen.set(wanted)
    return locked


def file_name(name: str) -> str:
    """``name`` as a file may be called on any system, with .pdf at its end."""
    stem = " ".join(re.sub(r"[^\w .()-]+", " ", name.replace("\\", "/").rsplit("/", 1)[-1]).split()).strip(" .")
    stem = re.sub(r"\.pdf$", "", stem, flags=re.IGNORECASE).strip(" .")[:140]
    return f"{stem or 'lampiran'}.pdf"


def attach(
    *, circular: Circular, name: str, content: bytes, version: int | None, by: Member, at: datetime.datetime
) -> Circular:
    """The draft with this PDF in place of any other. Raises NotPdf, TooLarge, LostUpdate, AlreadyPublished."""
    if len(content) > LARGEST_ATTACHMENT:
        raise TooLarge(megabytes=LARGEST_ATTACHMENT // MEGABYTE)
    # The type is read from the bytes, never from the name: a PDF begins with its version and ends with %%EOF.
    if not re.match(rb"%PDF-[12]\.\d", content) or b"%%EOF" not in content[-1024:]:
        raise NotPdf
    digest = hashlib.sha256(content).hexdigest()
    with _changing(circular, by=by, version=version, submitted={"attachment": name}) as locked:
        locked.attachment_name, locked.attachment_size, locked.attachment_sha256 = file_name(name), len(content), digest
        Attachment.objects.update_or_create(circular=locked, defaults={"content": content, "sha256": digest})
    return locked


def detach(*, circular: Circular, version: int | None, by: Member, at: datetime.datetime) -> Circular:
    """The draft without an attachment. Raises LostUpdate, AlreadyPublished."""
    with _changing(circular, by=by, version=version, submitted={}) as locked:
        locked.attachment_name, locked.attachment_size, locked.attachment_sha256 = "", 0, ""
        Attachment.objects.filter(circular=locked).delete()
    return locked


def discard(*, circular: Circular, version: int | None, by: Member, at: datetime.datetime) -> None:
    """Delete a draft; the audit trail keeps what it said. Raises LostUpdate, AlreadyPublished."""
    if not by.may("circulars.draft"):
        raise PermissionDenied(REFUSED)
    with transaction.atomic():
        locked = Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)
        if locked.is_published:
            raise AlreadyPublished(name=locked.published_by_name)
        check_version(locked, version, {})
        locked.delete()


def lacking(circular: Circular, *, today: datetime.date) -> list[str]:
    """What a draft still needs before it can be published, as sentences. Two queries."""
    missing = []
    if not circular.points.exists():
        missing.append(_("Tulis paling sedikit satu butir."))
    if not queries.addressees(circular).owing:
        missing.append(_("Pilih paling sedikit satu pemerintah daerah."))
    if circular.deadline_on and circular.deadline_on < today:
        missing.append(_("Tenggatnya sudah lewat. Tetapkan tenggat baru."))
    return missing


def publish(*, circular: Circular, by: Member, at: datetime.datetime, version: int | None = None) -> Circular:
    """
    Seal the text and deliver it to every addressed government, once, in one transaction and a constant number of queries.

    The heads are told by mail, by a job that the transaction leaves behind (circulars.notices).

    ``version`` is the one the officer has checked. Raises AlreadyPublished (also to the second of two officers who press at
    once), LostUpdate, NotReady.
    """
    if not by.may("circulars.publish"):
        raise PermissionDenied(REFUSED)
    with transaction.atomic():
        locked = Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)
        if locked.is_published:
            raise AlreadyPublished(name=locked.published_by_name)
        check_version(locked, version, {})
        missing = lacking(locked, today=by.tenant.today(at))
        if missing:
            raise NotReady(missing[0])
        locked.sha256 = sealing.seal_of(sealing.circular_record(locked))
        locked.state, locked.published_at = CircularState.PUBLISHED, at
        locked.published_by_id, locked.published_by_name = by.user.pk, by.name
        locked.save()
        governments = list(queries.addressed(locked))
        Delivery.objects.bulk_create(Delivery(circular=locked, tenant=tenant, delivered_at=at) for tenant in governments)
        notices.announce.enqueue(str(locked.pk))
    return locked
