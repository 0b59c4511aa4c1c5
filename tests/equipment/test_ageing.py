"""What an answer means on a day: fresh, soon due, overdue, never given, bad."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment import ageing
from equipment.enums import CheckKind, CheckState
from equipment.models import Check

DAY = datetime.date(2026, 11, 23)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2090, 1, 1))
kinds = st.sampled_from(list(CheckKind))


def after(kind, number, ok=True):
    return ageing.state(kind, ok=ok, checked_on=DAY, on=DAY + datetime.timedelta(days=number))


@pytest.mark.parametrize(("kind", "fresh_until", "holds_until"), [("internet", 5, 6), ("camera", 22, 29), ("browser", 22, 29)])
def test_answer_is_fresh_then_due_soon_then_overdue(kind, fresh_until, holds_until):
    assert [after(kind, 0), after(kind, fresh_until)] == ["fresh", "fresh"]
    assert [after(kind, fresh_until + 1), after(kind, holds_until)] == ["ageing", "ageing"]
    assert [after(kind, holds_until + 1), after(kind, 1000)] == ["overdue", "overdue"]


def test_answer_that_nobody_gave_is_never():
    assert ageing.state("camera", ok=None, checked_on=None, on=DAY) == CheckState.NEVER


@given(kinds, days, days)
def test_answer_holds_until_the_day_it_lapses(kind, checked_on, on):
    standing = ageing.Standing(kind, Check(kind=kind, ok=True, checked_on=checked_on), on)

    assert standing.holds == (on < ageing.lapses_on(kind, checked_on))
    assert standing.is_due or standing.holds


@given(kinds, days, st.integers(0, 60), st.integers(0, 60))
def test_time_makes_no_answer_better(kind, checked_on, first, more):
    order = [CheckState.FRESH, CheckState.AGEING, CheckState.OVERDUE]
    on = checked_on + datetime.timedelta(days=first)
    earlier, later = (
        ageing.state(kind, ok=True, checked_on=checked_on, on=day) for day in (on, on + datetime.timedelta(days=more))
    )

    assert order.index(later) >= order.index(earlier)


@given(kinds, days, days)
def test_bad_answer_stays_bad(kind, checked_on, on):
    standing = ageing.Standing(kind, Check(kind=kind, ok=False, checked_on=checked_on), on)

    assert (standing.state, standing.holds, standing.lapses_on) == (CheckState.FAILED, False, None)


def test_reason_says_what_is_wrong():
    bad = Check(kind="internet", ok=False, note="unduh 0,8 Mbit/s", checked_on=DAY)

    assert ageing.Standing(CheckKind.INTERNET, bad, DAY).sentence == "internet bermasalah: unduh 0,8 Mbit/s"
    assert ageing.Standing(CheckKind.CAMERA, None, DAY).sentence == "kamera belum diperiksa"
    assert ageing.Standing(CheckKind.CAMERA, bad, DAY + datetime.timedelta(days=3)).age == "3 hari lalu"
