"""The circular at the 552 governments: published, opened by some, acknowledged by fewer, each as chance (fixed) has it."""

import datetime
import secrets
import zlib
from collections.abc import Callable

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from accounts.enums import Role
from accounts.models import Membership, User
from circulars import operations, operations_delivery, sealing
from circulars.models import Acknowledgement, Circular, Delivery
from circulars.notices import announce
from oversight.demo import names, people
from oversight.demo.letter import NUMBER, letter
from portal.dates import local_time
from tenants.context import as_ministry, as_owner, mounted
from tenants.enums import State
from tenants.models import Tenant

PUBLISHED_BEFORE = datetime.timedelta(days=20)
TIME_GIVEN = datetime.timedelta(days=14)
# Of a hundred governments this many have acknowledged, and this many more have opened it.
ACKNOWLEDGED, OPENED = 57, 22
NO_PASSWORD = "!"  # noqa: S105 what Django writes for an account that cannot sign in
# Whose state belongs to the story of an account (oversight.demo.cast).
TOLD = {
    "kota-bandung": "acknowledged",
    "jawa-barat": "acknowledged",
    "kab-biak-numfor": "acknowledged",
    "kota-cimahi": "opened",
    "kab-badung": "opened",
    "bali": "acknowledged",
    "papua": "opened",
    "kota-jayapura": "silent",
}


def chance(slug: str, of: int = 100) -> int:
    """A number below ``of`` that is always the same for a government."""
    return zlib.crc32(slug.encode()) % of


def fate(tenant: Tenant) -> str:
    if tenant.slug in TOLD:
        return TOLD[tenant.slug]
    drawn = chance(tenant.slug)
    return "acknowledged" if drawn < ACKNOWLEDGED else "opened" if drawn < ACKNOWLEDGED + OPENED else "silent"


def enter(*, at: datetime.datetime, tell: Callable[[str], object]) -> None:
    circular = publish(at=at)
    if answer(circular, at=at):
        tell(f"{circular}: disampaikan, dibuka, dan diakui sebagian pemerintah daerah")


def publish(*, at: datetime.datetime) -> Circular:
    """The circular, published three weeks ago by the officer; once."""
    known = Circular.objects.filter(number=NUMBER).first()
    if known is not None and known.is_published:
        return known
    then = at - PUBLISHED_BEFORE
    officer = people.member("petugas@pusat.contoh.test", "pusat", at=at)
    with transaction.atomic():
        with as_ministry():
            text = letter(deadline_on=(then + TIME_GIVEN).date())
            circular = known or operations.draft(letter=text, by=officer, at=then)
            circular = operations.publish(circular=circular, by=officer, at=then)
        # Nobody is told by mail today of what happened three weeks ago.
        DBTaskResult.objects.filter(task_path=announce.module_path, args_kwargs__args__0=str(circular.pk)).delete()
    return circular


def answer(circular: Circular, *, at: datetime.datetime) -> bool:
    """
    Openings and acknowledgements of all governments; whether any were missing.

    Those of the governments with a story through the operations, the many in one go.
    """
    untouched = Delivery.objects.filter(circular=circular, opened_at=None).select_related(
        "tenant", "tenant__parent", "circular"
    )
    deliveries = [each for each in untouched if fate(each.tenant) != "silent"]
    if not deliveries:
        return False
    with transaction.atomic():
        heads = appoint([each.tenant for each in deliveries if each.tenant.slug not in TOLD])
        _in_bulk([each for each in deliveries if each.tenant.slug not in TOLD], heads, circular)
    for delivery in deliveries:
        if delivery.tenant.slug in TOLD and delivery.tenant.state == State.READY:
            _by_hand(delivery, at=at)
    return True


def appoint(tenants: list[Tenant]) -> dict[int, Membership]:
    """An invented head for each government that has none; they cannot sign in."""
    heads = {each.tenant_id: each for each in Membership.objects.filter(role=Role.GOVERNMENT_HEAD).select_related("user")}
    wanting = [tenant for tenant in tenants if tenant.pk not in heads]
    users = [
        User(email=f"pimpinan@{tenant.slug}.contoh.test", name=names.person(tenant.slug, 0), password=NO_PASSWORD)
        for tenant in wanting
    ]
    User.objects.bulk_create(users)
    made = [
        Membership(user=user, tenant=tenant, role=Role.GOVERNMENT_HEAD, position=title(tenant), valid_from=people.SINCE)
        for user, tenant in zip(users, wanting, strict=True)
    ]
    Membership.objects.bulk_create(made)
    return heads | {each.tenant_id: each for each in made}


def title(tenant: Tenant) -> str:
    if tenant.is_province:
        return f"Gubernur {tenant.name}"
    kind, _space, place = tenant.name.partition(" ")
    return f"{'Wali Kota' if kind == 'Kota' else 'Bupati'} {place}"


def _moments(delivery: Delivery) -> tuple[datetime.datetime, datetime.datetime]:
    """When it was opened and acknowledged: within office hours of the place, mostly before the deadline."""
    drawn = chance(delivery.tenant.slug + "/waktu", 10_000)
    start = delivery.tenant.local(delivery.delivered_at).replace(hour=8, minute=drawn % 60, second=0, microsecond=0)
    opened = start + datetime.timedelta(days=1 + drawn % 7, hours=drawn % 6)
    return opened, opened + datetime.timedelta(days=drawn % 11, minutes=5 + drawn % 180)


def _in_bulk(deliveries: list[Delivery], heads: dict[int, Membership], circular: Circular) -> None:
    receipts = []
    for delivery in deliveries:
        head, (opened, acknowledged) = heads[delivery.tenant_id], _moments(delivery)
        delivery.opened_at, delivery.opened_by_id, delivery.opened_by_name = opened, head.user_id, head.user.name
        if fate(delivery.tenant) == "acknowledged" and not delivery.for_information:
            delivery.acknowledged_at = acknowledged
            receipts.append(_receipt(delivery, head, circular, acknowledged))
    Acknowledgement.objects.bulk_create(receipts)
    Delivery.objects.bulk_update(deliveries, ["opened_at", "opened_by_id", "opened_by_name", "acknowledged_at"], batch_size=200)


def _receipt(delivery: Delivery, head: Membership, circular: Circular, at: datetime.datetime) -> Acknowledgement:
    entry = Acknowledgement(
        delivery=delivery,
        tenant=delivery.tenant,
        government=operations_delivery.government_name(delivery.tenant),
        circular_number=circular.number,
        circular_subject=circular.subject,
        circular_version=circular.edition,
        circular_sha256=circular.sha256,
        statement=operations_delivery.statement(circular, delivery.tenant),
        user_id=head.user_id,
        name=head.user.name,
        position=head.title,
        acknowledged_at=at,
        local_time=local_time(at, delivery.tenant),
        code=secrets.token_urlsafe(32),
    )
    entry.seal = sealing.seal_of(sealing.acknowledgement_record(entry))
    return entry


def _by_hand(delivery: Delivery, *, at: datetime.datetime) -> None:
    tenant, (opened, acknowledged) = delivery.tenant, _moments(delivery)
    with as_owner():
        heads = appoint([tenant])
        head = people.member(heads[tenant.pk].user.email, tenant.slug, at=at)
    with mounted(tenant):
        operations_delivery.open(delivery=delivery, by=head, at=opened)
        if fate(tenant) == "acknowledged":
            operations_delivery.acknowledge(delivery=delivery, by=head, at=acknowledged)
