"""Laying desks out by themselves, and lengths as people type them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices import arrangement, distances
from offices.measures import UnreadableLength, metres, read_metres

rooms = st.integers(100, 1500)
sizes = st.lists(st.tuples(st.integers(20, 300), st.integers(20, 300)), max_size=12)


@given(rooms, rooms, sizes)
def test_desks_laid_out_stand_inside_a_metre_from_each_other_and_from_the_walls_as_said(width, depth, desks):
    found = arrangement.arrange(width, depth, desks)

    placed = [place for place in found.places if place]
    assert len(found.places) == len(desks)
    for place in placed:
        margin = found.margin
        assert min(place.x, place.y, width - place.right, depth - place.bottom) >= margin
    for one, other in itertools.combinations(placed, 2):
        assert distances.gap(one, other) >= distances.MINIMUM


@given(rooms, rooms, st.integers(20, 300), st.integers(20, 300))
def test_as_many_fit_as_are_said_to_fit(width, depth, desk_width, desk_depth):
    most = arrangement.capacity(width, depth, (desk_width, desk_depth))

    found = arrangement.arrange(width, depth, [(desk_width, desk_depth)] * (most + 1))

    assert found.placed == most


@given(rooms, rooms, st.lists(st.builds(distances.Rect, rooms, rooms, st.just(120), st.just(60)), max_size=6))
def test_place_for_one_more_desk_has_a_metre_around(width, depth, taken):
    spot = arrangement.free_place(width, depth, (120, 60), taken)

    if spot:
        assert distances.is_inside(spot, width, depth)
        assert all(distances.gap(spot, other) >= distances.MINIMUM for other in taken)


@pytest.mark.parametrize(
    ("room", "count", "margin", "placed"),
    [((800, 600), 4, 100, 4), ((800, 600), 12, 0, 12), ((600, 300), 3, 50, 3), ((100, 100), 1, 100, 0), ((60, 120), 1, 0, 1)],
)
def test_walls_come_after_desks(room, count, margin, placed):
    found = arrangement.arrange(*room, [(120, 60)] * count)

    assert (found.margin, found.placed) == (margin, placed)


@pytest.mark.parametrize(
    ("text", "length"),
    [("4,5", 450), ("4.5", 450), ("4", 400), ("4,55 m", 455), ("450 cm", 450), (" 12,05 ", 1205), ("", None), ("3 Meter", 300)],
)
def test_length_is_read_as_people_write_it(text, length):
    assert read_metres(text) == length


@pytest.mark.parametrize("text", ["empat", "4,555", "-4", "4,5,5", "4x5", "1000", "4 5", "٤"])
def test_length_that_is_none_is_refused(text):
    with pytest.raises(UnreadableLength):
        read_metres(text)


@given(st.integers(100, 10_000))
def test_length_shown_is_read_back(length):
    assert read_metres(metres(length)) == length
