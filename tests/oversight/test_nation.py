import pytest

from oversight import nation
from oversight.enums import Condition
from oversight.states import Days
from tenants.context import as_ministry, mounted
from tenants.models import Tenant
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY

NONE = dict.fromkeys(nation.CONDITIONS, 0)


def provinces(circular=None, at=NOW):
    return {province.slug: province for province in nation.provinces(circular, Days.at(at))}


def test_figures_of_each_province(
    jawa_barat, kota_bandung, kota_cimahi, bali, kab_badung, papua, make_office, make_circular, rostered
):
    circular = make_circular(
        deadline_on=MONDAY,
        to=(jawa_barat, kota_bandung, kota_cimahi, bali, kab_badung),
        opened=(kota_cimahi, bali),
        acknowledged=(kota_bandung,),
    )
    make_office(kota_bandung, name="Siap", duties=rostered(2))
    make_office(kota_bandung, name="Kosong")
    make_office(kota_cimahi, name="Tutup", closed_on=MONDAY, closed_reason="pindah")
    make_office(kab_badung, name="Kosong")
    make_office(papua, name="Selasa", weekdays=(2,), duties=rostered(2))

    found = provinces(circular)

    assert found["jawa-barat"] == nation.Province(
        slug="jawa-barat",
        name="Jawa Barat",
        code="32",
        governments=3,
        addressed=3,
        opened=2,
        acknowledged=1,
        overdue=0,
        equipped=1,
        serving=1,
        staffed=1,
        stuck=3,
        offices=NONE | {"ready": 1, "nobody": 1},
        hit=NONE | {"ready": 1, "nobody": 1},
    )
    bali = found["bali"]
    assert (bali.addressed, bali.opened, bali.silent, bali.serving, bali.staffed, bali.stuck) == (2, 1, 1, 1, 0, 2)
    # The office in Papua has people on duty, but does not serve on Mondays.
    papua = found["papua"]
    assert (papua.addressed, papua.equipped, papua.serving, papua.staffed, papua.stuck) == (0, 1, 0, 0, 1)
    assert papua.by_kind == {"ok": 1, "warn": 0, "bad": 0, "none": 0}


def test_provinces_come_by_their_code(db):
    assert [province.code for province in nation.provinces(None, Days.at(NOW))] == ["32", "51", "91"]


def test_governments_that_do_not_report_are_not_counted(kota_cimahi, make_office, make_circular, rostered):
    circular = make_circular(to=(kota_cimahi,))
    make_office(kota_cimahi, duties=rostered(2))
    Tenant.objects.filter(pk=kota_cimahi.pk).update(autonomous=False)

    found = provinces(circular)["jawa-barat"]

    assert (found.governments, found.addressed, found.equipped, found.office_count) == (2, 0, 0, 0)


def test_deadline_passed_without_acknowledgement_is_overdue(kota_bandung, kota_cimahi, make_circular):
    circular = make_circular(deadline_on=MONDAY.replace(day=22), to=(kota_bandung, kota_cimahi), acknowledged=(kota_bandung,))

    assert provinces(circular)["jawa-barat"].overdue == 1


def test_total_adds_up(kota_bandung, kab_badung, make_office):
    make_office(kota_bandung)
    make_office(kab_badung)
    make_office(kab_badung, name="Lain")

    whole = nation.total(nation.provinces(None, Days.at(NOW)))

    assert (whole.governments, whole.equipped, whole.office_count) == (7, 2, 3)
    assert (whole.offices[Condition.NOBODY], whole.hit[Condition.NOBODY]) == (3, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_however_many_governments(
    count, kota_bandung, kab_badung, kota_jayapura, make_office, django_assert_num_queries
):
    for tenant in (kota_bandung, kab_badung, kota_jayapura)[:count]:
        make_office(tenant)

    with as_ministry():
        Tenant.objects.first()  # the role is set with the first statement
        with django_assert_num_queries(1):
            assert nation.total(nation.provinces(None, Days.at(NOW))).equipped == count


def test_province_sees_its_districts_and_no_others(jawa_barat, kota_bandung, kab_badung, make_office, make_circular):
    circular = make_circular(to=(kota_bandung, kab_badung), opened=(kota_bandung, kab_badung))
    make_office(kota_bandung)
    make_office(kab_badung)

    with mounted(jawa_barat):
        found = provinces(circular)

    assert (found["jawa-barat"].opened, found["jawa-barat"].equipped) == (1, 1)
    assert (found["bali"].opened, found["bali"].equipped) == (0, 0)
