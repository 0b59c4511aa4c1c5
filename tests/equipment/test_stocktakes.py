"""Rounds through rooms by their operations."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf

from equipment import operations as inventory
from equipment import operations_stocktakes as operations
from equipment import queries_stocktakes as queries
from equipment.models import Item, StockTake, StockTakeLine
from offices import contents
from tenants.context import mounted

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def act(dinas_head, now):
    return {"by": dinas_head, "at": now}


@pytest.fixture
def things(add_item, room):
    return [add_item(name=f"Laptop {number}", room=room) for number in range(3)]


@pytest.fixture
def taken(room, things, act):
    return operations.start(room=room, **act)


def read(taken, text, act):
    return operations.read(stock_take=taken, text=text, **act)


def test_round_expects_what_stands_there_when_it_begins(taken, things, room, add_item):
    add_item(name="Laptop sesudahnya", room=room)

    assert set(StockTake.objects.get(pk=taken.pk).expected) == {thing.pk for thing in things}


def test_second_start_joins_the_round_that_is_going_on(taken, room, act):
    assert operations.start(room=room, **act) == taken


@pytest.mark.parametrize("spelling", ["{0}", " {1} ", "https://loket.test/kota-bandung/inventaris/label/{0}/", "{2}"])
def test_label_is_read_however_it_is_written(taken, things, act, spelling):
    label = things[0].label
    text = spelling.format(label, label.lower().replace("-", " "), label.replace("0", "O").replace("1", "l"))

    reading = read(taken, text, act)

    assert (reading.line.label, reading.line.outcome, reading.again) == (label, "confirmed", False)


def test_sticker_of_another_government_is_none_of_ours(taken, things, act):
    reading = read(taken, f"https://loket.test/kota-cimahi/inventaris/label/{things[0].label}/", act)

    assert (reading.line.outcome, reading.line.item) == ("unknown", None)


def test_read_again_changes_nothing(taken, things, act, now):
    first = read(taken, things[0].label, act)

    second = read(taken, things[0].label.lower(), act | {"at": now + datetime.timedelta(minutes=5)})

    assert (second.again, second.line.pk, second.line.read_at) == (True, first.line.pk, now)
    assert StockTakeLine.objects.count() == 1


def test_unknown_label_is_noted_as_it_was_read(taken, act):
    reading = read(taken, "  bmd 2019   0042 ", act)

    assert (reading.line.label, reading.line.outcome) == ("BMD 2019 0042", "unknown")


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_nothing_read_is_said(taken, act, text):
    with pytest.raises(operations.NothingRead):
        read(taken, text, act)


def test_endless_text_is_cut(taken, act):
    assert len(read(taken, "A" * 300, act).line.label) == 40


def test_what_belongs_elsewhere_is_noted_and_put_right_on_request(taken, add_item, make_room, room, act):
    other = make_room("Gudang")
    printer = add_item(kind="printer", name="Pencetak", room=other)

    line = read(taken, printer.label, act).line
    before = Item.objects.get(pk=printer.pk).room
    corrected = operations.correct_place(line=line, **act)

    assert (line.outcome, line.came_from_name, line.place_corrected) == ("moved", "Gudang, Loket Cikutra", False)
    assert (before, Item.objects.get(pk=printer.pk).room, corrected.place_corrected) == (other, room, True)


def test_device_of_the_other_purpose_is_not_carried_over(taken, add_item, training_room, act):
    laptop = add_item(name="Laptop pelatihan", purpose="training", room=training_room)
    line = read(taken, laptop.label, act).line

    with pytest.raises(operations.DomainError):
        operations.correct_place(line=line, **act)

    assert Item.objects.get(pk=laptop.pk).room == training_room


def test_what_was_written_off_is_noted_with_its_day(taken, add_item, act):
    lamp = add_item(kind="lamp", name="Lampu")
    inventory.write_off(items=[lamp], on=datetime.date(2026, 5, 4), reason="Rusak", **act)

    line = read(taken, lamp.label, act).line

    assert (line.outcome, line.came_from_name) == ("moved", "dihapus dari inventaris 4 Mei 2026")


def test_condition_is_graded_in_the_round(taken, things, act):
    line = read(taken, things[0].label, act).line

    operations.grade(line=line, condition="broken", reason="Layar retak", **act)

    graded = Item.objects.get(pk=things[0].pk)
    assert (graded.condition, graded.condition_on, graded.condition_reason) == (
        "broken",
        datetime.date(2026, 11, 23),
        "Layar retak",
    )


def test_missing_is_what_was_expected_and_not_read(taken, things, make_room, act):
    read(taken, things[0].label, act)
    inventory.move(item=things[2], room=make_room("Gudang"), **act)

    found = queries.round_of(taken)

    assert (found.seen, found.expected) == (1, 3)
    assert [(each.item.pk, each.elsewhere) for each in found.missing] == [(things[1].pk, ""), (things[2].pk, "Gudang")]


def test_missing_says_when_it_was_last_seen(taken, things, room, act, now):
    for thing in things:
        read(taken, thing.label, act)
    operations.finish(stock_take=taken, **act)
    later = act | {"at": now + datetime.timedelta(days=30)}
    again = operations.start(room=room, **later)

    found = queries.round_of(again)

    assert {(each.seen.at, each.seen.room) for each in found.missing} == {(now, "Ruang Pendaftaran")}


def test_finished_round_takes_nothing_more(taken, things, act):
    line = read(taken, things[0].label, act).line
    operations.finish(stock_take=taken, **act)

    with pytest.raises(operations.RoundFinished):
        read(taken, things[1].label, act)
    with pytest.raises(operations.RoundFinished):
        operations.withdraw(line=line, **act)
    with pytest.raises(operations.RoundFinished):
        operations.grade(line=line, condition="good", reason="", **act)
    assert operations.finish(stock_take=taken, **act).finished_at == act["at"]


def test_round_begun_by_mistake_is_undone_while_empty(taken, things, act):
    line = read(taken, things[0].label, act).line
    with pytest.raises(operations.RoundNotEmpty):
        operations.abandon(stock_take=taken, **act)

    operations.withdraw(line=line, **act)
    operations.abandon(stock_take=taken, **act)
    assert not StockTake.objects.exists()


def test_room_is_held_by_its_past(taken, room, settings):
    set_urlconf(settings.GOVERNMENT_URLCONF)

    (content,) = [each for each in contents.in_room(room) if each.holds]

    assert content.name == "Sensus barang 23 November 2026"


def test_year_tells_which_rooms_were_counted_when(taken, things, training_room, room, office, kota_bandung, act):
    read(taken, things[0].label, act)
    operations.finish(stock_take=taken, **act)

    this, before = (queries.year_of(office, year, kota_bandung) for year in (2026, 2025))

    assert [(row.room.name, row.items, bool(row.last)) for row in this] == [
        ("Ruang Pelatihan", 0, False),
        ("Ruang Pendaftaran", 3, True),
    ]
    assert (this[1].last.seen, this[1].last.missing) == (1, 2)
    assert [bool(row.last) for row in before] == [False, False]


def test_same_label_of_another_government_is_not_found(taken, things, kota_cimahi, act):
    """Kota Cimahi knows no such thing, whatever the label."""
    with mounted(kota_cimahi):
        assert not Item.objects.filter(label=things[0].label).exists()
        assert not StockTake.objects.exists()


# What the database refuses by itself ------------------------------------------------------------------------------------------


def refused_by(sql, *params):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return error.value.__cause__.diag.constraint_name


LINE = """INSERT INTO equipment_stocktakeline
    (id, stock_take_id, label, item_id, outcome, came_from_name, place_corrected, read_at, read_by_name)
    VALUES (gen_random_uuid(), %s, %s, %s, %s, '', %s, now(), 'x')"""


def test_raw_lines_are_held(taken, things, act):
    read(taken, things[0].label, act)

    assert refused_by(LINE, taken.pk, things[0].label, things[0].pk, "confirmed", False) == "equipment_stocktakeline_once"
    assert refused_by(LINE, taken.pk, "X", None, "confirmed", False) == "equipment_stocktakeline_outcome"
    assert refused_by(LINE, taken.pk, "X", things[1].pk, "unknown", False) == "equipment_stocktakeline_outcome"
    assert refused_by(LINE, taken.pk, "X", things[1].pk, "confirmed", True) == "equipment_stocktakeline_corrected"


def test_finished_round_is_fixed_for_raw_writers_too(taken, things, act):
    line = read(taken, things[0].label, act).line
    operations.finish(stock_take=taken, **act)

    assert refused_by(LINE, taken.pk, "X", None, "unknown", False) == "equipment_stocktake_fixed"
    assert refused_by("DELETE FROM equipment_stocktakeline WHERE id = %s", line.pk) == "equipment_stocktake_fixed"
    assert (
        refused_by("UPDATE equipment_stocktake SET finished_at = NULL WHERE id = %s", taken.pk) == "equipment_stocktake_fixed"
    )


def test_one_round_at_a_time_in_a_room(taken, room):
    sql = """INSERT INTO equipment_stocktake (id, room_id, expected, started_at, started_by_name, finished_by_name)
        VALUES (gen_random_uuid(), %s, '{}', now(), 'x', '')"""

    assert refused_by(sql, room.pk) == "equipment_stocktake_one_open"


@pytest.mark.parametrize("number", [1, 3])
def test_round_of_many_asks_as_often_as_of_one(room, add_item, act, number):
    things = [add_item(name=f"Laptop {each}", room=room) for each in range(number * 2)]
    taken = operations.start(room=room, **act)
    for thing in things[:number]:
        read(taken, thing.label, act)

    with CaptureQueriesContext(connection) as run:
        queries.round_of(StockTake.objects.select_related("room").get(pk=taken.pk))

    assert len(run) == 4
