"""The ministry's pages of the calendar, and the government's reading of it."""

import datetime

import pytest

from almanac import operations_filling
from almanac.models import BrowserVersion, PublicDay, Season
from tenants.context import as_owner, mounted

CHRISTMAS = datetime.date(2026, 12, 25)
FORM = {"on": "2026-12-31", "name": "Libur Contoh", "kind": "holiday", "decree": "Keputusan contoh"}


@pytest.fixture
def filled(pusat, now):
    with mounted(pusat):
        operations_filling.fill_days(years=[2026, 2027], at=now)
        operations_filling.fill_browsers(at=now)


@pytest.fixture
def desk(client, pusat, officer, filled):
    client.force_login(officer.user)
    return client


def day_on(on) -> PublicDay:
    with as_owner():
        return PublicDay.objects.get(on=on)


def errors(response):
    return {name: [str(each) for each in texts] for name, texts in response.context["form"].errors.items()}


def test_list_counts_the_year(desk, pusat):
    text = desk.get(pusat.url("almanac:days") + "?tahun=2026").content.decode()

    assert "<b>17 hari libur nasional</b> dan 8 hari cuti bersama." in text
    assert text.count("<tr id=") == 25


def test_list_costs_the_same_for_each_year(desk, pusat, django_assert_num_queries):
    counts = []
    for year in (2026, 2035):
        with django_assert_num_queries(11, exact=False) as queries:
            desk.get(pusat.url("almanac:days") + f"?tahun={year}")
        counts.append(len(queries.captured_queries))

    assert counts[0] - counts[1] in (0, 1)  # an empty list does not read its page


def test_sheet_names_each_day(desk, pusat):
    text = desk.get(pusat.url("almanac:sheet", 2026)).content.decode()

    assert "<b>25</b> Hari Raya Natal" in text


def test_day_is_added_corrected_and_cancelled(desk, pusat):
    added = desk.post(pusat.url("almanac:day_new"), FORM)
    day = day_on("2026-12-31")
    corrected = desk.post(pusat.url("almanac:day_edit", day.pk), FORM | {"name": "Libur Lain", "version": 1})
    cancelled = desk.post(pusat.url("almanac:day_cancel", day.pk), {"version": 2})

    assert [each.status_code for each in (added, corrected, cancelled)] == [302, 302, 302]
    day = day_on("2026-12-31")
    assert (day.name, day.cancelled, day.source, day.version) == ("Libur Lain", True, "ministry", 3)
    assert desk.post(pusat.url("almanac:day_cancel", day.pk), {"version": 3}).status_code == 302
    assert not day_on("2026-12-31").cancelled


def test_taken_date_is_refused_by_name_and_entries_stay(desk, pusat):
    response = desk.post(pusat.url("almanac:day_new"), FORM | {"on": "2026-12-25", "name": "Natal Kedua"})

    assert response.status_code == 422
    assert errors(response) == {"on": ["25 Desember 2026 sudah tercatat sebagai Hari Raya Natal. Ubah hari itu."]}
    assert 'value="Natal Kedua"' in response.content.decode()


def test_slower_of_two_edits_sees_both_versions(desk, pusat):
    day = day_on(CHRISTMAS)
    desk.post(pusat.url("almanac:day_edit", day.pk), FORM | {"on": "2026-12-25", "name": "Natal", "version": 1})

    response = desk.post(pusat.url("almanac:day_edit", day.pk), FORM | {"on": "2026-12-25", "name": "Natalan", "version": 1})

    lost = {each.label: (each.current, each.submitted) for each in response.context["form"].lost}
    assert (response.status_code, lost["Nama hari"]) == (422, ("Natal", "Natalan"))


def test_button_fills_a_year(desk, pusat):
    response = desk.post(pusat.url("almanac:fill"), {"tahun": "2028"})

    with as_owner():
        assert PublicDay.objects.filter(on__year=2028).count() == 17
    assert response.url == pusat.url("almanac:days") + "?tahun=2028"
    assert desk.post(pusat.url("almanac:fill"), {"tahun": "9999"}).status_code == 302


def test_decree_confirms_what_waits(desk, pusat):
    desk.post(pusat.url("almanac:confirm", 2027), {"decree": "SKB contoh 2027"})

    with as_owner():
        assert not PublicDay.objects.filter(on__year=2027, provisional=True).exists()
        assert PublicDay.objects.filter(decree="SKB contoh 2027").count() == 3


def test_overlapping_season_is_refused_by_name(desk, pusat):
    entries = {"name": "Ramadan Contoh", "first_on": "2027-03-01", "last_on": "2027-03-20"}

    response = desk.post(pusat.url("almanac:season_new"), entries)

    assert response.status_code == 422
    assert "Ramadan 1448 H, 8 Februari 2027 sampai 9 Maret 2027" in errors(response)["first_on"][0]


def test_season_is_corrected_and_removed(desk, pusat):
    with as_owner():
        season = Season.objects.get(first_on__year=2027)
    entries = {"name": season.name, "first_on": "2027-02-09", "last_on": "2027-03-09", "version": 1}

    assert desk.post(pusat.url("almanac:season_edit", season.pk), entries).status_code == 302
    assert desk.post(pusat.url("almanac:season_edit", season.pk), entries | {"last_on": "2028-03-09"}).status_code == 422
    assert desk.post(pusat.url("almanac:season_remove", season.pk)).status_code == 302


def test_browser_is_entered_once_and_not_before_it_is_out(desk, pusat):
    entries = {"browser": "samsung", "major": "31", "released_on": "2026-11-20"}

    assert desk.post(pusat.url("almanac:browser_new"), entries).status_code == 302
    twice = desk.post(pusat.url("almanac:browser_new"), entries)
    early = desk.post(pusat.url("almanac:browser_new"), entries | {"major": "32", "released_on": "2098-01-01"})

    assert (twice.status_code, list(errors(twice)), early.status_code, list(errors(early))) == (
        422, ["major"], 422, ["released_on"],
    )  # fmt: skip
    with as_owner():
        release = BrowserVersion.objects.get(browser="samsung", major=31)
    assert desk.post(pusat.url("almanac:browser_edit", release.pk), entries | {"version": 1}).status_code == 302
    assert desk.post(pusat.url("almanac:browser_remove", release.pk)).status_code == 302
    assert "Samsung Internet 30" in desk.get(pusat.url("almanac:browsers")).content.decode()


def test_observer_reads_and_changes_nothing(client, pusat, observer, filled):
    client.force_login(observer.user)

    assert client.get(pusat.url("almanac:days")).status_code == 200
    assert client.post(pusat.url("almanac:day_new"), FORM).status_code == 403
    assert client.post(pusat.url("almanac:fill"), {"tahun": "2028"}).status_code == 403


def test_government_reads_the_country_and_its_own_days_only(client, kota_bandung, kota_cimahi, head, filled):
    from offices.models import LocalDay

    for tenant, word in ((kota_bandung, "rambutan"), (kota_cimahi, "kecapi")):
        with mounted(tenant):
            LocalDay.objects.create(on=datetime.date(2026, 9, 25), name=f"Hari Jadi {word}")
    client.force_login(head.user)

    text = client.get(kota_bandung.url("almanac:calendar", 2026)).content.decode()

    assert "<b>25</b> Hari Jadi rambutan" in text
    assert "<b>25</b> Hari Raya Natal" in text
    assert "kecapi" not in text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_date_out_of_reach_is_refused(desk, pusat, on):
    response = desk.post(pusat.url("almanac:day_new"), FORM | {"on": on})

    assert (response.status_code, list(errors(response))) == (422, ["on"])
