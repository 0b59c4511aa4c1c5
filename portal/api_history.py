"""How the history of a thing (audit.history) looks in the REST interface."""

from rest_framework import serializers

from audit.models import Action
from portal.api_fields import Moment

CHANGE = {
    "at": "2026-11-22T01:00:00Z", "by": "Siti Rahma", "role": "Kepala dinas", "reason": "", "action": "U",
    "parts": [
        {"action": "U", "subject": "", "entries": [{"label": "Telepon", "before": "–", "after": "022 1234567"}]},
    ],
}  # fmt: skip


class EntrySerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField()
    after = serializers.CharField()


class PartSerializer(serializers.Serializer):
    """What became of one row; `subject` is empty for the thing itself, else it names what belongs to it."""

    action = serializers.ChoiceField(choices=Action.choices)
    subject = serializers.CharField(allow_blank=True)
    entries = EntrySerializer(many=True)


class ChangeSerializer(serializers.Serializer):
    """All that one request did; labels and values in the caller's language, as the pages show them."""

    at = Moment()
    by = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    action = serializers.ChoiceField(choices=Action.choices, help_text="I: entered, U: changed, D: deleted.")
    parts = PartSerializer(many=True)
