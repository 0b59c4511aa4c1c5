"""What the database itself refuses about people, whoever asks."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import Membership
from tenants.context import mounted

DAY = datetime.timedelta(days=1)
MONDAY = datetime.date(2026, 11, 23)
DINAS = uuid.UUID("33333333-3333-4333-8333-333333333333")


def insert(**changes):
    columns = {
        "id": "gen_random_uuid()", "user_id": "%(user)s", "tenant_id": "%(tenant)s", "role": "'operator'", "dinas_id": "NULL",
        "dinas_name": "''", "position": "'Staf'", "acting": "''", "valid_from": "'2026-01-01'", "valid_until": "NULL",
        "created_by_name": "''", "ended_at": "NULL", "ended_by_name": "''", "end_reason": "''",
    } | changes  # fmt: skip
    return f"INSERT INTO accounts_membership ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "accounts_membership_once_at_a_time"),
        ({"valid_from": "'2026-12-31'"}, "accounts_membership_once_at_a_time"),
        ({"valid_from": "'2019-01-01'", "valid_until": "'2020-01-01'"}, "accounts_membership_once_at_a_time"),
        ({"valid_from": "'2018-01-01'", "valid_until": "'2017-01-01'"}, "accounts_membership_period"),
        ({"role": "'government_head'", "dinas_id": "gen_random_uuid()"}, "accounts_membership_dinas"),
        ({"ended_at": "now()", "valid_until": "'2026-11-01'"}, "accounts_membership_ending"),
        ({"ended_at": "now()", "end_reason": "'x'"}, "accounts_membership_ending"),
    ],
)
def test_database_refuses(make_member, kota_bandung, changes, constraint):
    operator = make_member(kota_bandung, Role.OPERATOR)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        connection.cursor().execute(insert(**changes), {"user": operator.user.pk, "tenant": kota_bandung.pk})


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "'dinas_head'"},
        {"dinas_id": "gen_random_uuid()"},
        {"valid_from": "'2018-01-01'", "valid_until": "'2019-12-31'"},
        {"ended_at": "now()", "end_reason": "'x'", "valid_until": "'2026-11-01'"},
    ],
)
def test_database_takes_what_does_not_overlap(make_member, kota_bandung, changes):
    operator = make_member(kota_bandung, Role.OPERATOR)

    connection.cursor().execute(insert(**changes), {"user": operator.user.pk, "tenant": kota_bandung.pk})


def test_government_reads_and_ends_no_memberships_of_another(make_member, kota_bandung, kota_cimahi):
    make_member(kota_bandung, Role.OPERATOR, name="Orang Bandung")
    other = make_member(kota_cimahi, Role.OPERATOR, name="Orang Cimahi")

    with mounted(kota_bandung):
        names = list(Membership.objects.values_list("user__name", flat=True))
        touched = Membership.objects.filter(pk=other.memberships[0].pk).update(position="x")

    assert (names, touched) == (["Orang Bandung"], 0)


def test_database_moves_no_role_to_another_dinas(make_member, kota_bandung):
    kadis = make_member(kota_bandung, Role.DINAS_HEAD)
    own = Membership.objects.filter(user=kadis.user)
    own.update(dinas_id=DINAS)

    for other in (uuid.uuid4(), None):
        with pytest.raises(IntegrityError, match="the dinas of a membership is set once"), transaction.atomic():
            own.update(dinas_id=other)
    own.update(dinas_id=DINAS, position="Kepala Dinas")
