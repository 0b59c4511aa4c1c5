"""The pages of people: who is here, inviting, ending; the heads of all governments."""

import datetime
import re

import pytest
from django.utils import timezone

from accounts import operations, registers
from accounts.enums import Role
from accounts.models import Invitation, Membership
from offices.models import Dinas
from portal.models import Mail
from tenants.context import mounted
from tenants.models import Tenant

TODAY = datetime.date(2026, 11, 22)
FORM = {
    "name": "Dr. Orang Baru", "email": "baru@contoh.test", "role": "operator", "position": "Staf", "valid_from": "2026-11-22",
}  # fmt: skip


def rows(response, kind="peran") -> list[str]:
    return re.findall(rf'<tr id="{kind}-([0-9a-f-]+)"', response.content.decode())


@pytest.fixture
def dinas(kota_bandung):
    with mounted(kota_bandung):
        return Dinas.objects.create(name="Dinas Tenaga Kerja", sectors=["manpower"])


@pytest.fixture
def other_dinas(kota_bandung):
    with mounted(kota_bandung):
        return Dinas.objects.create(name="Dinas Sosial", sectors=["manpower"])


def test_list_shows_people_of_this_government_and_no_others(client, head, make_member, kota_bandung, kota_cimahi):
    operator = make_member(kota_bandung, Role.OPERATOR)
    make_member(kota_cimahi, Role.OPERATOR, name="Orang Cimahi")
    client.force_login(head.user)

    response = client.get("/kota-bandung/orang/")

    assert set(rows(response)) == {str(entry.memberships[0].pk) for entry in (head, operator)}
    assert "Orang Cimahi" not in response.content.decode()


def test_list_filters_by_state(client, head, make_member, kota_bandung):
    client.force_login(head.user)
    ended = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    coming = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    Membership.objects.filter(pk=ended.pk).update(valid_until="2021-01-01")
    Membership.objects.filter(pk=coming.pk).update(valid_from="2999-01-01")

    found = {state: rows(client.get(f"/kota-bandung/orang/?keadaan={state}")) for state in ("active", "coming", "ended")}

    assert found == {"active": [str(head.memberships[0].pk)], "coming": [str(coming.pk)], "ended": [str(ended.pk)]}


def test_list_costs_the_same_for_one_and_three(client, head, make_member, kota_bandung, django_assert_num_queries):
    client.force_login(head.user)
    client.get("/kota-bandung/orang/")
    for count in (1, 3):
        with django_assert_num_queries(10):
            assert len(rows(client.get("/kota-bandung/orang/"))) == count
        make_member(kota_bandung, Role.OPERATOR)
        make_member(kota_bandung, Role.OPERATOR)


def test_end_is_offered_where_it_is_allowed(client, make_member, kota_bandung, dinas, other_dinas):
    kadis = make_member(kota_bandung, Role.DINAS_HEAD, dinas=dinas)
    mine = make_member(kota_bandung, Role.OPERATOR, dinas=dinas).memberships[0]
    other = make_member(kota_bandung, Role.OPERATOR, dinas=other_dinas).memberships[0]
    client.force_login(kadis.user)

    page = client.get("/kota-bandung/orang/").content.decode()

    assert (f"/orang/{mine.pk}/akhiri/" in page, f"/orang/{other.pk}/akhiri/" in page) == (True, False)
    assert client.get(f"/kota-bandung/orang/{mine.pk}/akhiri/").status_code == 200
    assert client.get(f"/kota-bandung/orang/{other.pk}/akhiri/").status_code == 403


def test_ending_by_the_page(client, head, make_member, kota_bandung):
    operator = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    client.force_login(head.user)
    path = f"/kota-bandung/orang/{operator.pk}/akhiri/"

    without_reason = client.post(path, {"reason": ""})
    with_reason = client.post(path, {"reason": "mutasi"}, follow=True)

    operator.refresh_from_db()
    assert without_reason.status_code == 422
    assert "berakhir sekarang juga" in with_reason.content.decode()
    assert operator.ended_at is not None


def test_ended_person_meets_404_at_the_next_request(client, head, make_member, kota_bandung):
    operator = make_member(kota_bandung, Role.OPERATOR)
    client.force_login(operator.user)
    assert client.get("/kota-bandung/dinas/").status_code == 200
    with mounted(kota_bandung):
        operations.end_membership(membership=operator.memberships[0], reason="mutasi", by=head, at=timezone.now())

    assert client.get("/kota-bandung/dinas/").status_code == 404


def test_person_of_another_government_cannot_be_ended(client, head, make_member, kota_cimahi):
    other = make_member(kota_cimahi, Role.OPERATOR).memberships[0]
    client.force_login(head.user)

    assert client.post(f"/kota-bandung/orang/{other.pk}/akhiri/", {"reason": "x"}).status_code == 404


# Inviting ---------------------------------------------------------------------------------------------------------------------


def test_inviting_by_the_page(client, head, dinas):
    client.force_login(head.user)

    response = client.post("/kota-bandung/orang/undang/", FORM | {"dinas": str(dinas.pk), "acting": "plt"}, follow=True)

    invitation = Invitation.objects.get()
    assert rows(response, "undangan") == [str(invitation.pk)]
    assert (invitation.dinas_id, invitation.dinas_name, invitation.acting) == (dinas.pk, "Dinas Tenaga Kerja", "plt")
    assert Mail.objects.get().tenant == head.tenant


def test_form_offers_the_roles_one_may_give(client, head, make_member, kota_bandung, jawa_barat, dinas):
    def offered(member, path):
        client.force_login(member.user)
        return re.findall(r'name="role" value="(\w+)"', client.get(path).content.decode())

    assert offered(head, "/kota-bandung/orang/undang/") == ["dinas_head", "operator"]
    assert offered(make_member(kota_bandung, Role.DINAS_HEAD, dinas=dinas), "/kota-bandung/orang/undang/") == ["operator"]
    assert offered(make_member(jawa_barat, Role.GOVERNMENT_HEAD), "/jawa-barat/orang/undang/") == [
        "province_staff",
        "dinas_head",
        "operator",
    ]


def test_form_offers_a_dinas_head_the_own_dinas_only(client, make_member, kota_bandung, dinas, other_dinas):
    kadis = make_member(kota_bandung, Role.DINAS_HEAD, dinas=dinas)
    client.force_login(kadis.user)

    page = client.get("/kota-bandung/orang/undang/").content.decode()
    without = client.post("/kota-bandung/orang/undang/", FORM)
    foreign = client.post("/kota-bandung/orang/undang/", FORM | {"dinas": str(other_dinas.pk)})

    assert ("Dinas Tenaga Kerja" in page, "Dinas Sosial" in page) == (True, False)
    assert (without.status_code, foreign.status_code) == (422, 422)
    assert "Pilih dinas untuk peran ini." in without.content.decode()


def test_role_outside_the_offer_is_refused(client, head):
    client.force_login(head.user)

    response = client.post("/kota-bandung/orang/undang/", FORM | {"role": "government_head"})

    assert (response.status_code, Invitation.objects.count()) == (422, 0)


def test_refusal_of_the_operation_stands_at_its_field_and_keeps_the_entries(client, head, dinas):
    client.force_login(head.user)
    client.post("/kota-bandung/orang/undang/", FORM | {"dinas": str(dinas.pk)})

    response = client.post("/kota-bandung/orang/undang/", FORM | {"dinas": str(dinas.pk)})

    page = response.content.decode()
    assert response.status_code == 422
    assert "masih menunggu" in page
    assert 'value="Dr. Orang Baru"' in page


def test_head_is_invited_before_the_dinas_and_an_operator_is_not(client, head):
    client.force_login(head.user)

    operator = client.post("/kota-bandung/orang/undang/", FORM)
    kadis = client.post("/kota-bandung/orang/undang/", FORM | {"role": "dinas_head"})

    assert (operator.status_code, kadis.status_code) == (422, 302)
    assert "undang kepala dinasnya lebih dahulu" in operator.content.decode()
    assert Invitation.objects.values_list("role", "dinas_id").get() == ("dinas_head", None)


def test_head_whose_dinas_is_not_recorded_is_told_to_record_it_before_inviting(client, make_member, kota_bandung):
    client.force_login(make_member(kota_bandung, Role.DINAS_HEAD).user)

    response = client.get("/kota-bandung/orang/undang/")

    assert response.status_code == 403
    assert "Catat dinas Anda lebih dahulu" in response.content.decode()


def test_withdrawing_and_resending_by_the_page(client, head, dinas):
    client.force_login(head.user)
    client.post("/kota-bandung/orang/undang/", FORM | {"dinas": str(dinas.pk)})
    invitation = Invitation.objects.get()

    resent = client.post(f"/kota-bandung/orang/undangan/{invitation.pk}/kirim-ulang/", follow=True)
    withdrawn = client.post(f"/kota-bandung/orang/undangan/{invitation.pk}/batalkan/", follow=True)
    late = client.post(f"/kota-bandung/orang/undangan/{invitation.pk}/kirim-ulang/", follow=True)

    assert "dikirim ulang" in resent.content.decode()
    assert "dibatalkan" in withdrawn.content.decode()
    assert "sudah dibatalkan" in late.content.decode()
    assert Mail.objects.count() == 2


def test_invitation_of_another_government_is_not_found(client, head, make_member, kota_cimahi, now):
    other = make_member(kota_cimahi, Role.GOVERNMENT_HEAD)
    with mounted(kota_cimahi):
        given = {"email": "c@contoh.test", "name": "C", "role": Role.DINAS_HEAD, "position": "S", "valid_from": TODAY}
        invitation = operations.invite(tenant=kota_cimahi, by=other, at=now, **given)
    client.force_login(head.user)

    assert client.post(f"/kota-bandung/orang/undangan/{invitation.pk}/batalkan/").status_code == 404
    assert "c@contoh.test" not in client.get("/kota-bandung/orang/undangan/").content.decode()


def test_no_dinas_is_offered_where_no_room_names_them(kota_bandung, pusat, monkeypatch):
    assert registers.dinas_choices(pusat) == []
    monkeypatch.setattr(registers, "_dinas", [])
    assert registers.dinas_choices(kota_bandung) == []


# The ministry -----------------------------------------------------------------------------------------------------------------


def test_ministry_sees_its_own_people_and_not_those_of_governments(client, officer, observer, head):
    client.force_login(officer.user)

    response = client.get("/pusat/orang/")

    assert set(rows(response)) == {str(entry.memberships[0].pk) for entry in (officer, observer)}


def test_ministry_sees_where_a_head_is_missing(client, officer, head, kota_bandung):
    client.force_login(officer.user)

    found = {state: rows(client.get(f"/pusat/orang/pimpinan/?pimpinan={state}"), "daerah") for state in ("ada", "diundang")}
    page = client.get("/pusat/orang/pimpinan/").content.decode()

    total = Tenant.objects.governments().count()
    assert found == {"ada": [str(kota_bandung.pk)], "diundang": []}
    assert f"{total - 1} dari {total} pemerintah daerah" in page


def test_ministry_invites_the_head_of_a_government_by_its_name(client, officer, kota_cimahi):
    client.force_login(officer.user)
    form = FORM | {"government": "  kota   CIMAHI ", "role": "government_head", "position": "Wali Kota Cimahi"}

    client.post("/pusat/orang/pimpinan/undang/", form)

    invitation = Invitation.objects.get()
    assert (invitation.tenant, invitation.role) == (kota_cimahi, Role.GOVERNMENT_HEAD)
    assert rows(client.get("/pusat/orang/pimpinan/undangan/"), "undangan") == [str(invitation.pk)]


def test_unknown_government_is_refused_with_a_sentence(client, officer):
    client.force_login(officer.user)

    response = client.post("/pusat/orang/pimpinan/undang/", FORM | {"government": "Kota Antah", "role": "government_head"})

    assert response.status_code == 422
    assert "Tidak ada pemerintah daerah dengan nama ini" in response.content.decode()


def test_ministry_form_gives_no_other_role(client, officer, kota_cimahi):
    client.force_login(officer.user)

    client.post("/pusat/orang/pimpinan/undang/", FORM | {"government": "Kota Cimahi", "role": "operator"})

    assert Invitation.objects.count() == 0


def test_ministry_ends_a_head_and_nobody_else_there(client, officer, head, make_member, kota_bandung):
    operator = make_member(kota_bandung, Role.OPERATOR).memberships[0]
    client.force_login(officer.user)

    assert client.get(f"/pusat/orang/{operator.pk}/akhiri/").status_code == 404
    response = client.post(f"/pusat/orang/{head.memberships[0].pk}/akhiri/", {"reason": "masa jabatan selesai"})
    assert (response.status_code, response["Location"]) == (302, "/pusat/orang/pimpinan/")


def test_observer_sees_no_people(client, observer):
    client.force_login(observer.user)

    assert [client.get(path).status_code for path in ("/pusat/orang/", "/pusat/orang/pimpinan/", "/pusat/orang/undang/")] == [
        403
    ] * 3
