"""Endpoints beside an office's own facts: photograph, history, copies."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer

from accounts.gate import GovernmentEndpoint
from offices import access, copying, operations_photo, past
from offices.api import OFFICE, OfficeEndpoint, OfficeSerializer
from offices.models import OfficePhoto
from offices.queries_photo import photo_of
from portal.api import SAFE, page_of
from portal.api_fields import Choice, Day, Degrees, Entries, Line, Moment, Text
from portal.api_history import CHANGE, ChangeSerializer
from portal.images import LARGEST_UPLOAD
from portal.openapi import example, operation

PHOTO = {"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "width": 1280, "height": 960,
         "added_at": "2026-11-22T01:00:00Z"}  # fmt: skip
COPY = {
    "name": "Loket Antapani", "address": "Jl. Antapani 5", "latitude": -6.91, "longitude": 107.66, "opened_on": "2026-12-01",
    "parts": ["contact", "hours", "rooms"],
}  # fmt: skip


class OfficeHistory(GovernmentEndpoint):
    rights = {"GET": "offices.view"}
    paged = True

    @operation(
        "listOfficeHistory",
        gives=page_of(ChangeSerializer),
        examples=[example("One change", {"count": 1, "page": 1, "per_page": 25, "results": [CHANGE]})],
    )
    def get(self, request, government, pk):
        """
        List the changes of an office

        Newest first, with those of its hours, rooms, desks and photograph.
        """
        return self.page(past.changes(access.get_office(request.member, pk)), ChangeSerializer)


# Photograph -------------------------------------------------------------------------------------------------------------------


class PhotoSerializer(serializers.Serializer):
    """The photograph as it is kept: re-encoded, without the place of its taking."""

    sha256 = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    added_at = Moment()


class JpegRenderer(BaseRenderer):
    """Names the media type; the endpoint gives the bytes itself."""

    media_type = "image/jpeg"
    format = "jpg"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class JpegParser(BaseParser):
    media_type = "image/jpeg"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class PngParser(JpegParser):
    media_type = "image/png"


class WebpParser(JpegParser):
    media_type = "image/webp"


PARSERS = (JpegParser, PngParser, WebpParser)


class Photo(GovernmentEndpoint):
    rights = {"GET": "offices.view", "PUT": "offices.edit", "DELETE": "offices.edit"}
    body_bytes = LARGEST_UPLOAD

    def get_renderers(self):
        return [JpegRenderer()] if self.request.method in SAFE else [JSONRenderer()]

    def get_parsers(self):
        if self.request is not None and self.request.method == "PUT":
            return [parser() for parser in PARSERS]
        return super().get_parsers()

    @operation("getOfficePhoto", gives=OpenApiResponse(OpenApiTypes.BINARY, description="The JPEG."))
    def get(self, request, government, pk):
        """Download the photograph of an office"""
        kept = OfficePhoto.objects.filter(office=access.get_office(request.member, pk)).first()
        if kept is None:
            raise Http404
        return HttpResponse(bytes(kept.content), content_type="image/jpeg")

    @operation(
        "setOfficePhoto",
        takes={parser.media_type: OpenApiTypes.BINARY for parser in PARSERS},
        gives=PhotoSerializer,
        examples=[example("Kept", PHOTO)],
        problems=(409, 422),
    )
    def put(self, request, government, pk):
        """
        Set the photograph of an office

        In place of any other. JPEG, PNG or WebP of 8 MB and 40 megapixels at most; kept as a JPEG of 1280 pixels, upright and
        without metadata.
        """
        office = access.get_office(request.member, pk, right="offices.edit")
        operations_photo.set_photo(office=office, content=request.data or b"", by=request.member, at=self.at)
        return self.shown(photo_of(office), PhotoSerializer)

    @operation("removeOfficePhoto", gives=None, status=204)
    def delete(self, request, government, pk):
        """Take the photograph of an office away"""
        office = access.get_office(request.member, pk, right="offices.edit")
        operations_photo.remove_photo(office=office, by=request.member, at=self.at)
        return HttpResponse(status=204)


# Copies -----------------------------------------------------------------------------------------------------------------------


class CopyEntries(Entries):
    name = Line(max_length=150)
    address = Text(max_length=300)
    latitude = Degrees(min_value=-12, max_value=7, allow_null=True, default=None)
    longitude = Degrees(min_value=94, max_value=142, allow_null=True, default=None)
    opened_on = Day(help_text="The first day of service of the new office.")
    parts = serializers.ListField(
        child=Choice(choices=()), max_length=20, help_text="What comes along: `contact`, `hours`, `rooms`, `supplies` …"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].child.choices = dict(copying.choices())

    def validate(self, entries):
        for name in ("latitude", "longitude"):
            if entries[name] is not None:
                entries[name] = Decimal(f"{entries[name]:.6f}")
        return entries


class Copies(OfficeEndpoint):
    rights = {"POST": "offices.edit"}

    @operation(
        "copyOffice", takes=CopyEntries, gives=OfficeSerializer, status=201,
        examples=[example("Sent", COPY, sent=True), example("Opened", OFFICE)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        Open an office that is set up like this one

        Of the same dinas and kind; all that was chosen or nothing. Staff, duties, inventory and prints never come along.
        """
        source = access.get_office(request.member, pk, right="offices.edit")
        entries = self.read(CopyEntries)
        made = copying.copy_office(source=source, chosen=entries.pop("parts"), by=request.member, at=self.at, **entries)
        root = request._request.path.rsplit("/", 2)[0]
        return self.detail(made.pk, status=201, location=f"{root}/{made.pk}")
