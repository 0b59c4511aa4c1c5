import datetime
import re

import pytest
from django.conf import settings
from django.urls import set_urlconf

from offices.operations_hours import set_hours
from staffing.models import Duty, Staff
from tenants.context import mounted
from tests.staffing.conftest import MONDAY, SATURDAY, TUESDAY

NIP = "198501012010011001"


@pytest.fixture
def monday(time_machine):
    """It is ten in the morning in Bandung, on Monday 23 November 2026; asked for before anybody signs in."""
    time_machine.move_to(datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC))


@pytest.fixture
def signed_in(client, dinas_head, people, make_staff):
    """The client as the head of the dinas; the people are there."""
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def url(kota_bandung):
    return kota_bandung.url


def text_of(response):
    return response.content.decode()


def offered(text):
    """Name and whether it can be pressed, of everybody who can be assigned."""
    return re.findall(r'name="staff" value="[0-9a-f-]+"( disabled)? aria-label="Tugaskan ([^"]+)"', text)


# A day ------------------------------------------------------------------------------------------------------------------------


def test_day_offers_the_free_first_and_says_who_is_busy_where(signed_in, url, office, second_office, people, assign):
    dewi, agus, _lina = people
    assign(second_office, dewi)
    assign(office, agus, on=TUESDAY)

    text = text_of(signed_in.get(url("staffing:day", office.pk, MONDAY)))

    assert offered(text) == [("", "Lina Sari"), ("", "Agus Pratama"), (" disabled", "Dewi Anggraini")]
    assert "Sudah bertugas di Loket Gedebage" in text


def test_day_offers_who_serves_that_day_in_this_dinas(signed_in, url, office, people, make_staff, other_dinas):
    make_staff("Rudi Lama", serves_until=datetime.date(2026, 11, 22))
    make_staff("Rudi Baru", serves_from=TUESDAY)
    make_staff("Rudi Wisata", of=other_dinas)

    text = text_of(signed_in.get(url("staffing:day", office.pk, MONDAY)))

    assert sorted(name for _, name in offered(text)) == ["Agus Pratama", "Dewi Anggraini", "Lina Sari"]


def press(client, url, office, staff, on=MONDAY, **headers):
    return client.post(url("staffing:assign", office.pk, on), {"staff": str(staff.pk)}, **headers)


def test_pressing_assigns_and_comes_back_to_the_day(signed_in, url, office, people):
    response = press(signed_in, url, office, people[0])

    assert (response.status_code, response.url) == (302, url("staffing:day", office.pk, MONDAY))
    text = text_of(signed_in.get(response.url))
    assert "Dewi Anggraini bertugas pada hari ini." in text
    assert "Lepas Dewi Anggraini dari jadwal" in text


def test_third_is_refused_in_the_page_with_both_names(signed_in, url, office, people, assign):
    assign(office, people[0])
    assign(office, people[1])

    response = press(signed_in, url, office, people[2])

    assert response.status_code == 422
    assert "Dewi Anggraini dan Agus Pratama sudah bertugas pada Senin, 23 November 2026." in text_of(response)


def test_htmx_gets_the_same_day_as_a_fresh_load(signed_in, url, office, people):
    part = text_of(press(signed_in, url, office, people[0], headers={"HX-Request": "true"}))

    fresh = text_of(signed_in.get(url("staffing:day", office.pk, MONDAY)))
    without_message = re.sub(r'<div class="message ok".*?</div></div>\s*', "", part, flags=re.DOTALL)
    assert "<html" not in part
    assert strip(without_message) in strip(fresh)


def strip(text):
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", text)
    return re.sub(r"\s+", " ", text).strip()


def test_htmx_hears_a_refusal_too(signed_in, url, office, people, assign):
    assign(office, people[0])
    assign(office, people[1])

    response = press(signed_in, url, office, people[2], headers={"HX-Request": "true"})

    assert (response.status_code, "<html" in text_of(response)) == (422, False)
    assert "lepaskan salah satu." in text_of(response)


@pytest.mark.parametrize("staff", ["", "x", "0f0e0d0c-0b0a-4a0b-8c0d-0e0f00000000"])
def test_nobody_chosen_is_said(signed_in, url, office, staff):
    response = signed_in.post(url("staffing:assign", office.pk, MONDAY), {"staff": staff})

    assert (response.status_code, "Pilih petugas yang akan bertugas." in text_of(response)) == (422, True)


def test_releasing_comes_back_to_the_day_and_is_done_once(signed_in, url, kota_bandung, office, people, assign):
    duty = assign(office, people[0])
    address = url("staffing:release", office.pk, MONDAY, duty.pk)

    first, second = signed_in.post(address), signed_in.post(address)

    assert (first.status_code, second.status_code, first.url) == (302, 302, url("staffing:day", office.pk, MONDAY))
    with mounted(kota_bandung):
        assert Duty.objects.count() == 0


def test_duty_of_another_day_is_not_released_from_here(signed_in, url, office, people, assign):
    duty = assign(office, people[0], on=TUESDAY)

    assert signed_in.post(url("staffing:release", office.pk, MONDAY, duty.pk)).status_code == 404


def test_day_without_hours_warns_and_assigns(signed_in, url, office, people):
    text = text_of(signed_in.get(url("staffing:day", office.pk, SATURDAY)))

    assert "Tidak ada jam layanan pada hari ini." in text
    assert press(signed_in, url, office, people[0], on=SATURDAY).status_code == 302


@pytest.mark.parametrize("day", ["2026-02-31", "2026-13-01", "1999-12-31", "2026-1-1"])
def test_impossible_day_is_404(signed_in, url, office, day):
    assert signed_in.get(url("staffing:current", office.pk) + f"{day}/").status_code == 404


@pytest.mark.parametrize("address", ["2000-01", "2099-12", "2000-01-01", "2099-12-31"])
def test_first_and_last_page_have_no_further_link(signed_in, url, office, address):
    text = text_of(signed_in.get(url("staffing:current", office.pk) + f"{address}/"))

    assert len(re.findall(r'rel="(?:prev|next)"', text)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_day_costs_the_same_for_any_number_of_people(client, url, office, make_staff, dinas_head, count, query_count):
    for number in range(count):
        make_staff(f"Petugas {number}")
    client.force_login(dinas_head.user)

    with query_count(14):
        client.get(url("staffing:day", office.pk, MONDAY))


# A month ----------------------------------------------------------------------------------------------------------------------


def test_month_shows_names_gaps_and_closed_days(monday, signed_in, url, office, people, assign):
    assign(office, people[0])
    assign(office, people[1])
    assign(office, people[0], on=TUESDAY)
    assign(office, people[0], on=SATURDAY)

    response = signed_in.get(url("staffing:month", office.pk, MONDAY))

    days = {day.on.day: (str(day.word), day.names) for day in response.context["plan"].days}
    assert [days[number] for number in (22, 23, 24, 25, 28)] == [
        ("tutup", []),
        ("lengkap", ["Dewi Anggraini", "Agus Pratama"]),
        ("1 kosong", ["Dewi Anggraini"]),
        ("kosong", []),
        ("di luar jam layanan", ["Dewi Anggraini"]),
    ]
    text = text_of(response)
    assert "<b>3 dari 42</b> tugas terisi pada 21 hari layanan." in text
    assert "<b>4 hari kosong</b> mulai 25 November 2026." in text
    assert (text.count("Isi 25 Nov"), len(days)) == (1, 30)


@pytest.mark.parametrize("count", [1, 3])
def test_month_costs_the_same_however_full(client, url, office, people, assign, dinas_head, count, query_count):
    for number in range(count):
        assign(office, people[0], on=MONDAY + datetime.timedelta(days=number))
    client.force_login(dinas_head.user)

    with query_count(13):
        client.get(url("staffing:month", office.pk, MONDAY))


@pytest.mark.parametrize("page", ["staffing:month", "staffing:day"])
def test_page_of_the_roster_is_marked_as_such(signed_in, url, office, page):
    text = text_of(signed_in.get(url(page, office.pk, MONDAY)))

    marked = re.findall(r'<a href="([^"]+)" aria-current="page">', text)
    assert marked == [url("staffing:roster")]


# All offices ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_roster_costs_the_same_for_each_length(client, url, make_office, people, dinas_head, count, query_count):
    for letter in "ABC"[:count]:
        make_office(f"Loket {letter}")
    client.force_login(dinas_head.user)

    with query_count(19):
        response = client.get(url("staffing:roster"), {"urut": "name"})

    assert len(re.findall(r'<tr id="jadwal-', text_of(response))) == count


def test_roster_names_today_and_the_first_gap(monday, signed_in, url, office, second_office, people, assign):
    assign(office, people[0])
    for number in range(0, 22):
        day = MONDAY + datetime.timedelta(days=number)
        if day.isoweekday() < 6:
            assign(second_office, people[1], on=day)

    response = signed_in.get(url("staffing:roster"))

    outlooks = {row.name: row.outlook for row in response.context["listing"].rows}
    assert "Hari ini <b>2 dari 2</b> kantor yang melayani punya petugas." in text_of(response)

    assert {name: (each.today.names, each.gap and each.gap.on, each.through) for name, each in outlooks.items()} == {
        "Loket Cikutra": (["Dewi Anggraini"], TUESDAY, MONDAY),
        "Loket Gedebage": (["Agus Pratama"], None, datetime.date(2026, 12, 14)),
    }


def test_roster_of_one_office_is_its_month(client, url, office, dinas_head, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 30, 17, 0, tzinfo=datetime.UTC))
    client.force_login(dinas_head.user)

    response = client.get(url("staffing:roster"))

    # Seven hours ahead of Greenwich it is December already.
    assert (response.status_code, response.url) == (302, url("staffing:month", office.pk, datetime.date(2026, 12, 1)))


# Staff ------------------------------------------------------------------------------------------------------------------------

FORM = {
    "name": "Rudi  Hartono",
    "nip": "19850101 201001 1 001",
    "position": "Pengantar kerja",
    "phone": "",
    "serves_from": "2026-01-05",
    "serves_until": "",
}


def test_person_is_entered_with_the_nip_as_written(client, url, kota_bandung, dinas_head, dinas):
    client.force_login(dinas_head.user)

    response = client.post(url("staffing:staff_new"), FORM | {"dinas": dinas.pk})

    with mounted(kota_bandung):
        made = Staff.objects.get()
    assert (response.status_code, made.name, made.nip, made.dinas_id) == (302, "Rudi Hartono", NIP, dinas.pk)


def test_person_with_faults_keeps_what_was_typed(client, url, dinas_head, dinas):
    client.force_login(dinas_head.user)

    response = client.post(url("staffing:staff_new"), FORM | {"dinas": dinas.pk, "nip": "123", "serves_until": "2026-01-04"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["serves_until"])
    assert 'value="123"' in text_of(response)


def test_nip_is_masked_in_the_list_and_whole_on_the_page_of_who_may_edit(signed_in, url, make_staff):
    staff = make_staff("Rudi Hartono", nip=NIP)

    in_list, in_detail = (
        text_of(signed_in.get(address)) for address in (url("staffing:staff_list"), url("staffing:staff_detail", staff.pk))
    )

    assert (NIP in in_list, "•••• 1001" in in_list, NIP in in_detail) == (False, True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_staff_costs_the_same_for_each_length(client, url, make_staff, dinas_head, count, query_count):
    for number in range(count):
        make_staff(f"Petugas {number}")
    client.force_login(dinas_head.user)

    with query_count(10):
        response = client.get(url("staffing:staff_list"))

    assert len(re.findall(r'<tr id="petugas-', text_of(response))) == count


def test_list_of_staff_counts_who_is_not_planned(monday, signed_in, url, office, people, assign, make_staff):
    assign(office, people[0])
    make_staff("Rudi Lama", serves_until=datetime.date(2026, 11, 22))

    text = text_of(signed_in.get(url("staffing:staff_list")))

    assert "<b>3 petugas</b> dalam masa tugas. 2 belum ada di jadwal mendatang." in text


def test_lost_update_of_a_person_shows_both_versions(signed_in, url, people):
    address = url("staffing:staff_edit", people[0].pk)
    facts = {"name": "Dewi Anggraini", "nip": "", "position": "", "serves_from": "2026-01-05", "serves_until": ""}
    signed_in.post(address, facts | {"phone": "0812 1", "version": 1})

    response = signed_in.post(address, facts | {"phone": "0812 2", "version": 1})

    differences = [(each.label, each.current, each.submitted) for each in response.context["form"].lost]
    assert (response.status_code, differences) == (422, [("Telepon", "0812 1", "0812 2")])


def test_end_of_service_asks_before_it_releases(monday, signed_in, url, kota_bandung, office, people, assign):
    assign(office, people[0], on=TUESDAY)
    address = url("staffing:staff_end", people[0].pk)
    asked = {"serves_until": "2026-11-23", "version": 1}

    refused = signed_in.post(address, asked)
    done = signed_in.post(address, asked | {"release_rest": "on"})

    assert (refused.status_code, list(refused.context["form"].errors), done.status_code) == (422, ["release_rest"], 302)
    with mounted(kota_bandung):
        assert (Duty.objects.count(), Staff.objects.get(pk=people[0].pk).serves_until) == (0, MONDAY)


@pytest.fixture
def in_government():
    """Addresses are those of a government, as in a request to one."""
    set_urlconf(settings.GOVERNMENT_URLCONF)
    yield
    set_urlconf(None)


# On the pages of offices ------------------------------------------------------------------------------------------------------


def test_page_of_an_office_says_who_is_there_and_what_comes_next(monday, signed_in, url, office, people, assign):
    assign(office, people[0])

    text = text_of(signed_in.get(url("offices:detail", office.pk)))

    assert "Dewi Anggraini" in text
    assert url("staffing:day", office.pk, TUESDAY) in text
    assert "Isi jadwal 24 November 2026" in text


def test_page_that_closes_foretells_what_leaves_the_roster(monday, signed_in, url, office, people, assign):
    assign(office, people[0], on=TUESDAY)

    text = text_of(signed_in.get(url("offices:close", office.pk)))

    assert "Jadwal memuat 1 tugas mulai hari ini, sampai 24 November 2026." in text


def test_first_steps_end_with_an_office_in_service(
    in_government, kota_bandung, dinas_head, make_office, make_staff, assign, now
):
    from offices.queries import first_steps
    from tests.offices.conftest import WEEK

    def done():
        with mounted(kota_bandung):
            return [step.key for step in first_steps(dinas_head, MONDAY).steps if step.done]

    progress = [done()]
    office = make_office()
    progress.append(done())
    with mounted(kota_bandung):
        set_hours(office=office, week=WEEK, version=1, by=dinas_head, at=now)
    progress.append(done())
    with mounted(kota_bandung):
        staff = make_staff("Dewi Anggraini")
    progress.append(done())
    with mounted(kota_bandung):
        assign(office, staff)
    progress.append(done())

    assert progress == [
        ["dinas"],
        ["dinas", "office"],
        ["dinas", "office", "hours"],
        ["dinas", "office", "hours", "staff"],
        ["dinas", "office", "hours", "staff", "duty"],
    ]
