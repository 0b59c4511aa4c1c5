import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from circulars.models import Circular
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY, links, rows, words


@pytest.fixture
def country(kota_bandung, kota_cimahi, kab_badung, kota_jayapura, make_office, make_circular, rostered):
    """Bandung ready and acknowledged, Cimahi without people and late, Badung ending soon and silent, the others nothing."""
    make_circular(
        to=(kota_bandung, kota_cimahi, kab_badung),
        opened=(kota_cimahi,),
        acknowledged=(kota_bandung,),
        deadline_on=MONDAY - datetime.timedelta(1),
    )
    make_office(kota_bandung, name="Loket Siap", duties=rostered(2))
    make_office(kota_cimahi, name="Loket Kosong")
    make_office(kab_badung, name="Loket Habis", duties=rostered(2, count=3))


# The country ------------------------------------------------------------------------------------------------------------------


def test_home_says_the_state_in_a_sentence(look, observer, country):
    page = words(look(observer))

    assert page.startswith(
        "SE 560/2821/SJ · Pelayanan Pendaftaran Kartu Prakerja 2 dari 3 pemerintah daerah yang melayani hari ini menjaga "
        "kantornya. "
        "2 lewat tenggat 22 November 2026 tanpa mengakui surat. 1 belum membukanya."
    )


FIGURES = {
    "Surat dibuka 2 / 3 1 belum dibuka": ["kota-bandung", "kota-cimahi"],
    "Diakui pejabat berwenang 1 / 3 2 lewat tenggat": ["kota-bandung"],
    "Punya kantor layanan 3 / 7 4 belum punya": ["kab-badung", "kota-bandung", "kota-cimahi"],
    "Dijaga hari ini 2 / 3 1 tanpa petugas": ["kab-badung", "kota-bandung"],
    "Lihat yang belum mengakui": ["kab-badung", "kota-cimahi"],
    "Lewat tenggat, belum mengakui surat": ["kab-badung", "kota-cimahi"],
    "Belum membuka surat": ["kab-badung"],
    "Belum punya kantor layanan": ["bali", "jawa-barat", "kota-jayapura", "papua"],
}
OFFICES = {"Tidak ada petugas hari ini": "Loket Kosong", "Jadwal piket habis dalam 7 hari": "Loket Habis"}


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_leads_to_the_governments_it_counts(figure, look, observer, country):
    address = links(look(observer))[figure]

    assert sorted(rows(look(observer, address.removeprefix("/pusat/")), "daerah")) == FIGURES[figure]


@pytest.mark.parametrize("obstacle", OFFICES)
def test_every_obstacle_leads_to_the_offices_it_counts(obstacle, look, observer, country):
    found = look(observer, links(look(observer))[obstacle].removeprefix("/pusat/"))

    assert [name for name in ("Loket Siap", "Loket Kosong", "Loket Habis") if name in words(found)] == [OFFICES[obstacle]]


def test_figures_are_those_of_the_circular_in_view(look, observer, kota_bandung, kota_jayapura, make_circular):
    older = make_circular(number="1", to=(kota_bandung,), acknowledged=(kota_bandung,), at=NOW - datetime.timedelta(30))
    make_circular(number="2", to=(kota_bandung, kota_jayapura))

    usual, chosen = look(observer), look(observer, surat=older.pk)

    assert words(usual).startswith("SE 2 ·")
    assert "Diakui pejabat berwenang 0 / 2 2 belum mengakui" in links(usual)
    assert words(chosen).startswith("SE 1 ·")
    address = links(chosen)["Diakui pejabat berwenang 1 / 1 semua sudah mengakui"]
    assert f"surat={older.pk}" in address
    assert rows(look(observer, address.removeprefix("/pusat/")), "daerah") == ["kota-bandung"]


def test_draft_or_nonsense_as_circular_shows_the_newest(look, observer, kota_bandung, make_circular):
    make_circular(number="1", to=(kota_bandung,))
    draft = Circular.objects.create(number="2", subject="Konsep", dated_on=MONDAY)

    assert words(look(observer, surat=draft.pk)).startswith("SE 1 ·")
    assert words(look(observer, surat="x' OR 1=1")).startswith("SE 1 ·")


def test_home_before_the_first_circular(look, observer):
    page = words(look(observer))

    assert page.startswith(
        "Pemantauan nasional Belum satu pun dari 7 pemerintah daerah punya kantor layanan. Belum ada surat edaran yang terbit."
    )


def test_map_speaks_and_shows_the_measure_asked_for(look, observer, country):
    usual, asked = look(observer), look(observer, ukuran="diakui")

    label = 'aria-label="Jawa Barat: dijaga hari ini 1 dari 2 pemerintah daerah; JBR 50"'
    assert label in usual.content.decode()
    label = 'aria-label="Jawa Barat: diakui 1 dari 2 pemerintah daerah; JBR 50"'
    assert label in asked.content.decode()
    assert 'aria-label="Papua: diakui 0 dari 0 pemerintah daerah; PAP –"' in asked.content.decode()


def test_sunday_is_no_service_day(look, observer, country):
    with time_machine.travel(NOW - datetime.timedelta(1)):
        response = look(observer, ukuran="dijaga")

    page, markup = words(response), response.content.decode()
    assert "3 dari 7 pemerintah daerah punya kantor. Hari ini bukan hari layanan." in page
    assert "Dijaga hari ini – bukan hari layanan" in links(response)
    tiles = re.findall(r'<a href="[^"]*" class="(\w+)" aria-label="([^"]*)"', markup)
    assert tiles == [
        ("none", "Jawa Barat: bukan hari layanan; JBR –"),
        ("none", "Bali: bukan hari layanan; BAL –"),
        ("none", "Papua: belum ada kantor; PAP –"),
    ]
    table = re.findall(r"<tr>(.*?)</tr>", markup.split('id="semua-provinsi"')[1].split("</table>")[0], re.DOTALL)
    assert [re.findall(r"<td[^>]*><small>(.*?)</small></td>", row)[0] for row in table[1:]] == [
        "bukan hari layanan",
        "bukan hari layanan",
        "belum ada kantor",
    ]
    assert "bukan hari layanan, atau belum ada kantor" in markup.split('class="legend"')[1].split("</div>")[0]


def test_offices_that_do_not_serve_today_are_not_behind(look, observer, kota_bandung, kota_cimahi, make_office, rostered):
    make_office(kota_bandung, duties=rostered(2))
    make_office(kota_cimahi, name="Loket Selasa", weekdays=(2,))

    response = look(observer)

    assert (
        'class="ok" aria-label="Jawa Barat: dijaga hari ini 1 dari 1 pemerintah daerah; JBR 100"' in response.content.decode()
    )
    assert "Dijaga hari ini 1 / 1 semua yang melayani" in links(response)


def test_observer_sees_the_same_and_has_nothing_to_press(look, officer, observer, country):
    seen, own = look(observer), look(officer)

    assert words(seen) == words(own)
    main = seen.content.decode().split("<main")[1]
    assert "<form" not in main.split("</main>")[0]


# Constant cost ----------------------------------------------------------------------------------------------------------------

# With signing in (session, person, memberships) and two changes of role.
COSTS = {"": 7, "wilayah/": 9, "kantor/": 8, "wilayah/jawa-barat/": 14, "wilayah/kota-bandung/": 10}


@pytest.fixture
def furnished(jawa_barat, kota_bandung, kota_cimahi, make_office, make_circular):
    """``furnished(3)``: three governments of one province with three offices each and a circular."""

    def furnish(count):
        tenants = (kota_bandung, kota_cimahi, jawa_barat)[:count]
        make_circular(to=tenants, acknowledged=tenants)
        for tenant in tenants:
            for number in range(count):
                make_office(tenant, name=f"Loket {number}", duties={MONDAY: 1})

    return furnish


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", COSTS)
def test_queries_of_a_page_do_not_grow(path, count, look, observer, furnished, client):
    furnished(count)
    look(observer, path)  # signs in; slugs and templates are kept from now on

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/pusat/{path}")

    assert len(queries) == COSTS[path], [query["sql"][:120] for query in queries]


# Lists ------------------------------------------------------------------------------------------------------------------------


def test_list_of_governments_by_province_and_level(look, observer, country):
    assert sorted(rows(look(observer, "wilayah/", provinsi="jawa-barat"), "daerah")) == [
        "jawa-barat",
        "kota-bandung",
        "kota-cimahi",
    ]
    assert sorted(rows(look(observer, "wilayah/", tingkat="province"), "daerah")) == ["bali", "jawa-barat", "papua"]
    assert rows(look(observer, "wilayah/", cari="badung"), "daerah") == ["kab-badung"]


def test_governments_to_which_a_circular_was_not_sent(look, observer, country):
    found = rows(look(observer, "wilayah/", jawaban="unaddressed"), "daerah")

    assert sorted(found) == ["bali", "jawa-barat", "kota-jayapura", "papua"]


def test_governments_where_an_office_has_nobody_today(look, observer, country):
    assert rows(look(observer, "wilayah/", hari="kosong"), "daerah") == ["kota-cimahi"]
    assert sorted(rows(look(observer, "wilayah/", hari="libur"), "daerah")) == ["bali", "jawa-barat", "kota-jayapura", "papua"]


def test_list_is_sorted_by_number_of_offices(look, observer, country, kota_cimahi, make_office):
    make_office(kota_cimahi, name="Loket Kedua")

    assert rows(look(observer, "wilayah/", urut="-offices"), "daerah")[0] == "kota-cimahi"


def test_list_of_offices_by_state(look, observer, country, kota_bandung, make_office):
    make_office(kota_bandung, name="Loket Tutup", closed_on=MONDAY, closed_reason="pindah")

    def found(**query):
        page = words(look(observer, "kantor/", **query))
        return [name for name in ("Loket Siap", "Loket Kosong", "Loket Habis", "Loket Tutup") if name in page]

    assert found() == ["Loket Siap", "Loket Kosong", "Loket Habis", "Loket Tutup"]
    assert found(keadaan="melayani") == ["Loket Siap", "Loket Kosong", "Loket Habis"]
    assert found(keadaan="ok") == ["Loket Siap"]
    assert found(keadaan="closed") == ["Loket Tutup"]
    assert found(provinsi="bali") == ["Loket Habis"]
    assert found(cari="cimahi") == ["Loket Kosong"]


# One government, one office ---------------------------------------------------------------------------------------------------


def test_government_page_names_its_heads_and_not_its_staff(look, observer, kota_bandung, make_member, make_office, country):
    make_member(kota_bandung, Role.GOVERNMENT_HEAD, name="Rudi Hartono", position="Wali Kota Bandung", acting="plt")
    make_member(kota_bandung, Role.OPERATOR, name="Operator Rahasia")

    page = words(look(observer, "wilayah/kota-bandung/"))

    assert page.startswith("Kementerian Dalam Negeri Wilayah Jawa Barat Kota Bandung Kota Bandung 1 kantor melayani.")
    assert "Pimpinan Plt. Wali Kota Bandung Rudi Hartono" in page
    assert "Operator Rahasia" not in page


def test_province_page_counts_its_governments_and_lists_its_districts(look, observer, country):
    page = look(observer, "wilayah/jawa-barat/")

    assert rows(page, "daerah") == ["kota-bandung", "kota-cimahi"]
    assert "Diakui pejabat berwenang 1 / 2 1 lewat tenggat" in links(page)
    address = links(page)["Punya kantor layanan 2 / 3 1 belum punya"]
    assert sorted(rows(look(observer, address.removeprefix("/pusat/")), "daerah")) == ["kota-bandung", "kota-cimahi"]


def test_closed_office_serves_no_more(look, observer, kota_bandung, make_office):
    make_office(kota_bandung, closed_on=MONDAY, closed_reason="pindah")

    page = words(look(observer, "wilayah/kota-bandung/"))

    assert "Loket Cikutra Dinas Tenaga Kerja tidak melayani belum ada ditutup sejak 23 November 2026" in page


def test_office_page_counts_people_and_names_nobody(look, observer, kota_bandung, make_office):
    office = make_office(kota_bandung, duties={MONDAY: 2, MONDAY + datetime.timedelta(1): 1})

    page = words(look(observer, f"wilayah/kota-bandung/kantor/{office.pk}/"))

    assert "Senin 23 Nov · hari ini 2 petugas Selasa 24 Nov 1 petugas Rabu 25 Nov kosong" in page
    assert "Sabtu 28 Nov tutup" in page
    assert "Senin–Jumat 08.00–15.00 WIB" in page
    assert "Petugas 1" not in page


def test_office_of_the_same_id_elsewhere_is_another_office(look, observer, kota_bandung, kota_cimahi, make_office):
    office = make_office(kota_bandung, name="Loket Rambutan")
    make_office(kota_cimahi, name="Loket Kecapi", id=office.pk)

    assert "Loket Rambutan" in words(look(observer, f"wilayah/kota-bandung/kantor/{office.pk}/"))
    assert "Loket Kecapi" in words(look(observer, f"wilayah/kota-cimahi/kantor/{office.pk}/"))
    look(observer, f"wilayah/kab-badung/kantor/{office.pk}/", status=404)
    look(observer, "wilayah/kota-atlantis/", status=404)
