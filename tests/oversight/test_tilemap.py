import csv

from oversight.tilemap import PLACES, Share, tiles
from tenants.regions import SOURCE


def test_every_province_has_its_own_place_and_letters():
    with SOURCE.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file) if row["level"] == "province"}

    assert set(PLACES) == codes
    assert len({(place.column, place.row) for place in PLACES.values()}) == 38
    assert len({place.short for place in PLACES.values()}) == 38


def test_tile_says_its_share_in_colour_figure_and_words():
    shares = [
        Share("32", 9, 10, "/a", "A"),
        Share("33", 89, 100, "/b", "B"),
        Share("34", 5, 9, "/c", "C"),
        Share("35", 0, 0, "/d", "D"),
    ]

    found = [(tile["label"], tile["value"], tile["kind"], tile["url"], tile["title"]) for tile in tiles(shares)]

    assert found == [
        ("JBR", "90", "ok", "/a", "A"),
        ("JTG", "89", "warn", "/b", "B"),
        ("DIY", "55", "bad", "/c", "C"),
        ("JTM", "–", "none", "/d", "D"),
    ]


def test_almost_all_is_not_all():
    assert Share("32", 545, 546, "", "").percent == 99


def test_province_without_a_place_is_left_to_the_table():
    assert tiles([Share("99", 1, 1, "", "")]) == []
