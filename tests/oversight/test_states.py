import datetime

import pytest

from oversight import queries
from oversight.enums import Condition
from oversight.states import Days
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY, days

SUNDAY = MONDAY - datetime.timedelta(1)
WEEK = datetime.timedelta(7)


def conditions(at=NOW):
    return {office.name: office.condition for office in queries.offices(Days.at(at))}


# name of the case: what build_office is given, and the condition on the fixed Monday
CASES = {
    "siap": ({"duties": dict.fromkeys(days(MONDAY, 8), 2)}, Condition.READY),
    "sendiri": ({"duties": dict.fromkeys(days(MONDAY, 8), 1)}, Condition.ALONE),
    "habis": ({"duties": dict.fromkeys(days(MONDAY, 7), 2)}, Condition.ENDING),
    "kosong": ({"duties": dict.fromkeys(days(MONDAY + WEEK, 9), 2)}, Condition.NOBODY),
    "tanpa jadwal": ({}, Condition.NOBODY),
    "bukan hari layanan, terjadwal": ({"weekdays": (2,), "duties": {MONDAY + WEEK: 1}}, Condition.READY),
    "bukan hari layanan, tanpa jadwal": ({"weekdays": (2,)}, Condition.ENDING),
    "tanpa jam": ({"weekdays": (), "duties": {MONDAY: 2}}, Condition.NO_HOURS),
    "baru": ({"weekdays": ()}, Condition.EMPTY),
    "belum": ({"opened_on": MONDAY + datetime.timedelta(1)}, Condition.PLANNED),
    "mulai hari ini": ({"opened_on": MONDAY, "weekdays": ()}, Condition.EMPTY),
    "tutup": ({"closed_on": MONDAY, "closed_reason": "pindah"}, Condition.CLOSED),
    "tutup besok": ({"closed_on": MONDAY + datetime.timedelta(1), "closed_reason": "pindah", "weekdays": ()}, Condition.EMPTY),
}


@pytest.mark.parametrize("case", CASES)
def test_condition_of_an_office(case, kota_bandung, make_office):
    given, expected = CASES[case]

    make_office(kota_bandung, **given)

    assert conditions() == {"Loket Cikutra": expected}


def test_condition_changes_by_time_alone(kota_bandung, make_office):
    make_office(kota_bandung, duties=dict.fromkeys(days(MONDAY, 11), 2))

    seen = [conditions(NOW + datetime.timedelta(number))["Loket Cikutra"] for number in (0, 3, 4, 11, 12, 14)]

    # Mon, Thu, Fri with the roster ending Thursday week; then Friday without anybody, Saturday off, Monday without anybody.
    assert seen == ["ready", "ready", "ending", "nobody", "ending", "nobody"]


# Each government lives in its own day -----------------------------------------------------------------------------------------


def utc(hour, minute=0):
    return datetime.datetime(2026, 11, 23, hour, minute, tzinfo=datetime.UTC)


# Rostered on Monday alone: at midnight of its own zone an office goes from "alone" to "nobody".
BOUNDARIES = [
    (utc(14, 59), "alone", "alone", "alone"),
    (utc(15, 0), "alone", "alone", "nobody"),
    (utc(15, 59), "alone", "alone", "nobody"),
    (utc(16, 0), "alone", "nobody", "nobody"),
    (utc(16, 59), "alone", "nobody", "nobody"),
    (utc(17, 0), "nobody", "nobody", "nobody"),
]


@pytest.mark.parametrize(("at", "wib", "wita", "wit"), BOUNDARIES)
def test_offices_in_three_zones_have_their_own_day(at, wib, wita, wit, kota_bandung, kab_badung, kota_jayapura, make_office):
    for tenant in (kota_bandung, kab_badung, kota_jayapura):
        make_office(tenant, name=tenant.zone_abbr, duties={MONDAY: 1})

    assert conditions(at) == {"WIB": wib, "WITA": wita, "WIT": wit}


@pytest.mark.parametrize(("at", "wib", "wita", "wit"), BOUNDARIES)
def test_deadline_is_the_end_of_the_local_day(at, wib, wita, wit, kota_bandung, kab_badung, kota_jayapura, make_circular):
    circular = make_circular(deadline_on=MONDAY, to=(kota_bandung, kab_badung, kota_jayapura))

    found = queries.governments(circular, Days.at(at)).filter(reply="overdue")

    late = {tenant.zone_abbr for tenant in found}
    assert late == {zone for zone, word in (("WIB", wib), ("WITA", wita), ("WIT", wit)) if word == "nobody"}


def test_one_day_asked_for_all(kota_bandung, kota_jayapura, make_office):
    make_office(kota_bandung, name="WIB", duties={MONDAY: 1})
    make_office(kota_jayapura, name="WIT", duties={MONDAY: 1})

    found = {office.name: office.condition for office in queries.offices(Days.on(MONDAY))}

    assert found == {"WIB": "alone", "WIT": "alone"}
    assert Days.at(utc(15)).of(kota_jayapura) == MONDAY + datetime.timedelta(1)


# Governments ------------------------------------------------------------------------------------------------------------------


def test_reply_of_each_government(kota_bandung, kota_cimahi, kab_badung, papua, make_circular):
    make_circular(number="1", to=(papua,), acknowledged=(papua,))
    circular = make_circular(
        number="2", to=(kota_bandung, kota_cimahi, kab_badung), opened=(kota_cimahi, kab_badung), acknowledged=(kab_badung,)
    )

    found = {tenant.slug: tenant.reply for tenant in queries.governments(circular, Days.at(NOW))}

    assert found == {
        "jawa-barat": "unaddressed",
        "kota-bandung": "unopened",
        "kota-cimahi": "opened",
        "bali": "unaddressed",
        "kab-badung": "acknowledged",
        "papua": "unaddressed",
        "kota-jayapura": "unaddressed",
    }
    assert {tenant.reply for tenant in queries.governments(None, Days.at(NOW))} == {"unaddressed"}


def test_standing_of_a_government_counts_its_offices_in_service(kota_bandung, kota_cimahi, make_office, rostered):
    make_office(kota_bandung, name="Siap", duties=rostered(2))
    make_office(kota_bandung, name="Sendiri", duties=rostered(1))
    make_office(kota_bandung, name="Kosong")
    make_office(kota_bandung, name="Selasa", weekdays=(2,), duties=rostered(2))
    make_office(kota_bandung, name="Tutup", closed_on=MONDAY, closed_reason="pindah")

    found = queries.governments(None, Days.at(NOW))

    bandung, cimahi = found.get(pk=kota_bandung.pk), found.get(pk=kota_cimahi.pk)
    assert (bandung.office_count, cimahi.office_count) == (4, 0)
    assert bandung.standing == {"ok": 2, "warn": 1, "bad": 1, "none": 0, "serving": 3, "staffed": 2}
    assert cimahi.standing is None
