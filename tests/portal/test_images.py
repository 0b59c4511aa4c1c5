import hashlib
import io
import os
import struct
import time
import zlib

import pytest
from PIL import Image

from portal import images


def saved(picture, kind="JPEG", **options):
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def picture(width=400, height=300, mode="RGB", colour=(200, 30, 30)):
    return Image.new(mode, (width, height), colour)


def opened(photo):
    return Image.open(io.BytesIO(photo.content))


def png_claiming(width, height):
    """A PNG of a few hundred bytes whose head claims any size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_kept_as_a_small_jpeg(kind):
    photo = images.read(saved(picture(3000, 1500), kind))

    kept = opened(photo)
    assert (kept.format, kept.size, (photo.width, photo.height)) == ("JPEG", (1280, 640), (1280, 640))
    assert photo.sha256 == hashlib.sha256(photo.content).hexdigest()
    assert len(photo.content) <= images.LARGEST_KEPT


def test_a_small_photograph_is_not_blown_up():
    assert images.read(saved(picture(40, 30))).width == 40


def test_noise_is_made_to_fit():
    noise = Image.frombytes("RGB", (1280, 1280), os.urandom(1280 * 1280 * 3))

    photo = images.read(saved(noise, quality=90))

    assert len(photo.content) <= images.LARGEST_KEPT


def test_place_device_comment_and_profile_are_dropped():
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 54.0, 53.0)
    sent = saved(picture(), exif=exif, comment=b"catatan rahasia", icc_profile=b"profil rahasia", xmp=b"<x>rahasia</x>")
    assert sent.count(b"ahasia") >= 3  # could leak

    kept = opened(images.read(sent))

    assert (dict(kept.getexif()), set(kept.info) & {"exif", "comment", "icc_profile", "xmp"}) == ({}, set())
    assert b"ahasia" not in images.read(sent).content


def test_a_photograph_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    lying = picture(400, 200)
    lying.paste((0, 0, 255), (0, 0, 200, 200))

    kept = opened(images.read(saved(lying, exif=exif, quality=95)))

    assert kept.size == (200, 400)
    assert kept.getpixel((100, 50))[2] > 200  # what lay left is on top
    assert kept.getpixel((100, 350))[0] > 150


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_kind_of_colour_is_taken(mode):
    given = Image.new(mode, (50, 40)) if mode != "P" else picture(50, 40).convert("P")
    sent = saved(given, "JPEG" if mode == "CMYK" else "PNG")

    assert opened(images.read(sent)).mode == "RGB"


def test_what_is_see_through_becomes_white():
    kept = opened(images.read(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")))

    assert min(kept.getpixel((10, 10))) > 250


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", images.ImageRefused),
        (b"%PDF-1.7 ...", images.ImageRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", images.ImageRefused),
        (saved(picture(), "GIF"), images.ImageRefused),
        (saved(picture(), "BMP"), images.ImageRefused),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", images.ImageIsHeic),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", images.ImageIsHeic),
        (saved(picture())[:400], images.ImageBroken),
        (saved(picture(), "PNG")[:60], images.ImageBroken),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, images.ImageRefused),
        (b"\0" * (images.LARGEST_UPLOAD + 1), images.ImageTooHeavy),
    ],
)
def test_what_is_no_photograph_is_refused(content, refusal):
    with pytest.raises(images.ImageRefused) as error:
        images.read(content)

    assert type(error.value) is refusal


@pytest.mark.parametrize("size", [(6_400, 6_300), (8_000, 8_000), (13_000, 13_000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_head(size):
    began = time.monotonic()

    with pytest.raises(images.ImageTooLarge):
        images.read(png_claiming(*size))

    assert time.monotonic() - began < 0.5


def test_a_real_bomb_of_few_bytes_is_refused():
    sent = saved(Image.new("1", (13_000, 13_000)), "PNG", optimize=True)
    assert len(sent) < 30_000

    with pytest.raises(images.ImageTooLarge):
        images.read(sent)
