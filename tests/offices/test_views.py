import datetime
import re

import pytest

from offices.models import Dinas, Office, ServiceHours
from tenants.context import mounted
from tests.offices.conftest import OPENED, WEEK

FORM = {
    "name": "Loket Cikutra",
    "kind": "counter",
    "address": "Jl. Cikutra 12",
    "coordinates": "",
    "phone": "",
    "whatsapp": "",
    "email": "",
    "bring": "",
    "opened_on": str(OPENED),
}


@pytest.fixture
def bandung(kota_bandung):
    return kota_bandung


@pytest.fixture
def page(client, dinas_head):
    """``page(address)`` -> the text of the page as the head of the dinas."""
    client.force_login(dinas_head.user)
    return lambda address, **query: client.get(address, query).content.decode()


def rows(text):
    return re.findall(r'<tr id="(?:kantor|dinas)-([0-9a-f-]+)"', text)


def stored(tenant, model=Office):
    with mounted(tenant):
        return model.objects.get()


def errors(response):
    return dict(response.context["form"].errors.items())


# Lists ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_offices_costs_the_same_for_each_length(client, bandung, make_office, dinas_head, count, query_count):
    made = [str(make_office(f"Loket {letter}", week=WEEK).pk) for letter in "ABC"[:count]]
    client.force_login(dinas_head.user)

    with query_count(15):
        response = client.get(bandung.url("offices:list"))

    assert rows(response.content.decode()) == made


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_dinas_costs_the_same_for_each_length(client, bandung, dinas, dinas_head, count, query_count):
    with mounted(bandung):
        for number in range(1, count):
            Dinas.objects.create(name=f"Dinas {number}", sectors=["trade"])
    client.force_login(dinas_head.user)

    with query_count(10):
        response = client.get(bandung.url("offices:dinas_list"))

    assert len(rows(response.content.decode())) == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_dinas_costs_the_same_for_each_length(client, bandung, dinas, make_office, dinas_head, count, query_count):
    for letter in "ABC"[:count]:
        make_office(f"Loket {letter}", week=WEEK)
    client.force_login(dinas_head.user)

    with query_count(14):
        client.get(bandung.url("offices:dinas_detail", dinas.pk))


def test_list_is_searched_filtered_and_sorted(page, bandung, make_office, other_dinas):
    plain = make_office("Loket A")
    phone = make_office("Loket B", kind="phone", phone="022 1234567", week=WEEK)
    theirs = make_office("Loket C", of=other_dinas, week=WEEK)
    address = bandung.url("offices:list")

    found = {
        "cari": rows(page(address, cari="loket b")),
        "jenis": rows(page(address, jenis="phone")),
        "dinas": rows(page(address, dinas=other_dinas.pk)),
        "keadaan": rows(page(address, keadaan="no-hours")),
        "urut": rows(page(address, urut="-name")),
        "coming": rows(page(address, keadaan="coming")),
    }

    assert found == {
        "cari": [str(phone.pk)],
        "jenis": [str(phone.pk)],
        "dinas": [str(theirs.pk)],
        "keadaan": [str(plain.pk)],
        "urut": [str(each.pk) for each in (theirs, phone, plain)],
        "coming": [],
    }


def test_list_counts_offices_in_service_and_without_hours(page, bandung, make_office):
    make_office("Loket A", week=WEEK)
    make_office("Loket B")
    make_office("Loket C", opened_on=datetime.date(2099, 1, 1))

    text = page(bandung.url("offices:list"))

    assert "<b>2 kantor</b> dalam masa layanan." in text
    assert f'<a href="{bandung.url("offices:list")}?keadaan=no-hours">1 belum punya jam layanan</a>' in text


def test_list_by_htmx_is_the_list_alone(client, bandung, office, dinas_head):
    client.force_login(dinas_head.user)

    response = client.get(bandung.url("offices:list"), headers={"HX-Request": "true", "HX-Target": "section#daftar"})

    text = response.content.decode()
    assert (rows(text), "<html" in text) == ([str(office.pk)], False)


def test_empty_list_shows_the_first_steps(page, bandung, dinas):
    text = page(bandung.url("offices:list"))

    assert re.findall(r'<li><div class="what">(?:<a[^>]*>|<span>)([^<]+)', text) == [
        "Catat dinas Anda",
        "Buka kantor pertama",
        "Isi jam layanan",
        "Daftarkan petugas",
        "Isi jadwal piket",
    ]
    assert "1 dari 5 langkah selesai" in text


# Dinas ------------------------------------------------------------------------------------------------------------------------


def test_dinas_is_recorded_and_shown(client, bandung, head):
    client.force_login(head.user)

    response = client.post(bandung.url("offices:dinas_new"), {"name": "Dinas  Perdagangan", "sectors": ["trade", "industry"]})

    made = stored(bandung, Dinas)
    assert (response.status_code, response.url) == (302, bandung.url("offices:dinas_detail", made.pk))
    assert (made.name, made.sectors) == ("Dinas Perdagangan", ["trade", "industry"])


def test_dinas_with_faults_keeps_what_was_typed(client, bandung, head, dinas):
    client.force_login(head.user)

    response = client.post(bandung.url("offices:dinas_new"), {"name": "Dinas tenaga kerja", "sectors": ["manpower"]})

    assert (response.status_code, list(errors(response))) == (422, ["name"])
    assert 'value="Dinas tenaga kerja"' in response.content.decode()


def test_head_of_one_dinas_is_told_who_records_another(client, bandung, dinas_head):
    client.force_login(dinas_head.user)
    address, sentence = bandung.url("offices:dinas_new"), "Peran Anda terikat pada satu dinas."

    asked, sent = client.get(address), client.post(address, {"name": "Dinas Lain", "sectors": ["trade"]})

    assert (asked.status_code, sent.status_code) == (200, 422)
    assert sentence in asked.content.decode()
    assert sentence in sent.content.decode()


# Offices ----------------------------------------------------------------------------------------------------------------------


def test_office_is_opened_and_leads_to_its_hours(client, bandung, dinas_head, dinas):
    client.force_login(dinas_head.user)
    link = "https://www.google.com/maps/@-6.914744,107.60981,15z"

    response = client.post(bandung.url("offices:new"), FORM | {"dinas": dinas.pk, "coordinates": link})

    made = stored(bandung)
    assert (response.status_code, response.url) == (302, bandung.url("offices:hours", made.pk))
    assert (made.name, made.dinas_id, made.coordinates) == ("Loket Cikutra", dinas.pk, "-6.914744, 107.609810")


def test_office_with_faults_keeps_what_was_typed_and_names_each(client, bandung, dinas_head, dinas):
    client.force_login(dinas_head.user)

    response = client.post(
        bandung.url("offices:new"),
        FORM | {"dinas": dinas.pk, "address": "", "coordinates": "di pasar", "opened_on": "31-31-2026"},
    )

    assert (response.status_code, sorted(errors(response))) == (422, ["address", "coordinates", "opened_on"])
    text = response.content.decode()
    assert all(f'value="{typed}"' in text for typed in ("Loket Cikutra", "di pasar", "31-31-2026"))


def test_office_for_another_dinas_is_refused(client, bandung, dinas_head, other_dinas):
    client.force_login(dinas_head.user)

    response = client.post(bandung.url("offices:new"), FORM | {"dinas": other_dinas.pk})

    assert (response.status_code, list(errors(response))) == (422, ["dinas"])


def test_telephone_counter_without_a_number_is_refused(client, bandung, dinas_head, dinas):
    client.force_login(dinas_head.user)

    response = client.post(bandung.url("offices:new"), FORM | {"dinas": dinas.pk, "kind": "phone"})

    assert (response.status_code, list(errors(response))) == (422, ["phone"])


def test_page_of_an_office_costs_a_fixed_number_of_queries(client, bandung, make_office, dinas_head, query_count):
    office = make_office(week=WEEK)
    client.force_login(dinas_head.user)

    with query_count(30):
        text = client.get(bandung.url("offices:detail", office.pk)).content.decode()

    assert "08.00–12.00, 13.00–15.00" in text


def test_lost_update_shows_both_versions_and_can_be_saved_over(client, bandung, office, dinas_head):
    client.force_login(dinas_head.user)
    address = bandung.url("offices:edit", office.pk)
    client.post(address, FORM | {"phone": "022 1111111", "version": 1})

    refused = client.post(address, FORM | {"phone": "022 2222222", "version": 1})

    differences = [(each.label, each.current, each.submitted) for each in refused.context["form"].lost]
    assert (refused.status_code, differences) == (422, [("Telepon", "022 1111111", "022 2222222")])
    text = refused.content.decode()
    assert ('value="022 2222222"' in text, 'name="version" value="2"' in text) == (True, True)
    assert stored(bandung).phone == "022 1111111"

    saved = client.post(address, FORM | {"phone": "022 2222222", "version": 2})

    assert (saved.status_code, stored(bandung).phone) == (302, "022 2222222")


# Hours ------------------------------------------------------------------------------------------------------------------------


def days(**texts):
    return {f"day_{number}": texts.get(f"d{number}", "") for number in range(1, 8)}


def hours_of(tenant):
    office = stored(tenant)
    with mounted(tenant):
        spans = ServiceHours.objects.filter(schedule__office=office)
        return [f"{span.weekday} {span.opens:%H.%M}-{span.closes:%H.%M}" for span in spans]


def test_hours_are_read_as_typed(client, bandung, office, dinas_head):
    client.force_login(dinas_head.user)

    response = client.post(
        bandung.url("offices:hours", office.pk), days(d1="8-12, 13-15", d5="08:00 s/d 11:30", d6="tutup") | {"version": 1}
    )

    assert (response.status_code, hours_of(bandung)) == (302, ["1 08.00-12.00", "1 13.00-15.00", "5 08.00-11.30"])


def test_hours_with_faults_name_each_day_and_change_nothing(client, bandung, make_office, dinas_head):
    office = make_office(week=WEEK)
    before = hours_of(bandung)
    client.force_login(dinas_head.user)

    response = client.post(bandung.url("offices:hours", office.pk), days(d1="8-12", d2="12-8", d3="pagi") | {"version": 2})

    assert (response.status_code, sorted(errors(response)), hours_of(bandung)) == (422, ["day_2", "day_3"], before)
    text = response.content.decode()
    assert all(f'value="{typed}"' in text for typed in ("08.00-12.00", "12-8", "pagi"))


@pytest.mark.parametrize(
    ("button", "typed", "shown"),
    [
        ("monday", days(d1="8-12", d3="9-10", d6="8-9"), ["8-12", "8-12", "8-12", "8-12", "8-12", "8-9", ""]),
        (
            "usual",
            days(d1="8-12", d6="8-9"),
            ["8-12", *["08.00-12.00, 13.00-15.30"] * 3, "08.00-11.30, 13.30-15.30", "8-9", ""],
        ),
    ],
)
def test_hours_are_copied_before_they_are_saved(client, bandung, office, dinas_head, button, typed, shown):
    client.force_login(dinas_head.user)

    response = client.post(bandung.url("offices:hours", office.pk), typed | {"version": 1, "copy": button})

    form = response.context["form"]
    assert (response.status_code, [form[f"day_{number}"].value() for number in range(1, 8)]) == (200, shown)
    assert (hours_of(bandung), form["version"].value()) == ([], "1")


def test_lost_hours_show_both_versions(client, bandung, make_office, dinas_head):
    office = make_office(week=WEEK)
    client.force_login(dinas_head.user)

    response = client.post(
        bandung.url("offices:hours", office.pk), days(d1="9-12", d2="08.00-12.00, 13.00-15.00") | {"version": 1}
    )

    differences = {each.label: (each.current, each.submitted) for each in response.context["form"].lost}
    assert (response.status_code, differences["Senin"]) == (422, ("08.00-12.00, 13.00-15.00", "09.00-12.00"))
    assert ("Selasa" in differences, response.context["form"]["version"].value()) == (False, "2")


# Closing ----------------------------------------------------------------------------------------------------------------------


def test_closing_needs_a_reason(client, bandung, office, dinas_head):
    client.force_login(dinas_head.user)

    response = client.post(
        bandung.url("offices:close", office.pk), {"closed_on": "2026-11-23", "closed_reason": " ", "version": 1}
    )

    assert (response.status_code, list(errors(response)), stored(bandung).closed_on) == (422, ["closed_reason"], None)


def test_operator_does_not_close(client, bandung, office, operator):
    client.force_login(operator.user)

    assert client.post(bandung.url("offices:close", office.pk), {}).status_code == 403


def test_closed_office_says_so_and_is_opened_again(client, bandung, office, dinas_head):
    client.force_login(dinas_head.user)
    reason = {"closed_on": "2026-11-02", "closed_reason": "Pindah ke Mal Pelayanan Publik", "version": 1}
    client.post(bandung.url("offices:close", office.pk), reason)

    text = client.get(bandung.url("offices:detail", office.pk)).content.decode()
    client.post(bandung.url("offices:reopen", office.pk), {"version": 2})

    assert ("Ditutup sejak 2 November 2026." in text, "Pindah ke Mal Pelayanan Publik" in text) == (True, True)
    assert stored(bandung).closed_on is None
