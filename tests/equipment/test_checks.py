"""Checks are written down, the newest counts, and what follows from them is the same in Python and in SQL."""

import datetime
import random

import pytest
from django.db import connection

from equipment import facts, operations, operations_checks, queries
from equipment.enums import CheckKind
from equipment.models import Check, Item
from equipment.operations_checks import Answer
from offices import events

pytestmark = pytest.mark.usefixtures("here")
TODAY = datetime.date(2026, 11, 23)
WELL = {kind: Answer(ok=True) for kind in CheckKind}


def ago(days):
    return TODAY - datetime.timedelta(days=days)


@pytest.fixture
def act(dinas_head, now):
    return {"by": dinas_head, "at": now}


@pytest.fixture
def check(act):
    return lambda item, answers=WELL, on=TODAY: operations_checks.record(item=item, answers=answers, on=on, **act)


def test_look_at_a_device_is_three_checks_and_those_above_hear_of_it(add_item, check, monkeypatch):
    laptop, heard = add_item(), []
    monkeypatch.setattr(events, "_listeners", [lambda *, tenant, office_id, at: heard.append(office_id)])

    check(laptop)

    assert sorted(Check.objects.values_list("kind", "ok", "checked_by_name")) == [
        (kind, True, "Siti Rahma") for kind in ("browser", "camera", "internet")
    ]
    assert heard == [laptop.office_id]


def test_newest_answer_of_each_kind_counts(add_item, check):
    laptop = add_item()
    check(laptop, {"camera": Answer(ok=False, note="gelap")}, on=ago(2))
    check(laptop, on=ago(3))

    newest = queries.newest_checks([laptop])[laptop.pk]

    assert {kind: (each.ok, each.checked_on) for kind, each in newest.items()} == {
        "camera": (False, ago(2)), "internet": (True, ago(3)), "browser": (True, ago(3)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("error", "answers", "on"),
    [
        (operations_checks.NothingChecked, {}, TODAY),
        (operations_checks.NoteMissing, {"camera": Answer(ok=False, note=" ")}, TODAY),
        (operations.DayAhead, WELL, TODAY + datetime.timedelta(days=1)),
    ],
)
def test_impossible_check_is_refused(add_item, check, error, answers, on):
    with pytest.raises(error):
        check(add_item(), answers, on)


def test_only_devices_that_are_there_are_checked(add_item, check, act):
    with pytest.raises(operations_checks.NotADevice):
        check(add_item("printer", "Pencetak"))

    laptop = add_item()
    operations.write_off(items=[laptop], on=TODAY, reason="dilelang", **act)
    with pytest.raises(operations.ItemRemoved):
        check(laptop)


def reasons(office):
    return {each.item.name: each.reasons for each in queries.registration_devices(office, TODAY)}


def test_ready_are_those_whose_checks_all_hold(office, make_office, add_item, check):
    check(add_item(name="Siap"))
    check(add_item(name="Rusak", condition="broken"))
    check(add_item(name="Lama"), on=ago(7))
    check(add_item(name="Lambat"), WELL | {CheckKind.INTERNET: Answer(ok=False, note="unduh 0,4 Mbit/s")})
    add_item(name="Baru")
    check(add_item(name="Latih", purpose="training"))
    check(add_item(name="Lain", of=make_office("Loket Gedebage")))

    assert [each.item.name for each in queries.ready_devices(office, TODAY)] == ["Siap"]
    assert reasons(office) == {
        "Siap": [],
        "Rusak": ["Rusak Berat"],
        "Lama": ["internet lewat waktu"],
        "Lambat": ["internet bermasalah: unduh 0,4 Mbit/s"],
        "Baru": ["kamera belum diperiksa", "internet belum diperiksa", "peramban belum diperiksa"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_readiness_costs_two_queries(office, add_item, check, django_assert_num_queries, count):
    for number in range(count):
        check(add_item(name=f"Laptop {number}"))

    with django_assert_num_queries(2):
        assert len(queries.ready_devices(office, TODAY)) == count


def kept_above(office):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT devices.* FROM offices_office o CROSS JOIN LATERAL ({facts.DEVICES}) devices WHERE o.id = %s", [office.pk]
        )
        return cursor.fetchone()


def test_facts_of_an_office_without_devices_are_none(office):
    assert kept_above(office) == (0, [])


@pytest.mark.parametrize("seed", range(8))
def test_facts_give_the_same_ready_devices_on_every_day(office, add_item, act, now, seed):
    """The oracle: what SQL keeps as dates and what Python derives agree for sixty days to come."""
    dice = random.Random(seed)
    items = [add_item(name=f"Laptop {number}", condition=dice.choice(["good", "fair", "broken"])) for number in range(6)]
    Check.objects.bulk_create(
        Check(
            item=dice.choice(items), kind=dice.choice(list(CheckKind)), ok=dice.random() < 0.9, note="x",
            checked_on=ago(dice.randrange(40)), checked_at=now - datetime.timedelta(minutes=dice.randrange(3)),
            checked_by_name="x",
        )
        for _number in range(80)
    )  # fmt: skip
    Item.objects.filter(pk=items[0].pk).update(removed_on=TODAY, removed_reason="x")

    count, lapses = kept_above(office)

    assert lapses == sorted(lapses)
    assert count == Item.objects.kept().exclude(condition="broken").count()
    for later in range(-5, 60):
        day = TODAY + datetime.timedelta(days=later)
        ready = queries.ready_devices(office, day)
        assert len([lapse for lapse in lapses if lapse > day]) == len(ready)
        assert sorted(each.lapses_on for each in ready) == [lapse for lapse in lapses if lapse > day]
