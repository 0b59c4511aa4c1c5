"""The pages beside an office's own: contact, history, a copy, and the head of its page."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from offices import copying, events, operations
from offices.models import Desk, Office, Room, Schedule, ServiceHours
from portal.errors import DomainError
from tenants.context import mounted
from tests.offices.conftest import FACTS, OPENED, WEEK

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def signed_in(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


# Facts ------------------------------------------------------------------------------------------------------------------------


def test_contact_is_kept_and_linked(signed_in, kota_bandung, make_office):
    office = make_office(
        phone="(022) 123-4567", whatsapp="https://wa.me/6281234567890", email="loket@contoh.go.id",
        bring="KTP\n\nKartu keluarga",
        latitude=Decimal("-6.914744"), longitude=Decimal("107.609810"),
    )  # fmt: skip

    text = signed_in.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert (office.whatsapp, office.to_bring) == ("+6281234567890", ["KTP", "Kartu keluarga"])
    for link in (
        'href="tel:+62221234567"', 'href="https://wa.me/6281234567890"', 'href="mailto:loket@contoh.go.id"',
        'href="geo:-6.914744,107.609810"', 'href="https://www.openstreetmap.org/?mlat=-6.914744&amp;mlon=107.609810',
    ):  # fmt: skip
        assert link in text
    assert "<svg viewBox=" not in text


def test_map_is_drawn_where_tiles_are_configured(signed_in, kota_bandung, make_office, settings):
    settings.TILE_URL, settings.TILE_ATTRIBUTION = "https://peta.contoh.test/{z}/{x}/{y}.png", "© Contoh"
    office = make_office(latitude=Decimal("-6.902500"), longitude=Decimal("107.618700"))

    text = signed_in.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert '<image href="https://peta.contoh.test/16/52358/34027.png"' in text
    assert "© Contoh" in text


def test_a_telephone_counter_needs_one_of_both_numbers(make_office):
    assert make_office("A", kind="phone", whatsapp="0812-3456-7890").kind == "phone"
    with pytest.raises(operations.PhoneMissing):
        make_office("B", kind="phone")


def test_what_is_not_given_stays(make_office, dinas_head, now, here):
    office = make_office(whatsapp="0812-3456-7890", bring="KTP")

    operations.edit_office(office=office, version=1, by=dinas_head, at=now, name="Baru", **FACTS)

    office.refresh_from_db()
    assert (office.name, office.whatsapp, office.bring) == ("Baru", "0812-3456-7890", "KTP")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("phone", "12", "Nomor telepon belum terbaca."),
        ("whatsapp", "112", "Nomor WhatsApp belum terbaca."),
        ("email", "loket@", "Alamat surel belum lengkap."),
        ("coordinates", "https://maps.app.goo.gl/abc", "Tautan pendek tidak memuat koordinat."),
        ("bring", "x" * 501, "Pastikan"),
    ],
)
def test_bad_contact_is_refused_in_words_and_stays(signed_in, kota_bandung, office, field, typed, said):
    form = {"name": "Loket", "kind": "counter", "address": "Jl. X", "opened_on": str(OPENED), "version": 1, field: typed}

    response = signed_in.post(kota_bandung.url("offices:edit", office.pk), form)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert field == "bring" or response.context["form"].errors[field][0].startswith(said)
    assert response.context["form"][field].value() == typed


# History ----------------------------------------------------------------------------------------------------------------------


def test_closing_keeps_history(signed_in, kota_bandung, make_office, dinas_head, now):
    with mounted(kota_bandung):
        office = make_office(week=WEEK)
        connection.check_constraints()
        office = operations.close_office(
            office=office, closed_on=TODAY, closed_reason="Pindah ke MPP", version=None, by=dinas_head, at=now
        )
        connection.check_constraints()
        operations.reopen_office(office=office, version=None, by=dinas_head, at=now)
        connection.check_constraints()

    text = signed_in.get(kota_bandung.url("offices:history", office.pk)).content.decode()

    assert "sejak 20 November 2026" in text
    assert "Pindah ke MPP" in text
    assert text.rindex("dibuka kembali") > text.index("Pindah ke MPP")
    assert "Senin 08.00–12.00" in text  # a span of hours, told by its name
    assert "Melayani sejak 5 Januari 2026." in text


def test_history_of_another_governments_office_is_not_shown(client, kota_bandung, kota_cimahi, office, head):
    with mounted(kota_cimahi):
        dinas = office.dinas.__class__.objects.create(name="Dinas Kecapi")
        twin = Office.objects.create(pk=office.pk, dinas=dinas, name="Loket Kecapi", address="x", opened_on=OPENED)
        Room.objects.create(office=twin, name="Ruang Kecapi", purpose="training")  # could leak
        connection.check_constraints()
    client.force_login(head.user)

    assert "Kecapi" not in client.get(kota_bandung.url("offices:history", office.pk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_for_each_length(signed_in, kota_bandung, office, count, query_count):
    with mounted(kota_bandung):
        for number in range(count):
            Room.objects.create(office=office, name=f"Ruang {number}", purpose="training")
            connection.check_constraints()

    with query_count(15):
        signed_in.get(kota_bandung.url("offices:history", office.pk))


# Copy -------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def furnished(make_office, dinas_head, now, here):
    office = make_office(week=WEEK, phone="022 1234567", bring="KTP")
    seasonal = Schedule.objects.create(
        office=office,
        kind="seasonal",
        name="Ramadan",
        valid_from=datetime.date(2027, 2, 8),
        valid_until=datetime.date(2027, 3, 9),
    )
    ServiceHours.objects.create(schedule=seasonal, weekday=1, opens=datetime.time(8), closes=datetime.time(14))
    Schedule.objects.create(
        office=office, kind="seasonal", name="Lama", valid_from=datetime.date(2026, 2, 1), valid_until=datetime.date(2026, 3, 1)
    )
    room = Room.objects.create(office=office, name="Ruang A", purpose="registration", width=600, depth=400)
    Desk.objects.create(room=room, name="Meja 1", x=50, y=60)
    return office


def facts(**other):
    return {
        "name": "Loket Baru", "address": "Jl. Baru 1", "latitude": None, "longitude": None, "opened_on": TODAY,
    } | other  # fmt: skip


def test_a_copy_takes_along_what_was_chosen(furnished, dinas_head, now, here):
    made = copying.copy_office(source=furnished, chosen={"contact", "hours", "rooms"}, by=dinas_head, at=now, **facts())

    assert (made.dinas_id, made.kind, made.phone, made.bring) == (furnished.dinas_id, "counter", "022 1234567", "KTP")
    assert sorted(made.schedules.values_list("name", flat=True)) == ["", "Ramadan"]
    assert ServiceHours.objects.filter(schedule__office=made).count() == len(WEEK) + 1
    assert list(Desk.objects.filter(room__office=made).values_list("room__name", "name", "x", "y")) == [
        ("Ruang A", "Meja 1", 50, 60)
    ]


def test_a_copy_leaves_out_what_was_not_chosen(furnished, dinas_head, now, here):
    made = copying.copy_office(source=furnished, chosen=set(), by=dinas_head, at=now, **facts())

    assert (made.phone, made.schedules.count(), made.rooms.count()) == ("", 0, 0)


def test_a_copy_is_made_whole_or_not_at_all(furnished, dinas_head, now, here, monkeypatch):
    def refuse(**_):
        raise DomainError("Tidak bisa.")

    monkeypatch.setattr(copying, "_parts", [*copying._parts, copying.Part("last", 99, "x", refuse)])
    with pytest.raises(DomainError), transaction.atomic():
        copying.copy_office(source=furnished, chosen={"hours", "last"}, by=dinas_head, at=now, **facts())

    assert Office.objects.count() == 1


def test_those_above_hear_of_a_copy_with_its_hours(furnished, dinas_head, now, here, monkeypatch):
    heard = []

    def listen(*, office_id, **_):
        heard.append(ServiceHours.objects.filter(schedule__office=office_id).count())

    monkeypatch.setattr(events, "_listeners", [listen])

    copying.copy_office(source=furnished, chosen={"hours"}, by=dinas_head, at=now, **facts())

    assert heard[-1] == len(WEEK) + 1


def test_the_page_of_a_copy(signed_in, kota_bandung, office):
    address = kota_bandung.url("offices:copy", office.pk)
    page = signed_in.get(address).content.decode()
    sent = {
        "name": "Loket Baru",
        "address": "Jl. Baru",
        "coordinates": "",
        "opened_on": "2026-12-01",
        "parts": ["contact", "hours"],
    }

    response = signed_in.post(address, sent)
    again = signed_in.post(address, sent | {"name": "LOKET baru"})

    with mounted(kota_bandung):
        made = Office.objects.get(name="Loket Baru")
    assert "Tidak ikut disalin: petugas" in page
    assert response["Location"] == kota_bandung.url("offices:detail", made.pk)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])
    assert "LOKET baru" in again.content.decode()


@pytest.mark.parametrize(
    "entry", [{"name": ""}, {"address": ""}, {"opened_on": "kapan"}, {"parts": ["petugas"]}, {"coordinates": "x"}]
)
def test_a_bad_copy_is_refused_and_typed_values_stay(signed_in, kota_bandung, office, entry):
    sent = {"name": "Nama Ketik", "address": "Jl. Baru", "opened_on": "2026-12-01", "parts": ["hours"]} | entry

    response = signed_in.post(kota_bandung.url("offices:copy", office.pk), sent)

    assert (response.status_code, list(response.context["form"].errors)) == (422, list(entry))
    assert "Jl. Baru" in response.content.decode() or "address" in entry


def test_another_dinas_copies_nothing_here(client, kota_bandung, office, other_head):
    client.force_login(other_head.user)

    assert client.get(kota_bandung.url("offices:copy", office.pk)).status_code == 403


# Head -------------------------------------------------------------------------------------------------------------------------


def test_what_blocks_stands_in_the_head_of_the_page(signed_in, kota_bandung, make_office, monkeypatch):
    from offices import panels

    office = make_office(week=WEEK)
    blockers = [(f"hambatan {number}", f"/x/{number}/") for number in range(5)]
    panel = panels.Panel(
        "detail", 5, "offices/office_state.html", lambda request, office: {"blockers": [*blockers, blockers[0]]}
    )
    monkeypatch.setattr(panels, "_panels", [panel])

    text = signed_in.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert '5 hal menghambat:</b> <a href="/x/0/">hambatan 0</a>' in text
    assert 'href="#hambatan">dan 2 lagi</a>' in text
    assert text.count("hambatan 4") == 1


def test_the_next_action_is_where_something_blocks():
    from offices.headline import next_action
    from offices.panels import Shown

    idle, calm = Shown("", {"blockers": []}), Shown("", {"action": ("Isi jadwal", "/a/")})
    stuck = Shown("", {"action": ("Tambah barang", "/b/"), "blockers": [("Termometer belum ada", "/c/")]})

    assert [next_action(each) for each in ([idle], [idle, calm], [idle, calm, stuck])] == [
        None, ("Isi jadwal", "/a/"), ("Tambah barang", "/b/"),
    ]  # fmt: skip


def test_rooms_too_close_block_the_office(signed_in, kota_bandung, make_office, dinas_head, now):
    office = make_office(week=WEEK)
    with mounted(kota_bandung):
        room = Room.objects.create(office=office, name="Ruang A", purpose="registration", width=600, depth=400)
        Desk.objects.create(room=room, name="Meja 1", x=0, y=0)
        Desk.objects.create(room=room, name="Meja 2", x=150, y=0)

    text = signed_in.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert "hal menghambat:" in text
