"""When a print is out of date: by what it says, never by its language, its bytes or its age."""

import datetime
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import assume, example, given
from hypothesis import strategies as st

from offices.hours import Span
from offices.timetable import Period, Rest, Source, Special, Timetable
from prints import editions
from prints.editions import HORIZON, Counter

DAY = datetime.date(2026, 11, 23)
COUNTER = Counter("Loket Cikutra", "Dinas Tenaga Kerja", "Jl. Cikutra 100", "022 555")
MORNING, NOON, EVENING = datetime.time(8), datetime.time(12), datetime.time(15)
WEEK = tuple(Span(day, MORNING, EVENING) for day in range(1, 6))
SHORT = tuple(Span(day, MORNING, NOON) for day in range(1, 6))
REGULAR = Period(False, "", None, None, WEEK)


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days)


def changes(before: Timetable, now: Timetable, on: datetime.date, *, counter: Counter = COUNTER) -> list[str]:
    """What of the form printed on DAY from ``before`` does not hold on ``on``, when ``now`` holds; kept as JSON in between."""
    says = json.loads(json.dumps(editions.hours_says(COUNTER, before, DAY)))
    return editions.hours_differences(says, counter, now, on)


# By time alone ----------------------------------------------------------------------------------------------------------------

spans = st.builds(
    lambda days, opens, length: tuple(
        Span(day, datetime.time(opens), datetime.time(min(23, opens + length))) for day in sorted(days)
    ),
    st.sets(st.integers(1, 7)),
    st.integers(6, 14),
    st.integers(1, 8),
)
offsets = st.integers(-60, 120)


@st.composite
def timetables(draw, *, endless=False) -> Timetable:
    """A calendar such as the database allows: regular schedules that follow one another, seasons and special days apart."""
    cuts = [] if endless else sorted(draw(st.sets(offsets, max_size=2)))
    edges = [None, *map(after, cuts), None]
    periods = [Period(False, "", first, last and last - datetime.timedelta(1), draw(spans)) for first, last in pairwise(edges)]
    taken: set[int] = set()
    for number in range(draw(st.integers(0, 2))):
        first, length = draw(offsets), draw(st.integers(0, 40))
        days = set(range(first, first + length + 1))
        if not days & taken:
            taken |= days
            periods.append(Period(True, f"Musim {number}", after(first), after(first + length), draw(spans)))
    specials = [
        Special(after(day), after(day), f"Khusus {day}", draw(st.sampled_from([(), ((MORNING, NOON),)])))
        for day in sorted(draw(st.sets(offsets, max_size=6)))
    ]
    rests = {after(day): Rest(f"Libur {day}", Source.HOLIDAY) for day in draw(st.sets(offsets, max_size=6))}
    opened = draw(st.one_of(st.none(), offsets.map(after)))
    return Timetable(tuple(periods), tuple(specials), rests, opened_on=opened)


@given(timetables(), st.integers(0, 30))
@example(Timetable((REGULAR,), (Special(DAY, DAY, "Hari ini", ()),)), 1)
def test_no_form_goes_out_of_date_within_the_days_it_names(timetable, days):
    assert changes(timetable, timetable, after(days)) == []


@given(timetables(endless=True), st.integers(0, 400))
def test_no_form_of_an_endless_week_goes_out_of_date_by_time_alone(timetable, days):
    assert changes(timetable, timetable, after(days)) == []


@given(timetables(), st.sampled_from(["id", "en"]), st.sampled_from(["id", "en"]))
def test_content_and_code_do_not_depend_on_the_language(timetable, one, other):
    with translation.override(one):
        first = editions.hours(COUNTER, timetable, DAY)
    with translation.override(other):
        again = editions.hours(COUNTER, replace(timetable, periods=tuple(reversed(timetable.periods))), DAY)

    assert (first.says, first.code) == (again.says, again.code)


@given(timetables(), st.integers(0, 30))
def test_code_holds_as_long_as_week_and_contact_do(timetable, days):
    code, later = editions.hours_code(COUNTER, timetable, DAY), after(days)
    assume(editions._regular(timetable, DAY) == editions._regular(timetable, later))

    verdict = editions.judge(code, COUNTER, timetable, later)

    assert (verdict.printed_on, verdict.holds) == (DAY, True)


# By what changed --------------------------------------------------------------------------------------------------------------

BASE = Timetable((REGULAR,), rests={after(10): Rest("Hari Libur", Source.HOLIDAY)})


@pytest.mark.parametrize(
    ("now", "on", "said"),
    [
        (Timetable((replace(REGULAR, week=SHORT),), rests=BASE.rests), 0, ["jam layanan"]),
        (replace(BASE, specials=(Special(after(4), after(4), "Rapat", ()),)), 0, ["hari khusus"]),
        (replace(BASE, specials=(Special(after(4), after(4), "Rapat", ()),)), 5, []),
        (replace(BASE, specials=(Special(after(31), after(31), "Rapat", ()),)), 0, []),
        (replace(BASE, rests={}), 0, ["hari khusus"]),
        (replace(BASE, rests={}), 10, ["hari khusus"]),
        (replace(BASE, rests={}), 11, []),
        (replace(BASE, rests={after(10): Rest("Nama lain", Source.HOLIDAY)}), 0, ["hari khusus"]),
        (replace(BASE, periods=(REGULAR, Period(True, "Ramadan", after(20), after(50), SHORT))), 0, ["jam layanan"]),
        (replace(BASE, periods=(REGULAR, Period(True, "Ramadan", after(31), after(50), SHORT))), 0, []),
        (replace(BASE, periods=(REGULAR, Period(True, "Ramadan", after(31), after(50), SHORT))), 40, []),
        (replace(BASE, closed_on=after(200)), 0, ["awal atau akhir layanan"]),
        (replace(BASE, opened_on=after(3)), 0, ["awal atau akhir layanan"]),
        (replace(BASE, opened_on=after(3)), 3, []),
    ],
    ids=[
        "other week", "new closed day", "closed day has passed", "day beyond those named", "holiday withdrawn",
        "holiday withdrawn on its day", "withdrawn holiday has passed", "holiday renamed", "season begins among those days",
        "season begins later", "later season holds", "office will close", "opens later", "opened by now",
    ],
)  # fmt: skip
def test_form_is_out_of_date_when_what_it_says_of_coming_days_changed(now, on, said):
    assert changes(BASE, now, after(on)) == said


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "Loket Baru"}, "nama kantor"),
        ({"dinas": "Dinas Lain"}, "nama dinas"),
        ({"address": "Jl. Lain"}, "alamat"),
        ({"phone": ""}, "telepon atau surel"),
        ({"whatsapp": "0812"}, "telepon atau surel"),
        ({"email": "a@contoh.test"}, "telepon atau surel"),
    ],
)
@pytest.mark.parametrize("days", [0, 300])
def test_form_is_out_of_date_when_somebody_moved(change, word, days):
    moved = replace(COUNTER, **change)

    assert changes(BASE, BASE, after(days), counter=moved) == [word]
    assert editions.judge(editions.hours_code(COUNTER, BASE, DAY), moved, BASE, after(days)).holds is False


def test_other_week_is_noticed_long_after_the_days_named():
    now = replace(BASE, periods=(replace(REGULAR, week=SHORT),))

    assert changes(BASE, now, DAY + HORIZON * 5) == ["jam layanan"]


def test_form_that_names_its_end_is_out_of_date_after_it():
    ends = Timetable((replace(REGULAR, last=after(40)), Period(False, "", after(41), None, SHORT)))

    assert [changes(ends, ends, after(days)) for days in (40, 41)] == [[], ["jam layanan"]]


def test_code_is_read_as_people_type_it():
    code = editions.hours_code(COUNTER, BASE, DAY)

    readings = [editions.judge(typed, COUNTER, BASE, DAY) for typed in (code, f" {code.lower()} ", code.replace("0", "o"))]

    assert [(reading.printed_on, reading.holds) for reading in readings] == [(DAY, True)] * 3


@pytest.mark.parametrize("code", ["", "-", "K7XMB", "K7XMB-", "K7XMB-ZZZ", "K7XMB-6Q!", "x" * 5000, "K7XM\u0000-6QT"])
def test_what_is_no_code_is_no_verdict(code):
    assert editions.judge(code, COUNTER, BASE, DAY) is None


def test_codes_differ_with_what_they_stand_for():
    codes = {editions.digest({"desk": f"Meja {number}"}) for number in range(500)}

    assert len(codes) == 500
    assert editions.digest({"a": 1, "b": 2}) == editions.digest({"b": 2, "a": 1})
