"""
Photographs as they are kept: re-encoded as a small JPEG, upright, without the place, time and device of their taking.

The size is read from the file's head before anything is unpacked: a picture of 20 kB can claim 169 million pixels.
"""

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from portal.errors import DomainError

LARGEST_UPLOAD = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1280
LARGEST_KEPT = 200 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (82, 70, 58, 46)
# The brands in the head of HEIC and AVIF files.
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
WHITE = (255, 255, 255)

# Pillow only warns of a picture that is up to twice too large; here the warning is as good as the error.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class ImageRefused(DomainError):
    """A photograph that is not taken; each reason has its own sentence."""

    message = _("Berkas ini bukan foto yang dapat dibaca. Unggah foto JPEG, PNG, atau WebP.")
    field = "photo"
    code = "not-an-image"


class ImageTooHeavy(ImageRefused):
    message = _("Berkas foto lebih besar dari 8 MB. Kirim foto dengan ukuran sedang, atau potong dahulu.")
    code = "image-too-heavy"


class ImageTooLarge(ImageRefused):
    message = _("Foto ini lebih dari 40 megapiksel. Kecilkan dahulu, lalu unggah lagi.")
    code = "image-too-large"


class ImageIsHeic(ImageRefused):
    message = _(
        "Foto HEIC dari iPhone belum dapat dibaca. Di Pengaturan › Kamera › Format pilih “Paling Kompatibel”, lalu foto lagi; "
        "atau simpan fotonya sebagai JPEG."
    )
    code = "image-is-heic"


class ImageBroken(ImageRefused):
    message = _("Foto ini rusak atau terpotong saat dikirim. Unggah sekali lagi, atau ambil foto baru.")
    code = "image-broken"


@dataclass(frozen=True)
class Photo:
    """A photograph to be kept: JPEG bytes, their hash, and the size in pixels."""

    content: bytes
    sha256: str
    width: int
    height: int


def read(content: bytes) -> Photo:
    """The photograph in an uploaded file (JPEG, PNG, WebP; 8 MB, 40 megapixels at most). Raises ImageRefused."""
    if len(content) > LARGEST_UPLOAD:
        raise ImageTooHeavy
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise ImageIsHeic
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ImageTooLarge
            picture = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge from error
    except Image.UnidentifiedImageError as error:
        raise ImageRefused from error
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, struct.error, zlib.error, EOFError) as error:
        raise ImageBroken from error  # what a damaged file makes of a decoder
    return _kept(picture)


def _upright(opened: Image.Image) -> Image.Image:
    """The picture turned as its metadata says, in plain colours on white, no larger than it is kept; nothing else of it."""
    opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a JPEG is unpacked at a fraction where that will do
    opened.load()
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", turned.size, WHITE)
    if turned.mode in ("RGBA", "LA", "PA", "P") or "transparency" in turned.info:
        layer = turned.convert("RGBA")
        picture.paste(layer, mask=layer.getchannel("A"))
    else:
        picture.paste(turned.convert("RGB"))
    return picture


def _kept(picture: Image.Image) -> Photo:
    """As JPEG of at most 200 kB: coarser first, then smaller."""
    while True:
        for quality in QUALITIES:
            target = io.BytesIO()
            picture.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
            if target.tell() <= LARGEST_KEPT:
                content = target.getvalue()
                return Photo(content, hashlib.sha256(content).hexdigest(), picture.width, picture.height)
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)), Image.Resampling.LANCZOS)


def photo_response(request: HttpRequest, content: bytes, sha256: str) -> HttpResponse:
    """
    A kept photograph for whom its view has let in; its address holds the hash, so that it never has to be asked for again.
    """
    response = HttpResponse(bytes(content), content_type="image/jpeg")
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known or response
