"""Inviting, accepting, ending: what the operations do and refuse."""

import datetime
import hashlib
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import operations
from accounts.enums import Role, Standing
from accounts.members import load
from accounts.models import Invitation, Membership, User
from audit.models import Event
from portal.models import Mail
from tenants.context import as_public, mounted

DAY = datetime.timedelta(days=1)
MONDAY = datetime.date(2026, 11, 23)
DINAS = uuid.UUID("33333333-3333-4333-8333-333333333333")


@pytest.fixture
def invite(head, kota_bandung, now):
    """``invite(**changes)`` by the head, acting inside Kota Bandung as its pages do."""

    def send(by=head, tenant=kota_bandung, at=now, **changes):
        given = {
            "email": "baru@contoh.test", "name": "Orang Baru", "role": Role.OPERATOR, "position": "Staf", "valid_from": MONDAY,
        } | changes  # fmt: skip
        if given["role"] == Role.OPERATOR:
            given.setdefault("dinas_id", DINAS)
        with mounted(by.tenant):
            return operations.invite(tenant=tenant, by=by, at=at, **given)

    return send


@pytest.fixture
def token(link_in_mail):
    def find(invitation) -> str:
        return link_in_mail(invitation.email).strip("/").split("/")[1]

    return find


def accept(token, at, **given):
    with as_public():
        return operations.accept(token=token, at=at, **given)


# Inviting ---------------------------------------------------------------------------------------------------------------------


def test_token_is_in_the_mail_and_only_its_hash_in_the_row(invite, token):
    invitation = invite()

    assert invitation.token_digest == hashlib.sha256(token(invitation).encode()).hexdigest()
    assert token(invitation) not in str(vars(invitation))


def test_invitation_ends_after_seven_days(invite, now):
    assert invite().expires_at == now + 7 * DAY


def test_head_without_a_dinas_invites_nobody(make_member, kota_bandung, invite):
    kadis = make_member(kota_bandung, Role.DINAS_HEAD)

    assert kadis.dinas_ids("people.invite") == set()
    for dinas_id in (DINAS, None):
        with pytest.raises(PermissionDenied):
            invite(by=kadis, dinas_id=dinas_id)


@pytest.mark.parametrize(
    ("inviter", "place", "role", "allowed"),
    [
        (Role.MINISTRY_OFFICER, "pusat", Role.MINISTRY_OFFICER, True),
        (Role.MINISTRY_OFFICER, "pusat", Role.OBSERVER, True),
        (Role.MINISTRY_OFFICER, "pusat", Role.GOVERNMENT_HEAD, False),
        (Role.MINISTRY_OFFICER, "kota_bandung", Role.GOVERNMENT_HEAD, True),
        (Role.MINISTRY_OFFICER, "kota_bandung", Role.OPERATOR, False),
        (Role.OBSERVER, "pusat", Role.OBSERVER, False),
        (Role.GOVERNMENT_HEAD, "kota_bandung", Role.DINAS_HEAD, True),
        (Role.GOVERNMENT_HEAD, "kota_bandung", Role.OPERATOR, True),
        (Role.GOVERNMENT_HEAD, "kota_bandung", Role.GOVERNMENT_HEAD, False),
        (Role.GOVERNMENT_HEAD, "kota_bandung", Role.PROVINCE_STAFF, False),
        (Role.GOVERNMENT_HEAD, "kota_bandung", Role.MINISTRY_OFFICER, False),
        (Role.GOVERNMENT_HEAD, "kota_cimahi", Role.OPERATOR, False),
        (Role.OPERATOR, "kota_bandung", Role.OPERATOR, False),
    ],
)
def test_role_gives_only_what_the_policy_lets_it_give(
    request, make_member, pusat, kota_bandung, kota_cimahi, invite, inviter, place, role, allowed
):
    home = pusat if inviter in (Role.MINISTRY_OFFICER, Role.OBSERVER) else kota_bandung
    by, tenant = make_member(home, inviter), request.getfixturevalue(place)

    if allowed:
        assert invite(by=by, tenant=tenant, role=role).tenant == tenant
    else:
        with pytest.raises(PermissionDenied):
            invite(by=by, tenant=tenant, role=role)


def test_province_head_invites_province_staff(make_member, jawa_barat, invite):
    governor = make_member(jawa_barat, Role.GOVERNMENT_HEAD)

    assert invite(by=governor, tenant=jawa_barat, role=Role.PROVINCE_STAFF).role == Role.PROVINCE_STAFF


def test_dinas_head_invites_for_the_own_dinas_only(make_member, kota_bandung, invite):
    own, other = (type("Dinas", (), {"pk": f"{number * 8}-1111-4111-8111-111111111111", "name": "D"}) for number in ("1", "2"))
    kadis = make_member(kota_bandung, Role.DINAS_HEAD, dinas=own)
    kadis = load(kadis.user, kota_bandung, at=datetime.datetime.now(datetime.UTC))
    [own_id] = kadis.dinas_ids("people.invite")

    assert str(invite(by=kadis, dinas_id=own_id).dinas_id) == own.pk
    for dinas_id in (other.pk, None):
        with pytest.raises(PermissionDenied):
            invite(by=kadis, dinas_id=dinas_id, email="lain@contoh.test")


def test_open_invitation_is_not_sent_twice(invite):
    invite()

    with pytest.raises(operations.AlreadyInvited):
        invite(email="BARU@contoh.test")
    assert (Invitation.objects.count(), Mail.objects.count()) == (1, 1)


def test_member_is_not_invited_to_what_he_is(make_member, kota_bandung, invite):
    operator = make_member(kota_bandung, Role.OPERATOR, dinas=type("Dinas", (), {"pk": DINAS, "name": "Dinas"}))

    with pytest.raises(operations.AlreadyMember):
        invite(email=operator.user.email.upper())
    invite(email=operator.user.email, role=Role.DINAS_HEAD)


def test_only_a_head_is_invited_before_there_is_a_dinas(invite):
    assert invite(role=Role.DINAS_HEAD).dinas_id is None
    with pytest.raises(operations.DinasMissing):
        invite(dinas_id=None)


def test_link_is_in_a_mail_that_is_forgotten_once_sent(invite):
    invite()

    assert Mail.objects.get().secret


def test_period_must_run_forwards_and_not_be_over(invite):
    with pytest.raises(operations.PeriodReversed):
        invite(valid_from=MONDAY, valid_until=MONDAY - DAY)
    with pytest.raises(operations.PeriodOver):
        invite(valid_from=MONDAY - 5 * DAY, valid_until=MONDAY - DAY)


def test_failed_invitation_posts_no_mail(invite, monkeypatch):
    monkeypatch.setattr(operations.mail, "post", lambda **_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        invite()
    assert Invitation.objects.count() == 0


# Accepting --------------------------------------------------------------------------------------------------------------------


def test_new_person_gets_account_and_membership(invite, token, now, kota_bandung):
    membership = accept(
        token(invite(acting="plt", position="Kepala Dinas")), now, name="Nama Baru", password="kata sandi panjang"
    )

    user = User.objects.get(email="baru@contoh.test")
    assert (membership.user, membership.tenant, membership.title) == (user, kota_bandung, "Plt. Kepala Dinas")
    assert user.check_password("kata sandi panjang")
    assert load(user, kota_bandung, at=now).roles == {Role.OPERATOR}


def test_existing_person_gets_a_second_government(invite, token, now, make_member, kota_cimahi):
    member = make_member(kota_cimahi, Role.OPERATOR)

    accept(token(invite(email=member.user.email)), now, user=member.user)

    assert sorted(entry.tenant.slug for entry in Membership.objects.filter(user=member.user)) == ["kota-bandung", "kota-cimahi"]


def test_link_works_once(invite, token, now):
    link = token(invite())
    accept(link, now, name="A", password="x")

    with pytest.raises(operations.LinkUsed):
        accept(link, now, name="B", password="y")


def test_link_of_somebody_else_is_refused(invite, token, now, stranger):
    with pytest.raises(operations.WrongPerson):
        accept(token(invite()), now, user=stranger)
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize(("later", "refused"), [(7 * DAY - datetime.timedelta(seconds=1), False), (7 * DAY, True)])
def test_link_ends(invite, token, now, later, refused):
    link = token(invite())

    if refused:
        with pytest.raises(operations.LinkExpired):
            accept(link, now + later, name="A", password="x")
    else:
        assert accept(link, now + later, name="A", password="x").pk


def test_withdrawn_link_opens_nothing(invite, token, now, head):
    invitation = invite()
    with mounted(head.tenant):
        operations.withdraw(invitation=invitation, by=head, at=now)

    with pytest.raises(operations.LinkWithdrawn):
        accept(token(invitation), now, name="A", password="x")


def test_resent_link_works_and_the_old_one_does_not(invite, token, now, head):
    invitation = invite()
    old = token(invitation)
    with mounted(head.tenant):
        operations.resend(invitation=invitation, by=head, at=now + 8 * DAY)
    new = token(invitation)

    with pytest.raises(operations.LinkUnknown):
        accept(old, now + 8 * DAY, name="A", password="x")
    assert accept(new, now + 14 * DAY, name="A", password="x").pk


def test_membership_whose_time_is_over_cannot_be_accepted(invite, token, now):
    invitation = invite(valid_until=MONDAY + DAY)

    with pytest.raises(operations.LinkExpired):
        accept(token(invitation), now + 2 * DAY, name="A", password="x")


def test_acceptance_leaves_its_trace(invite, token, now):
    invitation = invite()
    link = token(invitation)
    connection.check_constraints()
    accept(link, now, name="A", password="x")
    connection.check_constraints()

    events = Event.objects.filter(reason=f"invitation {invitation.pk}").values_list("table_name", "action")
    assert sorted(events) == [("accounts_invitation", "U"), ("accounts_membership", "I"), ("accounts_user", "I")]
    assert link not in str(list(Event.objects.values_list("before", "after")))


# Ending -----------------------------------------------------------------------------------------------------------------------


def end(membership, by, now, **given):
    with mounted(by.tenant):
        return operations.end_membership(membership=membership, reason="mutasi", by=by, at=now, **given)


def test_ended_at_once_has_no_access_from_that_moment(make_member, kota_bandung, head, now):
    operator = make_member(kota_bandung, Role.OPERATOR)

    ended = end(operator.memberships[0], head, now)

    assert load(operator.user, kota_bandung, at=now) is None
    assert (ended.standing_at(MONDAY), ended.valid_until, ended.ended_by_name) == (Standing.ENDED, MONDAY, head.name)


def test_ended_this_morning_may_be_invited_again_today(make_member, kota_bandung, head, now, invite, token):
    operator = make_member(kota_bandung, Role.OPERATOR)
    end(operator.memberships[0], head, now)

    accept(token(invite(email=operator.user.email)), now, user=operator.user)

    assert load(operator.user, kota_bandung, at=now).roles == {Role.OPERATOR}


def test_ended_after_a_day_works_until_its_end(make_member, kota_bandung, head, now):
    operator = make_member(kota_bandung, Role.OPERATOR)

    end(operator.memberships[0], head, now, last_day=MONDAY + 2 * DAY)

    assert load(operator.user, kota_bandung, at=now + 2 * DAY) is not None
    assert load(operator.user, kota_bandung, at=now + 3 * DAY) is None


def test_ending_never_lengthens(make_member, kota_bandung, head, now):
    operator = make_member(kota_bandung, Role.OPERATOR, valid_until=MONDAY + DAY)

    assert end(operator.memberships[0], head, now, last_day=MONDAY + 9 * DAY).valid_until == MONDAY + DAY


def test_coming_membership_is_ended_before_it_begins(make_member, kota_bandung, head, now):
    operator = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    Membership.objects.filter(pk=operator.pk).update(valid_from=MONDAY + 5 * DAY)

    end(operator, head, now)

    assert load(operator.user, kota_bandung, at=now + 5 * DAY) is None


def test_what_was_ended_is_not_ended_again(make_member, kota_bandung, head, now):
    operator = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    end(operator, head, now)

    with pytest.raises(operations.AlreadyEnded):
        end(operator, head, now)


def test_last_day_lies_not_in_the_past(make_member, kota_bandung, head, now):
    with pytest.raises(operations.PeriodOver):
        end(make_member(kota_bandung, Role.OPERATOR).memberships[0], head, now, last_day=MONDAY - DAY)


def test_nobody_ends_the_last_of_the_own_roles(head, now):
    with pytest.raises(operations.OwnLastRole):
        end(head.memberships[0], head, now)


def test_own_second_role_can_be_ended(head, kota_bandung, now):
    second = Membership.objects.create(
        user=head.user, tenant=kota_bandung, role=Role.OPERATOR, position="Operator", valid_from=MONDAY - DAY
    )

    end(second, load(head.user, kota_bandung, at=now), now)

    assert load(head.user, kota_bandung, at=now).roles == {Role.GOVERNMENT_HEAD}


def test_head_is_ended_by_the_ministry_and_not_by_another_head(head, make_member, kota_bandung, officer, now):
    other = make_member(kota_bandung, Role.GOVERNMENT_HEAD)

    with pytest.raises(PermissionDenied):
        end(head.memberships[0], other, now)
    end(head.memberships[0], officer, now)

    assert load(head.user, kota_bandung, at=now) is None


def test_ministry_keeps_an_officer(officer, make_member, pusat, now):
    observer_too = Membership.objects.create(
        user=officer.user, tenant=pusat, role=Role.OBSERVER, position="Pengamat", valid_from=MONDAY - DAY
    )
    officer = load(officer.user, pusat, at=now)

    with pytest.raises(operations.LastOfficer):
        end(next(entry for entry in officer.memberships if entry.role == Role.MINISTRY_OFFICER), officer, now)
    end(observer_too, officer, now)
