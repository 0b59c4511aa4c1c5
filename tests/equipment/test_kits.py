"""The kit of a registration desk: what answers each part, how answers age, who may answer."""

import datetime
import re

import pytest

from equipment import kits, operations_kits
from equipment.enums import KitPart
from equipment.kits import Answer
from equipment.models import KitAnswer, Movement, Supply
from offices.models import Desk, Dinas, Office, Room
from tenants.context import mounted

DAY = datetime.timedelta(days=1)
AT = datetime.datetime(2026, 11, 20, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def guides_by_hand(monkeypatch):
    """Only what this room itself knows; what rooms above answer is theirs to test."""
    monkeypatch.setattr(kits, "_sources", {KitPart.DEVICE: kits.devices})


@pytest.fixture
def desk(kota_bandung, room):
    with mounted(kota_bandung):
        return room.desks.get(name="Meja 1")


@pytest.fixture
def say(kota_bandung, dinas_head, now, desk):
    """``say("paper", True, at=now)`` answers for Meja 1."""

    def act(part, present=True, at=now, of=None):
        with mounted(kota_bandung):
            return operations_kits.answer(desk=of or desk, part=part, present=present, by=dinas_head, at=at)

    return act


@pytest.fixture
def state(kota_bandung, now, desk):
    """``state("paper", at=now)`` -> the answer for a part of Meja 1."""

    def part(name, at=now) -> Answer:
        with mounted(kota_bandung):
            (kit,) = kits.kits([Desk.objects.select_related("room").get(pk=desk.pk)], at=at, tenant=kota_bandung)
            return next(part.answer for part in kit.parts if part.key == name)

    return part


@pytest.fixture
def stock(kota_bandung, office):
    """``stock("paper", 0)``: the office keeps this supply, and so much of it is there."""

    def keep(kind, on_hand, name=""):
        with mounted(kota_bandung):
            supply = Supply.objects.create(office=office, kind=kind, name=name or kind, unit="buah")
            if on_hand:
                Movement.objects.create(
                    supply=supply, kind="in", quantity=on_hand, on="2026-11-20", recorded_at=AT, recorded_by_name="x"
                )  # fmt: skip

    return keep


def test_desk_without_anything_lacks_its_device_and_asks_for_the_rest(state):
    found = {part: state(part).kind for part in KitPart.values}

    assert found == {"device": "bad"} | dict.fromkeys(list(KitPart.values)[1:], "none")


def test_device_is_answered_by_the_inventory(state, add_item, room, desk):
    item = add_item(room=room, desk=desk)

    answer = state("device")

    assert (answer.kind, answer.word) == ("ok", "ada")
    assert item.label in answer.detail


@pytest.mark.parametrize(("condition", "kind"), [("good", "ok"), ("fair", "ok"), ("broken", "bad")])
def test_device_counts_while_it_is_no_wreck(state, add_item, room, desk, kota_bandung, condition, kind):
    item = add_item(room=room, desk=desk)
    with mounted(kota_bandung):
        type(item).objects.filter(pk=item.pk).update(condition=condition)

    assert state("device").kind == kind


def test_device_that_works_goes_before_a_wreck_beside_it(state, add_item, room, desk, kota_bandung):
    for condition in ("broken", "good", "broken"):
        item = add_item(room=room, desk=desk)
        with mounted(kota_bandung):
            type(item).objects.filter(pk=item.pk).update(condition=condition)

    assert state("device").kind == "ok"


def test_answer_says_who_saw_it_and_when(state, say):
    say("paper")

    assert state("paper") == Answer("ok", "ada", "dilihat Siti Rahma, 23 November 2026")


def test_newer_answer_replaces_the_older(state, say, now, kota_bandung):
    say("paper", True, now - DAY)
    say("paper", False)

    assert (state("paper").kind, state("paper").word) == ("bad", "tidak ada")
    with mounted(kota_bandung):
        assert KitAnswer.objects.count() == 1


def test_answer_ages_after_thirty_days(state, say, now):
    say("paper")

    assert state("paper", now + kits.AGES_AFTER).kind == "ok"
    assert state("paper", now + kits.AGES_AFTER + datetime.timedelta(seconds=1)).word == "lihat lagi"


def test_supply_that_is_used_up_is_said_beside_what_lies_on_the_desk(state, say, stock):
    stock("paper", 0)
    stock("sanitizer", 3)
    say("paper")
    say("sanitizer")

    assert (state("paper").kind, state("paper").word) == ("warn", "habis di persediaan")
    assert state("paper").link_words == "Isi persediaan"
    assert state("sanitizer").kind == "ok"


def test_stationery_is_used_up_when_all_of_it_is(state, say, stock):
    stock("pen", 0)
    say("stationery")
    assert state("stationery").kind == "warn"

    stock("glue", 2)

    assert state("stationery").kind == "ok"


def test_supply_that_is_kept_no_more_says_nothing(state, say, stock, kota_bandung):
    stock("paper", 0)
    with mounted(kota_bandung):
        Supply.objects.update(retired_on="2026-11-01")
    say("paper")

    assert state("paper").kind == "ok"


def test_part_that_a_room_above_answers_is_asked_no_more(state, say, desk):
    kits.answer_with("email-guide", lambda desks: {each.pk: Answer("ok", "terpasang") for each in desks})

    assert state("email-guide").word == "terpasang"
    with pytest.raises(operations_kits.PartIsKnown):
        say("email-guide")


@pytest.mark.parametrize(("part", "error"), [("device", operations_kits.PartIsKnown), ("kursi", operations_kits.UnknownPart)])
def test_part_that_is_not_asked_is_refused(say, part, error):
    with pytest.raises(error):
        say(part)


def test_desk_of_a_training_room_has_no_kit(say, training_room, kota_bandung):
    with mounted(kota_bandung):
        desk = training_room.desks.get()

    with pytest.raises(operations_kits.NoRegistrationDesk):
        say("paper", of=desk)


# Pages ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, dinas_head, kota_bandung, office):
    client.force_login(dinas_head.user)
    return lambda: client.get(kota_bandung.url("equipment:kits", office.pk))


@pytest.fixture
def tap(client, kota_bandung, office, desk):
    def act(part="paper", present="1", **headers):
        address = kota_bandung.url("equipment:kit_answer", office.pk, desk.room_id, desk.pk)
        return client.post(address, {"part": part, "present": present}, headers=headers)

    return act


def test_one_tap_answers_one_part_and_gives_the_card_anew(page, tap, desk):
    page()

    fragment = tap(hx_request="true")

    text = fragment.content.decode()
    assert f'id="meja-{desk.pk}"' in text
    assert "dilihat Siti Rahma" in text
    assert "dilihat Siti Rahma" in page().content.decode()
    assert "Meja 1: kertas ada." in text


def test_card_of_a_tap_is_the_card_of_the_page(page, tap, desk):
    page()
    fragment = tap(hx_request="true").content.decode()

    fresh = page().content.decode()

    start = fragment.index("<ul class=")
    card = fragment[start : fragment.index("</ul>", start)]
    assert _without_tokens(card) in _without_tokens(fresh)


def _without_tokens(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_tap_without_scripts_leads_back_to_the_desk(page, tap, desk, kota_bandung, office):
    page()

    assert tap().headers["Location"] == f"{kota_bandung.url('equipment:kits', office.pk)}#meja-{desk.pk}"


def test_tap_that_says_nothing_is_refused_in_words(page, tap, kota_bandung):
    page()

    response = tap(present="mungkin", hx_request="true")

    assert response.status_code == 422
    assert "tidak termasuk perlengkapan" in response.content.decode()
    with mounted(kota_bandung):
        assert not KitAnswer.objects.exists()


def test_other_dinas_sees_the_kits_but_does_not_answer(client, other_head, room, tap, kota_bandung, office):
    client.force_login(other_head.user)

    shown = client.get(kota_bandung.url("equipment:kits", office.pk))

    assert (shown.status_code, "/jawab/" in shown.content.decode()) == (200, False)
    assert tap().status_code == 403
    with mounted(kota_bandung):
        assert not KitAnswer.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_each_number_of_desks(client, dinas_head, kota_bandung, make_room, office, count, query_count):
    make_room("Ruang", desks=[f"Meja {number}" for number in range(count)])
    client.force_login(dinas_head.user)

    with query_count(11):
        client.get(kota_bandung.url("equipment:kits", office.pk))


def test_office_page_names_what_each_desk_lacks(client, dinas_head, kota_bandung, office, room, say):
    say("paper", False)
    client.force_login(dinas_head.user)

    response = client.get(kota_bandung.url("offices:detail", office.pk))

    panel = next(each.panel for each in response.context["panels"] if each.template == "equipment/kits_panel.html")
    assert [sentence for sentence, _url in panel["blockers"]] == [
        "Meja 1 belum lengkap: perangkat, kertas",
        "Meja 2 belum lengkap: perangkat",
    ]


def test_kits_of_another_government_are_not_there(page, kota_cimahi, office, client, kota_bandung):
    page()
    with mounted(kota_cimahi):
        dinas = Dinas.objects.create(name="Dinas kecapi", sectors=["manpower"])
        theirs = Office.objects.create(id=office.pk, dinas=dinas, name="Loket kecapi", address="x", opened_on="2026-01-05")
        room = Room.objects.create(office=theirs, name="Ruang kecapi", purpose="registration")
        desk = Desk.objects.create(room=room, name="Meja kecapi")

    assert "kecapi" not in page().content.decode()
    address = kota_bandung.url("equipment:kit", office.pk, room.pk, desk.pk)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}jawab/", {"part": "paper", "present": "1"}).status_code == 404
