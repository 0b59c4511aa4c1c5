"""Forecasts in service days; nothing here asks a database."""

import datetime
from fractions import Fraction

import pytest

from equipment.drawing import drawn
from equipment.forecast import Forecast, Outlook, balances, forecast, nth_service_day, to_buy, window

TODAY = datetime.date(2026, 11, 23)  # a Monday
DAY = datetime.timedelta(days=1)


def weekdays(on):
    return on.isoweekday() <= 5


def told(on_hand, uses, *, minimum=0, since=datetime.date(2026, 1, 5), serves=weekdays, today=TODAY):
    """``uses`` by days ago."""
    return forecast(
        on_hand=on_hand,
        minimum=minimum,
        uses={today - DAY * ago: amount for ago, amount in uses.items()},
        since=since,
        days=window(serves, today),
        serves=serves,
        today=today,
    )


def test_stock_lasts_over_service_days_only():
    """Thirty service days before today, thirty used: one a day. Six left: Monday to Friday and the Monday after the weekend."""
    found = told(6, {3: 10, 4: 10, 5: 10})

    assert (found.outlook, found.days, found.until) == (Outlook.SOON, 6, datetime.date(2026, 11, 30))


def test_once_something_was_used_today_the_next_day_is_the_first():
    found = told(6, {0: 1, 3: 10, 4: 10, 5: 9})

    assert (found.observed, found.days, found.until) == (30, 6, datetime.date(2026, 12, 1))


def test_use_on_a_day_without_service_counts():
    assert told(29, {1: 15, 3: 15}).days == 29


def test_holidays_are_passed_over():
    """The counter rests from Tuesday to Sunday, so the second day is the Monday after."""
    rest = {TODAY + DAY * number for number in range(1, 7)}
    found = told(2, {3: 10, 4: 10, 5: 10}, serves=lambda on: weekdays(on) and on not in rest)

    assert (found.days, found.until) == (2, datetime.date(2026, 11, 30))


@pytest.mark.parametrize(
    ("on_hand", "minimum", "outlook"),
    [
        (0, 0, Outlook.OUT),
        (9, 0, Outlook.SOON),
        (10, 0, Outlook.ENOUGH),
        (10, 11, Outlook.UNDER_MINIMUM),
        (10, 10, Outlook.ENOUGH),
    ],
)
def test_warned_below_ten_service_days_and_below_the_minimum(on_hand, minimum, outlook):
    found = told(on_hand, {3: 10, 4: 10, 5: 10}, minimum=minimum)

    assert (found.outlook, found.warns) == (outlook, outlook != Outlook.ENOUGH)


@pytest.mark.parametrize(
    ("uses", "since"),
    [({3: 10}, datetime.date(2026, 1, 5)), ({3: 10, 4: 10}, TODAY - DAY * 4), ({}, TODAY - DAY * 10)],
    ids=["used once", "four service days of record", "never used in ten days"],
)
def test_thin_records_foretell_nothing(uses, since):
    found = told(20, uses, since=since)

    assert (found.outlook, found.days, found.until) == (Outlook.THIN, None, None)


def test_thin_records_still_warn_below_the_minimum():
    assert told(3, {}, minimum=5, since=TODAY).outlook == Outlook.UNDER_MINIMUM


def test_what_lies_idle_for_thirty_service_days_is_enough():
    assert told(3, {}).outlook == Outlook.IDLE
    assert told(3, {}, since=TODAY - DAY * 41).outlook == Outlook.THIN


def test_a_correction_upwards_makes_good_what_was_booked_too_high():
    assert told(29, {3: 50, 4: 24, 5: -45}).used == 29


def test_more_found_than_used_is_no_use():
    assert told(29, {3: 5, 4: 5, 5: -45}).outlook in {Outlook.THIN, Outlook.IDLE}


def test_what_lasts_beyond_the_horizon_has_no_day():
    found = told(10_000, {3: 1, 4: 1})

    assert (found.beyond, found.until) == (True, None)


def test_office_that_never_serves_is_not_divided_by():
    assert told(5, {3: 1, 4: 1}, serves=lambda on: False) == Forecast(Outlook.THIN)


def test_day_is_found_behind_rest_days():
    assert nth_service_day(weekdays, datetime.date(2026, 11, 28), 1) == datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("on_hand", "minimum", "per_day", "expected"),
    [(3, 5, Fraction(1), 32), (100, 5, Fraction(1), 0), (0, 5, Fraction(1, 7), 10), (5, 5, Fraction(0), 0)],
)
def test_bought_is_the_minimum_and_thirty_days_in_whole_units(on_hand, minimum, per_day, expected):
    assert to_buy(on_hand=on_hand, minimum=minimum, per_day=per_day) == expected


def test_balances_are_reckoned_back_from_what_is_there():
    days = [TODAY - DAY * 2, TODAY - DAY, TODAY]

    assert balances(days, 5, {TODAY: -1, TODAY - DAY: 4, TODAY - DAY * 9: 2}) == [2, 6, 5]


def test_drawing_needs_two_days_and_stays_inside():
    assert drawn([4], 2) is None
    found = drawn([4, 2, 0], 2)
    assert (found.line, found.minimum, found.highest) == ("M0 4.0V4.0H100.0V30.0H200.0V56.0H300.0", 30.0, 4)
