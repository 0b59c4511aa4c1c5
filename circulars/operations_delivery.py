"""What a government does with a circular that reached it: open, acknowledge."""

import datetime
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from accounts.policy import REFUSED
from circulars import sealing
from circulars.models import Acknowledgement, Circular, Delivery
from portal.dates import local_time
from portal.errors import DomainError
from tenants.models import Tenant

# What is recorded is said in the language of administration, whichever language the page was read in.
RECORDED_IN = "id"
STATEMENT = (
    "Dengan ini saya menyatakan, atas nama Pemerintah %(government)s, bahwa Surat Edaran Nomor %(number)s %(dated)s "
    "tentang %(subject)s telah diterima dan dibaca seluruhnya, dan akan ditindaklanjuti sesuai dengan isinya."
)
CODE_BYTES = 32


class AlreadyAcknowledged(DomainError):
    message = _("Surat ini sudah diakui oleh %(name)s, %(position)s. Satu tanda terima cukup bagi pemerintah daerah Anda.")
    status, code = 409, "already-acknowledged"


class NothingOwed(DomainError):
    message = _("Wilayah ini menerima surat untuk diketahui; pengakuannya disampaikan oleh pemerintah provinsi.")
    code = "nothing-owed"


def government_name(tenant: Tenant) -> str:
    """The name as letters write it: ``Provinsi Jawa Barat``, ``Kota Bandung``."""
    return f"Provinsi {tenant.name}" if tenant.is_province else tenant.name


def statement(circular: Circular, tenant: Tenant) -> str:
    """The sentence that an acknowledgement records."""
    with translation.override(RECORDED_IN):
        return STATEMENT % {
            "government": government_name(tenant),
            "number": circular.number,
            "dated": circular.dated_phrase,
            "subject": circular.subject,
        }


def open(*, delivery: Delivery, by: Member, at: datetime.datetime) -> bool:
    """
    Note the first opening; whether this was it. Of several at once exactly one is.

    Only members of the government itself open a circular: who reads it from above leaves no trace here.
    """
    if by.tenant.pk != delivery.tenant_id:
        return False
    first = Delivery.objects.filter(pk=delivery.pk, tenant=by.tenant, opened_at=None).update(
        opened_at=at, opened_by_id=by.user.pk, opened_by_name=by.name
    )
    return bool(first)


def acknowledge(*, delivery: Delivery, by: Member, at: datetime.datetime) -> Acknowledgement:
    """
    The sealed receipt, by whoever speaks for the government today; allowed after the deadline, and then marked late.

    Of two who press at once one gets the receipt, the other AlreadyAcknowledged. Raises NothingOwed, PermissionDenied.
    """
    holder = by.as_holder_of("circulars.acknowledge")
    if holder is None or by.tenant.pk != delivery.tenant_id:
        raise PermissionDenied(REFUSED)
    with transaction.atomic():
        own = Delivery.objects.filter(tenant=by.tenant).select_related("circular", "tenant")
        locked = own.select_for_update(of=("self",)).get(pk=delivery.pk)
        before = Acknowledgement.objects.filter(delivery=locked).first()
        if before:
            raise AlreadyAcknowledged(name=before.name, position=before.position)
        if locked.for_information:
            raise NothingOwed
        entry = _receipt(locked, by=by, position=holder.title, at=at)
        entry.save(force_insert=True)
        if locked.opened_at is None:
            locked.opened_at, locked.opened_by_id, locked.opened_by_name = at, by.user.pk, by.name
        locked.acknowledged_at = at
        locked.save(update_fields=["opened_at", "opened_by_id", "opened_by_name", "acknowledged_at"])
    return entry


def _receipt(delivery: Delivery, *, by: Member, position: str, at: datetime.datetime) -> Acknowledgement:
    circular, tenant = delivery.circular, delivery.tenant
    with translation.override(RECORDED_IN):
        clocks = local_time(at, tenant)
    entry = Acknowledgement(
        delivery=delivery,
        tenant=tenant,
        government=government_name(tenant),
        circular_number=circular.number,
        circular_subject=circular.subject,
        circular_version=circular.edition,
        circular_sha256=circular.sha256,
        statement=statement(circular, tenant),
        user_id=by.user.pk,
        name=by.name,
        position=position,
        acknowledged_at=at,
        local_time=clocks,
        code=secrets.token_urlsafe(CODE_BYTES),
    )
    entry.seal = sealing.seal_of(sealing.acknowledgement_record(entry))
    return entry
