"""Endpoints of the checks of a device."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.gate import GovernmentEndpoint
from equipment import access, operations_checks
from equipment.api import CHECK
from equipment.enums import CheckKind
from equipment.measuring import internet
from equipment.operations_checks import Answer
from portal.api import page_of
from portal.api_fields import Choice, Day, Degrees, Entries, Flag, Line, Moment
from portal.api_filters import Filters, OneOf
from portal.openapi import example, operation

NEEDS_ALL = _("Kirim ketiga angka internet bersama: down, up, latency.")
NEEDS_ANSWER = _("Jawab baik atau tidak, atau kirim ketiga angka internet.")
ONCE = _("Setiap jenis pemeriksaan hanya sekali.")
LINE = {"down": 12.4, "up": 3.1, "latency": 40}
SENT = {"on": "2026-11-20", "checks": [{"kind": "camera", "ok": True}, {"kind": "internet", **LINE}]}


class CheckSerializer(serializers.Serializer):
    """One look at a device; never changed."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CheckKind.choices)
    ok = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    result = serializers.DictField()
    measured = serializers.BooleanField()
    checked_on = serializers.DateField()
    checked_at = Moment()
    checked_by = serializers.CharField(source="checked_by_name")


class ChecksSerializer(serializers.Serializer):
    results = CheckSerializer(many=True)


class CheckEntry(Entries):
    """``ok`` with a note where it is not; or, of the internet, the three figures that were measured."""

    kind = Choice(choices=CheckKind.choices)
    ok = Flag(allow_null=True, default=None)
    note = Line(max_length=200, allow_blank=True, default="")
    down = Degrees(min_value=0, max_value=100_000, allow_null=True, default=None, help_text="Mbit/s")
    up = Degrees(min_value=0, max_value=100_000, allow_null=True, default=None, help_text="Mbit/s")
    latency = Degrees(min_value=0, max_value=100_000, allow_null=True, default=None, help_text="ms")

    def validate(self, entries):
        figures = [entries[name] for name in ("down", "up", "latency")]
        given = [figure for figure in figures if figure is not None]
        if given and (len(given) < len(figures) or entries["kind"] != CheckKind.INTERNET):
            raise serializers.ValidationError({"down": [NEEDS_ALL]})
        if not given and entries["ok"] is None:
            raise serializers.ValidationError({"ok": [NEEDS_ANSWER]})
        return entries


class ChecksEntries(Entries):
    on = Day(help_text="When it was looked at; not ahead.")
    checks = CheckEntry(many=True, min_length=1, max_length=3)  # type: ignore[call-arg]

    def validate_checks(self, checks):
        if len({each["kind"] for each in checks}) < len(checks):
            raise serializers.ValidationError([ONCE])
        return checks


class CheckFilters(Filters):
    kind = OneOf(field_name="kind", choices=CheckKind.choices, help_text="Only this kind.")


class Checks(GovernmentEndpoint):
    rights = {"GET": "equipment.view", "POST": "equipment.edit"}
    filters = CheckFilters
    orders = {"checked_on": ("checked_on", "checked_at", "-id")}
    order = "-checked_on"
    paged = True

    @operation(
        "listChecks",
        gives=page_of(CheckSerializer),
        examples=[example("One check", {"count": 1, "page": 1, "per_page": 25, "results": [CHECK]})],
    )
    def get(self, request, government, pk):
        """List the checks of a device, the newest first"""
        return self.page(access.get_item(request.member, pk).checks.all(), CheckSerializer)

    @operation(
        "recordChecks", takes=ChecksEntries, gives=ChecksSerializer, status=201, examples=[example("Two", SENT, sent=True)]
    )
    def post(self, request, government, pk):
        """
        Record a look at a device

        One to three checks at once; figures of the internet are judged here.
        """
        item = access.get_item(request.member, pk, right="equipment.edit")
        entries = self.read(ChecksEntries)
        answers = {each["kind"]: _answer(each) for each in entries["checks"]}
        found = operations_checks.record(item=item, answers=answers, on=entries["on"], by=request.member, at=self.at)
        return self.shown({"results": found}, ChecksSerializer, status=201)


def _answer(entry) -> Answer:
    if entry["down"] is None:
        return Answer(entry["ok"], entry["note"])
    verdict = internet(down=entry["down"], up=entry["up"], latency=entry["latency"])
    return Answer(verdict.ok, verdict.note, verdict.result)
