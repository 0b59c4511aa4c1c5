"""What everybody sees without signing in: found, near, open or when, and nothing of the roster."""

import datetime
import hashlib
import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from almanac.models import PublicDay
from offices.models import LocalDay, Office, OfficePhoto, Schedule, ServiceHours, SpecialDays, SpecialHours
from offices.queries import offices, timetable
from oversight import rollup
from oversight.models import OfficeStatus
from prints.editions import Counter, hours_code
from tenants.context import mounted
from tests import world
from tests.conftest import NOW

PLACES = {"kota-bandung": ("-6.914744", "107.609810"), "kota-jayapura": ("-2.533700", "140.718100")}
MATOA = f"/kantor/kota-jayapura/{world.OFFICE}/"
RAMBUTAN = f"/kantor/kota-bandung/{world.OFFICE}/"


@pytest.fixture
def two_counters(kota_bandung, kota_jayapura):
    for tenant in (kota_bandung, kota_jayapura):
        world.furnish(tenant)
        change(tenant, lambda office: office)


def change(tenant, act):
    """Let ``act(office)`` change the office of a government as its own pages would, and tell what is above."""
    with mounted(tenant):
        office = Office.objects.get(pk=world.OFFICE)
        act(office)
        rollup.refresh(tenant=tenant, office_id=office.pk, at=NOW)


@pytest.fixture
def placed(two_counters, kota_bandung, kota_jayapura):
    for tenant in (kota_bandung, kota_jayapura):
        latitude, longitude = PLACES[tenant.slug]
        change(tenant, lambda office, at=(latitude, longitude): Office.objects.update(latitude=at[0], longitude=at[1]))


def offices_on(page):
    return set(re.findall(r'<th scope="row"[^>]*><a[^>]*>(Loket \w+)<', page.content.decode()))


def words(page) -> str:
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL).split())


# Finding ----------------------------------------------------------------------------------------------------------------------


def test_anybody_finds_the_way_in_and_a_counter(client, db):
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/masuk/"' in page.content.decode()
    assert 'action="/kantor/"' in page.content.decode()


def test_counters_show_place_and_hours_but_nothing_of_the_roster(client, two_counters):
    page = client.get("/kantor/")

    assert offices_on(page) == {"Loket rambutan", "Loket matoa"}
    assert "Petugas " not in words(page)


@pytest.mark.parametrize("query", [{"cari": "jayapura"}, {"provinsi": "papua"}, {"cari": "matoa"}])
def test_search_finds_a_counter_by_its_government_province_and_name(client, two_counters, query):
    assert offices_on(client.get("/kantor/", query)) == {"Loket matoa"}


def test_counters_cost_the_same_for_one_and_two(client, kota_bandung, kota_jayapura):
    counts = []
    for tenant in (kota_bandung, kota_jayapura):
        world.furnish(tenant)
        client.get("/kantor/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/kantor/")
        counts.append(len(queries))

    assert counts == [5, 5]


# Near -------------------------------------------------------------------------------------------------------------------------


def near(client, place):
    return client.get(f"/kantor/sekitar/{place}.json")


def test_counters_around_a_place_come_nearest_first(client, placed):
    found = near(client, "-6.9,107.6").json()["counters"]

    assert [(each["name"], each["at"]) for each in found] == [
        ("Loket rambutan", [-6.914744, 107.60981]),
        ("Loket matoa", [-2.5337, 140.7181]),
    ]
    assert [each["name"] for each in near(client, "-2.5,140.7").json()["counters"]] == ["Loket matoa", "Loket rambutan"]
    assert set(found[0]) == {"name", "government", "address", "url", "at", "open", "opening"}


def test_counter_without_coordinates_is_not_near(client, two_counters):
    assert near(client, "-6.9,107.6").json() == {"counters": []}


@pytest.mark.parametrize("place", ["51.5,0.1", "-6.91,107.61", "x,y", "-95.0,107.6"])
def test_places_elsewhere_or_too_exact_are_no_address(client, placed, place):
    assert near(client, place).status_code == 404


# One counter ------------------------------------------------------------------------------------------------------------------


@time_machine.travel("2026-11-22T15:30:00Z", tick=False)
def test_page_speaks_of_the_counters_own_day_and_zone(client, two_counters):
    """Sunday night in Bandung, half past midnight on Monday in Jayapura."""
    assert "Buka besok 08.00 WIB" in words(client.get(RAMBUTAN))
    assert "Buka hari ini 08.00 WIT" in words(client.get(MATOA))


@time_machine.travel("2026-12-30T03:00:00Z", tick=False)
def test_page_tells_what_is_apart_across_the_turn_of_the_year(client, two_counters, kota_bandung):
    PublicDay.objects.create(on=datetime.date(2027, 1, 1), name="Tahun Baru Masehi", kind="holiday")
    PublicDay.objects.create(on=datetime.date(2027, 1, 2), name="Sabtu libur", kind="leave")

    def act(office):
        closure = SpecialDays.objects.create(
            office=office, first_on=datetime.date(2027, 1, 4), last_on=datetime.date(2027, 1, 8), reason="Renovasi"
        )
        short = SpecialDays.objects.create(
            office=office, first_on=datetime.date(2026, 12, 31), last_on=datetime.date(2026, 12, 31), reason="Akhir tahun"
        )
        SpecialHours.objects.create(special=short, opens=datetime.time(8), closes=datetime.time(11))
        LocalDay.objects.create(on=datetime.date(2027, 1, 11), name="Hari jadi kota")
        assert closure.pk

    change(kota_bandung, act)

    page = words(client.get(RAMBUTAN))

    assert "Buka sampai 15.00 WIB" in page
    told = re.search(r"Hari dengan jam lain (.*?) Enam puluh hari", page)[1]
    assert told == (
        "31 Desember 2026 Akhir tahun 08.00–11.00 1 Januari 2027 Tahun Baru Masehi tutup "
        "4 Januari 2027 – 8 Januari 2027 Renovasi tutup 11 Januari 2027 Hari jadi kota tutup "
        "20 Januari 2027 Rapat rambutan tutup 21 Januari 2027 Hari Jadi rambutan tutup"
    )


def test_page_tells_a_season_that_is_near(client, two_counters, kota_bandung):
    def act(office):
        today = kota_bandung.today(NOW)
        season = Schedule.objects.create(
            office=office, kind="seasonal", name="Ramadan", valid_from=today, valid_until=today + datetime.timedelta(29)
        )
        ServiceHours.objects.create(schedule=season, weekday=1, opens=datetime.time(8), closes=datetime.time(14))

    with time_machine.travel(NOW, tick=False):
        change(kota_bandung, act)
        page = words(client.get(RAMBUTAN))

    assert "Ramadan 23 November 2026 – 22 Desember 2026 Senin 08.00–14.00 Selasa–Minggu tutup" in page


def test_page_shows_contact_with_links_and_nobodys_name(client, placed, kota_bandung):
    change(
        kota_bandung,
        lambda office: Office.objects.update(phone="022 1234567", whatsapp="0812-0000-1234", email="loket@contoh.test"),
    )

    page = client.get(RAMBUTAN).content.decode()

    assert 'href="tel:+62221234567"' in page
    assert 'href="https://wa.me/6281200001234"' in page
    assert 'href="geo:-6.914744,107.609810?q=-6.914744,107.609810"' in page
    assert "Petugas rambutan" not in page


def test_page_says_whether_the_print_at_the_door_still_holds(client, two_counters, kota_bandung):
    with mounted(kota_bandung):
        office = offices().get(pk=world.OFFICE)
        code = hours_code(Counter.of(office), timetable(office, {}), kota_bandung.today(NOW))

    with time_machine.travel(NOW, tick=False):
        before = words(client.get(RAMBUTAN, {"cetakan": code}))
        change(kota_bandung, lambda office: Office.objects.update(address="Jl. Pindah 2"))
        after = words(client.get(RAMBUTAN, {"cetakan": code.lower()}))
        nonsense = words(client.get(RAMBUTAN, {"cetakan": "'; DROP"}))

    assert "Cetakan di tangan Anda (23 November 2026) masih berlaku" in before
    assert "Cetakan di tangan Anda (23 November 2026) sudah usang" in after
    assert "Cetakan" not in nonsense


def test_closed_counter_says_since_when(client, two_counters, kota_bandung):
    def act(office):
        office.duties.all().delete()
        Office.objects.update(closed_on=datetime.date(2026, 11, 23), closed_reason="Pindah")

    with time_machine.travel(NOW, tick=False):
        change(kota_bandung, act)
        assert "tidak melayani lagi sejak 23 November 2026" in words(client.get(RAMBUTAN))


@pytest.mark.parametrize(
    "address", [f"/kantor/kota-cimahi/{world.OFFICE}/", f"/kantor/pusat/{world.OFFICE}/", f"/kantor/tidak-ada/{world.OFFICE}/"]
)
def test_counter_of_another_government_is_not_there(client, two_counters, address):
    assert client.get(address).status_code == 404


def test_page_carries_linked_data_that_cannot_break_out(client, placed, kota_bandung):
    change(kota_bandung, lambda office: Office.objects.update(name="</script><b>Loket", email="loket@contoh.test"))

    page = client.get(RAMBUTAN).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])

    assert (data["@type"], data["name"], data["email"]) == ("GovernmentOffice", "</script><b>Loket", "loket@contoh.test")
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": -6.914744, "longitude": 107.60981}
    assert data["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification", "dayOfWeek": "Monday", "opens": "08:00", "closes": "15:00"
    }  # fmt: skip


def test_counter_costs_three_queries(client, two_counters):
    client.get(RAMBUTAN)
    with CaptureQueriesContext(connection) as queries:
        client.get(RAMBUTAN)

    assert len(queries) == 3, [query["sql"][:90] for query in queries]


# Photograph -------------------------------------------------------------------------------------------------------------------


def test_photograph_is_the_counters_own_and_may_be_kept_for_ever(client, two_counters, kota_bandung):
    digest = hashlib.sha256(b"jpeg").hexdigest()

    def act(office):
        OfficePhoto.objects.filter(office=office).delete()
        OfficePhoto.objects.create(office=office, content=b"jpeg", sha256=digest, width=8, height=6, added_at=NOW)

    change(kota_bandung, act)

    found = client.get(f"{RAMBUTAN}foto-{digest}.jpg")
    assert (found.status_code, found.content, found["Content-Type"]) == (200, b"jpeg", "image/jpeg")
    assert "immutable" in found["Cache-Control"]
    assert client.get(f"{MATOA}foto-{digest}.jpg").status_code == 404
    assert f"foto-{digest}.jpg" in client.get(RAMBUTAN).content.decode()


# Keeping ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/kantor/", RAMBUTAN, "/kantor/sekitar/-6.9,107.6.json"])
def test_public_pages_set_no_cookie_and_may_be_kept(client, placed, address):
    with time_machine.travel(NOW, tick=False):
        page = client.get(address)
        again = client.get(address, headers={"If-None-Match": page["ETag"]})

    assert not page.cookies
    assert "public" in page["Cache-Control"]
    assert again.status_code == 304


def test_pages_are_the_same_for_who_has_signed_in(client, placed, head):
    with time_machine.travel(NOW, tick=False):
        before = client.get(RAMBUTAN).content
        client.force_login(head.user)

        assert client.get(RAMBUTAN).content == before


def test_language_is_changed_by_a_link(client, placed):
    page = client.get(f"{RAMBUTAN}?bahasa=en")

    assert (page["Content-Language"], page.cookies) == ("en", {})
    assert client.get(f"{RAMBUTAN}?bahasa=xx")["Content-Language"] == "id"


def test_what_is_above_forgets_nothing_that_the_page_needs(placed, kota_bandung):
    change(kota_bandung, lambda office: Office.objects.update(bring="KTP dan KK"))

    assert OfficeStatus.objects.get(tenant=kota_bandung, office_id=world.OFFICE).bring == "KTP dan KK"


# For machines -----------------------------------------------------------------------------------------------------------------


def test_locations_speak_hsds_and_need_no_key(client, placed, kota_bandung):
    change(kota_bandung, lambda office: Office.objects.update(phone="022 1234567"))

    answer = client.get("/api/v1/locations", {"government": "kota-bandung"})

    (found,) = answer.json()["results"]
    assert (found["name"], found["phones"]) == ("Loket rambutan", [{"number": "022 1234567", "type": "voice"}])
    assert found["schedules"][:1] == [
        {
            "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "valid_from": None, "valid_to": None, "opens_at": "08:00",
            "closes_at": "15:00", "description": "", "is_closed": False,
        }
    ]  # fmt: skip
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get(f"/api/v1/locations/kota-bandung/{world.OFFICE}").json()["name"] == "Loket rambutan"
    assert client.get(f"/api/v1/locations/kota-cimahi/{world.OFFICE}").status_code == 404


def test_locations_take_no_writes(client, placed):
    assert client.post("/api/v1/locations", {}, content_type="application/json").status_code == 405
