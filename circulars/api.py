"""Endpoints of circulars at a government: inbox, text, acknowledgement, receipt. Those of the ministry: api_ministry."""

from django.http import Http404
from rest_framework import serializers

from accounts.gate import GovernmentEndpoint, Person
from circulars import access, operations_delivery, queries, sealing
from circulars import receipt as receipts
from circulars.enums import DeliveryState
from circulars.files import attachment_response
from portal import documents
from portal.api import PdfRenderer, page_of
from portal.api_fields import Entries, Moment
from portal.api_filters import Filters, OneOf, Search
from portal.openapi import PDF, example, operation

POINT = {"number": "1", "text": "Menugaskan kepala dinas untuk membantu pendaftaran."}
DELIVERY = {
    "id": "5f1c2a52-7a0f-4c57-9a0a-0d7a4d3f6a10", "number": "560/2821/SJ", "dated_on": "2020-04-01", "day_known": False,
    "subject": "Pelayanan Pendaftaran Kartu Prakerja", "deadline_on": "2026-11-30", "delivered_at": "2026-11-20T02:00:00Z",
    "opened_at": None, "acknowledged_at": None, "state": "unopened",
}  # fmt: skip
TEXT = {
    "opening": "", "signatory": "Menteri Dalam Negeri", "points": [POINT], "copies": ["Presiden Republik Indonesia"],
    "attachment": None, "edition": 1, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}  # fmt: skip
RECEIPT = {
    "id": "0b7d6f0e-9d3c-4d0e-8e11-5f2b0a9c7d21", "government": "Kota Bandung", "circular_number": "560/2821/SJ",
    "circular_subject": "Pelayanan Pendaftaran Kartu Prakerja", "circular_version": 1, "circular_sha256": TEXT["sha256"],
    "statement": "Dengan ini saya menyatakan …", "name": "Budi Santoso", "position": "Wali Kota Bandung",
    "acknowledged_at": "2026-11-23T03:00:00Z", "local_time": "23 November 2026 10.00 WIB", "days_late": 0,
    "seal": TEXT["sha256"], "holds": True, "confirm_url": "https://loket.example/resi/…/",
}  # fmt: skip


class PointSerializer(serializers.Serializer):
    number = serializers.CharField(help_text="As the letter writes it: `1`, `1a`.")
    text = serializers.CharField()


class AttachmentSerializer(serializers.Serializer):
    name = serializers.CharField(source="attachment_name")
    size = serializers.IntegerField(source="attachment_size", help_text="Bytes.")
    sha256 = serializers.CharField(source="attachment_sha256")


class TextSerializer(serializers.Serializer):
    """The text of a circular, with its points and copies."""

    opening = serializers.CharField(allow_blank=True)
    signatory = serializers.CharField(allow_blank=True)
    points = PointSerializer(many=True)
    copies = serializers.ListField(child=serializers.CharField(), source="copy_names", help_text="Who gets a copy (tembusan).")
    attachment = AttachmentSerializer(source="attachment_or_none", allow_null=True)
    edition = serializers.IntegerField(help_text="The version of the published text.")
    sha256 = serializers.CharField(allow_blank=True, help_text="The seal of the published text; empty for a draft.")

    def to_representation(self, circular):
        circular.copy_names = [copy.office for copy in circular.copies.all()]
        circular.attachment_or_none = circular if circular.attachment_name else None
        return super().to_representation(circular)


class DeliverySerializer(serializers.Serializer):
    """A circular that reached this government."""

    id = serializers.UUIDField(help_text="Of the delivery: the circular at this government.")
    number = serializers.CharField(source="circular.number")
    dated_on = serializers.DateField(source="circular.dated_on")
    day_known = serializers.BooleanField(source="circular.day_known", help_text="False: only month and year of the date count.")
    subject = serializers.CharField(source="circular.subject")
    deadline_on = serializers.DateField(source="circular.deadline_on", allow_null=True, help_text="The last local day.")
    delivered_at = Moment()
    opened_at = Moment(allow_null=True)
    acknowledged_at = Moment(allow_null=True)
    state = serializers.ChoiceField(choices=DeliveryState.choices)


class DeliveryDetailSerializer(DeliverySerializer):
    circular = TextSerializer()


class ReceiptSerializer(serializers.Serializer):
    """The sealed receipt of an acknowledgement."""

    id = serializers.UUIDField()
    government = serializers.CharField()
    circular_number = serializers.CharField()
    circular_subject = serializers.CharField()
    circular_version = serializers.IntegerField()
    circular_sha256 = serializers.CharField()
    statement = serializers.CharField()
    name = serializers.CharField()
    position = serializers.CharField(allow_blank=True)
    acknowledged_at = Moment()
    local_time = serializers.CharField()
    days_late = serializers.IntegerField(min_value=0, help_text="Local days after the deadline.")
    seal = serializers.CharField(help_text="SHA-256 over all that is recorded.")
    holds = serializers.BooleanField(help_text="Whether the seal fits what is stored.")
    confirm_url = serializers.URLField(help_text="The public page that confirms this receipt.")


def receipt_of(delivery):
    """The receipt of ``delivery`` with what is worked out from it; Http404 where nothing was acknowledged."""
    entry = getattr(delivery, "acknowledgement", None)
    if entry is None:
        raise Http404
    entry.days_late = receipts.days_late(entry, delivery.circular, delivery.tenant)
    entry.holds, entry.confirm_url = sealing.holds(entry), receipts.public_url(entry)
    return entry


class InboxFilters(Filters):
    state = OneOf(field_name="state", choices=DeliveryState.choices, help_text="Only circulars in this state today.")
    q = Search(lookups=["circular__subject__icontains", "circular__number__icontains"], help_text="In subject and number.")


class Inbox(GovernmentEndpoint):
    rights = {"GET": "circulars.view"}
    filters = InboxFilters
    order = "-delivered_at"
    orders = {
        "delivered_at": ("delivered_at", "pk"),
        "deadline_on": ("circular__deadline_on", "pk"),
        "number": ("circular__number", "pk"),
    }
    paged = True

    @operation(
        "listInbox",
        gives=page_of(DeliverySerializer),
        examples=[example("One circular", {"count": 1, "page": 1, "per_page": 25, "results": [DELIVERY]})],
    )
    def get(self, request, government):
        """
        List the circulars of a government

        Newest first. `state` is that of the government's local day.
        """
        return self.page(queries.inbox(request.tenant, at=self.at), DeliverySerializer)


class DeliveryDetail(GovernmentEndpoint):
    rights = {"GET": "circulars.view"}

    @operation(
        "getInboxCircular", gives=DeliveryDetailSerializer, examples=[example("A circular", {**DELIVERY, "circular": TEXT})]
    )
    def get(self, request, government, pk):
        """
        Read a circular

        The first person of the government who reads it is noted as having opened it; a key leaves no such trace.
        """
        delivery = access.get_delivery(request.member, pk, at=self.at)
        if isinstance(self.caller, Person) and delivery.opened_at is None and request.method == "GET":
            operations_delivery.open(delivery=delivery, by=request.member, at=self.at)
            delivery = access.get_delivery(request.member, pk, at=self.at)
        return self.shown(delivery, DeliveryDetailSerializer)


class DeliveryAttachment(GovernmentEndpoint):
    renderer_classes = (PdfRenderer,)
    rights = {"GET": "circulars.view"}

    @operation("getInboxAttachment", gives=PDF)
    def get(self, request, government, pk):
        """Download the attachment of a circular"""
        return attachment_response(access.get_delivery(request.member, pk, at=self.at).circular)


class Acknowledgement(GovernmentEndpoint):
    rights = {"GET": "receipts.view", "POST": "circulars.acknowledge"}

    @operation("getReceipt", gives=ReceiptSerializer, examples=[example("A receipt", RECEIPT)])
    def get(self, request, government, pk):
        """
        Read the receipt of a circular

        404 until the circular is acknowledged.
        """
        delivery = access.get_delivery(request.member, pk, at=self.at, right="receipts.view")
        return self.shown(receipt_of(delivery), ReceiptSerializer)

    @operation("acknowledgeCircular", takes=None, gives=ReceiptSerializer, status=201, examples=[example("A receipt", RECEIPT)])
    def post(self, request, government, pk):
        """
        Acknowledge a circular

        By a person who speaks for the government, never by a key: the receipt names who acknowledged it, in which office.
        A second time is 409.
        """
        self.read(Entries)
        delivery = access.get_delivery(request.member, pk, at=self.at, right="circulars.acknowledge")
        operations_delivery.acknowledge(delivery=delivery, by=request.member, at=self.at)
        delivery = access.get_delivery(request.member, pk, at=self.at, right="receipts.view")
        return self.shown(receipt_of(delivery), ReceiptSerializer, status=201, location=request._request.path)


class ReceiptPdf(GovernmentEndpoint):
    renderer_classes = (PdfRenderer,)
    rights = {"GET": "receipts.view"}

    @operation("getReceiptPdf", gives=PDF)
    def get(self, request, government, pk):
        """Download the receipt of a circular as PDF"""
        delivery = access.get_delivery(request.member, pk, at=self.at, right="receipts.view")
        entry = receipt_of(delivery)
        return documents.pdf_response(receipts.pdf(entry, delivery.circular, delivery.tenant), receipts.file_name(entry))
