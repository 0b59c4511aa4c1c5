"""The pages of hours, special days, days of the government and calendars, with what they refuse and keep."""

import datetime

import pytest

from accounts.enums import Role
from almanac.models import PublicDay, Season
from offices.models import LocalDay, Office, Schedule, SpecialDays
from tenants.context import as_owner, mounted
from tests.offices.conftest import WEEK

TODAY = datetime.date(2026, 11, 23)
DAYS = {f"day_{number}": "" for number in range(1, 8)}
SPECIAL = {"first_on": "2098-12-24", "last_on": "", "reason": "Rapat kerja", "mode": "closed", "hours": ""}


@pytest.fixture(autouse=True)
def on_a_monday(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def office(make_office):
    return make_office(week=WEEK)


@pytest.fixture
def at(client, kota_bandung, dinas_head):
    """``at("hours", office.pk)`` -> the address of a page, for the head of the dinas, who is signed in."""
    client.force_login(dinas_head.user)
    return lambda name, *args: kota_bandung.url(f"offices:{name}", *args)


def stored(tenant, model=Office, **lookup):
    with mounted(tenant):
        return model.objects.get(**lookup)


def errors(response):
    return {name: [str(each) for each in texts] for name, texts in response.context["form"].errors.items()}


# The page of hours ------------------------------------------------------------------------------------------------------------


def test_page_says_what_was_understood_and_how_much_it_is(client, at, office):
    text = client.get(at("hours", office.pk)).content.decode()

    assert "buka 6 jam, istirahat 12.00–13.00" in text
    assert "28 jam seminggu" in text
    assert "9 jam 30 menit di bawah norma seminggu." in text
    assert "unit pelayanan publik boleh mengatur jam sendiri (pasal 7)" in text


@pytest.mark.parametrize("count", [0, 3])
def test_page_costs_the_same_for_each_number_of_entries(client, at, office, kota_bandung, query_count, count):
    with mounted(kota_bandung):
        for number in range(count):
            on = TODAY + datetime.timedelta(days=number)
            SpecialDays.objects.create(office=office, first_on=on, last_on=on, reason="x")
            LocalDay.objects.create(on=on, name="x")
            first = datetime.date(2027, 1 + number, 1)
            Schedule.objects.create(office=office, kind="seasonal", name="x", valid_from=first, valid_until=first)
    with as_owner():
        Season.objects.create(name="Ramadan", first_on=datetime.date(2027, 2, 8), last_on=datetime.date(2027, 3, 9))

    # Hours of special days are fetched where there are any: on the timetable and in the card.
    with query_count(15 if count == 0 else 17):
        client.get(at("hours", office.pk))


def test_head_tells_the_next_closed_day(client, at, office):
    with as_owner():
        PublicDay.objects.create(on=datetime.date(2026, 12, 25), name="Hari Raya Natal", kind="holiday")

    for page in ("hours", "detail", "calendar"):
        text = client.get(at(page, office.pk)).content.decode()
        assert "<b>Buka sampai 12.00 WIB.</b>" in text
        assert "Hari tutup berikutnya: Jumat, 25 Desember 2026 (Hari Raya Natal)." in text


def test_reading_is_told_while_typing_and_changes_nothing(client, at, office, kota_bandung):
    before = stored(kota_bandung, pk=office.pk).hours_version

    answer = client.get(at("reading", office.pk), {"day_1": "8-12, 13-15", "day_2": "pagi", "ramadan": "1"}).json()

    assert answer["days"]["day_1"] == {"text": "buka 6 jam, istirahat 12.00–13.00", "readable": True}
    assert (answer["days"]["day_2"]["readable"], answer["days"]["day_7"]["text"]) == (False, "tutup")
    assert "Norma pegawai: 32 jam 30 menit" in answer["norm"]
    assert stored(kota_bandung, pk=office.pk).hours_version == before


@pytest.mark.parametrize(
    ("button", "wanted"), [("thursday", ["8-12"] * 4 + ["", "", ""]), ("read", ["8-12", "", "", "", "", "", ""])]
)
def test_buttons_work_without_a_script(client, at, office, button, wanted):
    response = client.post(at("hours", office.pk), DAYS | {"day_1": "8-12", "copy": button, "version": 2})

    form = response.context["form"]
    assert (response.status_code, [form[name].value() for name in DAYS]) == (200, wanted)
    assert "buka 4 jam" in response.content.decode()


# Schedules --------------------------------------------------------------------------------------------------------------------


def test_new_hours_from_a_day_on_begin_with_those_of_today(client, at, office, kota_bandung):
    form = client.get(at("schedule_new", office.pk)).context["form"]
    entries = DAYS | {"valid_from": "2027-01-01", "day_1": "9-12", "version": 2}

    response = client.post(at("schedule_new", office.pk), entries)

    assert form["day_1"].value() == "08.00-12.00, 13.00-15.00"
    assert (response.status_code, response.url) == (302, at("hours", office.pk))
    assert stored(kota_bandung, Schedule, valid_from="2027-01-01").valid_until is None


def test_season_of_the_country_is_offered_with_its_days_and_usual_hours(client, at, office, kota_bandung):
    with as_owner():
        season = Season.objects.create(name="Ramadan 1448 H", first_on="2027-02-08", last_on="2027-03-09")

    offered = client.get(at("hours", office.pk)).content.decode()
    page = client.get(at("season_new", office.pk) + f"?musim={season.pk}")
    form = page.context["form"]
    entries = {name: form[name].value() for name in form.fields}
    saved = client.post(at("season_new", office.pk), entries)
    after = client.get(at("hours", office.pk)).content.decode()

    assert "Susun jadwal Ramadan 1448 H" in offered
    assert "sesuai norma" in page.content.decode()  # 32 hours and a half
    assert saved.status_code == 302
    assert "Susun jadwal Ramadan 1448 H" not in after
    assert stored(kota_bandung, Schedule, kind="seasonal").name == "Ramadan 1448 H"


def test_faults_of_a_schedule_keep_what_was_typed(client, at, office):
    entries = DAYS | {
        "name": "Musim",
        "valid_from": "2027-03-09",
        "valid_until": "2027-02-08",
        "day_1": "pagi",
        "day_2": "8-12",
    }

    response = client.post(at("season_new", office.pk), entries)
    readable = client.post(at("season_new", office.pk), entries | {"day_1": ""})

    assert (response.status_code, list(errors(response))) == (422, ["day_1"])
    assert (readable.status_code, list(errors(readable))) == (422, ["valid_until"])
    assert 'value="pagi"' in response.content.decode()
    assert 'value="08.00-12.00"' in readable.content.decode()


def test_slower_of_two_edits_of_a_schedule_sees_both(client, at, office, kota_bandung):
    schedule = stored(kota_bandung, Schedule, office=office)
    entries = DAYS | {"day_1": "9-12", "version": 2}
    client.post(at("schedule", office.pk, schedule.pk), entries)

    response = client.post(at("schedule", office.pk, schedule.pk), entries | {"day_1": "10-12"})

    lost = {each.label: (each.current, each.submitted) for each in response.context["form"].lost}
    assert (response.status_code, lost["Senin"]) == (422, ("09.00-12.00", "10.00-12.00"))
    assert response.context["form"]["version"].value() == "3"


def test_schedule_is_removed_and_the_only_one_is_not(client, at, office, kota_bandung):
    client.post(at("schedule_new", office.pk), DAYS | {"valid_from": "2027-01-01", "version": 2})
    second = stored(kota_bandung, Schedule, valid_from="2027-01-01")

    gone = client.post(at("schedule_remove", office.pk, second.pk), {"version": 3})
    first = stored(kota_bandung, Schedule, office=office)
    kept = client.post(at("schedule_remove", office.pk, first.pk), {"version": 4})

    assert (gone.url, kept.url) == (at("hours", office.pk), at("schedule", office.pk, first.pk))
    assert stored(kota_bandung, Schedule, office=office).valid_until is None


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
def test_days_out_of_reach_are_refused(client, at, office, start):
    new = client.post(at("schedule_new", office.pk), DAYS | {"valid_from": start})
    special = client.post(at("special_new", office.pk), SPECIAL | {"first_on": start, "last_on": start})

    assert (new.status_code, list(errors(new))) == (422, ["valid_from"])
    assert (special.status_code, list(errors(special))) == (422, ["first_on"])


# Special days -----------------------------------------------------------------------------------------------------------------


def test_one_entry_closes_several_offices_of_the_own_dinas(
    client, at, office, make_office, other_dinas, other_head, kota_bandung
):
    second = make_office("Loket B", week=WEEK)
    foreign = make_office("Loket Asing", of=other_dinas, by=other_head)
    page = client.get(at("special_new", office.pk)).content.decode()

    made = client.post(at("special_new", office.pk), SPECIAL | {"offices": [str(second.pk)]})
    refused = client.post(at("special_new", office.pk), SPECIAL | {"first_on": "2098-12-28", "offices": [str(foreign.pk)]})

    assert ("Loket B" in page, "Loket Asing" in page) == (True, False)
    with mounted(kota_bandung):
        assert set(SpecialDays.objects.values_list("office", flat=True)) == {office.pk, second.pk}
    assert (made.status_code, refused.status_code, list(errors(refused))) == (302, 422, ["offices"])


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ({"reason": ""}, ["reason"]),
        ({"last_on": "2098-12-01"}, ["last_on"]),
        ({"mode": "hours"}, ["hours"]),
        ({"mode": "hours", "hours": "pagi"}, ["hours"]),
        ({"mode": "hours", "hours": "9-12, 11-13"}, ["hours"]),
        ({"first_on": "kemarin"}, ["first_on"]),
        ({"first_on": "2026-11-20"}, ["past"]),
    ],
)
def test_faults_of_special_days_keep_what_was_typed(client, at, office, entries, fields):
    response = client.post(at("special_new", office.pk), SPECIAL | {"reason": "Rapat & sidang"} | entries)

    assert (response.status_code, list(errors(response))) == (422, fields)
    text = response.content.decode()
    assert "Rapat &amp; sidang" in text or "reason" in fields
    assert ('type="checkbox" name="past"' in text) == (fields == ["past"])


def test_clash_is_told_with_the_other_entry(client, at, office):
    client.post(at("special_new", office.pk), SPECIAL)

    response = client.post(at("special_new", office.pk), SPECIAL | {"reason": "Lain"})

    assert "Loket Cikutra sudah punya hari khusus 24 Desember 2098: Rapat kerja." in errors(response)["first_on"][0]


def test_special_days_are_edited_ended_and_removed(client, at, office, kota_bandung):
    client.post(at("special_new", office.pk), SPECIAL)
    special = stored(kota_bandung, SpecialDays)
    address = at("special", office.pk, special.pk)

    edited = client.post(address, SPECIAL | {"mode": "hours", "hours": "9-12", "version": 3})
    stale = client.post(address, SPECIAL | {"reason": "Lain", "version": 3})
    page = client.get(address).content.decode()
    gone = client.post(at("special_remove", office.pk, special.pk), {"version": 4})

    assert (edited.status_code, stale.status_code, gone.status_code) == (302, 422, 302)
    assert [each.label for each in stale.context["form"].lost] == ["Keterangan", "Pada hari itu kantor", "Jam"]
    assert 'value="09.00-12.00"' in page
    assert client.get(address).status_code == 404


def test_past_entry_is_removed_only_by_who_says_so(client, at, office, kota_bandung):
    with mounted(kota_bandung):
        special = SpecialDays.objects.create(
            office=office, first_on=TODAY.replace(day=2), last_on=TODAY.replace(day=2), reason="x"
        )
    address = at("special_remove", office.pk, special.pk)

    warned = client.post(address, {"version": 2}, follow=True).content.decode()
    client.post(address, {"version": 2, "past": "on"})

    assert "Sebagian harinya sudah lewat." in warned
    with mounted(kota_bandung):
        assert not SpecialDays.objects.exists()


# Days of the government and calendars -----------------------------------------------------------------------------------------


def test_day_of_the_government_is_kept_by_its_head_only(client, at, head, kota_bandung, office):
    entries = {"on": "2098-09-25", "name": "Hari Jadi", "decree": ""}
    refused = client.post(at("local_day_new"), entries)
    client.force_login(head.user)

    made = client.post(at("local_day_new"), entries)
    twice = client.post(at("local_day_new"), entries | {"name": "Kedua"})
    day = stored(kota_bandung, LocalDay)
    edited = client.post(at("local_day", day.pk), entries | {"name": "Hari Jadi Kota", "version": 1})
    stale = client.post(at("local_day", day.pk), entries | {"name": "x", "version": 1})

    assert [each.status_code for each in (refused, made, twice, edited, stale)] == [403, 302, 422, 302, 422]
    assert "25 September 2098 sudah tercatat sebagai hari daerah: Hari Jadi." in errors(twice)["on"][0]
    assert "Hari Jadi Kota" in client.get(at("local_days")).content.decode()
    assert client.post(at("local_day_remove", day.pk), {"version": 2}).status_code == 302


def test_month_says_of_each_day_what_counts_and_why(client, at, office, kota_bandung):
    with as_owner():
        PublicDay.objects.create(on=datetime.date(2026, 12, 25), name="Hari Raya Natal", kind="holiday")
    with mounted(kota_bandung):
        LocalDay.objects.create(on=datetime.date(2026, 12, 23), name="Hari Jadi")

    text = client.get(at("calendar_month", office.pk, 2026, 12)).content.decode()

    assert "21 hari layanan pada bulan ini." in text
    assert '<small class="why">Hari Raya Natal</small>' in text
    assert '<small class="why">Hari Jadi</small>' in text
    assert client.get(at("calendar_month", office.pk, 2026, 13)).status_code == 404


@pytest.mark.parametrize("count", [0, 3])
def test_year_costs_the_same_for_each_number_of_entries(client, at, office, kota_bandung, query_count, count):
    with as_owner():
        for number in range(count):
            PublicDay.objects.create(on=datetime.date(2026, 12, 1 + number), name="Libur", kind="holiday")

    with query_count(14):
        text = client.get(at("calendar_year", office.pk, 2026)).content.decode()

    assert text.count('<li class="holiday">') == count


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("kota_bandung", "Buka sampai 23.59 WIB"),
        ("kab_badung", "Buka besok 08.00 WITA"),
        ("kota_jayapura", "Tutup: Tahun Baru"),
    ],
)
def test_the_turn_of_the_year_comes_to_each_zone_in_its_turn(client, request, make_member, time_machine, slug, sentence):
    """At 16.30 UTC on 31 December it is still Thursday in WIB, and New Year's Day further east."""
    tenant = request.getfixturevalue(slug)
    head = make_member(tenant, Role.GOVERNMENT_HEAD)
    with as_owner():
        PublicDay.objects.create(on=datetime.date(2027, 1, 1), name="Tahun Baru", kind="holiday")
    with mounted(tenant):
        office = _night_counter(late=slug == "kota_bandung")
        if slug == "kab_badung":
            on = datetime.date(2027, 1, 1)
            SpecialDays.objects.create(office=office, first_on=on, last_on=on, reason="x")
    time_machine.move_to(datetime.datetime(2026, 12, 31, 16, 30, tzinfo=datetime.UTC), tick=False)
    client.force_login(head.user)

    assert sentence in client.get(tenant.url("offices:calendar", office.pk)).content.decode()


def _night_counter(*, late: bool) -> Office:
    """A counter that serves every day, in one place up to midnight."""
    from offices.models import Dinas, ServiceHours

    dinas = Dinas.objects.create(name="Dinas Malam", sectors=["manpower"])
    office = Office.objects.create(dinas=dinas, name="Loket Malam", address="x", opened_on=datetime.date(2026, 1, 5))
    schedule = Schedule.objects.create(office=office)
    for weekday in range(1, 8):
        closes = datetime.time(23, 59) if late else datetime.time(15)
        ServiceHours.objects.create(schedule=schedule, weekday=weekday, opens=datetime.time(8), closes=closes)
    return office


def test_no_page_of_hours_shows_the_other_government(client, at, kota_bandung, kota_cimahi, head):
    from tests import world

    for tenant in (kota_bandung, kota_cimahi):
        world.furnish(tenant)
    client.force_login(head.user)
    pages = [
        at(name, world.OFFICE) for name in ("hours", "special_days", "special_new", "schedule_new", "season_new", "calendar")
    ]
    pages += [
        at("special", world.OFFICE, world.SPECIAL), at("schedule", world.OFFICE, world.SCHEDULE), at("local_days"),
        at("local_day", world.LOCAL_DAY), at("calendar_year", world.OFFICE, 2027), at("calendar_month", world.OFFICE, 2027, 1),
    ]  # fmt: skip

    texts = [client.get(page).content.decode() for page in pages]

    assert ["rambutan" in text for text in texts] == [True] * len(pages)
    assert ["kecapi" in text for text in texts] == [False] * len(pages)


def test_schedule_of_another_office_is_not_found(client, at, office, make_office, kota_bandung):
    second = make_office("Loket B", week=WEEK)
    schedule = stored(kota_bandung, Schedule, office=second)

    assert client.get(at("schedule", office.pk, schedule.pk)).status_code == 404
    assert client.post(at("schedule_remove", office.pk, schedule.pk)).status_code == 404


def test_other_dinas_may_read_the_calendar_and_change_nothing(client, at, office, other_head):
    client.force_login(other_head.user)

    statuses = {
        name: client.get(at(name, office.pk)).status_code for name in ("calendar", "special_days", "hours", "special_new")
    }

    assert statuses == {"calendar": 200, "special_days": 200, "hours": 403, "special_new": 403}
