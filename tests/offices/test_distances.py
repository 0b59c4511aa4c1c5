"""The distance between desks: its laws, and that Python and SQL say the same."""

import math
import uuid

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices import distances, queries_layout
from offices.distances import Rect
from offices.models import Desk, Room
from tenants.context import mounted

places = st.integers(0, 1200)
sizes = st.integers(20, 500)
rects = st.builds(Rect, places, places, sizes, sizes)


@pytest.mark.parametrize(
    ("other", "gap"),
    [
        (Rect(120, 0, 120, 60), 0),  # touching
        (Rect(60, 30, 120, 60), 0),  # overlapping
        (Rect(219, 0, 120, 60), 99),
        (Rect(220, 0, 120, 60), 100),
        (Rect(0, 122, 120, 60), 62),
        (Rect(180, 140, 120, 60), 100),  # round the corner: 60 across, 80 along
        (Rect(190, 131, 120, 60), 99),  # 70 across, 71 along: 99.7, which is no metre
    ],
)
def test_gap_is_measured_between_the_edges(other, gap):
    assert distances.gap(Rect(0, 0, 120, 60), other) == gap


def test_touching_desks_do_not_overlap():
    assert not distances.overlap(Rect(0, 0, 120, 60), Rect(120, 0, 120, 60))
    assert distances.overlap(Rect(0, 0, 120, 60), Rect(119, 59, 120, 60))


@given(rects, rects)
def test_distance_is_the_same_from_both_sides(a, b):
    assert distances.gap(a, b) == distances.gap(b, a)
    assert distances.overlap(a, b) == distances.overlap(b, a)


@given(rects, rects, places, places)
def test_distance_does_not_change_when_both_are_carried(a, b, across, along):
    moved = [Rect(desk.x + across, desk.y + along, desk.width, desk.depth) for desk in (a, b)]

    assert distances.gap(*moved) == distances.gap(a, b)


@given(rects, rects)
def test_overlapping_desks_have_no_distance(a, b):
    if distances.overlap(a, b):
        assert distances.gap(a, b) == 0


@given(rects, rects)
def test_line_of_the_distance_is_as_long_as_the_distance(a, b):
    x1, y1, x2, y2 = distances.between(a, b)

    assert int(math.hypot(x2 - x1, y2 - y1) + 1e-9) == distances.gap(a, b)
    for desk, x, y in ((a, x1, y1), (b, x2, y2)):
        if not distances.overlap(a, b):
            assert desk.x <= x <= desk.right
            assert desk.y <= y <= desk.bottom


@pytest.fixture
def room(here, office):
    return Room.objects.create(office=office, name="Ruang Pendaftaran", purpose="registration", width=800, depth=600)


def counts(office) -> tuple[int, int, int]:
    """Pairs under a metre, desks beyond the floor and desks without a place, as the roll-up asks for them."""
    parts = [kind("o.id") for kind in (distances.crowded_pairs, distances.stray_desks, distances.unplaced_desks)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)} FROM offices_office o WHERE o.id = %s", [office.pk])
        return cursor.fetchone()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(desks=st.lists(st.one_of(st.none(), rects), max_size=7))
def test_sql_counts_what_the_pages_list(room, office, desks):
    Desk.objects.filter(room=room).delete()
    Desk.objects.bulk_create(
        Desk(room=room, name=f"Meja {number}", **(at._asdict() if at else {})) for number, at in enumerate(desks)
    )

    (state,) = queries_layout.states(office)

    assert counts(office) == (len(state.close), len(state.stray), len(state.unplaced))


def test_every_distance_of_a_grid_is_the_same_in_sql(room):
    desks = [Desk(room=room, name=f"{x} {y}", x=x, y=y) for x in (0, 119, 183, 219, 220) for y in (0, 61, 133, 160, 161)]
    Desk.objects.bulk_create(desks)
    sql = f"SELECT a.id, b.id, {distances.GAP} FROM offices_desk a JOIN offices_desk b ON b.id <> a.id"

    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {(uuid.UUID(str(a)), uuid.UUID(str(b))): gap for a, b, gap in cursor.fetchall()}

    assert len(found) == 600
    at = {desk.pk: queries_layout.rect(desk) for desk in desks}
    assert found == {(a, b): distances.gap(at[a], at[b]) for a, b in found}


def test_crowded_pairs_say_what_is_missing_and_stay_in_their_office(room, office, make_office, kota_bandung):
    for name, x, y in (("Meja 1", 0, 0), ("Meja 2", 182, 0), ("Meja 3", 500, 300)):
        Desk.objects.create(room=room, name=name, x=x, y=y)
    other = make_office("Loket Lain")
    with mounted(kota_bandung):
        elsewhere = Room.objects.create(office=other, name="Ruang", purpose="training", width=500, depth=500)
        Desk.objects.bulk_create(Desk(room=elsewhere, name=name, x=0, y=0) for name in "AB")
        # As near to Meja 1 as can be, but in another room.
        Desk.objects.create(room=Room.objects.create(office=office, name="Lain", purpose="training"), name="X", x=0, y=0)

    found = queries_layout.crowded(office)

    assert [pair.sentence for pair in found] == ["Meja 1 dan Meja 2: 62 cm, kurang 38 cm"]
    assert (counts(office), counts(other)) == ((1, 0, 0), (1, 0, 0))
    assert [pair.sentence for pair in queries_layout.crowded(other)] == ["A dan B: bertumpuk"]


def test_desks_are_counted_as_people_count(room):
    Desk.objects.bulk_create(Desk(room=room, name=f"Meja {number}") for number in (10, 2, 1))

    (state,) = queries_layout.states(room.office)

    assert [desk.name for desk in state.desks] == ["Meja 1", "Meja 2", "Meja 10"]


@pytest.mark.parametrize(("x", "close"), [(219, 1), (220, 0)])
def test_a_metre_is_enough_and_a_centimetre_less_is_not(room, office, x, close):
    Desk.objects.create(room=room, name="Meja 1", x=0, y=0)
    Desk.objects.create(room=room, name="Meja 2", x=x, y=0)

    assert (counts(office)[0], len(queries_layout.crowded(office))) == (close, close)
