import datetime

import pytest

from offices import operations, queries
from offices.models import Dinas, Office, Schedule, ServiceHours
from tenants.context import mounted
from tests.offices.conftest import OPENED, WEEK

# Sunday 22 November 2026 in Greenwich, between the midnights of the three zones.
EVENING = datetime.datetime(2026, 11, 22, 15, 30, tzinfo=datetime.UTC)


def night_counter(tenant, **facts) -> Office:
    """An office that opens for one hour after midnight on Mondays."""
    with mounted(tenant):
        dinas, _ = Dinas.objects.get_or_create(name="Dinas Malam", defaults={"sectors": ["manpower"]})
        office = Office.objects.create(dinas=dinas, name=f"Loket {len(facts)}", address="x", **({"opened_on": OPENED} | facts))
        schedule = Schedule.objects.create(office=office)
        ServiceHours.objects.create(schedule=schedule, weekday=1, opens=datetime.time(0), closes=datetime.time(1))
        return office


def open_now(office, tenant, at):
    return queries.timetable(office, queries.rests_around(tenant.today(at))).opening(tenant.local(at))


@pytest.mark.parametrize(
    ("minutes", "sentences"),
    [
        (0, ["Buka besok 00.00 WIB", "Buka besok 00.00 WITA", "Buka sampai 01.00 WIT"]),
        (30, ["Buka besok 00.00 WIB", "Buka sampai 01.00 WITA", "Buka 30 November 2026 00.00 WIT"]),
        (90, ["Buka sampai 01.00 WIB", "Buka 30 November 2026 00.00 WITA", "Buka 30 November 2026 00.00 WIT"]),
    ],
)
def test_open_now_is_asked_of_each_governments_own_clocks(kota_bandung, kab_badung, kota_jayapura, minutes, sentences):
    at, found = EVENING + datetime.timedelta(minutes=minutes), []

    for tenant in (kota_bandung, kab_badung, kota_jayapura):
        office = night_counter(tenant)
        with mounted(tenant):
            found.append(open_now(office, tenant, at).sentence(tenant.zone_abbr))

    assert found == sentences


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"opened_on": datetime.date(2026, 12, 1)}, "Buka 7 Desember 2026 00.00 WIT"),
        ({"closed_on": datetime.date(2026, 11, 23), "closed_reason": "pindah"}, "Tidak buka lagi"),
    ],
)
def test_open_now_keeps_to_the_time_of_service(kota_jayapura, facts, sentence):
    office = night_counter(kota_jayapura, **facts)

    with mounted(kota_jayapura):
        found = open_now(office, kota_jayapura, EVENING).sentence("WIT")

    assert found == sentence


def test_counts_of_dinas_leave_closed_offices_out(here, dinas, other_dinas, make_office, dinas_head, now):
    day = datetime.date(2026, 11, 23)
    make_office("Loket A")
    closed = make_office("Loket B")
    operations.close_office(office=closed, closed_on=day, closed_reason="pindah", version=None, by=dinas_head, at=now)

    counts = {each.name: each.office_count for each in queries.dinas(day)}

    assert counts == {"Dinas Pariwisata": 0, "Dinas Tenaga Kerja": 1}


def test_tally_counts_those_in_service_and_those_without_hours(here, make_office):
    make_office("Loket A", week=WEEK)
    make_office("Loket B")
    make_office("Loket C", opened_on=datetime.date(2027, 1, 1))

    assert queries.tally(datetime.date(2026, 11, 23)) == queries.Tally(serving=2, without_hours=1)
