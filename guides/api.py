"""Endpoints of the guides and the customer care contact: published ones for everybody, drafts for the ministry."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from accounts.gate import GovernmentEndpoint, OpenEndpoint
from guides import operations, queries
from guides.enums import GuideKey
from guides.models import GuideVersion
from portal.api_fields import Clock, Day, Email, Entries, Line, Moment, Text, Whole
from portal.openapi import example, operation

STEPS = [{"title": "Buka situs resmi program", "text": "Ketik alamatnya: www.prakerja.go.id."}]
TEXT = {"title": "Membuat akun", "lead": "Siapkan KTP dan telepon genggam.", "steps": STEPS}
EDITION = {"guide": "account", "number": 2, **TEXT, "change": "Foto KTP di alas gelap.", "published_at": "2026-11-20T02:00:00Z"}
DRAFT = {"guide": "account", **TEXT, "lacking": [], "version": 3}
CONTACT = {
    "valid_from": "2026-12-01", "phone": "021 5550100", "whatsapp": "", "email": "layanan@contoh.test",
    "weekdays": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "19:00", "note": "",
}  # fmt: skip
GUIDE_IN_PATH = OpenApiParameter("guide", {"type": "string", "enum": GuideKey.values}, OpenApiParameter.PATH)


def key_of(guide: str) -> GuideKey:
    """The guide that an address names; Http404 for another word."""
    if guide not in GuideKey.values:
        raise Http404
    return GuideKey(guide)


class GuideStepSerializer(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class GuideEditionSerializer(serializers.Serializer):
    """A published edition; it is never changed."""

    guide = serializers.ChoiceField(choices=GuideKey.choices)
    number = serializers.IntegerField()
    title = serializers.CharField()
    lead = serializers.CharField(allow_blank=True)
    steps = GuideStepSerializer(many=True)
    change = serializers.CharField(allow_blank=True, help_text="What is different from the edition before, in a sentence.")
    published_at = Moment()


class GuideEditionsSerializer(serializers.Serializer):
    results = GuideEditionSerializer(many=True)


class GuideDraftSerializer(serializers.Serializer):
    """What the ministry is writing; nobody else sees it."""

    guide = serializers.ChoiceField(choices=GuideKey.choices)
    title = serializers.CharField()
    lead = serializers.CharField(allow_blank=True)
    steps = GuideStepSerializer(many=True)
    lacking = serializers.ListField(child=serializers.CharField(), help_text="What is still needed before publication.")
    version = serializers.IntegerField()

    def to_representation(self, draft):
        draft.lacking = [str(sentence) for sentence in operations.lacking(draft, queries.current(draft.guide))]
        return super().to_representation(draft)


class CareContactSerializer(serializers.Serializer):
    """Whom participants and assistants ask when something fails; hours are those of Jakarta (WIB)."""

    valid_from = serializers.DateField()
    phone = serializers.CharField(allow_blank=True)
    whatsapp = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=7), help_text="1 is Monday.")
    opens = Clock()
    closes = Clock()
    note = serializers.CharField(allow_blank=True)
    confirmed = serializers.BooleanField(help_text="False for the contact that came with Loket.")


class GuideStepEntries(Entries):
    title = Line(max_length=120)
    text = Text(max_length=600, allow_blank=True, default="")


class GuideEntries(Entries):
    """The whole text of a draft."""

    title = Line(max_length=120)
    lead = Text(max_length=600, allow_blank=True, default="")
    steps = GuideStepEntries(many=True, default=list, max_length=operations.MOST_STEPS)  # type: ignore[call-arg]


class GuidePublishEntries(Entries):
    change = Line(max_length=300, allow_blank=True, default="", help_text="Needed from the second edition on.")


class CareContactEntries(Entries):
    valid_from = Day(help_text="May lie ahead.")
    phone = Line(max_length=60, allow_blank=True, default="")
    whatsapp = Line(max_length=30, allow_blank=True, default="")
    email = Email(max_length=254, allow_blank=True, default="")
    weekdays = serializers.ListField(child=Whole(min_value=1, max_value=7), min_length=1, max_length=7)
    opens = Clock()
    closes = Clock()
    note = Line(max_length=200, allow_blank=True, default="")


# For everybody ----------------------------------------------------------------------------------------------------------------


class Guides(OpenEndpoint):
    @operation("listGuides", gives=GuideEditionsSerializer, examples=[example("One guide", {"results": [EDITION]})])
    def get(self, request):
        """
        List the guides

        The edition of each that counts.
        """
        found = queries.current_editions()
        return self.shown({"results": [found[key] for key in GuideKey if key in found]}, GuideEditionsSerializer)


class Guide(OpenEndpoint):
    @classmethod
    def parameters_in_path(cls):
        return [GUIDE_IN_PATH]

    @operation("getGuide", gives=GuideEditionSerializer, examples=[example("A guide", EDITION)])
    def get(self, request, guide):
        """Read the edition of a guide that counts"""
        found = queries.current(key_of(guide))
        if found is None:
            raise Http404
        return self.shown(found, GuideEditionSerializer)


class CareContact(OpenEndpoint):
    @operation("getCareContact", gives=CareContactSerializer, examples=[example("A contact", {**CONTACT, "confirmed": True})])
    def get(self, request):
        """Read the customer care contact that counts today"""
        found = queries.contact(self.at.astimezone(queries.CARE_CLOCKS).date())
        if found is None:
            raise Http404
        return self.shown(found, CareContactSerializer)


# At the ministry --------------------------------------------------------------------------------------------------------------


class GuideEndpoint(GovernmentEndpoint):
    ministry = True

    @classmethod
    def parameters_in_path(cls):
        return [GUIDE_IN_PATH]

    def draft_of(self, guide: str) -> GuideVersion:
        found = queries.draft(key_of(guide))
        if found is None:
            raise Http404
        return found

    def present(self, thing):
        return GuideDraftSerializer(thing, context={"view": self, "request": self.request}).data


class GuideEditions(GuideEndpoint):
    rights = {"GET": "guides.view", "POST": "guides.edit"}
    edits = ("POST",)

    @operation("listEditions", gives=GuideEditionsSerializer, examples=[example("One edition", {"results": [EDITION]})])
    def get(self, request, government, guide):
        """
        List the editions of a guide

        The newest first.
        """
        return self.shown({"results": queries.editions(key_of(guide))}, GuideEditionsSerializer)

    @operation(
        "publishGuide", takes=GuidePublishEntries, gives=GuideEditionSerializer, status=201,
        examples=[example("A change", {"change": "Foto KTP di alas gelap."}, sent=True)],
    )  # fmt: skip
    def post(self, request, government, guide):
        """
        Publish the draft of a guide

        It becomes the next edition; prints of earlier ones are out of date from then on. What it lacks is 422.
        """
        key, change = key_of(guide), self.read(GuidePublishEntries)["change"]
        published = operations.publish(guide=key, change=change, version=self.version, by=request.member, at=self.at)
        return self.shown(published, GuideEditionSerializer, status=201, location=request._request.path)


class GuideDraft(GuideEndpoint):
    rights = {"GET": "guides.edit", "PUT": "guides.edit", "DELETE": "guides.edit"}
    edits = ("PUT", "DELETE")

    @operation("getDraft", gives=GuideDraftSerializer, examples=[example("A draft", DRAFT)])
    def get(self, request, government, guide):
        """Read the draft of the next edition"""
        return self.shown(self.draft_of(guide), GuideDraftSerializer)

    @operation("writeDraft", takes=GuideEntries, gives=GuideDraftSerializer, examples=[example("A text", TEXT, sent=True)])
    def put(self, request, government, guide):
        """
        Write the draft of the next edition

        The whole text; it is begun where there is none (`If-Match: *`).
        """
        key, entries = key_of(guide), self.read(GuideEntries)
        steps = tuple((step["title"], step["text"]) for step in entries["steps"])
        text = operations.Text(entries["title"], entries["lead"], steps)
        draft = operations.write(guide=key, text=text, version=self.version, by=request.member, at=self.at)
        return self.shown(draft, GuideDraftSerializer)

    @operation("discardDraft", gives=None, status=204)
    def delete(self, request, government, guide):
        """
        Discard the draft of a guide

        The audit trail keeps what it said.
        """
        self.draft_of(guide)
        operations.discard(guide=key_of(guide), version=self.version, by=request.member, at=self.at)
        return Response(status=204)


class CareContactsSerializer(serializers.Serializer):
    results = CareContactSerializer(many=True)


class CareContacts(GovernmentEndpoint):
    ministry = True
    rights = {"GET": "guides.view", "POST": "guides.edit"}

    @operation(
        "listCareContacts",
        gives=CareContactsSerializer,
        examples=[example("One contact", {"results": [{**CONTACT, "confirmed": True}]})],
    )
    def get(self, request, government):
        """
        List the customer care contacts

        The one that begins last stands first; of several that begin on a day the last entered counts.
        """
        return self.shown({"results": queries.contacts()}, CareContactsSerializer)

    @operation(
        "enterCareContact", takes=CareContactEntries, gives=CareContactSerializer, status=201,
        examples=[example("From December", CONTACT, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Enter the customer care contact from a day on

        Earlier ones are kept as they were.
        """
        entered = operations.set_contact(**self.read(CareContactEntries), by=request.member, at=self.at)
        return self.shown(entered, CareContactSerializer, status=201, location=request._request.path)
