"""The pages of rooms and plans."""

import re

import pytest

from offices import contents, operations_layout, panels
from offices.forms_layout import DeskRows
from offices.models import Desk, Dinas, Office, Room
from offices.operations_layout import Placed
from tenants.context import mounted

ROOM = {"name": "Ruang Pendaftaran", "purpose": "registration", "width": "8", "depth": "6,5", "note": ""}


@pytest.fixture
def make_room(kota_bandung, dinas_head, now, office):
    """``make_room("Ruang A", desks=[Placed(…)], **facts)`` -> a room of the office, by its operations."""

    def make(name="Ruang Pendaftaran", *, of=None, desks=(), **facts) -> Room:
        facts = {"purpose": "registration", "width": 800, "depth": 600, "note": ""} | facts
        with mounted(kota_bandung):
            room = operations_layout.add_room(office=of or office, name=name, by=dinas_head, at=now, **facts)
            if desks:
                room = operations_layout.lay_out(room=room, desks=desks, version=None, by=dinas_head, at=now)
            return room

    return make


@pytest.fixture
def url(kota_bandung):
    def address(name, room, **more):
        return kota_bandung.url(f"offices:{name}", room.office_id, room.pk)

    return address


@pytest.fixture
def acting(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


def desks_of(tenant, room):
    with mounted(tenant):
        return {desk.name: (desk.x, desk.y, desk.width, desk.depth) for desk in Desk.objects.filter(room=room)}


def rows(*desks, version, **more):
    """The plan as a browser sends it: (id, name, x, y, width, depth) each."""
    data = {"version": version, "meja-TOTAL_FORMS": len(desks), "meja-INITIAL_FORMS": 0} | more
    for number, desk in enumerate(desks):
        data |= {f"meja-{number}-{name}": value for name, value in zip(DeskRows.fields, desk, strict=True)}
    return data


def test_room_is_recorded_in_metres_with_a_comma(acting, kota_bandung, office):
    response = acting.post(kota_bandung.url("offices:room_new", office.pk), ROOM)

    with mounted(kota_bandung):
        room = Room.objects.get()
    assert (room.width, room.depth, room.purpose) == (800, 650, "registration")
    assert response.headers["Location"] == kota_bandung.url("offices:plan", office.pk, room.pk)


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"purpose": "keduanya"}, "purpose"),
        ({"width": "lebar"}, "width"),
        ({"width": "0,5"}, "width"),
        ({"width": "-4"}, "width"),
        ({"width": "4,555"}, "width"),
        ({"depth": ""}, "depth"),
        ({"name": " "}, "name"),
    ],
)
def test_room_entries_that_cannot_be_are_said_and_kept(acting, kota_bandung, office, entries, field):
    response = acting.post(kota_bandung.url("offices:room_new", office.pk), ROOM | {"note": "Lantai 2"} | entries)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Lantai 2"' in response.content.decode()
    with mounted(kota_bandung):
        assert not Room.objects.exists()


def test_plan_is_saved_as_a_whole(acting, kota_bandung, make_room, url):
    room = make_room(desks=[Placed("Meja 1", 100, 100), Placed("Meja 2", 400, 100)])
    with mounted(kota_bandung):
        first = room.desks.get(name="Meja 1")
    sent = [(first.pk, "Meja satu", 120, 100, 120, 60), ("", "Meja 3", "", "", 140, 70)]

    response = acting.post(url("plan", room), rows(*sent, version=room.version))

    assert response.headers["Location"] == url("room", room)
    assert desks_of(kota_bandung, room) == {"Meja satu": (120, 100, 120, 60), "Meja 3": (None, None, 140, 70)}


def test_plan_shows_distances_under_a_metre_in_drawing_and_words(acting, make_room, url):
    room = make_room(desks=[Placed("Meja 1", 0, 0), Placed("Meja 2", 182, 0), Placed("Meja 3", 700, 500)])

    page = acting.get(url("room", room)).content.decode()

    assert "Meja 1 dan Meja 2: 62 cm, kurang 38 cm" in page
    assert "Meja 3 berada di luar lantai ruang" in page
    assert re.findall(r'd="(M[^"]+)"', page.split('class="gaps"')[1].split("</svg>")[0]) == ["M120 30L182 30M151 30L151 60"]
    assert "<b>1 pasang meja berjarak kurang dari 1 meter.</b>" in page


def test_new_desk_is_offered_where_there_is_a_metre_around(acting, kota_bandung, make_room, url):
    room = make_room(desks=[Placed("Meja 1", 100, 100)])
    with mounted(kota_bandung):
        desk = room.desks.get()

    response = acting.post(url("plan", room), rows((desk.pk, "Meja 1", 100, 100, 120, 60), version=2, baris="tambah"))

    assert response.status_code == 200
    assert response.context["rows"].formset.forms[1].initial == {
        "id": "", "name": "Meja 2", "x": 325, "y": 100, "width": 120, "depth": 60,
    }  # fmt: skip
    assert desks_of(kota_bandung, room) == {"Meja 1": (100, 100, 120, 60)}


def test_laying_out_says_how_many_fit(acting, make_room, url):
    room = make_room(width=600, depth=400)

    response = acting.post(url("plan", room), rows(version=1, susun="1", jumlah="11"))

    assert response.context["said"] == (
        "9 dari 11 meja muat dengan jarak 1 m; 2 belum ditempatkan. Meja merapat ke dinding, karena ruangnya tidak cukup untuk"
        " jarak ke dinding. Ruang ini memuat sampai 9 meja."
    )


def test_plan_that_somebody_else_saved_is_compared_desk_by_desk(acting, kota_bandung, make_room, url):
    room = make_room(desks=[Placed("Meja 1", 100, 100)])
    with mounted(kota_bandung):
        desk = room.desks.get()

    response = acting.post(url("plan", room), rows((desk.pk, "Meja 1", 300, 100, 120, 60), version=1))

    assert response.status_code == 422
    (lost,) = response.context["form"].lost
    assert (lost.label, lost.current) == ("Meja 1", "100 cm dari kiri, 100 cm dari atas, 120 × 60 cm")
    assert lost.submitted == "300 cm dari kiri, 100 cm dari atas, 120 × 60 cm"
    assert 'name="meja-0-x" value="300"' in response.content.decode()
    again = acting.post(url("plan", room), rows((desk.pk, "Meja 1", 300, 100, 120, 60), version=2))
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("desk", "field"),
    [
        (("", "", 1, 1, 120, 60), "name"),
        (("", "A", "", 1, 120, 60), "x"),
        (("", "A", "satu", 1, 120, 60), "x"),
        (("", "A", 1, 1, 10, 60), "width"),
        (("", "A", 1, 1, 120, ""), "depth"),
    ],
)
def test_rows_that_cannot_be_are_said_and_kept(acting, kota_bandung, make_room, url, desk, field):
    room = make_room()

    response = acting.post(url("plan", room), rows(("", "Meja Jati", 5, 5, 120, 60), desk, version=1))

    assert response.status_code == 422
    assert [list(form.errors) for form in response.context["rows"].formset] == [[], [field]]
    assert 'value="Meja Jati"' in response.content.decode()
    assert desks_of(kota_bandung, room) == {}


def test_plan_of_a_room_nobody_measured_asks_for_its_size(acting, make_room, url):
    room = make_room(width=None, depth=None)

    assert acting.get(url("plan", room)).headers["Location"] == url("room_edit", room)


def test_room_that_is_not_empty_says_what_stands_in_it(acting, kota_bandung, make_room, url):
    room = make_room(desks=[Placed("Meja Jati")])

    response = acting.post(url("room_remove", room), {"version": room.version})

    assert response.status_code == 422
    assert "Ruang Pendaftaran belum kosong: Meja Jati." in response.content.decode()


def test_empty_room_is_removed(acting, kota_bandung, make_room, url):
    room = make_room()

    acting.post(url("room_remove", room), {"version": room.version})

    with mounted(kota_bandung):
        assert not Room.objects.exists()


def test_other_dinas_sees_the_plan_but_does_not_change_it(client, other_head, make_room, url):
    room = make_room(desks=[Placed("Meja 1", 100, 100)])
    client.force_login(other_head.user)

    assert client.get(url("room", room)).status_code == 200
    assert client.get(url("plan", room)).status_code == 403
    assert client.post(url("plan", room), rows(version=2)).status_code == 403


def test_room_of_another_government_is_not_there(client, acting, kota_cimahi, kota_bandung, make_room, office):
    with mounted(kota_cimahi):
        dinas = Dinas.objects.create(name="Dinas kecapi", sectors=["manpower"])
        theirs = Office.objects.create(id=office.pk, dinas=dinas, name="Loket kecapi", address="x", opened_on="2026-01-05")
        room = Room.objects.create(office=theirs, name="Ruang kecapi", purpose="training", width=500, depth=500)

    assert acting.get(kota_bandung.url("offices:room", office.pk, room.pk)).status_code == 404
    assert "kecapi" not in acting.get(kota_bandung.url("offices:rooms", office.pk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_rooms_costs_the_same_for_each_length(acting, kota_bandung, office, make_room, count, query_count):
    for letter in "ABC"[:count]:
        make_room(f"Ruang {letter}", desks=[Placed("Meja 1", 100, 100), Placed("Meja 2", 150, 100)])

    with query_count(9):
        acting.get(kota_bandung.url("offices:rooms", office.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_room_costs_the_same_for_each_number_of_desks(acting, make_room, url, count, query_count, monkeypatch):
    # What higher rooms show there is counted by their own tests.
    monkeypatch.setattr(panels, "_panels", [])
    monkeypatch.setattr(contents, "_sources", [])
    room = make_room(desks=[Placed(f"Meja {number}", 50 * number, 100) for number in range(count)])

    with query_count(8):
        acting.get(url("room", room))


def test_office_page_names_what_hinders(acting, kota_bandung, office, make_room):
    make_room(desks=[Placed("Meja 1", 0, 0), Placed("Meja 2", 182, 0), Placed("Meja 3")])

    response = acting.get(kota_bandung.url("offices:detail", office.pk))

    panel = next(each.panel for each in response.context["panels"] if each.template == "offices/rooms_panel.html")
    assert [sentence for sentence, _url in panel["blockers"]] == ["Ruang Pendaftaran: Meja 1 dan Meja 2: 62 cm, kurang 38 cm"]
    assert [sentence for sentence, _url in panel["attention"]] == ["Ruang Pendaftaran: 1 meja belum ditempatkan"]
