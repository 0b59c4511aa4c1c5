import datetime

from accounts.enums import Role
from accounts.models import Membership
from circulars import notices
from portal.models import Mail
from tenants.models import Tenant

DAY = datetime.date(2020, 1, 1)


def test_each_head_gets_one_message(publish, head, cimahi_head, make_member, kota_bandung, kota_cimahi, pusat, now):
    circular = publish()
    make_member(kota_bandung, Role.OPERATOR)  # would be told too much
    Membership.objects.create(user=head.user, tenant=kota_cimahi, role=Role.GOVERNMENT_HEAD, position="Plt.", valid_from=DAY)

    notices.tell_heads(circular, at=now)
    notices.tell_heads(circular, at=now)

    found = {mail.to: mail for mail in Mail.objects.all()}
    assert set(found) == {head.user.email, cimahi_head.user.email}
    assert Mail.objects.count() == 2
    text = found[head.user.email].text
    assert [name for name in ("Kota Bandung:", "Kota Cimahi:", "Provinsi") if name in text] == ["Kota Bandung:", "Kota Cimahi:"]
    assert "Senin, 30 November 2026, akhir hari WIB" in text
    assert found[head.user.email].tenant == pusat


def test_only_who_is_in_office_is_told(publish, head, make_member, kota_cimahi, now):
    former = make_member(kota_cimahi, Role.GOVERNMENT_HEAD)
    Membership.objects.filter(user=former.user).update(valid_until=datetime.date(2026, 11, 22))

    notices.tell_heads(publish(), at=now)

    assert list(Mail.objects.values_list("to", flat=True)) == [head.user.email]


def test_territories_are_told_for_information(publish, head, kota_bandung, now):
    Tenant.objects.filter(pk=kota_bandung.pk).update(autonomous=False)

    notices.tell_heads(publish(), at=now)

    assert "Kota Bandung: untuk diketahui." in Mail.objects.get().text


def test_the_job_works_as_the_ministry(publish, head):
    circular = publish()

    assert notices.announce.call(str(circular.pk)) == 1
