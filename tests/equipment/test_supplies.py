"""Supplies by their operations: what is refused, what follows."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from equipment import operations_supplies as operations
from equipment import queries_supplies as queries
from equipment.models import Movement, Supply
from offices.copying import copy_office
from portal.errors import LostUpdate
from tests.equipment.supplies import PAPER, add
from tests.offices.conftest import WEEK

pytestmark = pytest.mark.usefixtures("here")
TODAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def paper(office, dinas_head, now):
    return add(office, dinas_head, now, on_hand=3)


@pytest.fixture
def act(dinas_head, now):
    return {"by": dinas_head, "at": now}


def ledger(supply):
    return list(
        Movement.objects.filter(supply=supply)
        .order_by("recorded_at", "pk")
        .values_list("kind", "quantity", "balance", "reason")
    )


def on_hand(supply):
    return Supply.objects.get(pk=supply.pk).on_hand


def test_what_is_there_already_comes_in_as_the_first_movement(paper):
    assert (on_hand(paper), ledger(paper)) == (3, [("in", 3, 3, "Persediaan awal")])


def test_more_than_is_left_is_refused_with_what_is_left(paper, act):
    with pytest.raises(operations.NotEnough) as refused:
        operations.record(supply=paper, kind="used", quantity=5, on=TODAY, **act)

    assert str(refused.value.message) == "Tersisa 3 rim; 5 tidak dapat dikeluarkan."
    assert on_hand(paper) == 3


def test_all_that_is_left_may_be_used(paper, act):
    operations.record(supply=paper, kind="used", quantity=3, on=TODAY, **act)

    assert on_hand(paper) == 0


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
@pytest.mark.parametrize("kind", ["in", "used"])
def test_wrong_quantity_is_refused(paper, act, kind, quantity):
    with pytest.raises(operations.WrongQuantity):
        operations.record(supply=paper, kind=kind, quantity=quantity, on=TODAY, **act)


def test_correction_asks_for_a_reason_and_goes_both_ways(paper, act):
    with pytest.raises(operations.NoReason):
        operations.record(supply=paper, kind="corrected", quantity=-1, reason=" ", on=TODAY, **act)
    operations.record(supply=paper, kind="corrected", quantity=-1, reason="Rusak kena air", on=TODAY, **act)
    operations.record(supply=paper, kind="corrected", quantity=4, reason="Ditemukan di lemari", on=TODAY, **act)

    assert on_hand(paper) == 6


@pytest.mark.parametrize(
    ("on", "error"),
    [(TODAY + DAY, operations.NotYet), (TODAY - DAY * 367, operations.TooLongAgo), (TODAY, None), (TODAY - DAY * 366, None)],
)
def test_day_is_today_or_within_a_year(paper, act, on, error):
    if error is None:
        assert operations.record(supply=paper, kind="used", quantity=1, on=on, **act).on == on
    else:
        with pytest.raises(error):
            operations.record(supply=paper, kind="used", quantity=1, on=on, **act)


def test_name_is_taken_once_in_an_office_whatever_its_capitals(office, paper, dinas_head, now):
    with pytest.raises(operations.NameTaken):
        add(office, dinas_head, now, name="KERTAS a4")


def test_start_list_is_entered_once_and_leaves_what_is_there(office, dinas_head, now, act):
    add(office, dinas_head, now, name="gunting", kind="scissors", unit="buah")

    first = operations.add_start_list(office=office, **act)
    second = operations.add_start_list(office=office, **act)

    names = list(Supply.objects.values_list("name", flat=True))
    assert (len(first), second, len(names)) == (9, [], 10)
    assert {"gunting", "Kertas A4 80 gram", "Masker medis isi 50"} <= set(names)


def test_a_day_is_recorded_at_once_coming_in_before_use(office, paper, dinas_head, now, act):
    pens = add(office, dinas_head, now, name="Bolpoin", kind="pen", unit="buah", on_hand=10)
    entries = [operations.Entry(paper.pk, came_in=5, used=8), operations.Entry(pens.pk, used=2)]

    done = operations.record_day(office=office, entries=entries, on=TODAY, **act)

    assert (len(done), on_hand(paper), on_hand(pens)) == (3, 0, 8)


def test_one_row_too_many_records_none_and_says_which(office, paper, dinas_head, now, act):
    pens = add(office, dinas_head, now, name="Bolpoin", kind="pen", unit="buah", on_hand=10)
    entries = [operations.Entry(paper.pk, used=5), operations.Entry(pens.pk, used=2)]

    with pytest.raises(operations.Refused) as refused:
        operations.record_day(office=office, entries=entries, on=TODAY, **act)

    (error,) = refused.value.by_supply.values()
    assert (list(refused.value.by_supply), error.field) == ([paper.pk], "used")
    assert (on_hand(paper), on_hand(pens), Movement.objects.count()) == (3, 10, 2)


def test_empty_sheet_records_nothing(office, paper, act):
    assert operations.record_day(office=office, entries=[operations.Entry(paper.pk)], on=TODAY, **act) == []


def test_entries_for_another_office_are_not_touched(office, paper, make_office, act):
    other = make_office("Loket Lain")

    operations.record_day(office=other, entries=[operations.Entry(paper.pk, used=1)], on=TODAY, **act)
    operations.count(office=other, counted={paper.pk: 0}, **act)

    assert on_hand(paper) == 3


def test_count_corrects_what_differs_and_says_why(office, paper, dinas_head, now, act):
    pens = add(office, dinas_head, now, name="Bolpoin", kind="pen", unit="buah", on_hand=10)
    glue = add(office, dinas_head, now, name="Lem", kind="glue", unit="buah")

    later = act | {"at": now + datetime.timedelta(minutes=1)}
    done = operations.count(office=office, counted={paper.pk: 1, pens.pk: 10, glue.pk: 4}, **later)

    assert len(done) == 2
    assert ledger(paper)[1:] == [("corrected", -2, 1, "Hitung fisik 23 November 2026")]
    assert ledger(glue) == [("in", 4, 4, "Persediaan awal")]


def test_retired_only_when_nothing_is_left_and_then_nothing_moves(paper, act):
    with pytest.raises(operations.StockRemains) as refused:
        operations.retire(supply=paper, version=1, **act)
    assert "Masih tersisa 3 rim" in str(refused.value.message)

    operations.record(supply=paper, kind="used", quantity=3, on=TODAY, **act)
    retired = operations.retire(supply=paper, version=1, **act)
    with pytest.raises(operations.Retired):
        operations.record(supply=retired, kind="in", quantity=3, on=TODAY, **act)
    operations.restore(supply=retired, **act)
    operations.record(supply=retired, kind="in", quantity=3, on=TODAY, **act)
    assert on_hand(paper) == 3


def test_older_version_loses(paper, act):
    facts = PAPER | {"minimum": 6}
    operations.edit_supply(supply=paper, version=1, **facts, **act)

    with pytest.raises(LostUpdate):
        operations.edit_supply(supply=paper, version=1, **(facts | {"minimum": 7}), **act)


# What the database refuses by itself ------------------------------------------------------------------------------------------


def refused_by(sql, *params):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return error.value.__cause__.diag.constraint_name


MOVE = """INSERT INTO equipment_movement (id, supply_id, kind, quantity, balance, reason, "on", recorded_at, recorded_by_name)
    VALUES (%s, %s, %s, %s, 0, %s, '2026-11-23', now(), 'x')"""


@pytest.mark.parametrize(
    ("kind", "quantity", "reason", "constraint"),
    [
        ("used", -4, "", "equipment_supply_never_below_zero"),
        ("used", 1, "", "equipment_movement_sign"),
        ("in", -1, "", "equipment_movement_sign"),
        ("corrected", 0, "x", "equipment_movement_sign"),
        ("corrected", -1, "", "equipment_movement_sign"),
    ],
)
def test_raw_movement_is_held(paper, kind, quantity, reason, constraint):
    assert refused_by(MOVE, uuid.uuid4(), paper.pk, kind, quantity, reason) == constraint


def test_stock_changes_by_movements_only(paper):
    assert refused_by("UPDATE equipment_supply SET on_hand = 9 WHERE id = %s", paper.pk) == "equipment_supply_by_movements"


def test_movements_are_never_changed(paper):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE equipment_movement SET quantity = 1")


# Reads ------------------------------------------------------------------------------------------------------------------------


def test_stock_of_an_office_is_foretold(make_office, dinas_head, now, act):
    office = make_office("Loket Ramai", week=WEEK)
    paper = add(office, dinas_head, now - DAY * 112, on_hand=60)
    for ago in (3, 4, 5):
        operations.record(supply=paper, kind="used", quantity=18, on=TODAY - DAY * ago, **act)

    found = queries.office_stock(office, TODAY)

    (row,) = found.rows
    assert (row.forecast.days, row.forecast.until, row.forecast.used) == (3, TODAY + DAY * 2, 54)
    assert (row.buy, found.lacking, found.warned) == (53, [], [row])
    assert row.levels[-4:] == [42, 24, 6, 6]


def test_nothing_left_of_what_the_procedure_asks_for_blocks(office, dinas_head, now):
    add(office, dinas_head, now, kind="paper", name="Kertas A4 70 gram")
    add(office, dinas_head, now, kind="paper", name="Kertas A4 80 gram", on_hand=1)
    add(office, dinas_head, now, kind="sanitizer", name="Penyanitasi tangan", unit="botol")
    add(office, dinas_head, now, kind="glue", name="Lem", unit="buah")

    found = queries.office_stock(office, TODAY)

    assert ([kind.value for kind in found.lacking], [kind.value for kind in found.unlisted]) == (["sanitizer"], ["pen"])


@pytest.mark.parametrize("number", [1, 3])
def test_stock_of_many_costs_as_much_as_of_one(make_office, dinas_head, now, number):
    offices = [make_office(f"Loket {each}", week=WEEK) for each in range(number)]
    for office in offices:
        for each in range(number):
            add(office, dinas_head, now, name=f"Kertas {each}", on_hand=5)

    with CaptureQueriesContext(connection) as queries_run:
        queries.stocks(offices, TODAY)

    assert len(queries_run) == 8


# A new office -----------------------------------------------------------------------------------------------------------------


def test_list_comes_along_to_a_new_office_without_its_stock(paper, office, dinas_head, now, act):
    retired = add(office, dinas_head, now, name="Lem", kind="glue")
    operations.retire(supply=retired, version=None, **act)
    facts = {"name": "Loket Kedua", "address": "Jl. Contoh 2", "latitude": None, "longitude": None, "opened_on": TODAY}

    second = copy_office(source=office, chosen={"supplies"}, **facts, **act)

    found = Supply.objects.filter(office=second).values_list("name", "unit", "minimum", "on_hand")
    assert list(found) == [(paper.name, paper.unit, paper.minimum, 0)]
