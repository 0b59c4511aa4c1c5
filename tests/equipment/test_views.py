"""Pages of the inventory: lists, exports, one thing, many at once."""

import datetime
import re
from urllib.parse import urlencode

import pytest

from accounts.enums import Role
from equipment import operations, operations_checks
from equipment.enums import CheckKind
from equipment.models import Item
from equipment.operations_checks import Answer
from offices.models import Dinas, Office
from tenants.context import mounted

TODAY = datetime.date(2026, 11, 23)
WELL = {kind: Answer(ok=True) for kind in CheckKind}


@pytest.fixture(autouse=True)
def monday(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def go(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


@pytest.fixture
def act(dinas_head, now):
    return {"by": dinas_head, "at": now}


@pytest.fixture
def check(kota_bandung, act):
    def look(item, answers=WELL, on=TODAY):
        with mounted(kota_bandung):
            return operations_checks.record(item=item, answers=answers, on=on, **act)

    return look


def listed(response) -> list[str]:
    return re.findall(r'<tr id="barang-([0-9a-f-]+)"', response.content.decode())


def page(tenant, name, *args, **query):
    return tenant.url(name, *args) + (f"?{urlencode(query)}" if query else "")


# Lists ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_the_government_costs_the_same_for_one_and_three(go, kota_bandung, add_item, query_count, count):
    for number in range(count):
        add_item(name=f"Laptop {number}")
    url = page(kota_bandung, "equipment:items")

    with query_count(11):
        assert len(listed(go.get(url))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_an_office_costs_the_same_for_one_and_three(go, kota_bandung, office, add_item, query_count, count):
    for number in range(count):
        add_item(name=f"Laptop {number}")
    url = page(kota_bandung, "equipment:office_items", office.pk)

    with query_count(12):
        assert len(listed(go.get(url))) == count


def test_filters_find_their_things(go, kota_bandung, office, make_office, add_item, check, room, act):
    other = make_office("Loket Gedebage")
    fresh, due = add_item(name="Segar", room=room, item_code="3.10.01"), add_item(name="Usang")
    chair = add_item("chair", "Kursi", condition="broken")
    away = add_item("chair", "Kursi jauh", of=other)
    check(fresh)
    check(due, on=TODAY - datetime.timedelta(days=8))
    names = {item.pk: item.name for item in (fresh, due, chair, away)}

    def found(name="equipment:items", *args, **query):
        return {names[item.pk] for item in (fresh, due, chair, away)
                if str(item.pk) in listed(go.get(page(kota_bandung, name, *args, **query)))}  # fmt: skip

    assert found() == {"Segar", "Usang", "Kursi", "Kursi jauh"}
    assert found("equipment:office_items", office.pk) == {"Segar", "Usang", "Kursi"}
    assert found(kantor=other.pk) == {"Kursi jauh"}
    assert found("equipment:office_items", office.pk, ruang=room.pk) == {"Segar"}
    assert found("equipment:office_items", office.pk, ruang="belum") == {"Usang", "Kursi"}
    assert found(golongan="furniture") == {"Kursi", "Kursi jauh"}
    assert found(jenis="laptop", kegunaan="registration") == {"Segar", "Usang"}
    assert found(kondisi="broken") == {"Kursi"}
    assert (found(periksa="perlu"), found(periksa="overdue"), found(periksa="never")) == ({"Usang"}, {"Usang"}, set())
    assert (found(cari="3.10.01"), found(cari=chair.label[:4])) == ({"Segar"}, {"Kursi"})
    assert found(status="dihapus") == set()


@pytest.mark.parametrize(
    ("state", "name"),
    [("failed", "Rusak"), ("never", "Baru"), ("overdue", "Lama"), ("ageing", "Sebentar"), ("perlu", None)],
)
def test_every_state_of_checks_can_be_filtered(go, kota_bandung, add_item, check, state, name):
    add_item(name="Baru")
    check(add_item(name="Segar"))
    check(add_item(name="Rusak"), WELL | {CheckKind.CAMERA: Answer(ok=False, note="gelap")})
    check(add_item(name="Lama"), on=TODAY - datetime.timedelta(days=7))
    check(add_item(name="Sebentar"), on=TODAY - datetime.timedelta(days=6))

    found = listed(go.get(page(kota_bandung, "equipment:items", periksa=state)))

    with mounted(kota_bandung):
        named = set(Item.objects.filter(pk__in=found).values_list("name", flat=True))
    assert named == ({name} if name else {"Baru", "Rusak", "Lama", "Sebentar"})


def test_whole_label_in_the_search_leads_to_the_thing(go, kota_bandung, add_item):
    laptop = add_item()
    typed = laptop.label.lower().replace("-", " ")

    assert go.get(page(kota_bandung, "equipment:items", cari=typed)).headers["Location"] == kota_bandung.url(
        "equipment:item", laptop.pk
    )
    assert go.get(page(kota_bandung, "equipment:by_label", typed)).headers["Location"] == kota_bandung.url(
        "equipment:item", laptop.pk
    )
    assert go.get(page(kota_bandung, "equipment:by_label", "1111-11")).status_code == 404


def test_export_is_the_list_as_it_is_seen(go, kota_bandung, add_item, check):
    check(add_item(name="Laptop A", room=None))
    add_item("chair", "=1+1")
    url = page(kota_bandung, "equipment:items_csv", urut="-name") + "&kolom=label&kolom=checks&kolom=condition"

    rows = go.get(url).content.decode("utf-8-sig").splitlines()

    assert rows[0] == "Barang;Label;Pemeriksaan;Kondisi"
    assert [row.split(";")[0] for row in rows[1:]] == ["Laptop A", "'=1+1"]
    assert rows[1].endswith('kamera: baik; internet: baik; peramban: baik";Baik')


def test_neighbour_with_the_same_label_is_not_seen(go, kota_bandung, kota_cimahi, add_item):
    laptop = add_item(name="Laptop Bandung")
    with mounted(kota_cimahi):
        dinas = Dinas.objects.create(name="Dinas Lain", sectors=["manpower"])
        office = Office.objects.create(dinas=dinas, name="Loket Lain", address="x", opened_on="2026-01-05")
        there = Item.objects.create(
            office=office, label=laptop.label, category="device", kind="laptop", name="Laptop Cimahi", purpose="registration"
        )

    response = go.get(page(kota_bandung, "equipment:items"))

    assert listed(response) == [str(laptop.pk)]
    assert b"Laptop Cimahi" not in go.get(page(kota_bandung, "equipment:items_csv")).content
    assert go.get(page(kota_bandung, "equipment:item", there.pk)).status_code == 404
    assert go.post(page(kota_bandung, "equipment:bulk"), {"item": [there.pk], "action": "hapus", "go": "1", "on": "2026-11-23",
        "reason": "x"}).status_code == 302  # fmt: skip
    with mounted(kota_cimahi):
        assert Item.objects.get().removed_on is None


# One thing --------------------------------------------------------------------------------------------------------------------

NEW = {"kind": "chair", "name": " Kursi  lipat ", "count": "8", "condition": "good", "purpose": "", "item_code": "", "year": ""}


def test_eight_chairs_are_added_by_the_form(go, kota_bandung, office, room):
    response = go.post(page(kota_bandung, "equipment:item_new", office.pk), NEW | {"place": f"ruang:{room.pk}"})

    assert response.headers["Location"] == kota_bandung.url("equipment:office_items", office.pk)
    with mounted(kota_bandung):
        assert set(Item.objects.values_list("name", "room")) == {("Kursi lipat", room.pk)}
        assert Item.objects.count() == 8


def test_device_in_a_wrong_room_keeps_what_was_typed(go, kota_bandung, office, training_room):
    typed = NEW | {"kind": "laptop", "count": "1", "purpose": "registration", "place": f"ruang:{training_room.pk}"}

    response = go.post(page(kota_bandung, "equipment:item_new", office.pk), typed)

    text = response.content.decode()
    assert response.status_code == 422
    assert "sedangkan Ruang Pelatihan ruang pelatihan" in text
    assert f'value="ruang:{training_room.pk}" selected' in text


@pytest.mark.parametrize(("count", "queries"), [(1, 9), (3, 9)])
def test_page_of_a_thing_costs_the_same_with_one_and_three_looks(
    go, kota_bandung, office, add_item, check, query_count, count, queries
):
    laptop = add_item()
    for number in range(count):
        check(laptop, on=TODAY - datetime.timedelta(days=number))
    url = page(kota_bandung, "equipment:item", laptop.pk)

    with query_count(queries):
        assert "Siap dipakai." in go.get(url).content.decode()


def test_one_tap_grades(go, kota_bandung, add_item):
    laptop = add_item(condition="fair")

    url = page(kota_bandung, "equipment:item_condition", laptop.pk)
    go.post(url, {"condition": "good", "on": "2026-11-23", "version": "1"})

    with mounted(kota_bandung):
        assert (Item.objects.get().condition, Item.objects.get().condition_on) == ("good", TODAY)


def test_older_version_is_not_graded_over(go, kota_bandung, add_item, act):
    laptop = add_item()
    with mounted(kota_bandung):
        operations.set_condition(items=[laptop], condition="broken", on=TODAY, reason="jatuh", **act)

    url = page(kota_bandung, "equipment:item_condition", laptop.pk)
    response = go.post(url, {"condition": "good", "on": "2026-11-23", "version": "1"})

    assert response.status_code == 422
    assert "sudah diubah orang lain" in response.content.decode()


def test_thing_is_moved_to_a_desk_of_another_office(go, kota_bandung, add_item, make_office, make_room):
    there = make_office("Loket Gedebage")
    desk_room = make_room("Ruang Depan", of=there)
    laptop = add_item()
    with mounted(kota_bandung):
        desk = desk_room.desks.get()

    go.post(page(kota_bandung, "equipment:item_move", laptop.pk), {"place": f"meja:{desk.pk}", "version": "1", "reason": ""})

    with mounted(kota_bandung):
        moved = Item.objects.get()
        assert (moved.office_id, moved.room_id, moved.desk_id) == (there.pk, desk_room.pk, desk.pk)


def test_thing_is_written_off_and_taken_back(go, kota_bandung, add_item):
    laptop = add_item()

    go.post(page(kota_bandung, "equipment:item_write_off", laptop.pk), {"on": "2026-11-23", "reason": "dilelang"})
    shown = go.get(page(kota_bandung, "equipment:item", laptop.pk)).content.decode()
    assert "Dihapus dari inventaris 23 November 2026" in shown
    assert listed(go.get(page(kota_bandung, "equipment:items"))) == []
    assert listed(go.get(page(kota_bandung, "equipment:items", status="dihapus"))) == [str(laptop.pk)]

    go.post(page(kota_bandung, "equipment:item_take_back", laptop.pk), {"version": "2"})
    assert listed(go.get(page(kota_bandung, "equipment:items"))) == [str(laptop.pk)]


def test_other_dinas_sees_and_does_not_change(client, kota_bandung, office, add_item, other_head):
    client.force_login(other_head.user)
    laptop = add_item()

    assert client.get(page(kota_bandung, "equipment:item", laptop.pk)).status_code == 200
    for name in ("item_edit", "item_move", "item_condition", "item_write_off", "item_check", "self_test", "download"):
        assert client.get(page(kota_bandung, f"equipment:{name}", laptop.pk)).status_code == 403, name
    for name in ("item_take_back", "upload"):
        assert client.post(page(kota_bandung, f"equipment:{name}", laptop.pk)).status_code == 403, name
    assert client.get(page(kota_bandung, "equipment:item_new", office.pk)).status_code == 403


# Many things ------------------------------------------------------------------------------------------------------------------


def many(browser, tenant, items, **sent):
    return browser.post(page(tenant, "equipment:bulk"), {"item": [item.pk for item in items], "back": "", **sent})


def test_chosen_rows_are_moved_after_the_page_has_said_which_cannot(go, kota_bandung, add_item, training_room):
    chair, laptop = add_item("chair", "Kursi"), add_item()
    wish = {"action": "pindah", "go": "1", "place": f"ruang:{training_room.pk}", "reason": ""}

    asked = many(go, kota_bandung, [chair, laptop], **wish)

    assert asked.status_code == 422
    assert "sedangkan Ruang Pelatihan ruang pelatihan" in asked.content.decode()
    with mounted(kota_bandung):
        assert set(Item.objects.values_list("room", flat=True)) == {None}

    many(go, kota_bandung, [chair, laptop], without="1", **wish)

    with mounted(kota_bandung):
        assert dict(Item.objects.values_list("name", "room")) == {"Kursi": training_room.pk, "Laptop 14 inci": None}


@pytest.mark.parametrize(
    ("wish", "field", "value"),
    [
        ({"action": "kondisi", "condition": "broken", "reason": "banjir"}, "condition", "broken"),
        ({"action": "hapus", "reason": "dilelang"}, "removed_reason", "dilelang"),
    ],
)
def test_chosen_rows_are_graded_and_written_off(go, kota_bandung, add_item, wish, field, value):
    items = [add_item(), add_item("chair", "Kursi")]

    assert many(go, kota_bandung, items, action=wish["action"]).status_code == 200
    response = many(go, kota_bandung, items, go="1", on="2026-11-23", **wish)

    assert response.status_code == 302
    with mounted(kota_bandung):
        assert set(Item.objects.values_list(field, flat=True)) == {value}


def test_rows_of_another_dinas_are_left_out_and_named(client, make_member, kota_bandung, other_dinas, other_head, make_office,
                                                      add_item):  # fmt: skip
    client.force_login(other_head.user)
    foreign = add_item("chair", "Kursi asing")
    own = add_item("chair", "Kursi sendiri", of=make_office("Loket Lain", of=other_dinas, by=other_head))
    wish = {"action": "hapus", "go": "1", "on": "2026-11-23", "reason": "x"}

    asked = many(client, kota_bandung, [foreign, own], **wish)
    assert "milik Dinas Tenaga Kerja" in asked.content.decode()
    many(client, kota_bandung, [foreign, own], without="1", **wish)

    with mounted(kota_bandung):
        assert list(Item.objects.exclude(removed_on=None).values_list("name", flat=True)) == ["Kursi sendiri"]


@pytest.mark.parametrize("sent", [{"action": "pindah"}, {"action": "kondisi", "item": ["x", "\x00"]}])
def test_nothing_chosen_leads_back(go, kota_bandung, sent):
    response = go.post(page(kota_bandung, "equipment:bulk"), sent)

    assert (response.status_code, response.headers["Location"]) == (302, kota_bandung.url("equipment:items"))


@pytest.mark.parametrize("back", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)"])
def test_way_back_stays_here(go, kota_bandung, back):
    response = go.post(page(kota_bandung, "equipment:bulk"), {"action": "pindah", "back": back})

    assert response.headers["Location"] == kota_bandung.url("equipment:items")


def test_unknown_action_is_not_found(go, kota_bandung, add_item):
    assert many(go, kota_bandung, [add_item()], action="jual").status_code == 404


def test_staff_of_the_governor_only_look(client, make_member, jawa_barat):
    member = make_member(jawa_barat, Role.PROVINCE_STAFF)
    client.force_login(member.user)

    assert client.get(page(jawa_barat, "equipment:items")).status_code == 200
    assert client.get(page(jawa_barat, "equipment:new")).status_code == 403
