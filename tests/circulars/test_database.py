"""What the database refuses by itself: raw SQL, as every role that could try, the owner included."""

import contextlib

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.utils import IntegrityError

from circulars import operations
from circulars.models import Acknowledgement, Attachment, Circular, Copy, Delivery, Point
from tenants.context import as_ministry, as_owner, as_public, mounted
from tests.circulars.conftest import PDF


def refused(sql, params=(), *, error=DatabaseError, match=None):
    with pytest.raises(error, match=match), transaction.atomic():
        connection.cursor().execute(sql, params)


@pytest.fixture
def published(draft, officer, now):
    circular = operations.attach(circular=draft(), name="a.pdf", content=PDF, version=None, by=officer, at=now)
    return operations.publish(circular=circular, by=officer, at=now)


CHANGES = [
    "UPDATE circulars_circular SET subject = 'lain' WHERE id = %s",
    "UPDATE circulars_circular SET state = 'draft', sha256 = '', published_at = NULL WHERE id = %s",
    "DELETE FROM circulars_circular WHERE id = %s",
    "UPDATE circulars_point SET text = 'lain' WHERE circular_id = %s",
    "DELETE FROM circulars_point WHERE circular_id = %s",
    "INSERT INTO circulars_point (id, circular_id, \"order\", number, text) SELECT gen_random_uuid(), %s, 9, '9', 'x'",
    "DELETE FROM circulars_copy WHERE circular_id = %s",
    "UPDATE circulars_copy SET office = 'lain' WHERE circular_id = %s",
    "INSERT INTO circulars_circular_chosen (circular_id, tenant_id) SELECT %s, min(id) FROM tenants_tenant",
    "DELETE FROM circulars_attachment WHERE circular_id = %s",
]


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.parametrize("role", [as_owner, as_ministry], ids=["owner", "ministry"])
def test_published_circular_is_fixed(published, sql, role):
    with role():
        refused(sql, [published.pk], match="fixed")


def test_point_cannot_move_into_a_published_circular(published, draft):
    other = draft(number="2")

    refused("UPDATE circulars_point SET circular_id = %s WHERE circular_id = %s", [published.pk, other.pk], match="fixed")


def test_draft_is_not_fixed(draft):
    circular = draft()

    with as_ministry():
        connection.cursor().execute("UPDATE circulars_point SET text = 'lain' WHERE circular_id = %s", [circular.pk])

    assert set(circular.points.values_list("text", flat=True)) == {"lain"}


@pytest.mark.parametrize("table", ["circular", "point", "copy", "circular_chosen", "attachment", "delivery", "acknowledgement"])
def test_tables_are_never_emptied(published, table):
    connection.check_constraints()  # the audit trigger is deferred, and TRUNCATE does not wait for it

    refused(f"TRUNCATE circulars_{table} CASCADE", match="cannot be emptied")


def test_attachment_is_its_hash(draft, officer, now):
    circular = operations.attach(circular=draft(), name="a.pdf", content=PDF, version=None, by=officer, at=now)

    refused(
        "UPDATE circulars_attachment SET content = 'x' WHERE circular_id = %s",
        [circular.pk],
        error=IntegrityError,
        match="its_hash",
    )


@pytest.mark.parametrize(
    "change",
    [
        "delivered_at = delivered_at - interval '1 day'",
        "tenant_id = (SELECT id FROM tenants_tenant WHERE slug = 'bali')",
        "opened_at = now()",
        "opened_by_name = 'orang lain'",
        "acknowledged_at = NULL",
        "acknowledged_at = now()",
    ],
)
def test_what_a_delivery_says_stays(published, acknowledged, delivery_to, head, change):
    acknowledged(published, head)

    refused(f"UPDATE circulars_delivery SET {change} WHERE id = %s", [delivery_to(published, head.tenant).pk], match="stays")


def test_delivery_is_never_deleted(published):
    refused("DELETE FROM circulars_delivery WHERE circular_id = %s", [published.pk], match="stays")


def test_delivery_is_acknowledged_by_an_acknowledgement_only(published, delivery_to, kota_bandung):
    delivery = delivery_to(published, kota_bandung)

    with mounted(kota_bandung):
        refused(
            "UPDATE circulars_delivery SET opened_at = now(), acknowledged_at = now() WHERE id = %s",
            [delivery.pk],
            match="by an acknowledgement",
        )


@pytest.mark.parametrize("sql", ["UPDATE circulars_acknowledgement SET name = 'x'", "DELETE FROM circulars_acknowledgement"])
def test_receipt_is_never_changed(published, acknowledged, head, sql):
    acknowledged(published, head)

    refused(sql, match="append-only")


# Roles ------------------------------------------------------------------------------------------------------------------------


def test_government_cannot_insert_a_delivery(published, kota_bandung):
    with mounted(kota_bandung):
        refused(
            "INSERT INTO circulars_delivery (id, circular_id, tenant_id, delivered_at, opened_by_name) "
            "VALUES (gen_random_uuid(), %s, %s, now(), '')",
            [published.pk, kota_bandung.pk],
            error=ProgrammingError,
            match="permission denied",
        )


def test_government_cannot_move_the_moment_of_delivery(published, kota_bandung):
    with mounted(kota_bandung):
        refused("UPDATE circulars_delivery SET delivered_at = now()", error=ProgrammingError, match="permission denied")


def test_government_changes_no_other_ones_delivery(published, kota_bandung, kota_cimahi, jawa_barat):
    with mounted(kota_cimahi), connection.cursor() as cursor:
        cursor.execute("UPDATE circulars_delivery SET opened_at = now() WHERE tenant_id = %s", [kota_bandung.pk])
        touched = cursor.rowcount
    with mounted(jawa_barat), connection.cursor() as cursor:
        cursor.execute("UPDATE circulars_delivery SET opened_at = now() WHERE tenant_id = %s", [kota_bandung.pk])
        touched += cursor.rowcount

    assert touched == 0


INSERT = """
INSERT INTO circulars_acknowledgement (id, delivery_id, tenant_id, government, circular_number, circular_subject,
    circular_version, circular_sha256, statement, user_id, name, position, acknowledged_at, local_time, code, seal)
VALUES (gen_random_uuid(), %s, %s, 'x', 'x', 'x', 1, 'x', 'x', 1, 'x', 'x', now(), 'x', 'x', 'x')
"""


def test_government_cannot_acknowledge_in_anothers_name(published, delivery_to, kota_bandung, kota_cimahi):
    theirs = delivery_to(published, kota_bandung)

    with mounted(kota_cimahi):
        refused(INSERT, [theirs.pk, kota_bandung.pk], error=ProgrammingError, match="row-level security")
        refused(INSERT, [theirs.pk, kota_cimahi.pk], error=IntegrityError, match="own_delivery")


def test_ministry_cannot_acknowledge_nor_deliver_as_acknowledged(published, delivery_to, draft, kota_bandung):
    with as_ministry():
        refused(INSERT, [delivery_to(published, kota_bandung).pk, kota_bandung.pk], error=ProgrammingError, match="denied")
        refused(
            "INSERT INTO circulars_delivery "
            "(id, circular_id, tenant_id, delivered_at, opened_at, acknowledged_at, opened_by_name) "
            "VALUES (gen_random_uuid(), %s, %s, now(), now(), now(), '')",
            [draft(number="3").pk, kota_bandung.pk],
            error=ProgrammingError,
            match="row-level security",
        )
        refused("UPDATE circulars_delivery SET opened_at = now()", error=ProgrammingError, match="permission denied")


def test_government_reads_what_was_delivered_to_it_and_no_draft(draft, officer, now, kota_bandung, kota_cimahi, jawa_barat):
    draft(number="KONSEP")
    for tenant in (kota_bandung, kota_cimahi):
        circular = operations.attach(
            circular=draft(number=tenant.slug), name="a.pdf", content=PDF, version=None, by=officer, at=now
        )
        operations.choose(circular=circular, governments=[tenant.pk], version=None, by=officer, at=now)
        operations.publish(circular=circular, by=officer, at=now)

    def numbers(tenant):
        with mounted(tenant):
            found = sorted(Circular.objects.values_list("number", flat=True))
            parts = [
                {entry.circular_id for entry in model.objects.defer(None)} <= set(Circular.objects.values_list("pk", flat=True))
                for model in (Point, Copy, Attachment)
            ]
            assert parts == [True, True, True]
            assert Attachment.objects.count() == len(found)
            return found

    assert numbers(kota_cimahi) == ["kota-cimahi"]
    assert numbers(kota_bandung) == ["kota-bandung"]
    assert numbers(jawa_barat) == ["kota-bandung", "kota-cimahi"]


def test_neighbours_deliveries_and_receipts_are_not_seen(published, acknowledged, head, kota_cimahi, jawa_barat, kab_badung):
    acknowledged(published, head)

    def seen(tenant):
        with mounted(tenant):
            return Delivery.objects.count(), Acknowledgement.objects.count()

    assert seen(kota_cimahi) == (1, 0)
    assert seen(jawa_barat) == (3, 1)
    assert seen(kab_badung) == (1, 0)


def test_public_pages_see_receipts_and_nothing_else(published, acknowledged, head):
    acknowledged(published, head)

    with as_public():
        assert Acknowledgement.objects.count() == 1
        for table in ("circular", "point", "copy", "attachment", "delivery"):
            refused(f"SELECT * FROM circulars_{table}", error=ProgrammingError, match="permission denied")
        with contextlib.suppress(ProgrammingError), transaction.atomic():
            Acknowledgement.objects.update(name="x")
        assert set(Acknowledgement.objects.values_list("name", flat=True)) == {head.name}
