"""Writes of desk kits: what somebody saw on a desk."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment.enums import KitPart
from equipment.kits import is_asked
from equipment.models import KitAnswer
from offices import events
from offices.enums import RoomPurpose
from offices.models import Desk
from portal.errors import DomainError


class UnknownPart(DomainError):
    message = _("Bagian ini tidak termasuk perlengkapan meja pendaftaran.")
    field = "part"
    code = "unknown-part"


class PartIsKnown(DomainError):
    """The inventory or the prints answer this part; an answer by hand would only contradict them."""

    message = _(
        "Bagian ini dibaca dari catatan lain, jadi tidak dijawab di sini. Ubah catatannya melalui tautan di sebelahnya."
    )
    field = "part"
    status = 409
    code = "part-is-known"


class NoRegistrationDesk(DomainError):
    message = _("Perlengkapan hanya diperiksa di meja ruang pendaftaran; meja ini di ruang pelatihan.")
    status = 409
    code = "no-registration-desk"


class DeskGone(DomainError):
    message = _("Meja ini baru saja dihapus dari denah. Muat ulang halaman.")
    status = 409
    code = "desk-gone"


def answer(*, desk: Desk, part: str, present: bool, by: Member, at: datetime.datetime) -> KitAnswer:
    """
    Say that a part lies on a desk, or does not. The newest answer counts, also the same one again: it is younger.

    Two people at once: the desk's row is the lock, and both have been heard.
    """
    if part not in KitPart.values:
        raise UnknownPart
    if not is_asked(part):
        raise PartIsKnown
    with transaction.atomic():
        row = Desk.objects.select_for_update(no_key=True, of=("self",)).select_related("room").filter(pk=desk.pk).first()
        if row is None:
            raise DeskGone
        if row.room.purpose != RoomPurpose.REGISTRATION:
            raise NoRegistrationDesk
        seen = {"present": present, "seen_at": at, "seen_by_name": by.name}
        given, _created = KitAnswer.objects.update_or_create(desk=row, part=part, defaults=seen)
        events.office_changed(tenant=by.tenant, office_id=row.room.office_id, at=at)
        return given
