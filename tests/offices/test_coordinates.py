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
        "geo:0,0?q=-6.914744,107.609810(Loket)",
        "https://maps.google.com/maps?q=loc:-6.914744,107.60981",
        "https://www.google.co.id/maps/place/-6.914744,107.60981/@-6.9,107.6,15z",
        "https://www.google.com/maps/dir//-6.914744,107.60981/@-6.9,107.6,15z",
        "https://www.google.com/maps?daddr=-6.914744,107.60981",
        "https://maps.apple.com/?daddr=-6.914744,107.60981&dirflg=d",
        "https://maps.apple.com/place?coordinate=-6.914744,107.60981&name=Loket",
        "https://www.bing.com/maps?sp=point.-6.914744_107.60981_Loket",
        "https://www.bing.com/maps?rtp=~pos.-6.914744_107.60981",
        "https://www.petalmaps.com/place/?lat=-6.914744&lng=107.60981",
        "https://share.here.com/l/-6.914744,107.60981,Loket",
        "https://wego.here.com/directions/mix//-6.914744,107.60981",
    ],
)
def test_place_is_read_however_it_is_given(text):
    assert read(text) == BANDUNG


@pytest.mark.parametrize("text", ["6°54'53.1\"S 107°36'35.3\"E", "6° 54′ 53,1″ LS, 107° 36′ 35,3″ BT"])
def test_degrees_are_read(text):
    assert read(text) == Place(Decimal("-6.914750"), Decimal("107.609806"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("6P593JP5+4W", ("-6.914688", "107.609812")),
        ("6p593jp5+4w", ("-6.914688", "107.609812")),
        ("6P593JP5+4W3", ("-6.914738", "107.609797")),
        ("https://plus.codes/6P593JP5+4W", ("-6.914688", "107.609812")),
        ("https://www.google.com/maps/search/?api=1&query=6P593JP5%2B4W", ("-6.914688", "107.609812")),
    ],
)
def test_plus_codes_are_read(text, place):
    assert read(text) == Place(*map(Decimal, place))


@pytest.mark.parametrize("link", ["https://osm.org/go/tbSEZrRlj-?m=", "https://www.openstreetmap.org/go/tbSEZrRlj"])
def test_short_links_of_openstreetmap_are_read(link):
    place = read(link)

    assert (round(place.latitude, 5), round(place.longitude, 5)) == (Decimal("-6.91474"), Decimal("107.60981"))


def test_empty_text_is_no_place():
    assert read("  ") is None


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("di belakang pasar", "Koordinat belum terbaca."),
        ("-6.914744", "Koordinat belum terbaca."),
        ("https://contoh.test/peta", "Koordinat belum terbaca."),
        ("3JP5+4W Bandung", "Kode plus pendek"),
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
