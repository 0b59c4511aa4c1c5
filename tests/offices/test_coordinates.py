from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.coordinates import Place, UnreadableCoordinates, read

BANDUNG = Place(Decimal("-6.914744"), Decimal("107.609810"))


@pytest.mark.parametrize(
    "text",
    [
        "-6.914744, 107.609810",
        "-6.914744 107.609810",
        "(-6.914744;107.60981)",
        "107.609810, -6.914744",
        "-6,914744, 107,609810",
        "\N{MINUS SIGN}6.914744, 107.60981",
        "https://www.google.com/maps/place/Gedung+Sate/@-6.9024,107.6187,17z/data=!3m1!4b1!8m2!3d-6.914744!4d107.60981",
        "https://www.google.com/maps/@-6.914744,107.60981,15z",
        "https://maps.google.com/?q=-6.914744,107.60981",
        "https://www.google.com/maps/search/?api=1&query=-6.914744%2C107.60981",
        "https://www.google.com/maps/search/-6.914744,+107.609810?entry=tts",
        "https://www.google.com/maps/dir/?api=1&destination=-6.914744,107.60981",
        "maps.google.com/maps?ll=-6.914744,107.60981&z=16",
        "https://www.openstreetmap.org/?mlat=-6.914744&mlon=107.60981#map=17/-6.9/107.6",
        "https://www.openstreetmap.org/#map=17/-6.914744/107.60981",
        "https://waze.com/ul?ll=-6.914744%2C107.60981&navigate=yes",
        "https://maps.apple.com/?ll=-6.914744,107.60981",
        "https://bing.com/maps?cp=-6.914744~107.60981&lvl=16",
        "geo:-6.914744,107.609810?z=17",
    ],
)
def test_place_is_read_however_it_is_given(text):
    assert read(text) == BANDUNG


@pytest.mark.parametrize("text", ["6°54'53.1\"S 107°36'35.3\"E", "6° 54′ 53,1″ LS, 107° 36′ 35,3″ BT"])
def test_degrees_are_read(text):
    assert read(text) == Place(Decimal("-6.914750"), Decimal("107.609806"))


def test_empty_text_is_no_place():
    assert read("  ") is None


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("di belakang pasar", "Koordinat belum terbaca."),
        ("-6.914744", "Koordinat belum terbaca."),
        ("https://contoh.test/peta", "Koordinat belum terbaca."),
        ("https://maps.app.goo.gl/abc123", "Tautan pendek tidak memuat koordinat."),
        ("6.914744, 107.60981", "Titik 6.914744, 107.60981 berada di luar Indonesia."),
        ("48.8566, 2.3522", "Titik 48.8566, 2.3522 berada di luar Indonesia."),
        ("0, 0", "Titik 0, 0 berada di luar Indonesia."),
    ],
)
def test_what_is_no_place_in_indonesia_is_refused_in_words(text, beginning):
    with pytest.raises(UnreadableCoordinates) as refusal:
        read(text)

    assert str(refusal.value.message).startswith(beginning)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(UnreadableCoordinates):
        read(text)
